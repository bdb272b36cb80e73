import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import training.models.evaluation
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnership", "0005_period_closed"),
        ("training", "0005_attendance_sheets"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EvaluationAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "moment",
                    models.CharField(
                        choices=[
                            ("baseline", "Before the training"),
                            ("after", "Straight after"),
                            ("follow-up", "6 to 12 weeks later"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "confidence",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ]
                    ),
                ),
                (
                    "knowledge",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ]
                    ),
                ),
                ("will_do", models.TextField(blank=True, verbose_name="what they will do")),
                (
                    "has_done",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Yes"), ("not-yet", "Not yet, but I mean to"), ("no", "No")],
                        max_length=8,
                        verbose_name="whether they did something differently",
                    ),
                ),
                ("did", models.TextField(blank=True, verbose_name="what they did")),
                ("changed", models.TextField(blank=True, verbose_name="what it changed for a child")),
                ("can_be_quoted", models.BooleanField(default=False, verbose_name="may be quoted without their name")),
                ("answered_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="EvaluationForm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("topic", models.CharField(help_text="Completes: How confident are you in …", max_length=200)),
                ("lowest", models.CharField(default="Not at all", max_length=60, verbose_name="words at 1")),
                ("highest", models.CharField(default="Fully", max_length=60, verbose_name="words at 5")),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "ordering": ["course__title"],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(default=training.models.evaluation.pseudonym, max_length=16, unique=True)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("email_until", models.DateField()),
                ("invited_at", models.DateTimeField(auto_now_add=True)),
                ("declined_at", models.DateTimeField(blank=True, null=True, verbose_name="asked not to be written to")),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "moment",
                    models.CharField(
                        choices=[
                            ("baseline", "Before the training"),
                            ("after", "Straight after"),
                            ("follow-up", "6 to 12 weeks later"),
                        ],
                        max_length=10,
                    ),
                ),
                ("is_reminder", models.BooleanField(default=False)),
                ("token_hash", models.CharField(blank=True, max_length=64)),
                ("decided_at", models.DateTimeField(auto_now_add=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be sent"),
                            ("claimed", "Taken by a scheduler"),
                            ("sending", "Being handed to the mail server"),
                            ("sent", "Sent"),
                            ("dropped", "Not needed any more"),
                            ("unclear", "Perhaps sent: the portal stopped meanwhile"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("attempts", models.PositiveIntegerField(default=0)),
                (
                    "not_before",
                    models.DateTimeField(default=django.utils.timezone.now, help_text="When it may be tried (again)."),
                ),
                (
                    "claim",
                    models.CharField(
                        blank=True, help_text="Which claim holds the row; a later one takes over.", max_length=32
                    ),
                ),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Quotation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "question",
                    models.CharField(
                        choices=[
                            ("will_do", "What they will do"),
                            ("did", "What they did"),
                            ("changed", "What it changed for a child"),
                        ],
                        max_length=8,
                    ),
                ),
                ("released_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="evaluationform",
            name="course",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="evaluation_form", to="training.course"
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="invited_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="session",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="invitations", to="training.session"
            ),
        ),
        migrations.AddField(
            model_name="evaluationanswer",
            name="invitation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="training.invitation"
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="invitation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="letters", to="training.invitation"
            ),
        ),
        migrations.AddField(
            model_name="quotation",
            name="answer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="quotations", to="training.evaluationanswer"
            ),
        ),
        migrations.AddField(
            model_name="quotation",
            name="released_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("email", ""), _negated=True), fields=("session", "email"), name="invited_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("declined_at__isnull", True), ("email", ""), _connector="OR"),
                name="declined_keeps_no_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="evaluationanswer",
            constraint=models.UniqueConstraint(fields=("invitation", "moment"), name="answered_once"),
        ),
        migrations.AddConstraint(
            model_name="evaluationanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confidence__gte", 1), ("confidence__lte", 5), ("knowledge__gte", 1), ("knowledge__lte", 5)
                ),
                name="answer_on_the_scale",
            ),
        ),
        migrations.AddConstraint(
            model_name="evaluationanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("has_done__in", ["yes", "not-yet", "no"]), ("moment", "follow-up")),
                    models.Q(
                        models.Q(("moment", "follow-up"), _negated=True), ("changed", ""), ("did", ""), ("has_done", "")
                    ),
                    _connector="OR",
                ),
                name="answer_says_what_was_done_at_the_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="evaluationanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("moment", "after"), ("will_do", ""), _connector="OR"),
                name="answer_plans_straight_after",
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["status", "not_before"], name="letter_to_send"),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(fields=("invitation", "moment", "is_reminder"), name="letter_once"),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("token_hash", ""), _negated=True),
                fields=("token_hash",),
                name="letter_has_its_link",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_at__isnull", False), ("status", "sent")),
                    models.Q(models.Q(("status", "sent"), _negated=True), ("sent_at__isnull", True)),
                    _connector="OR",
                ),
                name="letter_sent_has_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="quotation",
            constraint=models.UniqueConstraint(fields=("answer", "question"), name="quoted_once"),
        ),
    ]
