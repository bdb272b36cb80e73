"""Activity without impact: what shows that a point on the difference made is so, and how many points have nothing.

An impact counts as evidenced only with a measure, an audit, feedback or an evaluation linked to it (domain.md 2.3).
What a point says in its own words ("feedback was good") links nothing. Pure functions: no database, no request.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from priorities.choices import HowKnown, ValueCode
from priorities.figurebook import Figure
from reports.content import ItemContent
from reports.richtext import FigureToken


@dataclass(frozen=True)
class Promises:
    """How many points last year's report promised in a section, and how many of them nobody has answered yet."""

    points: int = 0
    unanswered: int = 0

    def __str__(self) -> str:
        have = "has" if self.unanswered == 1 else "have"
        return f"{self.unanswered} of {self.points} {have} no answer yet"


def promises(items: Iterable[ItemContent]) -> Promises:
    """Counts those of the points that hold what was said."""
    answers = [item.text for item in items if item.said]
    return Promises(len(answers), sum(not answer for answer in answers))


NO_NUMBER = frozenset({str(ValueCode.NOT_AVAILABLE.label), str(ValueCode.NOT_APPLICABLE.label)})
"""A figure that reads so shows nothing. A hidden one does: it was counted, and is only not told."""


@dataclass(frozen=True)
class Evidence:
    """One thing that shows an impact: of which kind, and which one."""

    kind: str
    """One of `HowKnown`."""
    reference: str

    def __str__(self) -> str:
        kind = str(HowKnown(self.kind).label)
        return f"{kind}: {self.reference}" if self.reference else kind


@dataclass(frozen=True, kw_only=True)
class Point:
    """A point on the difference made, with what shows it."""

    section_id: int
    block_id: int
    position: int
    """Its place in the block's list, from 0."""
    text: str
    """Its words, without mark-up."""
    evidence: tuple[Evidence, ...]

    @property
    def is_activity_only(self) -> bool:
        return not self.evidence


@dataclass(frozen=True)
class Tally:
    """How many points on impact there are, and how many of them are activity only."""

    points: int = 0
    activity_only: int = 0


def tally(points: Iterable[Point]) -> Tally:
    points = list(points)
    return Tally(len(points), sum(point.is_activity_only for point in points))


def tally_by_section(points: Iterable[Point]) -> dict[int, Tally]:
    """The tally of each section that has points on impact, by the section's id."""
    sections: dict[int, list[Point]] = {}
    for point in points:
        sections.setdefault(point.section_id, []).append(point)
    return {section: tally(of_section) for section, of_section in sections.items()}


def figures_that_show(figures: Iterable[Figure]) -> dict[tuple[str, str, str], str]:
    """The names of the figures with something to show, by the code, period and show of their tokens."""
    return {
        (figure.code, figure.period_code, figure.show): figure.name
        for figure in figures
        if figure.text not in NO_NUMBER
    }


def evidence_in_text(
    tokens: Iterable[FigureToken], figures: Mapping[tuple[str, str, str], str]
) -> tuple[Evidence, ...]:
    """The measures whose figures stand in a text, each once; `figures` as `figures_that_show` gives them."""
    names = (figures.get((token.code, token.period, token.show)) for token in tokens)
    return tuple(Evidence(HowKnown.MEASURE, name) for name in dict.fromkeys(filter(None, names)))
