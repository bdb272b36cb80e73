from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0012_formats"),
    ]

    operations = [
        migrations.AddField(
            model_name="publication",
            name="pages",
            field=models.PositiveIntegerField(blank=True, help_text="Of a PDF.", null=True),
        ),
    ]
