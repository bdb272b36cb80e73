from django.db import migrations, models


def seats_of_members(apps, schema_editor):
    """Whoever sat on a group keeps the seat, from always on."""
    Seat = apps.get_model("partnership", "Seat")
    Member = apps.get_model("partnership", "Group").members.through
    Seat.objects.bulk_create(
        Seat(group_id=group, agency_id=agency) for group, agency in Member.objects.values_list("group_id", "agency_id")
    )


def members_of_seats(apps, schema_editor):
    Seat = apps.get_model("partnership", "Seat")
    Member = apps.get_model("partnership", "Group").members.through
    Member.objects.bulk_create(
        Member(group_id=group, agency_id=agency)
        for group, agency in Seat.objects.filter(until_on=None).values_list("group_id", "agency_id")
    )
    Seat.objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("partnership", "0006_seats")]

    operations = [
        migrations.RunPython(seats_of_members, members_of_seats),
        migrations.RemoveField("group", "members"),
        migrations.AddField(
            "group",
            "members",
            models.ManyToManyField(
                blank=True, related_name="groups", through="partnership.Seat", to="partnership.agency"
            ),
        ),
    ]
