from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partnership", "0003_evidence")]

    operations = [
        migrations.CreateModel(
            name="StatisticalNeighbour",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("ons_code", models.CharField(max_length=9, unique=True, verbose_name="ONS code")),
                ("order", models.PositiveSmallIntegerField(help_text="The most like it comes first.")),
            ],
            options={"ordering": ["order"]},
        ),
    ]
