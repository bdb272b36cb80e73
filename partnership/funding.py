"""What the partnership is given in a year and what it spends: totals, the year before, what is left. Pure functions.

What is given in kind is no money: it stands beside the totals, whatever it is worth.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from partnership.choices import ContributionKind, CostHeading
from partnership.models import Contribution, Cost, ReportingPeriod
from partnership.money import change_in_pounds, in_pounds

NONE = "none"


@dataclass(frozen=True, kw_only=True)
class Amount:
    """An agency's money, a heading's costs, or a total of them, in a year and in the year before."""

    name: str
    now: Decimal | None
    before: Decimal | None

    @property
    def now_text(self) -> str:
        return NONE if self.now is None else in_pounds(self.now)

    @property
    def before_text(self) -> str:
        return NONE if self.before is None else in_pounds(self.before)

    @property
    def change(self) -> str:
        return change_in_pounds(self.now or Decimal(0), self.before or Decimal(0))


@dataclass(frozen=True, kw_only=True)
class YearOfFunding:
    """A financial year's money; `before` is the year before it, if anything is recorded of that."""

    period: ReportingPeriod
    before: ReportingPeriod | None
    contributions: tuple[Contribution, ...]
    costs: tuple[Cost, ...]
    income: tuple[Amount, ...]
    """The money of each agency that gave any in one of the two years."""
    spending: tuple[Amount, ...]
    brought_forward: Decimal | None
    """What was left of all earlier years that are recorded; None where there are none."""

    @property
    def in_kind(self) -> tuple[Contribution, ...]:
        return tuple(each for each in self.contributions if each.kind == ContributionKind.IN_KIND)

    @property
    def total_income(self) -> Amount:
        return _total("Total income", self.income)

    @property
    def total_spending(self) -> Amount:
        return _total("Total spending", self.spending)

    @property
    def difference(self) -> Decimal:
        """Income less spending."""
        return (self.total_income.now or Decimal(0)) - (self.total_spending.now or Decimal(0))

    @property
    def carried(self) -> Decimal:
        """What is left at the end of the year, with what earlier years left."""
        return (self.brought_forward or Decimal(0)) + self.difference

    @property
    def balance(self) -> list[tuple[str, str]]:
        """How one comes from the last year's balance to this one's, line by line."""
        lines = [
            ("Income", in_pounds(self.total_income.now or Decimal(0))),
            ("Spending", in_pounds(self.total_spending.now or Decimal(0))),
            ("Income less spending", in_pounds(self.difference)),
        ]
        if self.brought_forward is not None:
            lines.insert(0, ("Brought forward from earlier years", in_pounds(self.brought_forward)))
        return [*lines, ("Carried into the next year", in_pounds(self.carried))]

    @property
    def is_empty(self) -> bool:
        return not self.contributions and not self.costs


def year_of_funding(
    period: ReportingPeriod, contributions: Sequence[Contribution], costs: Sequence[Cost]
) -> YearOfFunding:
    """The year, from the lines of it and of all earlier years; each line with its period, and with its agency."""
    money = [each for each in contributions if each.kind == ContributionKind.CASH]
    recorded = [each.period for each in contributions] + [each.period for each in costs]
    earlier = [each for each in recorded if each.starts_on < period.starts_on]
    last = max(earlier, key=lambda each: each.starts_on, default=None)
    is_next = last is not None and (period.starts_on - last.ends_on).days == 1
    before = last if is_next else None
    return YearOfFunding(
        period=period,
        before=before,
        contributions=tuple(each for each in contributions if each.period == period),
        costs=tuple(each for each in costs if each.period == period),
        income=_amounts([(each.agency.name, each.period, each.amount) for each in money], period, before),
        spending=_amounts([(_heading(each), each.period, each.amount) for each in costs], period, before),
        brought_forward=_left(money, costs, period) if earlier else None,
    )


def _heading(cost: Cost) -> str:
    """Where the heading says nothing, the words do."""
    return cost.words if cost.heading == CostHeading.OTHER and cost.words else cost.get_heading_display()


def _amounts(
    lines: list[tuple[str, ReportingPeriod, Decimal | None]], period: ReportingPeriod, before: ReportingPeriod | None
) -> tuple[Amount, ...]:
    """One for each name, in the order in which they first come up."""
    sums: dict[str, dict[int, Decimal]] = {}
    for name, of, amount in lines:
        if of in (period, before):
            years = sums.setdefault(name, {})
            years[of.pk] = years.get(of.pk, Decimal(0)) + (amount or Decimal(0))
    return tuple(
        Amount(name=name, now=years.get(period.pk), before=years.get(before.pk) if before else None)
        for name, years in sums.items()
    )


def _total(name: str, amounts: Sequence[Amount]) -> Amount:
    return Amount(
        name=name,
        now=sum((each.now or Decimal(0) for each in amounts), start=Decimal(0)),
        before=sum((each.before or Decimal(0) for each in amounts), start=Decimal(0)),
    )


def _left(money: Sequence[Contribution], costs: Sequence[Cost], period: ReportingPeriod) -> Decimal:
    """The money of the years before a period, less their costs."""
    given = sum((each.amount or Decimal(0) for each in money if each.period.starts_on < period.starts_on), Decimal(0))
    spent = sum((each.amount for each in costs if each.period.starts_on < period.starts_on), Decimal(0))
    return given - spent
