from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0008_said_and_did"),
    ]

    operations = [
        migrations.AddField(
            model_name="publication",
            name="warnings",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="What the gates found, as `Finding.to_json` writes it; shown on its page.",
            ),
        ),
        migrations.AddField(
            model_name="publication",
            name="size",
            field=models.PositiveBigIntegerField(blank=True, help_text="Of the file, in bytes.", null=True),
        ),
        migrations.AlterField(
            model_name="publication",
            name="stage",
            field=models.CharField(
                choices=[
                    ("waiting", "Waiting for its turn"),
                    ("charts", "Drawing the charts"),
                    ("reading", "Reading the report"),
                    ("setting", "Setting the text"),
                    ("laying-out", "Laying out the pages"),
                    ("writing", "Writing the PDF"),
                    ("checking", "Checking the file"),
                    ("keeping", "Keeping the file"),
                    ("done", "Done"),
                ],
                default="waiting",
                max_length=12,
            ),
        ),
    ]
