"""Changes to recommendations. Each verb locks, checks the version that was read and the state, and writes its line."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from partnership import audit
from partnership.models import Agency, ReportingPeriod, User
from partnership.states import StaleSave, WrongState
from priorities.actions import agree_action
from priorities.models import AgreedAction, Measure, Objective, Priority
from reviews.choices import NO_LONGER_EMBEDDED, EmbeddedOutcome, RecommendationSource, RecommendationStatus
from reviews.models import (
    EmbeddedCheck,
    Inspection,
    PracticeReview,
    Recommendation,
    RecommendationAction,
    RecommendationStep,
    Theme,
)


@transaction.atomic
def record_recommendation(
    *,
    text: str,
    source: str,
    review: PracticeReview | None = None,
    inspection: Inspection | None = None,
    source_text: str = "",
    agency: Agency,
    made_on: date,
    due_on: date | None = None,
    themes: Iterable[Theme] = (),
    kept: Iterable[str] = (),
    by: User,
) -> Recommendation:
    """Add what was recommended to an agency; the source is one that is recorded here, or stands in words.

    `kept` says what looked like an identifier and was kept, here as in the other verbs.
    """
    recommendation = Recommendation.objects.create(
        text=text,
        source=source,
        review=review,
        inspection=inspection,
        source_text=source_text,
        agency=agency,
        made_on=made_on,
        due_on=due_on,
        recorded_by=by,
    )
    recommendation.themes.set(themes)
    _step(recommendation, RecommendationStatus.OPEN, made_on, "", by)
    detail = "\n".join([f"{RecommendationSource(source).label}: {recommendation.made_by}, for {agency}", *kept])
    audit.record("recommendation.recorded", target=recommendation, by=by, detail=detail)
    return recommendation


@transaction.atomic
def change_recommendation(
    *,
    recommendation: Recommendation,
    version: int,
    text: str,
    source: str,
    review: PracticeReview | None,
    inspection: Inspection | None,
    source_text: str,
    agency: Agency,
    made_on: date,
    due_on: date | None,
    themes: Iterable[Theme],
    kept: Iterable[str] = (),
    by: User,
) -> Recommendation:
    """Say a recommendation otherwise, whatever its status. Raises `StaleSave` if somebody else changed it since.

    What puts it into the figures of a signed year (decision 0010) stays as it is: raises `WrongState`.
    """
    recommendation = _locked(recommendation, version)
    before = (recommendation.made_on, recommendation.source, recommendation.agency_id)
    if before != (made_on, source, agency.pk):
        _require_uncounted(recommendation)
    if before[0] != made_on:
        _change_first_day(recommendation, made_on)
    words = [] if recommendation.text == text else [f"It was: {recommendation.text}"]
    recommendation.text, recommendation.source, recommendation.source_text = text, source, source_text
    recommendation.review, recommendation.inspection = review, inspection
    recommendation.agency, recommendation.made_on, recommendation.due_on = agency, made_on, due_on
    recommendation.themes.set(themes)
    _save(recommendation, "recommendation.changed", by=by, detail=[*words, *kept])
    return recommendation


@transaction.atomic
def agree_recommended_action(
    *,
    recommendation: Recommendation,
    text: str,
    owner: Agency,
    owner_post: str = "",
    due_on: date,
    priority: Priority | None = None,
    objective: Objective | None = None,
    themes: Iterable[Priority] = (),
    kept: Iterable[str] = (),
    by: User,
) -> AgreedAction:
    """Agree what an agency does about an open recommendation; from then on the action lives as any other does.

    It may serve the plan too, as `agree_action` says.
    """
    recommendation = _locked(recommendation)
    if not recommendation.is_open:
        raise WrongState(f"{recommendation} is {recommendation.get_status_display().lower()}: open it again first.")
    action = agree_action(
        text=text,
        owner=owner,
        owner_post=owner_post,
        due_on=due_on,
        priority=priority,
        objective=objective,
        themes=themes,
        by=by,
    )
    _link(recommendation, action, kept=kept, by=by)
    return action


@transaction.atomic
def link_action(*, recommendation: Recommendation, action: AgreedAction, by: User) -> None:
    """Say that an action which is agreed already serves a recommendation too. Linking it twice changes nothing."""
    recommendation = _locked(recommendation)
    if not recommendation.actions.filter(pk=action.pk).exists():
        _link(recommendation, action, by=by)


@transaction.atomic
def sign_off_recommendation(
    *,
    recommendation: Recommendation,
    version: int,
    signed_off_on: date,
    sign_off_body: str,
    evidence: str,
    check_due_on: date,
    kept: Iterable[str] = (),
    by: User,
) -> Recommendation:
    """Sign an open recommendation off, with what shows that it is done and the day of the first check that it lasts."""
    recommendation = _locked(recommendation, version)
    recommendation.move_to(RecommendationStatus.SIGNED_OFF)
    recommendation.signed_off_on, recommendation.sign_off_body = signed_off_on, sign_off_body
    recommendation.evidence, recommendation.check_due_on = evidence, check_due_on
    _step(recommendation, RecommendationStatus.SIGNED_OFF, signed_off_on, evidence, by)
    detail = [f"By {sign_off_body}, {_day(signed_off_on)}; first check due {_day(check_due_on)}", evidence, *kept]
    _save(recommendation, "recommendation.signed-off", by=by, detail=detail)
    return recommendation


@transaction.atomic
def check_recommendation(
    *,
    recommendation: Recommendation,
    version: int,
    checked_on: date,
    outcome: str,
    finding: str,
    how_known: str = "",
    measure: Measure | None = None,
    next_check_on: date | None = None,
    kept: Iterable[str] = (),
    by: User,
) -> EmbeddedCheck:
    """Record whether what was signed off lasts. Found embedded, it is; one that no longer is, is open again.

    Until it is embedded the next check needs its day: the database refuses a closed one without. Raises `WrongState`
    for one that is not signed off, or was so only days before.
    """
    recommendation = _locked(recommendation, version)
    if not recommendation.can_be_checked:
        raise WrongState(f"{recommendation} is not signed off, so there is nothing to check yet.")
    if (first := recommendation.checkable_from) and checked_on < first:
        raise WrongState(f"A check that it lasts comes after the sign-off, on {_day(first)} or later.")
    check = EmbeddedCheck.objects.create(
        recommendation=recommendation,
        checked_on=checked_on,
        outcome=outcome,
        finding=finding,
        how_known=how_known,
        measure=measure,
        recorded_by=by,
    )
    recommendation.check_due_on = next_check_on
    was_embedded = recommendation.status == RecommendationStatus.EMBEDDED
    if outcome == EmbeddedOutcome.EMBEDDED and not was_embedded:
        recommendation.move_to(RecommendationStatus.EMBEDDED)
        _step(recommendation, RecommendationStatus.EMBEDDED, checked_on, finding, by)
    elif was_embedded and outcome in NO_LONGER_EMBEDDED:
        _open_again(recommendation, checked_on, finding, by)
    _save(recommendation, "recommendation.checked", by=by, detail=[str(check), finding, *kept])
    return check


@transaction.atomic
def reopen_recommendation(
    *, recommendation: Recommendation, version: int, reason: str, kept: Iterable[str] = (), by: User
) -> Recommendation:
    """Open a signed-off or embedded recommendation again, with the reason. Its checks and steps stay."""
    recommendation = _locked(recommendation, version)
    _open_again(recommendation, timezone.localdate(), reason, by)
    _save(recommendation, "recommendation.reopened", by=by, detail=[reason, *kept])
    return recommendation


@transaction.atomic
def withdraw_recommendation(
    *, recommendation: Recommendation, version: int, reason: str, kept: Iterable[str] = (), by: User
) -> Recommendation:
    """Take an open recommendation out of the lists, with the reason; it is never deleted."""
    recommendation = _locked(recommendation, version)
    recommendation.move_to(RecommendationStatus.WITHDRAWN)
    _step(recommendation, RecommendationStatus.WITHDRAWN, timezone.localdate(), reason, by)
    _save(recommendation, "recommendation.withdrawn", by=by, detail=[reason, *kept])
    return recommendation


def _locked(recommendation: Recommendation, version: int | None = None) -> Recommendation:
    found = Recommendation.objects.select_for_update(of=("self",)).select_related("review", "inspection", "agency")
    recommendation = found.get(pk=recommendation.pk)
    if version is not None and recommendation.version != version:
        raise StaleSave("Somebody else has changed this recommendation since you opened it.")
    return recommendation


def _save(recommendation: Recommendation, verb: str, *, by: User, detail: Iterable[str]) -> None:
    recommendation.version += 1
    recommendation.save()
    audit.record(verb, target=recommendation, by=by, detail="\n".join(detail))


def _step(recommendation: Recommendation, status: str, on: date, why: str, by: User) -> None:
    if on < recommendation.not_before:
        raise WrongState(f"That day is before {_day(recommendation.not_before)}, when something came of it last.")
    RecommendationStep.objects.create(recommendation=recommendation, status=status, on=on, why=why, recorded_by=by)


def _link(recommendation: Recommendation, action: AgreedAction, *, kept: Iterable[str] = (), by: User) -> None:
    RecommendationAction.objects.create(recommendation=recommendation, action=action)
    detail = "\n".join([str(action), *kept])
    audit.record("recommendation.action-linked", target=recommendation, by=by, detail=detail)


def _open_again(recommendation: Recommendation, on: date, why: str, by: User) -> None:
    recommendation.move_to(RecommendationStatus.OPEN)
    recommendation.signed_off_on = recommendation.check_due_on = None
    recommendation.sign_off_body = recommendation.evidence = ""
    _step(recommendation, RecommendationStatus.OPEN, on, why, by)


def _change_first_day(recommendation: Recommendation, made_on: date) -> None:
    """The first step is the day on which it was made. Raises `WrongState` if it was signed off before that."""
    first, *later = recommendation.steps.all()
    if any(step.on < made_on for step in later):
        raise WrongState("It cannot have been made after it was signed off or withdrawn.")
    first.on = made_on
    first.save()


def _require_uncounted(recommendation: Recommendation) -> None:
    """Raises `WrongState` where a signed report counts the recommendation."""
    closed = ReportingPeriod.objects.filter(
        closed_at__gte=recommendation.recorded_at, ends_on__gte=recommendation.made_on
    )
    if period := closed.first():
        raise WrongState(
            f"The report of {period} is signed and counts this recommendation, so its agency, its source and the day "
            "it was made stay as they are. Withdraw it and record it anew."
        )


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"
