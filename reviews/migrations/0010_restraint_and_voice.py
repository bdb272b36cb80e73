import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnership", "0005_period_closed"),
        ("priorities", "0015_import_choice"),
        ("reviews", "0009_inspections_and_child_deaths"),
    ]

    operations = [
        migrations.CreateModel(
            name="Feedback",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("withdrawn_reason", models.TextField(blank=True, editable=False)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("children", "Children and young people"),
                            ("families", "Families and carers"),
                            ("practitioners", "Practitioners"),
                        ],
                        max_length=20,
                        verbose_name="whose voice",
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("survey", "Survey"),
                            ("interview", "Interview or conversation"),
                            ("group", "Group or forum"),
                            ("advocate", "Through an advocate"),
                            ("visit", "Visit or walk round"),
                            ("complaint", "Complaint or compliment"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="how it was heard",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="what it was about")),
                ("took_part", models.PositiveIntegerField(blank=True, null=True, verbose_name="number taking part")),
                ("summary", models.TextField(verbose_name="what they said")),
                ("changed", models.TextField(blank=True, verbose_name="what changed because of it")),
                (
                    "consent_by",
                    models.CharField(
                        blank=True, help_text="The post.", max_length=150, verbose_name="consent confirmed by"
                    ),
                ),
                ("consent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "anonymity_by",
                    models.CharField(
                        blank=True, help_text="The post.", max_length=150, verbose_name="anonymity checked by"
                    ),
                ),
                ("anonymity_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="feedback", to="partnership.agency"
                    ),
                ),
                (
                    "counted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="priorities.measure",
                        verbose_name="measure that counts them",
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partnership.reportingperiod"
                    ),
                ),
                (
                    "priority",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="feedback",
                        to="priorities.priority",
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
                "verbose_name_plural": "feedback",
                "ordering": ["-period__starts_on", "title", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="FeedbackQuote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.TextField()),
                ("said_by", models.CharField(blank=True, help_text="Such as: a parent. Never a name.", max_length=100)),
                (
                    "feedback",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="quotes", to="reviews.feedback"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="RestraintScrutiny",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("withdrawn_reason", models.TextField(blank=True, editable=False)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "covers",
                    models.CharField(blank=True, max_length=200, verbose_name="dates it covers, if not the period's"),
                ),
                ("incidents", models.PositiveIntegerField(verbose_name="incidents viewed")),
                (
                    "unacceptable",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="0 if all were acceptable.",
                        null=True,
                        verbose_name="of those, not within the expected standard",
                    ),
                ),
                ("findings", models.TextField(blank=True)),
                (
                    "establishment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="restraint_scrutinies",
                        to="partnership.agency",
                    ),
                ),
                (
                    "paperwork_measure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="priorities.measure",
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partnership.reportingperiod"
                    ),
                ),
                (
                    "training_measure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="priorities.measure",
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
                "verbose_name_plural": "restraint scrutinies",
                "ordering": ["-period__starts_on", "establishment__name"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RestraintQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("asked_on", models.DateField()),
                ("answer", models.TextField(blank=True)),
                ("answered_on", models.DateField(blank=True, null=True)),
                (
                    "scrutiny",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="reviews.restraintscrutiny",
                    ),
                ),
            ],
            options={
                "ordering": ["asked_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="RestraintType",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100)),
                ("incidents", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "scrutiny",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="types",
                        to="reviews.restraintscrutiny",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="feedback",
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
                name="feedback_withdrawn_at_by_and_why_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="feedback",
            constraint=models.CheckConstraint(
                condition=models.Q(("took_part__isnull", True), ("counted_by__isnull", True), _connector="OR"),
                name="feedback_counts_those_who_took_part_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="feedback",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("consent_at__isnull", True), ("consent_by", "")),
                    models.Q(("consent_at__isnull", False), models.Q(("consent_by", ""), _negated=True)),
                    _connector="OR",
                ),
                name="feedback_consent_at_and_by_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="feedback",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("anonymity_at__isnull", True), ("anonymity_by", "")),
                    models.Q(("anonymity_at__isnull", False), models.Q(("anonymity_by", ""), _negated=True)),
                    _connector="OR",
                ),
                name="feedback_anonymity_at_and_by_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="restraintscrutiny",
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
                name="restraintscrutiny_withdrawn_at_by_and_why_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="restraintscrutiny",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=("period", "establishment"),
                name="restraint_scrutiny_once_a_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="restraintscrutiny",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("unacceptable__isnull", True), ("unacceptable__lte", models.F("incidents")), _connector="OR"
                ),
                name="unacceptable_restraints_are_among_those_viewed",
            ),
        ),
        migrations.AddConstraint(
            model_name="restraintquestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_on__isnull", True)),
                    models.Q(models.Q(("answer", ""), _negated=True), ("answered_on__isnull", False)),
                    _connector="OR",
                ),
                name="restraint_answer_has_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="restraintquestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answered_on__isnull", True), ("answered_on__gte", models.F("asked_on")), _connector="OR"
                ),
                name="restraint_answered_after_it_was_asked",
            ),
        ),
        migrations.AddConstraint(
            model_name="restrainttype",
            constraint=models.UniqueConstraint(fields=("scrutiny", "name"), name="restraint_type_once"),
        ),
    ]
