import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partnership", "0007_members_have_seats")]

    operations = [
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("held_on", models.DateField()),
                ("cancelled_reason", models.CharField(blank=True, max_length=300, verbose_name="why it was cancelled")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="meetings", to="partnership.group"
                    ),
                ),
            ],
            options={
                "ordering": ["-held_on"],
                "constraints": [models.UniqueConstraint(fields=("group", "held_on"), name="meeting_once_a_day")],
            },
        ),
        migrations.CreateModel(
            name="MeetingAttendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "attendance",
                    models.CharField(
                        choices=[
                            ("present", "Present"),
                            ("deputy", "Deputy came"),
                            ("apologies", "Sent apologies"),
                            ("absent", "Absent"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partnership.agency"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="partnership.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ["agency__name"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "agency"), name="meeting_attendance_once_an_agency")
                ],
            },
        ),
    ]
