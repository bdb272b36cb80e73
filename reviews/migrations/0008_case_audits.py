import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0007_audits"),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseAudit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("topic", models.CharField(max_length=200)),
                ("month", models.DateField(help_text="The first day of the month in which it was held.")),
                ("cases", models.PositiveSmallIntegerField(verbose_name="cases audited")),
                ("good_practice", models.TextField(blank=True)),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("version", models.PositiveIntegerField(default=0)),
                ("themes", models.ManyToManyField(blank=True, related_name="case_audits", to="reviews.theme")),
            ],
            options={
                "verbose_name": "multi-agency audit",
                "ordering": ["-month", "topic"],
                "constraints": [
                    models.UniqueConstraint(fields=("topic", "month"), name="case_audit_once"),
                    models.CheckConstraint(condition=models.Q(("cases__gt", 0)), name="case_audit_has_cases"),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="AuditFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "audit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="findings", to="reviews.caseaudit"
                    ),
                ),
                ("text", models.TextField()),
                (
                    "recommendations",
                    models.ManyToManyField(blank=True, related_name="audit_findings", to="reviews.recommendation"),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [],
                "constraints": [],
            },
        ),
    ]
