import django.db.models.deletion
import partnership.states
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnership", "0005_period_closed"),
        ("priorities", "0011_objectives_and_agreed_actions"),
        ("reviews", "0006_briefings"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditRound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("section-11", "Section 11"),
                            ("section-175", "Section 175/157"),
                            ("multi-agency", "Multi-agency case audit"),
                        ],
                        max_length=16,
                    ),
                ),
                ("title", models.CharField(max_length=150, unique=True)),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partnership.reportingperiod"
                    ),
                ),
                ("opens_on", models.DateField()),
                ("due_on", models.DateField()),
                (
                    "follows",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="reviews.auditround",
                    ),
                ),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                (
                    "opened_by",
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
                "ordering": ["-opens_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("opens_on"))), name="audit_due_after_it_opens"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("opened_at__isnull", True), ("opened_by__isnull", True)),
                            models.Q(("opened_at__isnull", False), ("opened_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="audit_opened_at_and_by_together",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Grade",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="grades", to="reviews.auditround"
                    ),
                ),
                ("rank", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=40)),
                ("meaning", models.CharField(blank=True, max_length=300)),
                (
                    "rag",
                    models.CharField(
                        choices=[
                            ("blue", "Complete and evidenced"),
                            ("green", "On track"),
                            ("amber", "At risk"),
                            ("red", "Off track"),
                        ],
                        max_length=6,
                        verbose_name="colour",
                    ),
                ),
            ],
            options={
                "ordering": ["rank"],
                "constraints": [
                    models.UniqueConstraint(fields=("round", "rank"), name="grade_rank_once"),
                    models.UniqueConstraint(fields=("round", "name"), name="grade_name_once"),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Standard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="standards", to="reviews.auditround"
                    ),
                ),
                ("code", models.CharField(max_length=10)),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("guidance", models.TextField(blank=True)),
                ("link", models.URLField(blank=True, max_length=500)),
                (
                    "carried_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="carried_to",
                        to="reviews.standard",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("round", "code"), name="standard_code_once"),
                    models.CheckConstraint(
                        condition=models.Q(("link", ""), ("link__startswith", "https://"), _connector="OR"),
                        name="standard_link_is_https",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Descriptor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "standard",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="descriptors", to="reviews.standard"
                    ),
                ),
                (
                    "grade",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="descriptors", to="reviews.grade"
                    ),
                ),
                ("text", models.TextField()),
            ],
            options={
                "ordering": ["grade__rank"],
                "constraints": [models.UniqueConstraint(fields=("standard", "grade"), name="descriptor_once")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="SelfAssessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="assessments", to="reviews.auditround"
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="self_assessments",
                        to="partnership.agency",
                    ),
                ),
                (
                    "peer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="peer_assessments",
                        to="partnership.agency",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("not-started", "Not started"),
                            ("draft", "Draft"),
                            ("signed-off", "Signed off"),
                            ("reopened", "Reopened"),
                        ],
                        default="not-started",
                        max_length=12,
                    ),
                ),
                ("signed_off_at", models.DateTimeField(blank=True, null=True)),
                (
                    "signed_off_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("signed_off_name", models.CharField(blank=True, max_length=150, verbose_name="signed off by")),
                ("signed_off_post", models.CharField(blank=True, max_length=150, verbose_name="post")),
                ("reopen_reason", models.TextField(blank=True, verbose_name="why it is open again")),
            ],
            options={
                "ordering": ["agency__name"],
                "constraints": [
                    models.UniqueConstraint(fields=("round", "agency"), name="assessment_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("peer", None), models.Q(("peer", models.F("agency")), _negated=True), _connector="OR"
                        ),
                        name="assessment_peer_is_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("signed_off_at__isnull", True),
                                ("signed_off_by__isnull", True),
                                ("signed_off_name", ""),
                            ),
                            models.Q(
                                ("signed_off_at__isnull", False),
                                ("signed_off_by__isnull", False),
                                models.Q(("signed_off_name", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="assessment_signed_off_at_by_and_name_together",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed_off_at__isnull", False), ("status", "signed-off")),
                            models.Q(
                                models.Q(("status", "signed-off"), _negated=True), ("signed_off_at__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="assessment_signed_off_has_its_day",
                    ),
                ],
                "indexes": [],
            },
            bases=(partnership.states.Moves, models.Model),
        ),
        migrations.CreateModel(
            name="StandardAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="reviews.selfassessment"
                    ),
                ),
                (
                    "standard",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="reviews.standard"
                    ),
                ),
                (
                    "grade",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reviews.grade",
                    ),
                ),
                ("narrative", models.TextField(blank=True)),
                (
                    "carried_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reviews.standardanswer",
                    ),
                ),
                ("is_unchecked", models.BooleanField(default=False, verbose_name="carried, not checked")),
                ("version", models.PositiveIntegerField(default=0)),
                (
                    "agreed_grade",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reviews.grade",
                    ),
                ),
                ("agreed_reason", models.TextField(blank=True, verbose_name="reason for the agreed grade")),
                ("agreed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agreed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "actions",
                    models.ManyToManyField(blank=True, related_name="audit_answers", to="priorities.agreedaction"),
                ),
            ],
            options={
                "ordering": ["standard__position", "standard"],
                "constraints": [
                    models.UniqueConstraint(fields=("assessment", "standard"), name="standard_answer_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("agreed_at", None), ("agreed_by", None), ("agreed_grade", None), ("agreed_reason", "")
                            ),
                            models.Q(
                                ("agreed_at__isnull", False),
                                ("agreed_by__isnull", False),
                                ("agreed_grade__isnull", False),
                                models.Q(("agreed_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="standard_answer_agreed_at_by_and_why_together",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="AnswerEvidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence_links",
                        to="reviews.standardanswer",
                    ),
                ),
                (
                    "evidence",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="audit_answer_link",
                        to="partnership.evidence",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "answer evidence",
                "ordering": ["pk"],
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="SurveyResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="survey_results",
                        to="reviews.selfassessment",
                    ),
                ),
                (
                    "standard",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reviews.standard"
                    ),
                ),
                ("asked", models.PositiveIntegerField(verbose_name="staff asked")),
                ("answered", models.PositiveIntegerField(verbose_name="staff who answered")),
                ("agreeing", models.PositiveIntegerField(verbose_name="staff who agreed")),
            ],
            options={
                "ordering": ["standard__position"],
                "constraints": [
                    models.UniqueConstraint(fields=("assessment", "standard"), name="survey_result_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agreeing__lte", models.F("answered")), ("answered__lte", models.F("asked"))
                        ),
                        name="survey_parts_are_among_their_whole",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Challenge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="challenges",
                        to="reviews.standardanswer",
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partnership.agency"
                    ),
                ),
                ("text", models.TextField()),
                (
                    "suggested_grade",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reviews.grade"
                    ),
                ),
                ("raised_at", models.DateTimeField(auto_now_add=True)),
                (
                    "raised_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("response", models.TextField(blank=True)),
                ("responded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "responded_by",
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
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("responded_at", None), ("responded_by", None), ("response", "")),
                            models.Q(
                                models.Q(("response", ""), _negated=True),
                                ("responded_at__isnull", False),
                                ("responded_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="challenge_responded_at_by_and_what_together",
                    )
                ],
                "indexes": [],
            },
        ),
    ]
