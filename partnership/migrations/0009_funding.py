import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partnership", "0008_meetings")]

    operations = [
        migrations.CreateModel(
            name="Contribution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("cash", "Money"), ("in-kind", "In kind")], max_length=10)),
                (
                    "amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="In pounds; in kind, what it is worth.",
                        max_digits=10,
                        null=True,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=200, verbose_name="what is given")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partnership.agency"
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partnership.reportingperiod"
                    ),
                ),
            ],
            options={
                "ordering": ["agency__name", "kind", "words"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("period", "agency", "kind", "words"), name="contribution_once_a_year"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__isnull", False), ("kind", "cash")),
                            models.Q(("kind", "in-kind"), models.Q(("words", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="contribution_is_money_or_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__isnull", True), ("amount__gte", 0), _connector="OR"),
                        name="contribution_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Cost",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "heading",
                    models.CharField(
                        choices=[
                            ("staff", "Staff"),
                            ("scrutiny", "Independent scrutiny"),
                            ("training", "Training"),
                            ("reviews", "Practice reviews"),
                            ("voice", "Children’s participation"),
                            ("systems", "Website and systems"),
                            ("other", "Other costs"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=200, verbose_name="what for")),
                ("amount", models.DecimalField(decimal_places=2, help_text="In pounds.", max_digits=10)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partnership.reportingperiod"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("period", "heading", "words"), name="cost_once_a_year"),
                    models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="cost_not_negative"),
                ],
            },
        ),
    ]
