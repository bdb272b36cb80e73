from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("training", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="course",
            name="is_offered",
            field=models.BooleanField(default=True, verbose_name="part of the programme now"),
        ),
        migrations.AddField(
            model_name="course",
            name="learning_outcomes",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="course",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="session",
            name="above_capacity",
            field=models.TextField(blank=True, verbose_name="why more attended than there were places"),
        ),
        migrations.AddField(
            model_name="session",
            name="cost",
            field=models.DecimalField(blank=True, decimal_places=2, help_text="In pounds.", max_digits=9, null=True),
        ),
        migrations.AddField(
            model_name="session",
            name="link",
            field=models.URLField(blank=True, max_length=500, verbose_name="where it is held online"),
        ),
        migrations.AddField(
            model_name="session",
            name="trainer",
            field=models.CharField(blank=True, help_text="By role, never by name.", max_length=100),
        ),
        migrations.AddField(
            model_name="session",
            name="venue",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="session",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(("cost__isnull", True), ("cost__gte", 0), _connector="OR"),
                name="session_cost_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(("link", ""), ("link__startswith", "https://"), _connector="OR"),
                name="session_link_is_https",
            ),
        ),
    ]
