from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Lower

KINDS = [
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
    ("sources", "Sources of every figure"),
    ("glossary", "Glossary"),
    ("signatures", "Signatures"),
]


class Migration(migrations.Migration):
    dependencies = [("reports", "0015_standard_guidance")]

    operations = [
        migrations.AlterField("block", "kind", models.CharField(choices=KINDS, max_length=20)),
        migrations.CreateModel(
            name="Term",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("abbreviation", models.CharField(max_length=20, unique=True)),
                ("meaning", models.CharField(max_length=300)),
                (
                    "version",
                    models.PositiveIntegerField(
                        default=1, help_text="Raised by every change, so that stale saves are found."
                    ),
                ),
            ],
            options={
                "ordering": [Lower("abbreviation"), "abbreviation"],
                "constraints": [
                    models.CheckConstraint(
                        condition=~Q(abbreviation="") & ~Q(meaning=""), name="term_says_what_it_means"
                    )
                ],
            },
        ),
    ]
