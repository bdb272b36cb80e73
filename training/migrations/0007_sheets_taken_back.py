import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnership", "0005_period_closed"),
        ("training", "0006_evaluation"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="attendancesheet",
            name="sheet_over_keeps_no_lines",
        ),
        migrations.AddField(
            model_name="attendance",
            name="sheet",
            field=models.ForeignKey(
                blank=True,
                help_text="Which import counted it; empty where it was entered by hand.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attendances",
                to="training.attendancesheet",
            ),
        ),
        migrations.AddField(
            model_name="attendancesheet",
            name="taken_back_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="attendancesheet",
            name="taken_back_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="attendancesheet",
            name="taken_back_reason",
            field=models.TextField(blank=True, verbose_name="why it was taken back"),
        ),
        migrations.AddField(
            model_name="session",
            name="sheet",
            field=models.ForeignKey(
                blank=True,
                help_text="Which import added it; empty where it was entered by hand.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sessions",
                to="training.attendancesheet",
            ),
        ),
        migrations.AlterField(
            model_name="attendancesheet",
            name="status",
            field=models.CharField(
                choices=[
                    ("read", "Waiting for you to confirm"),
                    ("queued", "Waiting for a worker"),
                    ("counting", "Being imported"),
                    ("imported", "Imported"),
                    ("failed", "Not imported"),
                    ("cancelled", "Cancelled"),
                    ("taken-back", "Taken back"),
                ],
                default="read",
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="attendancesheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ("imported", "failed", "cancelled", "taken-back")), _negated=True),
                    models.Q(("finished_at__isnull", False), ("lines", "")),
                    _connector="OR",
                ),
                name="sheet_over_keeps_no_lines",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendancesheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("status", "taken-back"),
                        ("taken_back_at__isnull", False),
                        ("taken_back_by__isnull", False),
                        models.Q(("taken_back_reason", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("status", "taken-back"), _negated=True),
                        ("taken_back_at__isnull", True),
                        ("taken_back_by__isnull", True),
                        ("taken_back_reason", ""),
                    ),
                    _connector="OR",
                ),
                name="sheet_taken_back_says_why",
            ),
        ),
    ]
