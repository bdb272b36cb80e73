import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

HOW_KNOWN = [
    ("measure", "A figure"),
    ("audit", "An audit"),
    ("feedback", "Feedback from children, families or practitioners"),
    ("evaluation", "An evaluation"),
]


class Migration(migrations.Migration):
    dependencies = [("priorities", "0005_submitted_version"), ("reports", "0001_initial")]

    operations = [
        migrations.AddField("listitem", "how_known", models.CharField(blank=True, choices=HOW_KNOWN, max_length=12)),
        migrations.AddField("listitem", "known_from", models.CharField(blank=True, max_length=200)),
        migrations.AddField(
            "listitem",
            "known_measure",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="shows_impact_in",
                to="priorities.measure",
            ),
        ),
        migrations.AddConstraint(
            "listitem",
            models.CheckConstraint(
                condition=Q(how_known="", known_from="", known_measure__isnull=True)
                | Q(how_known="measure", known_from="", known_measure__isnull=False)
                | (
                    Q(how_known__in=["audit", "feedback", "evaluation"])
                    & ~Q(known_from="")
                    & Q(known_measure__isnull=True)
                ),
                name="point_known_says_by_what",
            ),
        ),
    ]
