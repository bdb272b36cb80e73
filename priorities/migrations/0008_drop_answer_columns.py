from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("priorities", "0007_answers_from_columns"),
    ]

    operations = [
        migrations.RemoveField(model_name="quarterlyupdate", name="progress"),
        migrations.RemoveField(model_name="quarterlyupdate", name="impact"),
        migrations.RemoveField(model_name="quarterlyupdate", name="barriers"),
        migrations.RemoveField(model_name="quarterlyupdate", name="next_steps"),
    ]
