"""The rates of attendance, each with its definition. Pure functions.

"Attendance rate" means two things in the field: a share of the bookings, or a share of the places (domain.md 3.2). They
are told under their definitions only.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from decimal import Decimal

from priorities.choices import DisclosureRule, Unit, ValueCode
from priorities.disclosure import Shown, disclose, is_small, protect_total
from priorities.wording import in_words, round_half_up

OF_BOOKINGS = "Attendance, share of bookings"
OF_PLACES = "Attendance, share of places"
DEFINITIONS = {
    OF_BOOKINGS: "Of 100 places that were booked and not cancelled in good time, how many were used.",
    OF_PLACES: "Of 100 places that there were, how many people attended; sessions without a limit are left out.",
}
DECIMALS = 1
COUNTS = ("attended", "booked", "with_booking", "late_cancelled", "no_show", "unscheduled")
HIDDEN = Shown(None, ValueCode.SUPPRESSED)


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Counts of attendances, added up over lines, sessions or years. Without bookings, `booked` is 0."""

    attended: int = 0
    booked: int = 0
    late_cancelled: int = 0
    no_show: int = 0
    unscheduled: int = 0
    places: int = 0
    """Of the sessions with a limit."""
    attended_of_places: int = 0
    """The attendances of those sessions."""
    cost: Decimal = Decimal(0)
    """Of the sessions whose cost is known."""
    attended_at_cost: int = 0
    """The attendances of those sessions."""

    @property
    def with_booking(self) -> int:
        """How many used a place that they had booked, where bookings are known."""
        return self.booked - self.late_cancelled - self.no_show


def added(tallies: Iterable[Tally]) -> Tally:
    """All of them in one."""
    tallies = list(tallies)
    return Tally(**{each.name: sum(getattr(tally, each.name) for tally in tallies) for each in fields(Tally)})


@dataclass(frozen=True, kw_only=True)
class Rate:
    """A rate with the two counts it stands on, as it may be shown, under the name that defines it."""

    name: str
    counts: tuple[int, int]
    shown: Shown

    @property
    def text(self) -> str:
        return in_words(self.shown, unit=Unit.PERCENT, decimals=DECIMALS)

    @property
    def text_with_noun(self) -> str:
        """ "95.6% of bookings"; where it is not told, why."""
        return self.text if self.shown.number is None else f"{self.text} of {self.noun}"

    @property
    def definition(self) -> str:
        return DEFINITIONS[self.name]

    @property
    def basis(self) -> str:
        """The counts in words, "304 of 318 bookings", or nothing where the rate is not told."""
        if self.shown.number is None:
            return ""
        return f"{self.counts[0]:,} of {self.counts[1]:,} {self.noun}"

    @property
    def noun(self) -> str:
        """What it is a share of. "95.6%" is never said without it."""
        return "bookings" if self.name == OF_BOOKINGS else "places"


def share_of_bookings(tally: Tally) -> Rate:
    """How many of the bookings were used: who came without one is not among them.

    Hidden also where it would give away what `told` hides.
    """
    counts = (tally.with_booking, tally.booked)
    shown = _shown(*counts, left_out_are_people=True)
    is_given_away = shown.number is not None and _protected(tally)["with_booking"].number is None
    return Rate(name=OF_BOOKINGS, counts=counts, shown=HIDDEN if is_given_away else shown)


def share_of_places(tally: Tally) -> Rate:
    """How many attended for each place there was; above 100 where people were let in beyond the places."""
    counts = (tally.attended_of_places, tally.places)
    return Rate(name=OF_PLACES, counts=counts, shown=_shown(*counts, left_out_are_people=False))


def rates(tally: Tally, *, is_hidden: bool = False) -> list[Rate]:
    """Both rates, always together, so that neither is taken for the other; `is_hidden` tells of neither."""
    both = [share_of_bookings(tally), share_of_places(tally)]
    return [replace(rate, shown=HIDDEN) for rate in both] if is_hidden else both


def _shown(numerator: int, denominator: int, *, left_out_are_people: bool) -> Shown:
    if not denominator:
        return Shown(None, ValueCode.NOT_AVAILABLE)
    percent = round_half_up(Decimal(numerator) / denominator * 100, DECIMALS)
    counts = (Decimal(numerator), Decimal(denominator))
    if left_out_are_people:
        return disclose(percent, counts=counts, rule=DisclosureRule.SUPPRESS_SMALL)
    if is_small(counts[0], rule=DisclosureRule.SUPPRESS_SMALL):
        return HIDDEN
    return disclose(percent, rule=DisclosureRule.NOT_PEOPLE)


COST_PER_ATTENDANCE = (
    "What the sessions whose cost is known cost altogether, divided by the attendances at those sessions. Somebody who "
    "comes twice counts twice."
)


def cost_per_attendance(tally: Tally) -> str:
    """What an attendance cost in pounds and pence; "hidden" where it would tell of 1 to 5 people."""
    attended = Decimal(tally.attended_at_cost)
    return cost_each(tally.cost, disclose(attended, rule=DisclosureRule.SUPPRESS_SMALL))


def cost_each(cost: Decimal, attended: Shown) -> str:
    """The same for attendances that are disclosed already."""
    if attended.number is None:
        return in_words(attended, unit=Unit.ATTENDANCES)
    if not attended.number:
        return str(ValueCode.NOT_AVAILABLE.label)
    return f"£{round_half_up(cost / attended.number, 2):,}"


def told(tally: Tally, *, is_hidden: bool = False) -> dict[str, str]:
    """The counts in words as a page may show them side by side: nothing hidden can be worked out from the others.

    `is_hidden` tells none of them, where other pages would let somebody work one out.
    """
    if is_hidden:
        return dict.fromkeys(COUNTS, in_words(HIDDEN, unit=Unit.ATTENDANCES))
    words = {name: in_words(cell, unit=Unit.ATTENDANCES) for name, cell in _protected(tally).items()}
    if not tally.booked and not tally.unscheduled:
        unknown = str(ValueCode.NOT_AVAILABLE.label)
        words |= dict.fromkeys(("booked", "with_booking", "late_cancelled", "no_show", "unscheduled"), unknown)
    return words


def _protected(tally: Tally) -> dict[str, Shown]:
    """The counts with those hidden that tell of few, or of what is hidden.

    Two sums stand in a tally: booked = with_booking + late_cancelled + no_show, and attended = with_booking +
    unscheduled. What is hidden in one may hide more in the other.
    """
    numbers = {name: Decimal(getattr(tally, name)) for name in COUNTS}
    shown = {name: disclose(number, rule=DisclosureRule.SUPPRESS_SMALL) for name, number in numbers.items()}
    before: dict[str, Shown] = {}
    while shown != before:
        before = dict(shown)
        for parts in (("with_booking", "late_cancelled", "no_show"), ("with_booking", "unscheduled")):
            cells = protect_total([shown[part] for part in parts], [numbers[part] for part in parts])
            shown |= dict(zip(parts, cells, strict=True))
    return shown
