import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partnership", "0005_period_closed")]

    operations = [
        migrations.CreateModel(
            name="Seat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("post", models.CharField(blank=True, max_length=150)),
                ("from_on", models.DateField(blank=True, null=True)),
                ("until_on", models.DateField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="partnership.agency"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="partnership.group"
                    ),
                ),
            ],
            options={
                "ordering": ["agency__name"],
                "constraints": [
                    models.UniqueConstraint(fields=("group", "agency"), name="seat_once_an_agency"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_on__isnull", True),
                            ("until_on__isnull", True),
                            ("until_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="seat_ends_after_it_begins",
                    ),
                ],
            },
        ),
    ]
