import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnership", "0005_period_closed"),
        ("training", "0003_attendance_by_agency"),
    ]

    operations = [
        migrations.CreateModel(
            name="Licence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("trained", models.PositiveIntegerField()),
                ("licensed", models.PositiveIntegerField()),
                (
                    "assessments",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Empty where another measure counts them already.",
                        null=True,
                        verbose_name="assessments done",
                    ),
                ),
                ("expires_on", models.DateField()),
                ("note", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "ordering": ["course__title", "-period__starts_on", "agency__name"],
            },
        ),
        migrations.AddField(
            model_name="licence",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="licences", to="partnership.agency"
            ),
        ),
        migrations.AddField(
            model_name="licence",
            name="course",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="licences", to="training.course"
            ),
        ),
        migrations.AddField(
            model_name="licence",
            name="period",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partnership.reportingperiod"
            ),
        ),
        migrations.AddConstraint(
            model_name="licence",
            constraint=models.UniqueConstraint(fields=("course", "agency", "period"), name="licence_once_a_year"),
        ),
    ]
