"""Inspections with their re-inspections: each chain in the order of its days."""

from collections.abc import Iterable

from reviews.models import Inspection


def chains_of(inspections: Iterable[Inspection]) -> list[list[Inspection]]:
    """The inspections as chains, the one that began last on top. What is not among them breaks no chain."""
    by_id = {inspection.pk: inspection for inspection in inspections}
    chains: dict[int, list[Inspection]] = {}
    for inspection in by_id.values():
        chains.setdefault(_first(inspection, by_id), []).append(inspection)
    for chain in chains.values():
        chain.sort(key=lambda each: (each.started_on, each.pk))
    return sorted(chains.values(), key=lambda chain: (chain[-1].started_on, chain[-1].pk), reverse=True)


def chain_with(inspection: Inspection, inspections: Iterable[Inspection]) -> list[Inspection]:
    """The chain that an inspection is part of; it alone where it is not among them."""
    return next((chain for chain in chains_of(inspections) if inspection in chain), [inspection])


def _first(inspection: Inspection, by_id: dict[int, Inspection]) -> int:
    """The inspection that the chain began with. Two of one day that follow each other end the search."""
    seen: list[int] = []
    here: int | None = inspection.pk
    while here in by_id and here not in seen:
        seen.append(here)
        here = by_id[here].follows_on_id
    return min(seen[seen.index(here) :]) if here in seen else seen[-1]
