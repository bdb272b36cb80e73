from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnership", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="agency",
            name="has_approver",
            field=models.BooleanField(
                default=False,
                help_text="Asked for whenever an update is submitted.",
                verbose_name="somebody else approves its updates",
            ),
        ),
    ]
