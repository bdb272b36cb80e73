import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partnership", "0004_statistical_neighbours")]

    operations = [
        migrations.AddField(
            model_name="reportingperiod", name="closed_at", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(
            model_name="reportingperiod",
            name="closed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="reportingperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(("closed_at__isnull", True), ("closed_by__isnull", True))
                | models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                name="period_closed_at_and_by_together",
            ),
        ),
    ]
