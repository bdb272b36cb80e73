import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnership", "0003_evidence"),
        ("priorities", "0009_what_stands_behind_a_value"),
    ]

    operations = [
        migrations.CreateModel(
            name="UpdateEvidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "update",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence_links",
                        to="priorities.quarterlyupdate",
                    ),
                ),
                (
                    "evidence",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="update_link",
                        to="partnership.evidence",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "update evidence",
                "ordering": ["pk"],
            },
        ),
    ]
