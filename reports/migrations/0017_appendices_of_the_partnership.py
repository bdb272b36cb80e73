from django.db import migrations, models

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
    ("membership", "Membership and attendance"),
    ("contributions", "Contributions and costs"),
    ("sources", "Sources of every figure"),
    ("glossary", "Glossary"),
    ("signatures", "Signatures"),
]


class Migration(migrations.Migration):
    dependencies = [("reports", "0016_glossary")]

    operations = [migrations.AlterField("block", "kind", models.CharField(choices=KINDS, max_length=20))]
