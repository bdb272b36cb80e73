import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone


def have_asked(apps, schema_editor):
    """Rounds that are open already were asked for by hand: the portal must not ask again."""
    rounds = apps.get_model("priorities", "UpdateRound").objects
    rounds.filter(opens_on__lte=timezone.localdate()).update(asked_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [
        ("partnership", "0001_initial"),
        ("priorities", "0003_reminders"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="quarterlyupdate", name="update_returned_with_a_reason"),
        migrations.AlterField(
            model_name="quarterlyupdate",
            name="status",
            field=models.CharField(
                choices=[
                    ("not-started", "Not started"),
                    ("draft", "Draft"),
                    ("submitted", "Submitted"),
                    ("returned", "Returned"),
                    ("accepted", "Accepted"),
                    ("reopened", "Reopened"),
                ],
                default="not-started",
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="quarterlyupdate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ("returned", "reopened")), _negated=True),
                    models.Q(("return_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="update_returned_with_a_reason",
            ),
        ),
        migrations.CreateModel(
            name="ReportingDuty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="duties", to="partnership.agency"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "priority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="duties", to="priorities.priority"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "reporting duties",
                "ordering": ["agency__name", "priority__order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="DutyMeasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "duty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="duty_measures",
                        to="priorities.reportingduty",
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="priorities.measure"
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnership.reportingperiod",
                    ),
                ),
            ],
            options={"ordering": ["pk"]},
        ),
        migrations.AddConstraint(
            model_name="reportingduty",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("agency", "priority"),
                name="duty_in_force_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportingduty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                    _connector="OR",
                ),
                name="duty_ended_at_and_by_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="dutymeasure",
            constraint=models.UniqueConstraint(fields=("duty", "measure", "period"), name="duty_measure_once"),
        ),
        migrations.AddConstraint(
            model_name="dutymeasure",
            constraint=models.UniqueConstraint(
                condition=models.Q(("period__isnull", True)),
                fields=("duty", "measure"),
                name="duty_measure_once_in_own_period",
            ),
        ),
        migrations.AddField(
            model_name="updateround",
            name="asked_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.RunPython(have_asked, migrations.RunPython.noop),
    ]
