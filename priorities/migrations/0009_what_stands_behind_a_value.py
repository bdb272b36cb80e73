"""What a value is made of, what was asked about it, and when and why it came into force."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("priorities", "0008_drop_answer_columns"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="measure",
            name="numerator_words",
            field=models.CharField(
                blank=True,
                help_text="What the first count of a share counts: children seen within 5 days.",
                max_length=120,
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="denominator_words",
            field=models.CharField(
                blank=True, help_text="What it is a share of: children who were referred.", max_length=120
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="rate_per",
            field=models.PositiveIntegerField(blank=True, help_text="A rate is per so many: 10,000 …", null=True),
        ),
        migrations.AddField(
            model_name="measurevalue",
            name="numerator",
            field=models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True),
        ),
        migrations.AddField(
            model_name="measurevalue",
            name="denominator",
            field=models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True),
        ),
        migrations.AddField(model_name="measurevalue", name="concern", field=models.TextField(blank=True)),
        migrations.AddField(model_name="measurevalue", name="concern_reason", field=models.TextField(blank=True)),
        migrations.AddField(model_name="measurevalue", name="change_reason", field=models.TextField(blank=True)),
        migrations.AddField(
            model_name="measurevalue", name="agreed_at", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(
            model_name="measurevalue",
            name="agreed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("rate_per__isnull", True), models.Q(("rate_per__gte", 1), ("unit", "rate")), _connector="OR"
                ),
                name="measure_rate_per_of_a_rate",
            ),
        ),
        migrations.AddConstraint(
            model_name="measurevalue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("denominator__isnull", True), ("numerator__isnull", True)),
                    models.Q(("denominator__gt", 0), ("number__isnull", False), ("numerator__gte", 0)),
                    _connector="OR",
                ),
                name="value_counts_together_with_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="measurevalue",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("concern", ""), _negated=True), ("concern_reason", ""), _connector="OR"),
                name="value_reason_answers_a_concern",
            ),
        ),
        migrations.AddConstraint(
            model_name="measurevalue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agreed_at__isnull", True), ("agreed_by__isnull", True)),
                    models.Q(("agreed_at__isnull", False), ("agreed_by__isnull", False)),
                    _connector="OR",
                ),
                name="value_agreed_at_and_by_together",
            ),
        ),
    ]
