"""Changes to 7-minute briefings."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from partnership import audit
from partnership.models import User
from partnership.states import StaleSave, WrongState
from reviews.briefing import page_of
from reviews.models import Briefing, PracticeReview


@transaction.atomic
def write_briefing(
    *,
    review: PracticeReview,
    version: int,
    title: str,
    what_happened: str,
    learned: str,
    questions: str,
    kept: Iterable[str] = (),
    by: User,
) -> Briefing:
    """Write the briefing on a review, or write it anew; it has to be cleared after that.

    `version` is the one that was read, 0 where there was none. Raises `StaleSave` if it is no longer the latest.
    """
    review = PracticeReview.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if review.withdrawn_at:
        raise WrongState(f"{review} is withdrawn, so no briefing is written on it.")
    briefing = Briefing.objects.filter(review=review).first() or Briefing(review=review, version=0)
    if briefing.version != version:
        raise StaleSave("Somebody else has changed this briefing since you opened it.")
    briefing.title, briefing.what_happened = title, what_happened
    briefing.learned, briefing.questions = learned, questions
    briefing.cleared_at, briefing.cleared_by, briefing.cleared_hash = None, None, ""
    briefing.version += 1
    briefing.save()
    audit.record("briefing.written", target=briefing, by=by, detail="\n".join(kept))
    return briefing


@transaction.atomic
def clear_briefing(*, briefing: Briefing, seen: str, by: User) -> Briefing:
    """Say that the page, as it was seen, is fit to be published. Raises `StaleSave` if it says something else now."""
    briefing = Briefing.objects.select_for_update(of=("self",)).select_related("review").get(pk=briefing.pk)
    if page_of(briefing).hash != seen:
        raise StaleSave("The page has changed since you read it. Read it again, then decide.")
    briefing.cleared_at, briefing.cleared_by, briefing.cleared_hash = timezone.now(), by, seen
    briefing.save()
    audit.record("briefing.cleared", target=briefing, by=by)
    return briefing
