"""How far a business plan is: its years, its priorities, and the agreed actions under each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from priorities.choices import PriorityKind, Rag
from priorities.models import AgreedAction, BusinessPlan, Priority


@dataclass(frozen=True)
class Tally:
    """Agreed actions counted by how they stand; each open one is rated or not, and may be overdue besides."""

    open: int = 0
    overdue: int = 0
    slipping: int = 0
    """Open ones whose due date was put off three times or more."""
    completed: int = 0
    withdrawn: int = 0
    green: int = 0
    amber: int = 0
    red: int = 0
    not_rated: int = 0

    @property
    def total(self) -> int:
        return self.open + self.completed + self.withdrawn

    @property
    def ratings(self) -> list[tuple[str, str]]:
        """What to show of it as tags: the rating and its words with the count, those with none left out."""
        counts = [
            (Rag.RED, self.red, "off track"),
            (Rag.AMBER, self.amber, "at risk"),
            (Rag.GREEN, self.green, "on track"),
            ("not-rated", self.not_rated, "not rated yet"),
            (Rag.BLUE, self.completed, "complete"),
        ]
        return [(str(rating), f"{count} {words}") for rating, count, words in counts if count]


@dataclass(frozen=True)
class PriorityProgress:
    priority: Priority
    tally: Tally


@dataclass(frozen=True)
class PlanProgress:
    """A plan with its priorities by kind and the tally of each: four queries, whatever the size."""

    plan: BusinessPlan
    kinds: tuple[tuple[str, tuple[PriorityProgress, ...]], ...]
    ended: tuple[Priority, ...]
    tally: Tally
    percent: int
    """How much of its time has passed."""
    time_text: str


def plan_progress(plan: BusinessPlan, today: date) -> PlanProgress:
    """How far the plan is on this day."""
    priorities = list(plan.priorities.select_related("sponsor"))
    actions = list(
        AgreedAction.objects.filter(Q(priority__plan=plan) | Q(themes__plan=plan))
        .distinct()
        .prefetch_related("date_changes", "themes")
    )
    in_force = [priority for priority in priorities if not priority.has_ended]
    rows = {
        kind: tuple(
            PriorityProgress(priority, tally(action for action in actions if serves(action, priority)))
            for priority in in_force
            if priority.kind == kind
        )
        for kind in PriorityKind
    }
    return PlanProgress(
        plan=plan,
        kinds=tuple((PLURALS[kind], found) for kind, found in rows.items() if found),
        ended=tuple(priority for priority in priorities if priority.has_ended),
        tally=tally(actions),
        percent=percent_passed(plan, today),
        time_text=time_in_words(plan, today),
    )


PLURALS = {
    PriorityKind.MAIN: "Main priorities",
    PriorityKind.QUALITY_ASSURANCE: "Quality assurance priorities",
    PriorityKind.OVERARCHING: "Overarching priorities",
    PriorityKind.CROSS_CUTTING: "Cross-cutting themes",
}


def tally(actions: Iterable[AgreedAction]) -> Tally:
    """The actions counted; their date changes must have been fetched with them."""
    actions = list(actions)
    still_open = [action for action in actions if action.is_open]
    rags = [action.rag for action in still_open]
    completed = sum(1 for action in actions if action.rag == Rag.BLUE)
    return Tally(
        open=len(still_open),
        overdue=sum(action.is_overdue for action in still_open),
        slipping=sum(action.slips_often for action in still_open),
        completed=completed,
        withdrawn=len(actions) - len(still_open) - completed,
        green=rags.count(Rag.GREEN),
        amber=rags.count(Rag.AMBER),
        red=rags.count(Rag.RED),
        not_rated=rags.count(""),
    )


def serves(action: AgreedAction, priority: Priority) -> bool:
    """Whether an action stands under a priority, or serves it as a theme; its themes must have been fetched with it."""
    return action.priority_id == priority.pk or priority in action.themes.all()


def percent_passed(plan: BusinessPlan, today: date) -> int:
    """How much of the plan's time has passed, in whole per cent."""
    days = (plan.ends_on - plan.starts_on).days + 1
    return min(max(100 * (today - plan.starts_on).days // days, 0), 100)


def time_in_words(plan: BusinessPlan, today: date) -> str:
    """Where in its years the plan is."""
    if today < plan.starts_on:
        return f"It begins on {plan.starts_on:%-d %B %Y}."
    if today > plan.ends_on:
        return f"It ended on {plan.ends_on:%-d %B %Y}."
    year = _whole_years(plan.starts_on, today) + 1
    years = _whole_years(plan.starts_on, plan.ends_on) + 1
    return f"Year {year} of {years}."


def _whole_years(first: date, last: date) -> int:
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))
