import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnership", "0001_initial"),
        ("priorities", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="measure",
            name="unit",
            field=models.CharField(
                choices=[
                    ("children", "children"),
                    ("families", "families"),
                    ("people", "people"),
                    ("practitioners", "practitioners"),
                    ("officers", "officers"),
                    ("attendances", "attendances"),
                    ("incidents", "incidents"),
                    ("episodes", "episodes"),
                    ("calls", "calls"),
                    ("assessments", "assessments"),
                    ("reviews", "reviews"),
                    ("inspections", "inspections"),
                    ("recommendations", "recommendations"),
                    ("settings", "settings"),
                    ("organisations", "organisations"),
                    ("events", "events"),
                    ("areas", "areas"),
                    ("strands", "strands"),
                    ("types", "types"),
                    ("priorities", "priorities"),
                    ("standards", "standards"),
                    ("percent", "per cent"),
                    ("fraction", "as a fraction"),
                    ("rate", "as a rate"),
                    ("pounds", "pounds"),
                    ("hours", "hours"),
                    ("days", "days"),
                    ("months", "months"),
                    ("years", "years"),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="MeasureImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("content", models.BinaryField()),
                ("authority", models.CharField(blank=True, max_length=200, verbose_name="local authority")),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partnership.agency"
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-uploaded_at"],
            },
        ),
    ]
