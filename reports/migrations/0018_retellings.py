from django.db import migrations, models

VARIANTS = [("report", "Report"), ("short", "Short version"), ("childrens", "Children’s version")]


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0017_appendices_of_the_partnership"),
    ]

    operations = [
        migrations.AddField(model_name="block", name="is_in_report", field=models.BooleanField(default=True)),
        migrations.AddField(model_name="block", name="is_in_short", field=models.BooleanField(default=False)),
        migrations.AddField(model_name="block", name="is_in_childrens", field=models.BooleanField(default=False)),
        migrations.AddConstraint(
            model_name="block",
            constraint=models.CheckConstraint(
                condition=models.Q(is_in_report=True) | models.Q(is_in_short=True) | models.Q(is_in_childrens=True),
                name="block_stands_somewhere",
            ),
        ),
        migrations.AddField(
            model_name="publication",
            name="variant",
            field=models.CharField(choices=VARIANTS, default="report", max_length=10),
        ),
    ]
