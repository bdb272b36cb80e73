import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("priorities", "0002_measure_import"),
    ]

    operations = [
        migrations.CreateModel(
            name="EmailChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "wanted",
                    models.CharField(
                        choices=[
                            ("all", "All reminders"),
                            ("due", "Only on the due date and when an update is overdue"),
                            ("none", "No reminders"),
                        ],
                        default="all",
                        max_length=4,
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="email_choice",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["person"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("wanted__in", ["all", "due", "none"])), name="email_choice_known"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "occasion",
                    models.CharField(
                        choices=[
                            ("opening", "When the round opens"),
                            ("fortnight", "14 days before the due date"),
                            ("three-days", "3 days before the due date"),
                            ("due", "On the due date"),
                            ("late", "A week or more after the due date"),
                            ("asked", "When the board team asks"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "falls_on",
                    models.DateField(help_text="The day of the occasion; a later one where the due date is moved."),
                ),
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
                            ("unwanted", "The person does not want it"),
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
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "update",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="priorities.quarterlyupdate",
                    ),
                ),
            ],
            options={
                "ordering": ["-decided_at", "-pk"],
                "indexes": [models.Index(fields=["status", "not_before"], name="reminder_to_send")],
                "constraints": [
                    models.UniqueConstraint(fields=("update", "person", "occasion", "falls_on"), name="reminder_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("status", "sent")),
                            models.Q(models.Q(("status", "sent"), _negated=True), ("sent_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="reminder_sent_has_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("asked_by__isnull", False), ("occasion", "asked")),
                            models.Q(models.Q(("occasion", "asked"), _negated=True), ("asked_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="reminder_asked_has_an_asker",
                    ),
                ],
            },
        ),
    ]
