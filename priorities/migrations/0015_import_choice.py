from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("priorities", "0014_comparator_is_no_target"),
    ]

    operations = [
        migrations.AddField(
            model_name="measureimport",
            name="columns",
            field=models.JSONField(
                default=list, help_text="The columns that come in, only ever read whole; none: all."
            ),
        ),
        migrations.AddField(
            model_name="measureimport",
            name="categories",
            field=models.JSONField(default=dict, help_text="The kinds of lines that come in, by column; none: all."),
        ),
        migrations.AddField(
            model_name="measureimport",
            name="is_from_the_department",
            field=models.BooleanField(default=False),
        ),
    ]
