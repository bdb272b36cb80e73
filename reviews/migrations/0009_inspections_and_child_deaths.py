import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnership", "0005_period_closed"),
        ("priorities", "0015_import_choice"),
        ("reviews", "0008_case_audits"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="childdeathsummary",
            options={"ordering": ["-period__starts_on", "area__name"], "verbose_name_plural": "child death summaries"},
        ),
        migrations.AlterModelOptions(
            name="inspection",
            options={"ordering": ["started_on", "pk"]},
        ),
        migrations.RemoveConstraint(
            model_name="childdeathsummary",
            name="child_deaths_once_a_period",
        ),
        migrations.AddField(
            model_name="childdeathsummary",
            name="priorities",
            field=models.TextField(blank=True, help_text="One on each line.", verbose_name="what the panel put first"),
        ),
        migrations.AddField(
            model_name="childdeathsummary",
            name="recorded_at",
            field=models.DateTimeField(auto_now_add=True, default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="childdeathsummary",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="childdeathsummary",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="childdeathsummary",
            name="withdrawn_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="childdeathsummary",
            name="withdrawn_reason",
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.AddField(
            model_name="inspection",
            name="about_dates",
            field=models.TextField(blank=True, verbose_name="about the dates"),
        ),
        migrations.AddField(
            model_name="inspection",
            name="ended_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="inspection",
            name="is_month_only",
            field=models.BooleanField(default=False, verbose_name="only the month is known"),
        ),
        migrations.AddField(
            model_name="inspection",
            name="judgement",
            field=models.CharField(blank=True, help_text="In the words of the inspectorate's scale.", max_length=100),
        ),
        migrations.AddField(
            model_name="inspection",
            name="link",
            field=models.URLField(blank=True, max_length=500, verbose_name="where the report is"),
        ),
        migrations.AddField(
            model_name="inspection",
            name="published_on",
            field=models.DateField(blank=True, null=True, verbose_name="report published on"),
        ),
        migrations.AddField(
            model_name="inspection",
            name="recorded_at",
            field=models.DateTimeField(auto_now_add=True, default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="inspection",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="inspection",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="inspection",
            name="withdrawn_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="inspection",
            name="withdrawn_reason",
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.AlterField(
            model_name="inspection",
            name="body",
            field=models.CharField(max_length=200, verbose_name="inspectorate"),
        ),
        migrations.AlterField(
            model_name="inspection",
            name="outcome",
            field=models.TextField(blank=True, verbose_name="what was found"),
        ),
        migrations.AlterField(
            model_name="inspection",
            name="started_on",
            field=models.DateField(verbose_name="began on"),
        ),
        migrations.AlterField(
            model_name="inspection",
            name="subject",
            field=models.CharField(max_length=200),
        ),
        migrations.AddConstraint(
            model_name="childdeathsummary",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True), ("withdrawn_reason", "")),
                    models.Q(
                        ("withdrawn_at__isnull", False),
                        ("withdrawn_by__isnull", False),
                        models.Q(("withdrawn_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="childdeathsummary_withdrawn_at_by_and_why_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="childdeathsummary",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=("period", "area"),
                name="child_deaths_once_a_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True), ("withdrawn_reason", "")),
                    models.Q(
                        ("withdrawn_at__isnull", False),
                        ("withdrawn_by__isnull", False),
                        models.Q(("withdrawn_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="inspection_withdrawn_at_by_and_why_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=("subject", "started_on"),
                name="inspection_recorded_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_on__isnull", True), ("ended_on__gte", models.F("started_on")), _connector="OR"
                ),
                name="inspection_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_on__isnull", True), ("published_on__gte", models.F("started_on")), _connector="OR"
                ),
                name="inspection_published_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(("link", ""), ("link__startswith", "https://"), _connector="OR"),
                name="inspection_link_is_https",
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(("follows_on", models.F("pk")), _negated=True), name="inspection_follows_another"
            ),
        ),
    ]
