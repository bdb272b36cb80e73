import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0005_recommendations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Briefing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=90)),
                ("what_happened", models.TextField()),
                ("learned", models.TextField(help_text="One point a line.", verbose_name="what was learned")),
                (
                    "questions",
                    models.TextField(help_text="One question a line.", verbose_name="questions for your team"),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("cleared_at", models.DateTimeField(blank=True, null=True)),
                ("cleared_hash", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "ordering": ["review__reference"],
            },
        ),
        migrations.AddField(
            model_name="briefing",
            name="cleared_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="briefing",
            name="review",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="briefing", to="reviews.practicereview"
            ),
        ),
        migrations.AddConstraint(
            model_name="briefing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cleared_at__isnull", True), ("cleared_by__isnull", True), ("cleared_hash", "")),
                    models.Q(
                        ("cleared_at__isnull", False),
                        ("cleared_by__isnull", False),
                        models.Q(("cleared_hash", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="briefing_cleared_at_by_and_of_what_together",
            ),
        ),
    ]
