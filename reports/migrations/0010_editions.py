import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import partnership.states


def indexed(to, is_indexed, on_delete, related_name):
    return models.ForeignKey(to, on_delete, db_index=is_indexed, related_name=related_name)


def put_back_to_drafting(apps, schema_editor):
    """Nothing was frozen for a report that was in sign-off before editions: it is to be put to sign-off again."""
    apps.get_model("reports", "AnnualReport").objects.filter(status="in-sign-off").update(status="drafting")


def write_down_paper_signatures(apps, schema_editor):
    """A name and date given on paper before editions belong to no frozen report: the record of changes keeps them."""
    event = apps.get_model("partnership", "AuditEvent")
    for signature in apps.get_model("reports", "Signature").objects.exclude(name="").select_related("agency", "report"):
        event.objects.create(
            verb="signature.kept",
            by_label="The portal",
            target_model="reports.annualreport",
            target_id=signature.report_id,
            target_label=signature.report.title,
            detail=f"On paper: {signature.name}, {signature.post}, {signature.agency.name}, {signature.signed_on}",
        )


class Migration(migrations.Migration):
    dependencies = [
        ("partnership", "0005_period_closed"),
        ("reports", "0009_warnings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(put_back_to_drafting, migrations.RunPython.noop),
        migrations.RunPython(write_down_paper_signatures, migrations.RunPython.noop),
        migrations.RemoveConstraint("signature", "signature_order_once"),
        migrations.RemoveConstraint("signature", "signature_name_and_date_together"),
        # A renamed table keeps the names of its indexes on PostgreSQL, and the new table of signatures needs them.
        migrations.AlterField("signature", "agency", indexed("partnership.agency", False, models.PROTECT, "+")),
        migrations.AlterField(
            "signature", "report", indexed("reports.annualreport", False, models.CASCADE, "signatures")
        ),
        migrations.RenameModel("Signature", "SigningPlace"),
        migrations.AlterField("signingplace", "agency", indexed("partnership.agency", True, models.PROTECT, "+")),
        migrations.AlterField(
            "signingplace", "report", indexed("reports.annualreport", True, models.CASCADE, "signatures")
        ),
        migrations.RemoveField("signingplace", "name"),
        migrations.RemoveField("signingplace", "signed_on"),
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "number",
                    models.PositiveIntegerField(
                        help_text="The version's number; a void edition leaves it to the next."
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("in-sign-off", "In sign-off"),
                            ("void", "Void"),
                            ("signed", "Signed"),
                            ("published", "Published"),
                            ("superseded", "Superseded"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="in-sign-off",
                        max_length=12,
                    ),
                ),
                (
                    "order",
                    models.CharField(
                        choices=[
                            ("in-parallel", "Everybody can sign at once"),
                            ("in-order", "One after the other, in the order of the list"),
                        ],
                        default="in-parallel",
                        max_length=12,
                    ),
                ),
                ("document", models.TextField(help_text="The Document as JSON, without what signing adds.")),
                ("signed_hash", models.CharField(help_text="What the signatures are bound to.", max_length=64)),
                ("correction_note", models.TextField(blank=True, help_text="What a later version corrects.")),
                ("frozen_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "published",
                    models.TextField(blank=True, help_text="The published Document as JSON, with names and dates."),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, help_text="When it became void or was withdrawn.", null=True),
                ),
                ("reason", models.TextField(blank=True, help_text="Why it is void or withdrawn.")),
            ],
            options={
                "ordering": ["-pk"],
            },
            bases=(partnership.states.Moves, models.Model),
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("is_statutory", models.BooleanField(default=False)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                ("how", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ["-is_statutory", "name"],
            },
        ),
        migrations.CreateModel(
            name="Recipient",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, unique=True)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("is_statutory", models.BooleanField(default=False)),
                ("within_days", models.PositiveSmallIntegerField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-is_statutory", "name"],
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("post", models.CharField(max_length=150)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("partner", "Signs for a safeguarding partner"),
                            ("chair", "Comments as chair or scrutineer"),
                        ],
                        max_length=10,
                    ),
                ),
                ("order", models.PositiveSmallIntegerField()),
                (
                    "status",
                    models.CharField(
                        choices=[("awaited", "Awaited"), ("given", "Signed"), ("refused", "Refused")],
                        default="awaited",
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=150)),
                ("signed_on", models.DateField(blank=True, null=True)),
                ("signed_hash", models.CharField(blank=True, max_length=64)),
                ("is_on_paper", models.BooleanField(default=False)),
                ("comment", models.TextField(blank=True, help_text="What the chair says of the report.")),
                ("reason", models.TextField(blank=True, help_text="Why it was refused.")),
                ("acted_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["order"],
            },
            bases=(partnership.states.Moves, models.Model),
        ),
        migrations.AddField(
            model_name="publication",
            name="file_hash",
            field=models.CharField(blank=True, help_text="SHA-256 of the file, to know it again by.", max_length=64),
        ),
        migrations.AddField(
            model_name="signingplace",
            name="kind",
            field=models.CharField(
                choices=[("partner", "Signs for a safeguarding partner"), ("chair", "Comments as chair or scrutineer")],
                default="partner",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="annualreport",
            name="status",
            field=models.CharField(
                choices=[
                    ("drafting", "Drafting"),
                    ("in-sign-off", "In sign-off"),
                    ("signed", "Signed"),
                    ("published", "Published"),
                    ("withdrawn", "Withdrawn"),
                ],
                default="drafting",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="signingplace",
            name="report",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="signing_places", to="reports.annualreport"
            ),
        ),
        migrations.AddConstraint(
            model_name="signingplace",
            constraint=models.UniqueConstraint(fields=("report", "order"), name="signing_place_order_once"),
        ),
        migrations.AddField(
            model_name="edition",
            name="frozen_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="edition",
            name="published_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="edition",
            name="report",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="editions", to="reports.annualreport"
            ),
        ),
        migrations.AddField(
            model_name="publication",
            name="edition",
            field=models.ForeignKey(
                blank=True,
                help_text="Of a published version only.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="files",
                to="reports.edition",
            ),
        ),
        migrations.AddField(
            model_name="receipt",
            name="edition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="receipts", to="reports.edition"
            ),
        ),
        migrations.AddField(
            model_name="receipt",
            name="told_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="receipt",
            name="recipient",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="reports.recipient",
            ),
        ),
        migrations.AddField(
            model_name="signature",
            name="acted_by",
            field=models.ForeignKey(
                blank=True,
                help_text="Who signed, refused or recorded it.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="signature",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partnership.agency"
            ),
        ),
        migrations.AddField(
            model_name="signature",
            name="edition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="signatures", to="reports.edition"
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "void"), _negated=True),
                fields=("report", "number"),
                name="edition_number_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ("in-sign-off", "signed"))),
                fields=("report",),
                name="edition_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_at__isnull", True), ("published_by__isnull", True)),
                    models.Q(("published_at__isnull", False), ("published_by__isnull", False)),
                    _connector="OR",
                ),
                name="edition_published_at_and_by_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("published_at__isnull", False),
                        ("status__in", ("published", "superseded", "withdrawn")),
                        models.Q(("published", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("status__in", ("published", "superseded", "withdrawn")), _negated=True),
                        ("published", ""),
                        ("published_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="edition_public_has_its_document",
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_at__isnull", False),
                        ("status__in", ["void", "withdrawn"]),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("status__in", ["void", "withdrawn"]), _negated=True),
                        ("ended_at__isnull", True),
                        ("reason", ""),
                    ),
                    _connector="OR",
                ),
                name="edition_ended_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.UniqueConstraint(fields=("edition", "name"), name="receipt_once_each"),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("how", ""), ("told_at__isnull", True), ("told_by__isnull", True)),
                    models.Q(
                        ("told_at__isnull", False), ("told_by__isnull", False), models.Q(("how", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="receipt_told_at_by_and_how_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.UniqueConstraint(fields=("edition", "order"), name="signature_order_once"),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("acted_at__isnull", True), ("acted_by__isnull", True)),
                    models.Q(("acted_at__isnull", False), ("acted_by__isnull", False)),
                    _connector="OR",
                ),
                name="signature_acted_at_and_by_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("acted_at__isnull", False),
                        ("signed_on__isnull", False),
                        ("status", "given"),
                        models.Q(("name", ""), _negated=True),
                        models.Q(("signed_hash", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("status", "given"), _negated=True),
                        ("name", ""),
                        ("signed_hash", ""),
                        ("signed_on__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="signature_given_is_bound",
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "refused"), _negated=True),
                    models.Q(models.Q(("reason", ""), _negated=True), ("acted_at__isnull", False)),
                    _connector="OR",
                ),
                name="signature_refused_says_why",
            ),
        ),
    ]
