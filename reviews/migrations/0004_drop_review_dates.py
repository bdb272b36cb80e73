from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reviews", "0003_steps_from_dates")]

    operations = [
        migrations.RemoveConstraint(model_name="practicereview", name="rapid_review_decided_after_it_started"),
        migrations.RemoveConstraint(model_name="practicereview", name="review_published_after_it_started"),
        migrations.RemoveField(model_name="practicereview", name="started_on"),
        migrations.RemoveField(model_name="practicereview", name="decided_on"),
        migrations.RemoveField(model_name="practicereview", name="published_on"),
    ]
