from django.db import migrations

from reports.standard_guidance import STANDARD_GUIDANCE


def give_reports_their_guidance(apps, schema_editor):
    """What `take_guidance` gives a new report, for those that were begun before there was any."""
    guidance, item = apps.get_model("reports", "Guidance"), apps.get_model("reports", "StatutoryItem")
    reports = apps.get_model("reports", "AnnualReport").objects.select_related("period")
    if not reports.exists():
        return
    editions = []
    for standard in STANDARD_GUIDANCE:
        edition = guidance.objects.create(
            title=standard.title, starts_on=standard.starts_on, is_confirmed=standard.is_confirmed
        )
        item.objects.bulk_create(
            item(
                guidance=edition,
                order=order,
                code=each.code,
                title=each.title,
                text=each.text,
                duty=each.duty,
                source=each.source,
            )
            for order, each in enumerate(standard.items)
        )
        editions.append(edition)
    for report in reports:
        begun = [edition for edition in editions if edition.starts_on <= report.period.starts_on]
        report.guidance = begun[-1] if begun else editions[0]
        report.save()


class Migration(migrations.Migration):
    dependencies = [("reports", "0014_statutory")]

    operations = [migrations.RunPython(give_reports_their_guidance, migrations.RunPython.noop)]
