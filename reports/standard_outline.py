"""The outline that a new report can begin with: what every year's report of a safeguarding partnership has.

Working Together 2018, chapter 3, says what a report must cover; the chapters in between come from the business plan.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.choices import STANDING_LISTS, Kind


@dataclass(frozen=True)
class StandardSection:
    """A section with its blocks, the sub-sections in it, and the priority that it tells of, by its id."""

    title: str
    kinds: tuple[Kind, ...] = (Kind.TEXT,)
    below: tuple["StandardSection", ...] = ()
    has_number: bool = True
    priority_id: int | None = None


PRIORITY_KINDS = (Kind.TEXT, Kind.MEASURES_TABLE, *STANDING_LISTS)
"""The blocks of the chapter on a priority."""

BEFORE_PRIORITIES = (
    StandardSection("Foreword", has_number=False),
    StandardSection("Introduction"),
    StandardSection("Observations from the independent chair and scrutineer"),
)

AFTER_PRIORITIES = (
    StandardSection(
        "Ensuring effective multi-agency safeguarding practice",
        below=(
            StandardSection("Listening to children and families", (Kind.TEXT, Kind.VOICE)),
            StandardSection("Listening to practitioners", (Kind.TEXT, Kind.QUOTES)),
            StandardSection("Training", (Kind.TEXT, Kind.TRAINING_ATTENDANCE, Kind.TRAINING_COURSES)),
            StandardSection("Scrutiny and assurance", (Kind.TEXT, Kind.AUDIT_RESULTS, Kind.INSPECTIONS)),
        ),
    ),
    StandardSection(
        "Learning from the system",
        below=(
            StandardSection("Child safeguarding practice reviews", (Kind.TEXT, Kind.PRACTICE_REVIEWS)),
            StandardSection("Learning from child deaths", (Kind.TEXT, Kind.CHILD_DEATHS)),
            StandardSection("Review of restraint", (Kind.TEXT, Kind.RESTRAINT)),
        ),
    ),
    StandardSection("Summary", (Kind.TEXT, Kind.SIGNATURES)),
    StandardSection(
        "Appendices",
        below=(
            StandardSection("Where this report answers the statutory guidance", (Kind.STATUTORY_COVERAGE,)),
            StandardSection("Membership and attendance", (Kind.MEMBERSHIP,)),
            StandardSection("Contributions and costs", (Kind.CONTRIBUTIONS,)),
            StandardSection("Sources of every figure", (Kind.SOURCES,)),
            StandardSection("Glossary", (Kind.GLOSSARY,)),
        ),
    ),
)


def standard_outline(priorities: Mapping[int, str]) -> list[StandardSection]:
    """The chapters in order, with one for each of the plan's priorities, given as their titles by id."""
    of_priorities = [StandardSection(title, PRIORITY_KINDS, priority_id=pk) for pk, title in priorities.items()]
    return [*BEFORE_PRIORITIES, *of_priorities, *AFTER_PRIORITIES]
