import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnership", "0005_period_closed"),
        ("priorities", "0015_import_choice"),
        ("reviews", "0010_restraint_and_voice"),
    ]

    operations = [
        migrations.CreateModel(
            name="Risk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("withdrawn_reason", models.TextField(blank=True, editable=False)),
                ("version", models.PositiveIntegerField(default=1)),
                ("code", models.CharField(max_length=20, unique=True)),
                ("title", models.CharField(max_length=200, verbose_name="risk")),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("practice", "Practice with children and families"),
                            ("workforce", "Workforce"),
                            ("finance", "Money"),
                            ("information", "Information and data sharing"),
                            ("partnership", "Working together"),
                            ("law", "Law and guidance"),
                        ],
                        max_length=20,
                    ),
                ),
                ("owner_post", models.CharField(max_length=150, verbose_name="post of who owns it")),
                ("causes", models.TextField(blank=True)),
                ("consequences", models.TextField(blank=True)),
                ("controls", models.TextField(blank=True, verbose_name="what is done about it")),
                (
                    "controls_work",
                    models.CharField(
                        choices=[
                            ("well", "They work well"),
                            ("partly", "They work in part"),
                            ("not", "They do not work"),
                            ("untested", "Not tested yet"),
                        ],
                        max_length=12,
                        verbose_name="how far that works",
                    ),
                ),
                (
                    "treatment",
                    models.CharField(
                        choices=[
                            ("treat", "Reduce it"),
                            ("tolerate", "Accept it"),
                            ("transfer", "Share or pass it on"),
                            ("terminate", "Stop what causes it"),
                        ],
                        max_length=12,
                        verbose_name="what we chose to do",
                    ),
                ),
                (
                    "initial_likelihood",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "1: rare"),
                            (2, "2: unlikely"),
                            (3, "3: possible"),
                            (4, "4: likely"),
                            (5, "5: almost certain"),
                        ]
                    ),
                ),
                (
                    "initial_impact",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "1: slight"),
                            (2, "2: minor"),
                            (3, "3: moderate"),
                            (4, "4: major"),
                            (5, "5: severe"),
                        ]
                    ),
                ),
                (
                    "target_likelihood",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "1: rare"),
                            (2, "2: unlikely"),
                            (3, "3: possible"),
                            (4, "4: likely"),
                            (5, "5: almost certain"),
                        ]
                    ),
                ),
                (
                    "target_impact",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "1: slight"),
                            (2, "2: minor"),
                            (3, "3: moderate"),
                            (4, "4: major"),
                            (5, "5: severe"),
                        ]
                    ),
                ),
                ("review_due_on", models.DateField(verbose_name="next review due on")),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("closed_reason", models.TextField(blank=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="risks", to="partnership.agency"
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["code"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RiskScore",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                (
                    "likelihood",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "1: rare"),
                            (2, "2: unlikely"),
                            (3, "3: possible"),
                            (4, "4: likely"),
                            (5, "5: almost certain"),
                        ]
                    ),
                ),
                (
                    "impact",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "1: slight"),
                            (2, "2: minor"),
                            (3, "3: moderate"),
                            (4, "4: major"),
                            (5, "5: severe"),
                        ]
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="why")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "risk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="scores", to="reviews.risk"
                    ),
                ),
            ],
            options={
                "ordering": ["on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PartnerChallenge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("withdrawn_reason", models.TextField(blank=True, editable=False)),
                ("version", models.PositiveIntegerField(default=1)),
                ("raised_by_post", models.CharField(blank=True, max_length=150, verbose_name="post of who raised it")),
                ("raised_on", models.DateField()),
                ("title", models.CharField(max_length=200, verbose_name="about")),
                ("text", models.TextField(verbose_name="what was asked")),
                ("response", models.TextField(blank=True)),
                ("responded_on", models.DateField(blank=True, null=True)),
                ("outcome", models.TextField(blank=True)),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("changed", models.TextField(blank=True, verbose_name="what changed because of it")),
                (
                    "raised_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="challenges_raised",
                        to="partnership.agency",
                    ),
                ),
                (
                    "raised_to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="challenges_received",
                        to="partnership.agency",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-raised_on", "-pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True), ("withdrawn_reason", "")
                            ),
                            models.Q(
                                ("withdrawn_at__isnull", False),
                                ("withdrawn_by__isnull", False),
                                models.Q(("withdrawn_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="partnerchallenge_withdrawn_at_by_and_why_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("responded_on__isnull", True), ("response", "")),
                            models.Q(
                                models.Q(("response", ""), _negated=True),
                                ("responded_on__gte", models.F("raised_on")),
                                ("responded_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="partner_challenge_response_has_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on__isnull", True), ("outcome", "")),
                            models.Q(
                                models.Q(("outcome", ""), _negated=True),
                                ("closed_on__gte", models.F("raised_on")),
                                ("closed_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="partner_challenge_outcome_has_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on__isnull", True),
                            ("responded_on__isnull", True),
                            ("closed_on__gte", models.F("responded_on")),
                            _connector="OR",
                        ),
                        name="partner_challenge_closed_after_its_response",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="risk",
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
                name="risk_withdrawn_at_by_and_why_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="risk",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("initial_impact__range", (1, 5)),
                    ("initial_likelihood__range", (1, 5)),
                    ("target_impact__range", (1, 5)),
                    ("target_likelihood__range", (1, 5)),
                ),
                name="risk_scores_from_1_to_5",
            ),
        ),
        migrations.AddConstraint(
            model_name="risk",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_on__isnull", True), ("closed_reason", "")),
                    models.Q(("closed_on__isnull", False), models.Q(("closed_reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="risk_closed_on_and_why_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="riskscore",
            constraint=models.CheckConstraint(
                condition=models.Q(("impact__range", (1, 5)), ("likelihood__range", (1, 5))),
                name="risk_score_from_1_to_5",
            ),
        ),
    ]
