import django.db.models.deletion
import partnership.states
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnership", "0005_period_closed"),
        ("training", "0004_licences"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AgencyAlias",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(help_text="In small letters, with single spaces.", max_length=200, unique=True),
                ),
                (
                    "organisation_type",
                    models.CharField(
                        choices=[
                            ("schools", "Schools and colleges"),
                            ("early-years", "Early years"),
                            ("health", "Health"),
                            ("council", "Council"),
                            ("police", "Police"),
                            ("voluntary", "Voluntary sector"),
                            ("other", "Other organisations"),
                        ],
                        max_length=20,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "agency aliases",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="AttendanceSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("sha256", models.CharField(help_text="Of the file, which is not kept.", max_length=64)),
                (
                    "lines",
                    models.TextField(
                        blank=True, help_text="The file's lines as JSON without names, only ever read whole."
                    ),
                ),
                ("line_count", models.PositiveIntegerField(default=0)),
                ("counted", models.PositiveIntegerField(default=0, help_text="How many lines the worker has counted.")),
                (
                    "above_capacity",
                    models.TextField(blank=True, verbose_name="why more attended than there were places"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("read", "Waiting for you to confirm"),
                            ("queued", "Waiting for a worker"),
                            ("counting", "Being imported"),
                            ("imported", "Imported"),
                            ("failed", "Not imported"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="read",
                        max_length=12,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "claim",
                    models.CharField(
                        blank=True, help_text="Which claim holds the row; a later one takes over.", max_length=32
                    ),
                ),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("summary", models.TextField(blank=True, verbose_name="what was done")),
                ("failure", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["-uploaded_at", "-pk"],
            },
            bases=(partnership.states.Moves, models.Model),
        ),
        migrations.CreateModel(
            name="PeopleCounted",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("people", models.PositiveIntegerField()),
            ],
            options={
                "verbose_name_plural": "people counted",
                "ordering": ["course", "period", "pk"],
            },
        ),
        migrations.AddField(
            model_name="agencyalias",
            name="agency",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="aliases",
                to="partnership.agency",
            ),
        ),
        migrations.AddField(
            model_name="attendancesheet",
            name="period",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partnership.reportingperiod"
            ),
        ),
        migrations.AddField(
            model_name="attendancesheet",
            name="uploaded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="peoplecounted",
            name="course",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="people_counted", to="training.course"
            ),
        ),
        migrations.AddField(
            model_name="peoplecounted",
            name="period",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partnership.reportingperiod"
            ),
        ),
        migrations.AddField(
            model_name="peoplecounted",
            name="sheet",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="people", to="training.attendancesheet"
            ),
        ),
        migrations.AddConstraint(
            model_name="attendancesheet",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ("queued", "counting", "imported"))),
                fields=("sha256",),
                name="sheet_imported_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendancesheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ("imported", "failed", "cancelled")), _negated=True),
                    models.Q(("finished_at__isnull", False), ("lines", "")),
                    _connector="OR",
                ),
                name="sheet_over_keeps_no_lines",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendancesheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "failed"), _negated=True),
                    models.Q(("failure", ""), _negated=True),
                    _connector="OR",
                ),
                name="sheet_failed_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="peoplecounted",
            constraint=models.UniqueConstraint(fields=("sheet", "course"), name="people_counted_once_by_a_sheet"),
        ),
    ]
