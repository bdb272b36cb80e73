"""The board's view of a year: agencies × priorities, with a mark for each round of the year, and who is late."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from partnership import years
from partnership.models import User
from priorities.choices import OPEN_STATUSES, UpdateStatus
from priorities.imports import ImportedPeriod, financial_year
from priorities.models import QuarterlyUpdate, UpdateRound

ACTIVITY_ONLY = "impact is activity only"


@dataclass(frozen=True, slots=True)
class Mark:
    """How far one update is, as far as the reader may know it."""

    update_id: int
    status: str
    days_late: int
    """Days past the due date while its agency has it, else 0."""
    is_readable: bool
    is_unevidenced: bool
    """Whether it says something of impact and links nothing that shows it; known only of what may be read."""
    look: str
    """How it is drawn: "late", or its status."""
    words: str
    """What it says: the round, the status, and what is wrong with it."""


@dataclass(frozen=True)
class Named:
    """An agency or a priority as the grid shows it."""

    pk: int
    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Cell:
    """What one agency was asked of one priority in the year: a mark for each round, None where it was not asked."""

    priority: Named
    marks: tuple[Mark | None, ...] = ()


@dataclass(frozen=True)
class Row:
    agency: Named
    cells: tuple[Cell, ...]

    @property
    def marks(self) -> list[Mark]:
        return [mark for cell in self.cells for mark in cell.marks if mark]

    @property
    def late_count(self) -> int:
        return sum(mark.days_late > 0 for mark in self.marks)


@dataclass(frozen=True)
class YearGrid:
    """A year's updates. `rounds` are in the order in which each cell has its marks."""

    year: ImportedPeriod
    rounds: tuple[UpdateRound, ...]
    priorities: tuple[Named, ...]
    rows: tuple[Row, ...]

    @property
    def agencies(self) -> tuple[Named, ...]:
        return tuple(row.agency for row in self.rows)

    @property
    def marks(self) -> list[Mark]:
        return [mark for row in self.rows for mark in row.marks]

    @property
    def late_count(self) -> int:
        return sum(row.late_count for row in self.rows)

    @property
    def unevidenced_count(self) -> int:
        return sum(mark.is_unevidenced for mark in self.marks)

    def only(self, *, agency: str = "", priority: str = "", is_late: bool = False) -> "YearGrid":
        """The part about this agency and this priority by their keys, or with those who are late there."""
        shown = tuple(each for each in self.priorities if priority in ("", str(each.pk)))
        kept = {each.pk for each in shown}
        rows = tuple(
            replace(row, cells=tuple(cell for cell in row.cells if cell.priority.pk in kept))
            for row in self.rows
            if agency in ("", str(row.agency.pk))
        )
        rows = tuple(row for row in rows if (row.late_count if is_late else row.marks))
        return replace(self, priorities=shown, rows=rows)


def year_of(period_ends_on: date) -> ImportedPeriod | None:
    """The financial year in which a period ends: a round belongs to it. None before 1900 and after 2099."""
    return financial_year(years.code_of(years.year_of(period_ends_on)))


def years_of(period_ends: Iterable[date]) -> list[ImportedPeriod]:
    """The financial years in which these periods end, each once, the latest first."""
    found = {year.code: year for year in map(year_of, period_ends) if year}
    return sorted(found.values(), key=lambda year: year.starts_on, reverse=True)


def years_with_rounds() -> list[ImportedPeriod]:
    return years_of(UpdateRound.objects.order_by().values_list("period__ends_on", flat=True).distinct())


def year_grid(code: str, *, user: User, today: date | None = None) -> YearGrid | None:
    """Every update of the year by agency and priority: four queries, whatever the size. Texts are not read.

    None where the code is no financial year, such as 2022-23, or has no rounds.
    """
    year = financial_year(code)
    rounds = _rounds(year) if year else ()
    if not year or not rounds:
        return None
    updates = QuarterlyUpdate.objects.filter(round__in=rounds)
    visible = updates.visible_to(user).order_by()
    found = _Found(
        rounds,
        today or timezone.localdate(),
        set(visible.values_list("pk", flat=True)),
        set(visible.without_impact_evidence().values_list("pk", flat=True)),
    )
    return found.grid(
        year, updates.order_by("agency__short_name", "priority__order", "priority__title").values_list(*FIELDS)
    )


FIELDS = (
    "pk",
    "status",
    "round_id",
    "agency_id",
    "agency__short_name",
    "priority_id",
    "priority__order",
    "priority__title",
)


def _rounds(year: ImportedPeriod) -> tuple[UpdateRound, ...]:
    rounds = UpdateRound.objects.filter(period__ends_on__range=(year.starts_on, year.ends_on))
    return tuple(rounds.order_by("period__ends_on", "due_on", "pk"))


@dataclass(frozen=True)
class _Found:
    rounds: Sequence[UpdateRound]
    today: date
    readable: set[int]
    unevidenced: set[int]

    def grid(self, year: ImportedPeriod, updates: Iterable[tuple]) -> YearGrid:
        place = {round.pk: number for number, round in enumerate(self.rounds)}
        agencies: dict[int, str] = {}
        orders: dict[int, tuple[int, str]] = {}
        marks: dict[tuple[int, int], list[Mark | None]] = {}
        for pk, status, round_id, agency, agency_name, priority, order, title in updates:
            agencies[agency], orders[priority] = agency_name, (order, title)
            cell = marks.setdefault((agency, priority), [None] * len(self.rounds))
            cell[place[round_id]] = self.mark(pk, status, self.rounds[place[round_id]])
        priorities = tuple(Named(pk, orders[pk][1]) for pk in sorted(orders, key=lambda pk: orders[pk]))
        rows = (
            Row(Named(pk, name), tuple(Cell(each, tuple(marks.get((pk, each.pk), ()))) for each in priorities))
            for pk, name in agencies.items()
        )
        return YearGrid(year, tuple(self.rounds), priorities, tuple(rows))

    def mark(self, pk: int, status: str, round: UpdateRound) -> Mark:
        days_late = max((self.today - round.due_on).days, 0) if status in OPEN_STATUSES else 0
        is_unevidenced = pk in self.unevidenced
        said = [f"{round.title}: {UpdateStatus(status).label.lower()}"]
        if days_late:
            said.append(f"{days_late} day{'' if days_late == 1 else 's'} late")
        if is_unevidenced:
            said.append(ACTIVITY_ONLY)
        return Mark(
            pk,
            status,
            days_late,
            pk in self.readable,
            is_unevidenced,
            "late" if days_late else status,
            ", ".join(said),
        )
