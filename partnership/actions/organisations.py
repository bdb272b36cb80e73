"""Changes to who takes part: the partnership itself, its areas, agencies and neighbours."""

from collections.abc import Sequence

from django.db import transaction

from partnership import audit
from partnership.models import Agency, Area, Partnership, StatisticalNeighbour, User


@transaction.atomic
def set_up_partnership(*, name: str, short_name: str, area: Area, accent: str, by: User | None) -> Partnership:
    """Name the partnership that this portal belongs to, or rename it."""
    partnership, _ = Partnership.objects.update_or_create(
        pk=1, defaults={"name": name, "short_name": short_name, "area": area, "accent": accent}
    )
    audit.record("partnership.set-up", target=partnership, by=by)
    return partnership


@transaction.atomic
def add_area(*, code: str, name: str, ons_code: str = "", by: User | None) -> Area:
    """Add a part of the country that figures can cover."""
    area = Area.objects.create(code=code, name=name, ons_code=ons_code)
    audit.record("area.added", target=area, by=by)
    return area


@transaction.atomic
def add_agency(
    *, code: str, name: str, short_name: str, kind: str, area: Area | None = None, by: User | None
) -> Agency:
    """Add an organisation that works with the partnership."""
    agency = Agency.objects.create(code=code, name=name, short_name=short_name, kind=kind, area=area)
    audit.record("agency.added", target=agency, by=by)
    return agency


@transaction.atomic
def set_neighbours(*, neighbours: Sequence[tuple[str, str]], by: User | None) -> list[StatisticalNeighbour]:
    """Put these local authorities, each a name and an ONS code, in place of the statistical neighbours so far."""
    partnership = Partnership.objects.select_for_update().get()  # two lists at once would mix
    StatisticalNeighbour.objects.all().delete()
    kept = StatisticalNeighbour.objects.bulk_create(
        [
            StatisticalNeighbour(name=name, ons_code=ons_code, order=order)
            for order, (name, ons_code) in enumerate(neighbours, start=1)
        ]
    )
    audit.record("neighbours.set", target=partnership, by=by, detail=", ".join(name for name, _ in neighbours))
    return kept
