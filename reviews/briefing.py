"""What a 7-minute briefing says: the words that were written for it, and what the records say of its review today."""

import hashlib
import json
from dataclasses import asdict, dataclass

from django.db.models import QuerySet
from django.utils.text import Truncator

from priorities.choices import ActionStatus
from priorities.models import AgreedAction
from reviews.choices import RecommendationStatus
from reviews.models import Briefing, Recommendation

MOST_ACTIONS = 5
LONGEST_ACTION = 110
MOST_THEMES = 6


@dataclass(frozen=True, kw_only=True)
class PageAction:
    text: str
    agency: str
    state: str


@dataclass(frozen=True, kw_only=True)
class BriefingPage:
    """All that stands on the page, and nothing of the review that was not written for it."""

    reference: str
    kind: str
    title: str
    what_happened: str
    themes: tuple[str, ...]
    learned: tuple[str, ...]
    actions: tuple[PageAction, ...]
    questions: tuple[str, ...]

    @property
    def hash(self) -> str:
        """Of all that the page says, so that what somebody cleared is known from what it says now."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


def page_of(briefing: Briefing) -> BriefingPage:
    """The page of a briefing, with the agreed actions that its review led to: those to be done first."""
    review = briefing.review
    actions = (
        AgreedAction.objects.filter(recommendations__in=_recommendations(briefing))
        .exclude(status=ActionStatus.WITHDRAWN)
        .select_related("owner")
        .order_by("due_on", "pk")
        .distinct()
    )
    return BriefingPage(
        reference=review.reference,
        kind=review.get_kind_display(),
        title=briefing.title,
        what_happened=briefing.what_happened,
        themes=tuple(review.themes.values_list("name", flat=True)[:MOST_THEMES]),
        learned=tuple(briefing.learned.splitlines()),
        actions=tuple(
            PageAction(
                text=Truncator(" ".join(action.text.split())).chars(LONGEST_ACTION),
                agency=action.owner.short_name,
                state=f"by {action.due_on:%-d %B %Y}" if action.is_open else "done",
            )
            for action in actions[:MOST_ACTIONS]
        ),
        questions=tuple(briefing.questions.splitlines()),
    )


def _recommendations(briefing: Briefing) -> QuerySet[Recommendation]:
    return briefing.review.recommendations.exclude(status=RecommendationStatus.WITHDRAWN)
