import django.db.models.deletion
import partnership.models.evidence
import partnership.states
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnership", "0002_agency_has_approver"),
    ]

    operations = [
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(help_text="As it came; never used as a path.", max_length=150)),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="what it shows")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="evidence", to="partnership.agency"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pdf", "PDF"),
                            ("docx", "Word document"),
                            ("xlsx", "Excel workbook"),
                            ("odt", "OpenDocument text"),
                            ("ods", "OpenDocument spreadsheet"),
                            ("jpg", "JPEG picture"),
                            ("png", "PNG picture"),
                            ("csv", "CSV file"),
                            ("txt", "Text file"),
                        ],
                        max_length=4,
                    ),
                ),
                ("size", models.PositiveIntegerField(help_text="In bytes, of what is kept.")),
                ("sha256", models.CharField(help_text="Of what is kept.", max_length=64)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Being checked"),
                            ("clean", "Checked"),
                            ("refused", "Not accepted"),
                            ("withdrawn", "Removed"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("held", models.FileField(blank=True, upload_to=partnership.models.evidence.random_path)),
                ("file", models.FileField(blank=True, upload_to=partnership.models.evidence.random_path)),
                ("refusal", models.TextField(blank=True, verbose_name="why it is not accepted")),
                ("note", models.TextField(blank=True, verbose_name="why it is still being checked")),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "claim",
                    models.CharField(
                        blank=True, help_text="Which claim holds the row; a later one takes over.", max_length=32
                    ),
                ),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "withdrawn_by",
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
                "verbose_name_plural": "evidence",
                "ordering": ["uploaded_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "clean"), models.Q(("file", ""), _negated=True)),
                            models.Q(models.Q(("status", "clean"), _negated=True), ("file", "")),
                            _connector="OR",
                        ),
                        name="evidence_downloadable_only_when_clean",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["waiting", "clean", "refused", "withdrawn"])),
                        name="evidence_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "refused"), _negated=True),
                            models.Q(("refusal", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="evidence_refused_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status", "withdrawn"),
                                ("withdrawn_at__isnull", False),
                                ("withdrawn_by__isnull", False),
                            ),
                            models.Q(
                                models.Q(("status", "withdrawn"), _negated=True),
                                ("withdrawn_at__isnull", True),
                                ("withdrawn_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="evidence_withdrawn_at_and_by_together",
                    ),
                ],
            },
            bases=(partnership.states.Moves, models.Model),
        ),
    ]
