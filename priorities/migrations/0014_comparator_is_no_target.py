from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("priorities", "0013_targets_from_comparators")]

    operations = [
        migrations.AddConstraint(
            model_name="comparator",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "target"), _negated=True), name="comparator_is_no_target"
            ),
        ),
    ]
