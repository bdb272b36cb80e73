from django.db import migrations


def make_targets(apps, schema_editor):
    """A target was a comparator of a value; now it belongs to measure and period. What a report prints stays.

    The target of the value in force comes first. One that says the same of an older value goes; a second one, or one
    without a number, stays as a comparator that is called a target.
    """
    Comparator = apps.get_model("priorities", "Comparator")
    Target = apps.get_model("priorities", "Target")
    numbers = {}
    of_targets = Comparator.objects.filter(kind="target").select_related("value__measure")
    for comparator in sorted(of_targets, key=lambda each: (each.value.status != "agreed", -each.value.pk, each.pk)):
        value = comparator.value
        key = value.measure_id, value.period_id
        holds = comparator.number is not None and comparator.number >= 0 and value.area_id == value.measure.area_id
        if holds and key not in numbers:
            label = "" if comparator.label == "Target" else comparator.label
            Target.objects.create(
                measure_id=value.measure_id,
                period_id=value.period_id,
                number=comparator.number,
                qualifier=comparator.qualifier,
                label=label,
                set_at=value.entered_at,
                set_by_id=value.entered_by_id,
            )
            numbers[key] = comparator.number
            comparator.delete()
        elif holds and numbers[key] == comparator.number:
            comparator.delete()
        else:
            comparator.kind, comparator.label = "other", comparator.label or "Target"
            comparator.save()


def make_comparators(apps, schema_editor):
    """Each target becomes a comparator of the value in force, as it was; where there is no value, it is lost."""
    Comparator = apps.get_model("priorities", "Comparator")
    MeasureValue = apps.get_model("priorities", "MeasureValue")
    Target = apps.get_model("priorities", "Target")
    for target in Target.objects.select_related("measure"):
        value = MeasureValue.objects.filter(
            measure_id=target.measure_id,
            period_id=target.period_id,
            area_id=target.measure.area_id,
            status="agreed",
        ).first()
        if value:
            Comparator.objects.create(
                value=value, kind="target", label=target.label, number=target.number, qualifier=target.qualifier
            )


class Migration(migrations.Migration):
    dependencies = [("priorities", "0012_targets")]

    operations = [migrations.RunPython(make_targets, make_comparators)]
