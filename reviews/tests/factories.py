"""The smallest valid records of what was learned; a stage is reached with the dates that lead to it."""

from datetime import date, timedelta

from partnership.models import User
from partnership.tests.factories import make_agency, make_alice
from priorities.choices import HowKnown
from reviews import actions
from reviews.briefing import page_of
from reviews.choices import (
    CHECKABLE_STATUSES,
    EmbeddedOutcome,
    RecommendationSource,
    RecommendationStatus,
    ReviewKind,
)
from reviews.models import Briefing, PracticeReview, Recommendation, Theme
from reviews.stages import order_of

FIRST_DAY = date(2022, 5, 9)


def make_theme(name: str = "Neglect") -> Theme:
    return Theme.objects.filter(name=name).first() or actions.add_theme(name=name, by=make_alice())


def make_review(
    reference: str = "LR-2022-01",
    kind: str = ReviewKind.LCSPR,
    stage: str = "",
    *,
    first_day: date = FIRST_DAY,
    by: User | None = None,
    **fields,
) -> PracticeReview:
    """A review that came to a stage (its first if none is named), to each of them four weeks after the one before."""
    order = order_of(kind)
    reached = order[: order.index(stage) + 1] if stage in order else order[:1]
    dates = {each: first_day + timedelta(weeks=4 * number) for number, each in enumerate(reached)}
    return actions.record_review(
        **{
            "reference": reference,
            "kind": kind,
            "stage": stage or order[0],
            "dates": dates,
            "by": by or make_alice(),
            **fields,
        }
    )


def make_recommendation(
    status: str = RecommendationStatus.OPEN, *, agency: str = "police", by: User | None = None, **fields
) -> Recommendation:
    """A recommendation made on 9 May 2022 in the wanted state: signed off 100 days later, embedded after 300."""
    by = by or make_alice()
    linked = fields.get("review") or fields.get("inspection")
    made_on = fields.setdefault("made_on", FIRST_DAY)
    source = {"source": RecommendationSource.SCRUTINEER, "source_text": "" if linked else "Scrutiny of the front door"}
    fields = {"text": "Agree who leads", "agency": make_agency(agency), **source, **fields}
    recommendation = actions.record_recommendation(**fields, by=by)
    if status in CHECKABLE_STATUSES:
        recommendation = sign_off(recommendation, made_on + timedelta(days=100), by=by)
    if status == RecommendationStatus.EMBEDDED:
        check(recommendation, made_on + timedelta(days=300), by=by)
    if status == RecommendationStatus.WITHDRAWN:
        actions.withdraw_recommendation(recommendation=recommendation, version=1, reason="Recorded twice", by=by)
    return Recommendation.objects.get(pk=recommendation.pk)


def sign_off(recommendation: Recommendation, on: date, *, by: User, **fields) -> Recommendation:
    """Signed off, to be checked 180 days later."""
    return actions.sign_off_recommendation(
        **{
            "recommendation": recommendation,
            "version": recommendation.version,
            "signed_off_on": on,
            "sign_off_body": "Practice review group",
            "evidence": "A new protocol is in use",
            "check_due_on": on + timedelta(days=180),
            "by": by,
            **fields,
        }
    )


def check(recommendation: Recommendation, on: date, outcome: str = EmbeddedOutcome.EMBEDDED, *, by: User, **fields):
    """A check known by an audit; the next one is due 90 days later unless it is embedded."""
    is_embedded = outcome == EmbeddedOutcome.EMBEDDED
    return actions.check_recommendation(
        **{
            "recommendation": recommendation,
            "version": recommendation.version,
            "checked_on": on,
            "outcome": outcome,
            "finding": "Most files show who leads",
            "how_known": HowKnown.AUDIT,
            "next_check_on": None if is_embedded else on + timedelta(days=90),
            "by": by,
            **fields,
        }
    )


def make_briefing(review: PracticeReview | None = None, *, is_cleared: bool = False, **words) -> Briefing:
    """A briefing on a review, and cleared where that is wanted."""
    alice = make_alice()
    said = {
        "title": "Babies who cannot move",
        "what_happened": "Agencies saw parts of the picture and did not put them together.",
        "learned": "Ask how a bruise came about\nSay who leads",
        "questions": "Who leads in your last case?",
        **words,
    }
    briefing = actions.write_briefing(review=review or make_review(), version=0, **said, by=alice)
    if is_cleared:
        briefing = actions.clear_briefing(briefing=briefing, seen=page_of(briefing).hash, by=alice)
    return briefing
