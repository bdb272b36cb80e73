import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnership", "0001_initial"),
        ("priorities", "0011_objectives_and_agreed_actions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Target",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.DecimalField(decimal_places=6, max_digits=18)),
                (
                    "qualifier",
                    models.CharField(
                        choices=[
                            ("exact", "exactly"),
                            ("about", "around"),
                            ("over", "over"),
                            ("almost", "almost"),
                            ("under", "under"),
                        ],
                        default="exact",
                        max_length=10,
                    ),
                ),
                ("tolerance", models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True)),
                (
                    "tolerance_kind",
                    models.CharField(
                        choices=[
                            ("unit", "In the measure's own unit; points for a percentage"),
                            ("percent", "As a percentage of the target"),
                        ],
                        default="unit",
                        max_length=10,
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=120)),
                ("note", models.TextField(blank=True)),
                ("set_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="targets", to="priorities.measure"
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnership.reportingperiod",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["measure", "period__starts_on"],
                "constraints": [
                    models.UniqueConstraint(fields=("measure", "period"), name="target_once"),
                    models.CheckConstraint(condition=models.Q(("number__gte", 0)), name="target_not_below_zero"),
                    models.CheckConstraint(
                        condition=models.Q(("tolerance__isnull", True), ("tolerance__gte", 0), _connector="OR"),
                        name="target_tolerance_not_below_zero",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeasureRating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "rag",
                    models.CharField(
                        choices=[
                            ("blue", "Complete and evidenced"),
                            ("green", "On track"),
                            ("amber", "At risk"),
                            ("red", "Off track"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField()),
                ("rated_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ratings", to="priorities.measure"
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnership.reportingperiod",
                    ),
                ),
                (
                    "rated_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["measure", "period__starts_on"],
                "constraints": [
                    models.UniqueConstraint(fields=("measure", "period"), name="measure_rating_once"),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="measure_rating_says_why"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rag__in", ["blue", "green", "amber", "red"])),
                        name="measure_rating_known",
                    ),
                ],
            },
        ),
    ]
