import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReviewStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("aware", "To be notified"),
                            ("notified", "Notified"),
                            ("to-start", "To start"),
                            ("in-progress", "In progress"),
                            ("panel", "With the panel"),
                            ("drafting", "Being drafted"),
                            ("final-draft", "Final draft"),
                            ("completed", "Completed"),
                            ("awaiting-publication", "Completed, awaiting publication"),
                            ("published", "Published"),
                            ("closed", "Closed"),
                        ],
                        max_length=24,
                    ),
                ),
                ("on", models.DateField()),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="reviews.practicereview",
                    ),
                ),
            ],
            options={"ordering": ["on", "pk"]},
        ),
        migrations.AddConstraint(
            model_name="reviewstep",
            constraint=models.UniqueConstraint(fields=("review", "stage"), name="review_step_once"),
        ),
        migrations.AlterField(
            model_name="practicereview",
            name="kind",
            field=models.CharField(
                choices=[
                    ("serious-incident", "Serious incident notification"),
                    ("rapid-review", "Rapid review"),
                    ("lcspr", "Local child safeguarding practice review"),
                    ("thematic", "Thematic review"),
                    ("dhr", "Domestic homicide review"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="practicereview",
            name="stage",
            field=models.CharField(
                choices=[
                    ("aware", "To be notified"),
                    ("notified", "Notified"),
                    ("to-start", "To start"),
                    ("in-progress", "In progress"),
                    ("panel", "With the panel"),
                    ("drafting", "Being drafted"),
                    ("final-draft", "Final draft"),
                    ("completed", "Completed"),
                    ("awaiting-publication", "Completed, awaiting publication"),
                    ("published", "Published"),
                    ("closed", "Closed"),
                ],
                max_length=24,
            ),
        ),
        migrations.AddField(
            model_name="practicereview",
            name="decision",
            field=models.CharField(
                blank=True,
                choices=[
                    ("lcspr", "Local child safeguarding practice review"),
                    ("other", "Other learning, such as a thematic review or an audit"),
                    ("none", "No further review"),
                ],
                default="",
                max_length=10,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="practicereview",
            name="delay",
            field=models.CharField(
                blank=True,
                choices=[
                    ("criminal-proceedings", "Criminal proceedings"),
                    ("inquest", "Inquest"),
                    ("other-process", "Another process running alongside"),
                    ("capacity", "Capacity of people or agencies"),
                    ("family", "Time for the family to take part"),
                    ("other", "Other"),
                ],
                default="",
                max_length=24,
                verbose_name="what delays it",
            ),
            preserve_default=False,
        ),
        migrations.RenameField(model_name="practicereview", old_name="awaiting_reason", new_name="delay_text"),
        migrations.AddField(
            model_name="practicereview",
            name="link",
            field=models.URLField(blank=True, default="", max_length=500, verbose_name="where it is published"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="practicereview",
            name="recorded_at",
            field=models.DateTimeField(auto_now_add=True, default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="practicereview", name="withdrawn_at", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(
            model_name="practicereview",
            name="withdrawn_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="practicereview",
            name="withdrawn_reason",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddField(model_name="practicereview", name="version", field=models.PositiveIntegerField(default=1)),
        migrations.AlterField(
            model_name="practicereview",
            name="delay_text",
            field=models.TextField(blank=True, verbose_name="more on the delay"),
        ),
        migrations.AlterField(
            model_name="practicereview",
            name="outcome",
            field=models.TextField(blank=True, verbose_name="where it stands"),
        ),
        migrations.AlterField(
            model_name="practicereview",
            name="reason",
            field=models.TextField(blank=True, verbose_name="reason for the decision"),
        ),
        migrations.AddConstraint(
            model_name="practicereview",
            constraint=models.CheckConstraint(
                condition=models.Q(("decision", ""), models.Q(("reason", ""), _negated=True), _connector="OR"),
                name="review_decision_has_its_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="practicereview",
            constraint=models.CheckConstraint(
                condition=models.Q(("link", ""), ("link__startswith", "https://"), _connector="OR"),
                name="review_link_is_https",
            ),
        ),
        migrations.AddConstraint(
            model_name="practicereview",
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
                name="review_withdrawn_at_by_and_why_together",
            ),
        ),
        migrations.AddField(
            model_name="inspection",
            name="themes",
            field=models.ManyToManyField(blank=True, related_name="inspections", to="reviews.theme"),
        ),
    ]
