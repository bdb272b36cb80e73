"""A calculation that nobody said what it is of."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from priorities.figurebook import Computed


def with_only(found: Mapping[tuple[str, str, str], Decimal]) -> Computed:
    """The figures, and without what they are of where a period has one only: areas overlap, so none are added up."""
    by_period = defaultdict(list)
    for (name, _, code), number in found.items():
        by_period[name, code].append(number)
    return {**found, **{(name, "", code): each[0] for (name, code), each in by_period.items() if len(each) == 1}}
