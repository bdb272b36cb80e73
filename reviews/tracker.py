"""The tracker of recommendations, whatever made them: how each stands on a day, what needs attention first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from partnership.models import User
from priorities.choices import Rag
from priorities.models import AgreedAction
from priorities.progress import Tally, tally
from reviews.ages import age_in_words
from reviews.choices import RecommendationStatus
from reviews.models import EmbeddedCheck, Recommendation

SHARP_RATINGS = {Rag.RED: 1, Rag.AMBER: 2}


@dataclass(frozen=True)
class RecommendationRow:
    """A recommendation as one reader may see it on one day."""

    recommendation: Recommendation
    is_readable: bool
    today: date

    @property
    def age(self) -> str:
        return age_in_words(self.recommendation.made_on, self.today)

    @cached_property
    def open_actions(self) -> list[AgreedAction]:
        return [action for action in self.recommendation.actions.all() if action.is_open]

    @cached_property
    def tally(self) -> Tally:
        return tally(self.recommendation.actions.all())

    @cached_property
    def due(self) -> tuple[str, date] | None:
        """What is due next, and when: of an open one the work, of one that was signed off the check that it lasts."""
        recommendation = self.recommendation
        if recommendation.can_be_checked:
            on = recommendation.check_due_on
            return ("Check that it lasts", on) if on else None
        if not recommendation.is_open:
            return None
        days = [("Carry it out", recommendation.due_on)] if recommendation.due_on else []
        days += [("Next action", action.due_on) for action in self.open_actions]
        return min(days, key=lambda each: each[1], default=None)

    @property
    def is_overdue(self) -> bool:
        return self.due is not None and self.due[1] < self.today

    @property
    def is_check_due(self) -> bool:
        """Whether it is time to see if it lasts: on the day itself too."""
        return self.recommendation.can_be_checked and self.due is not None and self.due[1] <= self.today

    @property
    def latest_check(self) -> EmbeddedCheck | None:
        return next(reversed(self.recommendation.checks.all()), None)

    @property
    def attention(self) -> tuple[int, date, int]:
        """What to sort by: overdue, off track, at risk, the others with something due, open ones, then the rest."""
        recommendation = self.recommendation
        last = {RecommendationStatus.EMBEDDED: 6, RecommendationStatus.WITHDRAWN: 7}
        rank = last.get(RecommendationStatus(recommendation.status), 5 if recommendation.can_be_checked else 4)
        if self.is_overdue or self.is_check_due:
            rank = 0
        elif recommendation.is_open:
            rank = min([rank, *(SHARP_RATINGS.get(Rag(action.rag), 4) for action in self.open_actions if action.rag)])
            rank = 3 if rank == 4 and self.due else rank
        return rank, self.due[1] if self.due else recommendation.made_on, recommendation.pk


def recommendation_rows(
    recommendations: Iterable[Recommendation], *, user: User, today: date
) -> list[RecommendationRow]:
    """The recommendations as somebody may see them, what needs attention first.

    Takes no query of its own when they come `with_names`.
    """
    rows = [RecommendationRow(each, each.is_readable_by(user), today) for each in recommendations]
    return sorted(rows, key=lambda row: row.attention)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Recommendations counted by how they stand."""

    open: int = 0
    overdue: int = 0
    signed_off: int = 0
    checks_due: int = 0
    embedded: int = 0


def standing(rows: Iterable[RecommendationRow]) -> Standing:
    """How many are open (and overdue), signed off, due to be checked, and embedded."""
    rows = list(rows)
    statuses = [row.recommendation.status for row in rows]
    return Standing(
        open=statuses.count(RecommendationStatus.OPEN),
        overdue=sum(row.is_overdue and row.recommendation.is_open for row in rows),
        signed_off=statuses.count(RecommendationStatus.SIGNED_OFF),
        checks_due=sum(row.is_check_due for row in rows),
        embedded=statuses.count(RecommendationStatus.EMBEDDED),
    )
