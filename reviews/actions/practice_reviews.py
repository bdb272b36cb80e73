"""Changes to practice reviews. Each verb locks, checks the stage and the closed years, writes its line."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from partnership import audit
from partnership.models import User
from partnership.states import WrongState, require_version
from reviews.actions.themes import named_themes
from reviews.choices import FOLLOWS, ReviewKind, ReviewStage
from reviews.models import PracticeReview, ReviewStep, Theme
from reviews.queries import closed_periods_of, closed_periods_that_count
from reviews.stages import fault_in, order_of


@transaction.atomic
def record_review(
    *,
    reference: str,
    kind: str,
    stage: str,
    dates: Mapping[str, date] | None = None,
    decision: str = "",
    reason: str = "",
    outcome: str = "",
    delay: str = "",
    delay_text: str = "",
    link: str = "",
    follows: PracticeReview | None = None,
    themes: Iterable[str] = (),
    kept: Iterable[str] = (),
    by: User,
) -> PracticeReview:
    """Add a review under its pseudonymous reference; themes are named and added to the list where new.

    `dates` says when it came to which stage, as far as known. Raises `WrongState` for a stage or an order of dates that
    cannot be, and where it follows what its kind does not.
    """
    _require_stages(kind, stage, dates or {})
    if follows and FOLLOWS.get(ReviewKind(kind), follows.kind) != follows.kind:
        raise WrongState(f"A {ReviewKind(kind).label.lower()} cannot follow {follows}.")
    review = PracticeReview.objects.create(
        reference=reference,
        kind=kind,
        stage=stage,
        decision=decision,
        reason=reason,
        outcome=outcome,
        delay=delay,
        delay_text=delay_text,
        link=link,
        follows=follows,
    )
    _require_order(review, dates or {})
    ReviewStep.objects.bulk_create(ReviewStep(review=review, stage=each, on=on) for each, on in (dates or {}).items())
    review.themes.set(named_themes(themes))
    audit.record("review.recorded", target=review, by=by, detail="\n".join(kept))
    return review


@transaction.atomic
def change_review(
    *,
    review: PracticeReview,
    version: int,
    texts: Mapping[str, str],
    themes: Iterable[Theme],
    kept: Iterable[str] = (),
    by: User,
) -> PracticeReview:
    """Change what is said of a review: `texts` by field name. Raises `StaleSave` if it was changed since `version`."""
    review = _locked(review, version)
    for name, text in texts.items():
        setattr(review, name, text)
    _save(review)
    review.themes.set(themes)
    audit.record("review.changed", target=review, by=by, detail="\n".join(kept))
    return review


@transaction.atomic
def move_on_review(
    *,
    review: PracticeReview,
    stage: str,
    on: date,
    decision: str = "",
    reason: str = "",
    link: str = "",
    kept: Iterable[str] = (),
    by: User,
) -> PracticeReview:
    """Say that a review came to its next stage on a day.

    Raises `WrongState` where the kind has no such move, the day is before an earlier stage, or the day lies in a year
    whose signed report counts the review.
    """
    review = _locked(review)
    review.move_to(stage)
    _require_open(review, [on])
    _require_order(review, {**review.dates, stage: on})
    if decision:
        review.decision, review.reason = decision, reason
    review.link = link or review.link
    _save(review)
    step = ReviewStep.objects.create(review=review, stage=stage, on=on)
    audit.record("review.moved-on", target=review, by=by, detail="\n".join([str(step), *kept]))
    return review


@transaction.atomic
def change_review_dates(
    *, review: PracticeReview, version: int, dates: Mapping[str, date | None], by: User
) -> PracticeReview:
    """Correct the dates of stages that the review has come to; None: the date is not known.

    Raises `StaleSave` if it was changed since `version`, and `WrongState` as `move_on_review` does.
    """
    review = _locked(review, version)
    before = review.dates
    after = {**before, **dates}
    changed = [stage for stage in after if after[stage] != before.get(stage)]
    _require_open(review, [on for stage in changed for on in (before.get(stage), after[stage]) if on])
    known = {stage: on for stage, on in after.items() if on}
    _require_order(review, known)
    review.steps.filter(stage__in=changed).delete()
    ReviewStep.objects.bulk_create(
        ReviewStep(review=review, stage=stage, on=known[stage]) for stage in changed if stage in known
    )
    _save(review)
    audit.record(
        "review.dates-changed", target=review, by=by, detail="\n".join(str(step) for step in review.steps.all())
    )
    return review


@transaction.atomic
def take_back_review(*, review: PracticeReview, by: User) -> PracticeReview:
    """Undo the last move of a review; raises `WrongState` if it has not moved, or a signed report counts the move."""
    review = _locked(review)
    steps = sorted(review.steps.all(), key=lambda step: order_of(review.kind).index(ReviewStage(step.stage)))
    if len(steps) < 2 or steps[-1].stage != review.stage:
        raise WrongState(f"{review} has no move to take back.")
    _require_open(review, [steps[-1].on])
    review.stage = steps[-2].stage
    _save(review)
    audit.record("review.taken-back", target=review, by=by, detail=f"Not yet: {steps[-1]}")
    steps[-1].delete()
    return review


@transaction.atomic
def withdraw_review(*, review: PracticeReview, reason: str, kept: Iterable[str] = (), by: User) -> PracticeReview:
    """Take a review that was recorded in error out of the lists, with the reason.

    It is never deleted. A signed report that counts it goes on counting it; the reason stands as a note beside it.
    """
    review = _locked(review)
    review.withdrawn_at, review.withdrawn_by, review.withdrawn_reason = timezone.now(), by, reason
    _save(review)
    counted = [f"The signed report of {period} goes on counting it." for period in closed_periods_that_count(review)]
    audit.record("review.withdrawn", target=review, by=by, detail="\n".join([reason, *counted, *kept]))
    return review


def _locked(review: PracticeReview, version: int | None = None) -> PracticeReview:
    review = PracticeReview.objects.select_for_update(of=("self",)).with_steps().get(pk=review.pk)
    if review.withdrawn_at:
        raise WrongState(f"{review} is withdrawn: this can no longer be done.")
    if version is not None:
        require_version(review, version)
    return review


def _save(review: PracticeReview) -> None:
    review.version += 1
    review.save()


def _require_stages(kind: str, stage: str, dates: Mapping[str, date]) -> None:
    """Raises `WrongState` for a stage that is not the kind's, and for the date of one that is still to come."""
    order = order_of(kind)
    reached = order[: order.index(ReviewStage(stage)) + 1] if stage in order else []
    if strange := next((each for each in [stage, *dates] if each not in reached), None):
        raise WrongState(
            f"A {ReviewKind(kind).label.lower()} at “{ReviewStage(stage).label}” cannot have come to "
            f"“{ReviewStage(strange).label}”."
        )


def _require_order(review: PracticeReview, dates: Mapping[str, date]) -> None:
    _, why = fault_in(review.kind, dates, not_before=review.not_before, today=timezone.localdate())
    if why:
        raise WrongState(f"{why}.")


def _require_open(review: PracticeReview, days: Iterable[date]) -> None:
    """Raises `WrongState` where a day lies in, or before the end of, a closed period that counts the review."""
    days = list(days)
    for period in closed_periods_of(review):
        if any(day <= period.ends_on for day in days):
            raise WrongState(
                f"The report of {period} is signed and this review was on record, so dates up to "
                f"{period.ends_on:%-d %B %Y} stay as they are. Withdraw the review to leave a note."
            )
