import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnership", "0005_period_closed"),
        ("training", "0002_course_and_session_details"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="attendance",
            name="attendance_once",
        ),
        migrations.AddField(
            model_name="attendance",
            name="agency",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partnership.agency",
            ),
        ),
        migrations.AddField(
            model_name="attendance",
            name="booked",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="attendance",
            name="late_cancelled",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="late cancellations"),
        ),
        migrations.AddField(
            model_name="attendance",
            name="no_show",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="no-shows"),
        ),
        migrations.AddField(
            model_name="attendance",
            name="role_group",
            field=models.CharField(
                blank=True,
                choices=[
                    ("direct", "Works directly with children or families"),
                    ("safeguarding-lead", "Leads on safeguarding"),
                    ("manager", "Manages or supervises"),
                    ("volunteer", "Volunteers, trustees and governors"),
                    ("other", "Other roles"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="attendance",
            name="unscheduled",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="came without a booking"),
        ),
        migrations.AlterField(
            model_name="attendance",
            name="attended",
            field=models.PositiveIntegerField(help_text="Everybody who was there, with or without a booking."),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(
                condition=models.Q(("agency", None)),
                fields=("session", "organisation_type", "role_group"),
                name="attendance_once_for_a_type",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(
                fields=("session", "agency", "organisation_type", "role_group"), name="attendance_once_for_an_agency"
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("booked__isnull", True),
                        ("late_cancelled__isnull", True),
                        ("no_show__isnull", True),
                        ("unscheduled__isnull", True),
                    ),
                    models.Q(
                        (
                            "attended",
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("booked"), "+", models.F("unscheduled")
                                    ),
                                    "-",
                                    models.F("late_cancelled"),
                                ),
                                "-",
                                models.F("no_show"),
                            ),
                        ),
                        ("booked__isnull", False),
                        ("late_cancelled__isnull", False),
                        ("no_show__isnull", False),
                        ("unscheduled__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="attendance_bookings_add_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("unscheduled__isnull", True), ("unscheduled__lte", models.F("attended")), _connector="OR"
                ),
                name="attendance_unscheduled_were_there",
            ),
        ),
    ]
