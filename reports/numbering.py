"""Numbers of sections, where the portal gives them: 1, 1.1, 1.2, 2. Pure functions: no database, no request."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A section in reading order: level 1 for a chapter. One without a number, such as a foreword, keeps none."""

    level: int
    has_number: bool


def automatic_numbers(places: Sequence[Place]) -> list[str]:
    """A number for each section in reading order, empty where it has none or stands below one that has none."""
    numbers: list[str] = []
    counted: dict[str, int] = {}
    above: list[str] = []
    for place in places:
        above = above[: place.level - 1]
        parent = ".".join(above)
        if not place.has_number or "" in above:
            above.append("")
            numbers.append("")
            continue
        counted[parent] = counted.get(parent, 0) + 1
        above.append(str(counted[parent]))
        numbers.append(".".join(above))
    return numbers
