from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0011_key_figures"),
    ]

    operations = [
        migrations.AlterField(
            model_name="publication",
            name="format",
            field=models.CharField(
                choices=[("pdf", "PDF"), ("docx", "Word file"), ("csv", "Figures (CSV)"), ("json", "Summary (JSON)")],
                default="pdf",
                max_length=4,
            ),
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
                    ("making", "Writing the file"),
                    ("keeping", "Keeping the file"),
                    ("done", "Done"),
                ],
                default="waiting",
                max_length=12,
            ),
        ),
    ]
