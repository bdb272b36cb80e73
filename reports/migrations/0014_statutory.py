import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0013_pages"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Guidance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=100, unique=True)),
                (
                    "starts_on",
                    models.DateField(help_text="The first day of the first year whose report answers it.", unique=True),
                ),
                ("is_confirmed", models.BooleanField(default=False)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "verbose_name_plural": "guidance",
                "ordering": ["-starts_on"],
            },
        ),
        migrations.AlterField(
            model_name="block",
            name="kind",
            field=models.CharField(
                choices=[
                    ("text", "Text"),
                    ("key-figures", "Key figures"),
                    ("measures-table", "Table of measures"),
                    ("chart", "Chart"),
                    ("deliverables", "Key deliverables"),
                    ("difference", "What difference have we made?"),
                    ("barriers", "Barriers and challenges"),
                    ("focus", "Focus for next year"),
                    ("said-and-did", "What we said, what we did"),
                    ("quotes", "Quotes"),
                    ("case-study", "Case study"),
                    ("training-attendance", "Training attendance"),
                    ("training-courses", "Training by course"),
                    ("training-years", "Training over the years"),
                    ("training-evaluation", "What training changes"),
                    ("practice-reviews", "Reviews and recommendations"),
                    ("inspections", "Inspections"),
                    ("child-deaths", "Child deaths"),
                    ("restraint", "Review of restraint"),
                    ("audit-results", "Audit results"),
                    ("themes", "Themes over the years"),
                    ("voice", "Voice"),
                    ("statutory-coverage", "Statutory coverage"),
                    ("signatures", "Signatures"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="annualreport",
            name="guidance",
            field=models.ForeignKey(
                blank=True,
                help_text="What it answers.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reports",
                to="reports.guidance",
            ),
        ),
        migrations.CreateModel(
            name="StatutoryItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField()),
                ("code", models.CharField(max_length=10)),
                ("title", models.CharField(max_length=150)),
                ("text", models.TextField()),
                ("duty", models.CharField(choices=[("must", "Must"), ("should", "Should")], max_length=6)),
                ("source", models.CharField(blank=True, max_length=200)),
                ("version", models.PositiveIntegerField(default=1)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "guidance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="reports.guidance"
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ItemAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("evidence", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="item_answers", to="reports.section"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="reports.statutoryitem"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="statutoryitem",
            constraint=models.UniqueConstraint(fields=("guidance", "code"), name="statutory_item_code_once"),
        ),
        migrations.AddConstraint(
            model_name="statutoryitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                    models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                    _connector="OR",
                ),
                name="statutory_item_withdrawn_at_and_by_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="itemanswer",
            constraint=models.UniqueConstraint(fields=("section", "item"), name="item_answered_once_by_a_section"),
        ),
    ]
