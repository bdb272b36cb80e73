"""The board's view of a round: agencies × priorities, who is late, how far each update is."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from partnership.models import Agency, User
from priorities.choices import HANDED_IN_STATUSES, UpdateStatus
from priorities.models import Priority, QuarterlyUpdate, UpdateRound


@dataclass(frozen=True)
class Cell:
    """One agency's update on one priority, as far as the reader may know it."""

    update: QuarterlyUpdate
    days_late: int
    """Days past the due date on which it was handed in, or, while its agency has it, until today."""
    is_readable: bool

    @property
    def is_late_now(self) -> bool:
        return self.update.is_open and self.days_late > 0

    @property
    def late_text(self) -> str:
        """How late it is in words, empty where it is on time."""
        if not self.days_late:
            return ""
        days = f"{self.days_late} day{'' if self.days_late == 1 else 's'} late"
        return days if self.update.is_open else f"Came {days}"

    @property
    def has_rating(self) -> bool:
        """Whether to show the rating: what an agency has not handed in is its own."""
        return bool(self.update.rag) and self.update.status in HANDED_IN_STATUSES and self.is_readable


@dataclass(frozen=True)
class Row:
    agency: Agency
    cells: tuple[Cell | None, ...]
    """In the order of the grid's priorities; None where nothing was asked for."""

    @property
    def late(self) -> list[Cell]:
        """What is late today, latest first."""
        found = [cell for cell in self.cells if cell and cell.is_late_now]
        return sorted(found, key=lambda cell: -cell.days_late)


@dataclass(frozen=True)
class Grid:
    priorities: tuple[Priority, ...]
    rows: tuple[Row, ...]

    @property
    def late(self) -> list[Row]:
        """The agencies that are late today: those with most outstanding first."""
        late = [row for row in self.rows if row.late]
        return sorted(late, key=lambda row: -len(row.late))

    @property
    def late_count(self) -> int:
        return sum(len(row.late) for row in self.rows)

    @property
    def counts(self) -> dict[str, int]:
        """How many updates are with their agency, wait for the board team, are accepted; and how many there are."""
        counted = Counter(cell.update.status for row in self.rows for cell in row.cells if cell)
        total = sum(counted.values())
        submitted, accepted = counted[UpdateStatus.SUBMITTED], counted[UpdateStatus.ACCEPTED]
        return {"open": total - submitted - accepted, "submitted": submitted, "accepted": accepted, "total": total}


def round_grid(round: UpdateRound, *, user: User, today: date | None = None) -> Grid:
    """Every update of a round by agency and priority: two queries, whatever the size. Texts are not read."""
    today = today or timezone.localdate()
    readable = set(round.updates.visible_to(user).values_list("pk", flat=True))
    updates = list(round.updates.select_related("agency", "priority").only(*FIELDS).order_by("agency__name"))
    priorities = sorted({update.priority for update in updates}, key=lambda one: (one.order, one.title))
    rows: dict[Agency, dict[int, Cell]] = {}
    for update in updates:
        cell = Cell(update, _days_late(update, round, today), update.pk in readable)
        rows.setdefault(update.agency, {})[update.priority_id] = cell
    return Grid(
        priorities=tuple(priorities),
        rows=tuple(
            Row(agency, tuple(cells.get(priority.pk) for priority in priorities)) for agency, cells in rows.items()
        ),
    )


FIELDS = (
    "status",
    "rag",
    "submitted_at",
    "round_id",
    "agency__name",
    "agency__short_name",
    "priority__title",
    "priority__order",
)


def _days_late(update: QuarterlyUpdate, round: UpdateRound, today: date) -> int:
    done_on = today
    if not update.is_open and update.submitted_at:
        done_on = timezone.localtime(update.submitted_at).date()
    return max((done_on - round.due_on).days, 0)
