import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnership", "0002_agency_has_approver"),
        ("priorities", "0005_submitted_version"),
    ]

    operations = [
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="priorities.updateround",
                    ),
                ),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("progress", "Progress this quarter"),
                            ("impact", "Impact on children"),
                            ("evidence", "Evidence"),
                            ("barriers", "Barriers and challenges"),
                            ("next_steps", "Next steps"),
                            ("support", "Support or decisions asked of the board"),
                            ("child_voice", "Voice of the child"),
                            ("practitioner_voice", "Voice of practitioners"),
                            ("workforce", "Workforce"),
                            ("risks", "Risks to raise"),
                            ("other", "Something else"),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.CharField(max_length=200, verbose_name="question")),
                ("help", models.CharField(blank=True, max_length=500, verbose_name="help")),
                ("is_required", models.BooleanField(default=False, verbose_name="must be answered")),
                (
                    "priority",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="priorities.priority",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ended_by",
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "topic__in",
                                [
                                    "progress",
                                    "impact",
                                    "evidence",
                                    "barriers",
                                    "next_steps",
                                    "support",
                                    "child_voice",
                                    "practitioner_voice",
                                    "workforce",
                                    "risks",
                                    "other",
                                ],
                            )
                        ),
                        name="question_topic_known",
                    ),
                    models.CheckConstraint(condition=models.Q(("words", ""), _negated=True), name="question_has_words"),
                    models.UniqueConstraint(
                        condition=models.Q(models.Q(("topic", "other"), _negated=True), ("priority__isnull", True)),
                        fields=("round", "topic"),
                        name="question_topic_once_a_round",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(models.Q(("topic", "other"), _negated=True), ("priority__isnull", False)),
                        fields=("round", "topic", "priority"),
                        name="question_topic_once_a_priority",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="question_ended_at_and_by_together",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "update",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="priorities.quarterlyupdate",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="priorities.question"
                    ),
                ),
                ("text", models.TextField()),
                (
                    "carried_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="priorities.answer",
                    ),
                ),
                ("is_unchecked", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["question__order", "question_id"],
                "constraints": [
                    models.UniqueConstraint(fields=("update", "question"), name="answer_once"),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="answer_says_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImpactEvidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "update",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="impact_evidence",
                        to="priorities.quarterlyupdate",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("measure", "A figure"),
                            ("audit", "An audit"),
                            ("feedback", "Feedback from children, families or practitioners"),
                            ("evaluation", "An evaluation"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="priorities.measure",
                    ),
                ),
                ("description", models.TextField(blank=True, verbose_name="which one, and what it said")),
            ],
            options={
                "verbose_name_plural": "impact evidence",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["measure", "audit", "feedback", "evaluation"])),
                        name="impact_evidence_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("description", ""), ("kind", "measure"), ("measure__isnull", False)),
                            models.Q(
                                models.Q(("kind", "measure"), _negated=True),
                                ("measure__isnull", True),
                                models.Q(("description", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="impact_evidence_measure_or_words",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "measure"), _negated=True),
                        fields=("update", "kind"),
                        name="impact_evidence_once_a_kind",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("measure__isnull", False)),
                        fields=("update", "measure"),
                        name="impact_evidence_once_a_measure",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="quarterlyupdate",
            name="is_impact_unshown",
            field=models.BooleanField(default=False, verbose_name="its agency says that nothing yet shows the impact"),
        ),
        migrations.AddField(
            model_name="quarterlyupdate",
            name="approved_by_name",
            field=models.CharField(blank=True, max_length=150, verbose_name="approved by"),
        ),
        migrations.AddField(
            model_name="quarterlyupdate",
            name="approved_by_post",
            field=models.CharField(blank=True, max_length=150, verbose_name="post of the approver"),
        ),
        migrations.AddField(
            model_name="quarterlyupdate",
            name="declared_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="approval declared at"),
        ),
        migrations.AddConstraint(
            model_name="quarterlyupdate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_by_name", ""), ("approved_by_post", ""), ("declared_at__isnull", True)),
                    models.Q(
                        ("declared_at__isnull", False),
                        models.Q(("approved_by_name", ""), _negated=True),
                        models.Q(("approved_by_post", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="update_declaration_whole_or_not_at_all",
            ),
        ),
    ]
