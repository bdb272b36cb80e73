from django.db import migrations
from django.db.models import F


def keep_what_stands(apps, schema_editor):
    """A revision of every block as it stands: what is written on top of it can then be merged with other writing."""
    revision = apps.get_model("reports", "BlockRevision")
    for block in apps.get_model("reports", "Block").objects.prefetch_related("items", "quotations", "measures"):
        revision.objects.create(block=block, version=block.version, content=content_of(block))


def content_of(block):
    return {
        "heading": block.heading,
        "body": block.body,
        "source": block.source,
        "items": [
            {
                "text": item.text,
                "update_id": item.update_id,
                "how_known": item.how_known,
                "known_from": item.known_from,
                "known_measure_id": item.known_measure_id,
                "said": item.said,
            }
            for item in block.items.all()
        ],
        "quotations": [{"text": quote.text, "attribution": quote.attribution} for quote in block.quotations.all()],
        "measures": [{"measure_id": row.measure_id, "period_id": row.period_id} for row in block.measures.all()],
    }


def begin_versions_where_they_stand(apps, schema_editor):
    apps.get_model("reports", "SectionVersion").objects.update(began_at=F("at"))


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_writing_together")]

    operations = [
        migrations.RunPython(keep_what_stands, migrations.RunPython.noop),
        migrations.RunPython(begin_versions_where_they_stand, migrations.RunPython.noop),
    ]
