import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnership", "0005_period_closed"),
        ("priorities", "0015_import_choice"),
        ("reports", "0004_blocks_of_training"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BlockRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(help_text="The block's version after this save.")),
                ("key", models.CharField(blank=True, max_length=36)),
                ("content", models.JSONField()),
                ("sent", models.JSONField(blank=True, null=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["-version"],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("passage", models.TextField(blank=True)),
                ("begins", models.PositiveIntegerField(blank=True, null=True)),
                ("ends", models.PositiveIntegerField(blank=True, null=True)),
                ("text", models.TextField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("resolved_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("window", models.CharField(max_length=36, unique=True)),
                ("seen_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ReportImage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.FileField(upload_to="report-images/")),
                ("digest", models.CharField(max_length=64)),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("added_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AlterModelOptions(
            name="sectionversion",
            options={"ordering": ["-at", "-number"]},
        ),
        migrations.RemoveConstraint(
            model_name="section",
            name="section_order_once_below_a_parent",
        ),
        migrations.RemoveConstraint(
            model_name="section",
            name="chapter_order_once",
        ),
        migrations.AddField(
            model_name="annualreport",
            name="numbering",
            field=models.CharField(
                choices=[("free", "Numbers as typed"), ("automatic", "Numbered by the portal")],
                default="free",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="annualreport",
            name="rolled_from",
            field=models.ForeignKey(
                blank=True,
                help_text="The report before it.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rolled_into",
                to="reports.annualreport",
            ),
        ),
        migrations.AddField(
            model_name="block",
            name="is_carried",
            field=models.BooleanField(
                default=False, help_text="Carried over from the report before, and not checked by anybody yet."
            ),
        ),
        migrations.AddField(
            model_name="block",
            name="removed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="block",
            name="removed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="listitem",
            name="said",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="section",
            name="carried_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="carried_into",
                to="reports.section",
            ),
        ),
        migrations.AddField(
            model_name="section",
            name="due_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="section",
            name="removed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="section",
            name="removed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="section",
            name="words_wished",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="section",
            name="writer",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sections_to_write",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sectionversion",
            name="began_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name="sectionversion",
            name="figures",
            field=models.JSONField(
                default=list, help_text="Of an approval: each figure's code, period, show and text."
            ),
        ),
        migrations.AddField(
            model_name="sectionversion",
            name="reason",
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name="listitem",
            name="text",
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name="section",
            name="status",
            field=models.CharField(
                choices=[
                    ("not-started", "Not started"),
                    ("drafting", "Drafting"),
                    ("submitted", "Submitted"),
                    ("returned", "Returned"),
                    ("approved", "Approved"),
                ],
                default="not-started",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="sectionversion",
            name="act",
            field=models.CharField(
                choices=[
                    ("created", "Created"),
                    ("saved", "Written"),
                    ("brought-in", "Text brought in from an update"),
                    ("arranged", "Parts added, moved or removed"),
                    ("submitted", "Submitted"),
                    ("returned", "Returned"),
                    ("approved", "Approved"),
                    ("restored", "Restored"),
                    ("carried", "Carried over from the report before"),
                    ("imported", "Imported from a Word file"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="sectionversion",
            name="at",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddConstraint(
            model_name="block",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("removed_at__isnull", True), ("removed_by__isnull", True)),
                    models.Q(("removed_at__isnull", False), ("removed_by__isnull", False)),
                    _connector="OR",
                ),
                name="block_removed_at_and_by_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="section",
            constraint=models.UniqueConstraint(
                condition=models.Q(("removed_at__isnull", True)),
                fields=("parent", "order"),
                name="section_order_once_below_a_parent",
            ),
        ),
        migrations.AddConstraint(
            model_name="section",
            constraint=models.UniqueConstraint(
                condition=models.Q(("parent__isnull", True), ("removed_at__isnull", True)),
                fields=("report", "order"),
                name="chapter_order_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="section",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("removed_at__isnull", True), ("removed_by__isnull", True)),
                    models.Q(("removed_at__isnull", False), ("removed_by__isnull", False)),
                    _connector="OR",
                ),
                name="section_removed_at_and_by_together",
            ),
        ),
        migrations.AddField(
            model_name="blockrevision",
            name="block",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="revisions", to="reports.block"
            ),
        ),
        migrations.AddField(
            model_name="blockrevision",
            name="by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="assigned_to",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="comments_to_settle",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="block",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="comments",
                to="reports.block",
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="mentions",
            field=models.ManyToManyField(blank=True, related_name="mentioned_in_comments", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="comment",
            name="resolved_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="section",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="comments", to="reports.section"
            ),
        ),
        migrations.AddField(
            model_name="presence",
            name="block",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="held_by",
                to="reports.block",
            ),
        ),
        migrations.AddField(
            model_name="presence",
            name="section",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="presences", to="reports.section"
            ),
        ),
        migrations.AddField(
            model_name="presence",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="reply",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="reply",
            name="comment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="replies", to="reports.comment"
            ),
        ),
        migrations.AddField(
            model_name="reply",
            name="mentions",
            field=models.ManyToManyField(blank=True, related_name="mentioned_in_replies", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="reportimage",
            name="added_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="reportimage",
            name="report",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="images", to="reports.annualreport"
            ),
        ),
        migrations.AddConstraint(
            model_name="blockrevision",
            constraint=models.UniqueConstraint(fields=("block", "version"), name="revision_once_for_a_version"),
        ),
        migrations.AddConstraint(
            model_name="blockrevision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("key", ""), _negated=True), fields=("block", "key"), name="revision_once_for_a_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("resolved_at__isnull", True), ("resolved_by__isnull", True)),
                    models.Q(("resolved_at__isnull", False), ("resolved_by__isnull", False)),
                    _connector="OR",
                ),
                name="comment_resolved_at_and_by_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("begins__isnull", True), ("ends__isnull", True)),
                    models.Q(
                        ("begins__isnull", False),
                        ("block__isnull", False),
                        ("ends__gt", models.F("begins")),
                        models.Q(("passage", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="comment_passage_has_a_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__isnull", True), ("assigned_to__isnull", False), _connector="OR"),
                name="comment_due_is_somebodys",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportimage",
            constraint=models.UniqueConstraint(fields=("report", "digest"), name="image_once_in_a_report"),
        ),
    ]
