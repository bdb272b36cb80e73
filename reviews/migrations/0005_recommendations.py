import django.db.models.deletion
import partnership.states
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnership", "0005_period_closed"),
        ("priorities", "0015_import_choice"),
        ("reviews", "0004_drop_review_dates"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EmbeddedCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("checked_on", models.DateField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("embedded", "Embedded: it is how people work now"),
                            ("partly", "Partly: in some places or some of the time"),
                            ("not-yet", "Not yet"),
                            ("cannot-tell", "Cannot tell"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "how_known",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("measure", "A figure"),
                            ("audit", "An audit"),
                            ("feedback", "Feedback from children, families or practitioners"),
                            ("evaluation", "An evaluation"),
                        ],
                        max_length=10,
                        verbose_name="how it is known",
                    ),
                ),
                ("finding", models.TextField(verbose_name="what it found")),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["checked_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="what is recommended")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("review", "Review"),
                            ("inspection", "Inspection"),
                            ("audit", "Audit"),
                            ("child-death", "Child death overview"),
                            ("scrutineer", "Independent scrutineer"),
                            ("national-panel", "National panel"),
                            ("challenge", "Challenge between agencies"),
                        ],
                        max_length=16,
                        verbose_name="made by",
                    ),
                ),
                ("source_text", models.CharField(blank=True, max_length=200, verbose_name="where it stands")),
                ("made_on", models.DateField()),
                ("due_on", models.DateField(blank=True, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("awaiting-check", "Signed off"),
                            ("embedded", "Embedded"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="open",
                        max_length=16,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("signed_off_on", models.DateField(blank=True, null=True)),
                ("sign_off_body", models.CharField(blank=True, max_length=200, verbose_name="who signed it off")),
                ("evidence", models.TextField(blank=True, verbose_name="what shows that it is done")),
                ("check_due_on", models.DateField(blank=True, null=True, verbose_name="next check due")),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["made_on", "pk"],
            },
            bases=(partnership.states.Moves, models.Model),
        ),
        migrations.CreateModel(
            name="RecommendationAction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="RecommendationStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("awaiting-check", "Signed off"),
                            ("embedded", "Embedded"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=16,
                    ),
                ),
                ("on", models.DateField()),
                ("why", models.TextField(blank=True)),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="embeddedcheck",
            name="measure",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="priorities.measure",
            ),
        ),
        migrations.AddField(
            model_name="embeddedcheck",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="recommendations", to="partnership.agency"
            ),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="inspection",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="recommendations",
                to="reviews.inspection",
            ),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="review",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="recommendations",
                to="reviews.practicereview",
            ),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="themes",
            field=models.ManyToManyField(blank=True, related_name="recommendations", to="reviews.theme"),
        ),
        migrations.AddField(
            model_name="embeddedcheck",
            name="recommendation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="checks", to="reviews.recommendation"
            ),
        ),
        migrations.AddField(
            model_name="recommendationaction",
            name="action",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="recommendation_links",
                to="priorities.agreedaction",
            ),
        ),
        migrations.AddField(
            model_name="recommendationaction",
            name="recommendation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="action_links", to="reviews.recommendation"
            ),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="actions",
            field=models.ManyToManyField(
                related_name="recommendations", through="reviews.RecommendationAction", to="priorities.agreedaction"
            ),
        ),
        migrations.AddField(
            model_name="recommendationstep",
            name="recommendation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="reviews.recommendation"
            ),
        ),
        migrations.AddField(
            model_name="recommendationstep",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="embeddedcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "embedded"), _negated=True),
                    models.Q(("how_known", ""), _negated=True),
                    _connector="OR",
                ),
                name="embedded_says_how_it_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="embeddedcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("how_known", "measure"), ("measure__isnull", False)),
                    models.Q(models.Q(("how_known", "measure"), _negated=True), ("measure__isnull", True)),
                    _connector="OR",
                ),
                name="check_by_a_figure_names_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="embeddedcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(("finding", ""), _negated=True), name="check_says_what_it_found"
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendationaction",
            constraint=models.UniqueConstraint(
                fields=("recommendation", "action"), name="recommendation_has_an_action_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("inspection__isnull", True), ("review__isnull", True)),
                    models.Q(("inspection__isnull", True), ("review__isnull", False), ("source", "review")),
                    models.Q(("inspection__isnull", False), ("review__isnull", True), ("source", "inspection")),
                    _connector="OR",
                ),
                name="recommendation_source_fits_its_link",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("review__isnull", False),
                    ("inspection__isnull", False),
                    models.Q(("source_text", ""), _negated=True),
                    _connector="OR",
                ),
                name="recommendation_says_where_it_stands",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("signed_off_on__isnull", False),
                        ("status__in", ("awaiting-check", "embedded")),
                        models.Q(("evidence", ""), _negated=True),
                        models.Q(("sign_off_body", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("status__in", ("awaiting-check", "embedded")), _negated=True),
                        ("check_due_on__isnull", True),
                        ("signed_off_on__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="recommendation_signed_off_with_evidence",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "awaiting-check"), _negated=True),
                    ("check_due_on__isnull", False),
                    _connector="OR",
                ),
                name="recommendation_signed_off_is_checked",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("signed_off_on__isnull", True), ("signed_off_on__gte", models.F("made_on")), _connector="OR"
                ),
                name="recommendation_signed_off_after_it_was_made",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendationstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "withdrawn"), _negated=True),
                    models.Q(("why", ""), _negated=True),
                    _connector="OR",
                ),
                name="recommendation_withdrawn_with_a_reason",
            ),
        ),
    ]
