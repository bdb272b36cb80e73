from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from partnership import actions as partnership_actions
from partnership.models import AuditEvent
from partnership.states import StaleSave, WrongState
from partnership.tests.factories import make_alice, make_erin, make_period
from reviews import actions
from reviews.choices import REVIEW_TRANSITIONS, DelayReason, ReviewKind, ReviewStage
from reviews.models import PracticeReview, ReviewStep, Theme
from reviews.stages import order_of
from reviews.tests.factories import FIRST_DAY, make_review, make_theme

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]

LATER = date(2023, 3, 1)


@pytest.fixture
def _today():
    with time_machine.travel("2023-06-01", tick=False):
        yield


def lines():
    events = AuditEvent.objects.filter(target_model="reviews.practicereview")
    return list(events.order_by("pk").values_list("verb", "detail"))


def state(review):
    review = PracticeReview.objects.get(pk=review.pk)
    return review.stage, dict(review.steps.values_list("stage", "on"))


def test_a_review_is_recorded_with_its_dates_and_themes():
    make_theme("Neglect")
    rapid = make_review("SR-2022-01", ReviewKind.RAPID_REVIEW, ReviewStage.COMPLETED)

    review = actions.record_review(
        reference="LR-2022-01",
        kind=ReviewKind.LCSPR,
        stage=ReviewStage.IN_PROGRESS,
        dates={ReviewStage.TO_START: date(2022, 8, 1), ReviewStage.IN_PROGRESS: date(2022, 9, 1)},
        outcome="The reviewer reads the agencies’ reports.",
        delay=DelayReason.INQUEST,
        follows=rapid,
        themes=["Neglect", "Curiosity"],
        kept=["Kept “Leek”."],
        by=make_alice(),
    )

    assert state(review) == (
        "in-progress",
        {"to-start": date(2022, 8, 1), "in-progress": date(2022, 9, 1)},
    )
    assert (review.follows, review.delay) == (rapid, "inquest")
    assert [theme.name for theme in review.themes.all()] == ["Curiosity", "Neglect"]
    assert lines() == [("review.recorded", ""), ("review.recorded", "Kept “Leek”.")]


@pytest.mark.parametrize(
    "wrong",
    [
        {"stage": ReviewStage.NOTIFIED},
        {"stage": ReviewStage.TO_START, "dates": {ReviewStage.IN_PROGRESS: FIRST_DAY}},
        {"dates": {ReviewStage.TO_START: date(2023, 6, 2)}},
        {
            "stage": ReviewStage.IN_PROGRESS,
            "dates": {ReviewStage.TO_START: date(2022, 5, 2), ReviewStage.IN_PROGRESS: date(2022, 5, 1)},
        },
    ],
)
def test_a_review_that_cannot_be_is_refused_and_leaves_nothing(wrong):
    with pytest.raises(WrongState):
        make_review(**{"themes": ["Neglect"], **wrong})

    assert (PracticeReview.objects.count(), Theme.objects.count(), lines()) == (0, 0, [])


def test_a_review_follows_only_what_its_kind_does():
    incident = make_review("SI-2022-01", ReviewKind.SERIOUS_INCIDENT)

    with pytest.raises(WrongState, match="cannot follow Serious incident notification SI-2022-01"):
        make_review(follows=incident)


@pytest.mark.parametrize("wrong", [{"decision": "none"}, {"link": "http://example.org"}, {"reference": "LR-2022-09"}])
def test_the_database_refuses_what_must_never_be(wrong):
    make_review("LR-2022-09")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_review(**{"reference": "LR-2022-10", **wrong})


@pytest.mark.parametrize(
    ("kind", "stage", "to"),
    [(kind, stage, to) for kind, table in REVIEW_TRANSITIONS.items() for stage in table for to in ReviewStage],
)
def test_every_move_is_done_or_refused_as_the_table_says(kind, stage, to):
    review = make_review("XX-2022-01", kind, stage)
    before = state(review)

    if to in REVIEW_TRANSITIONS[kind][stage]:
        actions.move_on_review(review=review, stage=to, on=LATER, by=make_alice())
        assert state(review) == (to, {**before[1], to: LATER})
    else:
        with pytest.raises(WrongState):
            actions.move_on_review(review=review, stage=to, on=LATER, by=make_alice())
        assert state(review) == before


def test_a_rapid_review_is_completed_with_its_decision_and_the_line_says_when():
    review = make_review("SR-2022-01", ReviewKind.RAPID_REVIEW)

    actions.move_on_review(
        review=review,
        stage=ReviewStage.COMPLETED,
        on=date(2022, 5, 30),
        decision="lcspr",
        reason="More to learn.",
        by=make_alice(),
    )

    review.refresh_from_db()
    assert (review.decision, review.reason, review.version) == ("lcspr", "More to learn.", 2)
    assert lines()[1:] == [("review.moved-on", "Rapid review completed and decided, 30 May 2022")]


@pytest.mark.parametrize("on", [FIRST_DAY - timedelta(days=1), date(2023, 6, 2)])
def test_a_stage_is_not_reached_before_its_predecessor_nor_in_the_future(on):
    review = make_review()

    with pytest.raises(WrongState):
        actions.move_on_review(review=review, stage=ReviewStage.IN_PROGRESS, on=on, by=make_alice())

    assert state(review) == ("to-start", {"to-start": FIRST_DAY})


def test_dates_are_corrected_and_unknown_ones_taken_away():
    review = make_review(stage=ReviewStage.DRAFTING)

    actions.change_review_dates(
        review=review,
        version=1,
        dates={ReviewStage.TO_START: date(2022, 5, 1), ReviewStage.IN_PROGRESS: None},
        by=make_alice(),
    )

    assert state(review)[1] == {"to-start": date(2022, 5, 1), "drafting": FIRST_DAY + timedelta(weeks=8)}


def test_what_somebody_else_changed_is_not_overwritten():
    review = make_review()
    actions.change_review(review=review, version=1, texts={"outcome": "Mine"}, themes=[], by=make_alice())

    with pytest.raises(StaleSave):
        actions.change_review(review=review, version=1, texts={"outcome": "Theirs"}, themes=[], by=make_erin())
    with pytest.raises(StaleSave):
        actions.change_review_dates(review=review, version=1, dates={}, by=make_erin())

    review.refresh_from_db()
    assert review.outcome == "Mine"


def test_the_last_move_can_be_taken_back_and_the_first_day_cannot():
    review = make_review(stage=ReviewStage.IN_PROGRESS)

    actions.take_back_review(review=review, by=make_alice())

    assert state(review) == ("to-start", {"to-start": FIRST_DAY})
    with pytest.raises(WrongState, match="has no move to take back"):
        actions.take_back_review(review=review, by=make_alice())


def test_a_withdrawn_review_stays_with_its_reason_and_changes_no_more():
    review = make_review()
    erin = make_erin()

    actions.withdraw_review(review=review, reason="Recorded twice.", by=erin)

    review.refresh_from_db()
    assert (review.withdrawn_by, review.withdrawn_reason) == (erin, "Recorded twice.")
    assert lines()[1:] == [("review.withdrawn", "Recorded twice.")]
    for act, arguments in (
        (actions.move_on_review, {"stage": ReviewStage.IN_PROGRESS, "on": LATER}),
        (actions.change_review, {"version": 2, "texts": {}, "themes": []}),
        (actions.change_review_dates, {"version": 2, "dates": {}}),
        (actions.take_back_review, {}),
        (actions.withdraw_review, {"reason": "Again."}),
    ):
        with pytest.raises(WrongState, match="is withdrawn"):
            act(review=review, **arguments, by=erin)


@pytest.fixture
def signed():
    """A review at its final draft in 2022/23, whose report is signed."""
    period = make_period("2022-23")
    review = make_review(stage=ReviewStage.FINAL_DRAFT)
    partnership_actions.close_period(period=period, by=make_erin())
    return review


def test_what_a_signed_report_counts_does_not_change(signed):
    before = state(signed)
    alice = make_alice()

    for act, arguments in (
        (actions.move_on_review, {"stage": ReviewStage.PUBLISHED, "on": date(2023, 3, 31)}),
        (actions.change_review_dates, {"version": 1, "dates": {ReviewStage.TO_START: date(2022, 5, 1)}}),
        (actions.change_review_dates, {"version": 1, "dates": {ReviewStage.FINAL_DRAFT: date(2023, 4, 1)}}),
        (actions.take_back_review, {}),
    ):
        with pytest.raises(WrongState, match="The report of 2022/23 is signed"):
            act(review=signed, **arguments, by=alice)

    assert state(signed) == before


def test_a_review_of_a_signed_year_goes_on_in_the_next(signed):
    actions.move_on_review(review=signed, stage=ReviewStage.PUBLISHED, on=date(2023, 4, 1), by=make_alice())

    assert state(signed)[0] == "published"


def test_a_review_of_a_signed_year_is_withdrawn_with_a_note(signed):
    actions.withdraw_review(review=signed, reason="Recorded twice.", by=make_alice())

    assert lines()[-1] == (
        "review.withdrawn",
        "Recorded twice.\nThe signed report of 2022/23 goes on counting it.",
    )


def test_a_review_recorded_after_signing_is_not_counted_there_and_can_change(signed):
    with time_machine.travel("2023-06-02", tick=False):
        late = make_review("LR-2022-02")
        actions.change_review_dates(
            review=late, version=1, dates={ReviewStage.TO_START: date(2022, 6, 1)}, by=make_alice()
        )

    assert ReviewStep.objects.get(review=late).on == date(2022, 6, 1)


def test_reopening_the_period_lets_its_reviews_change_again(signed):
    partnership_actions.reopen_period(period=make_period("2022-23"), reason="Signature void.", by=make_erin())

    actions.take_back_review(review=signed, by=make_alice())

    assert signed.kind == ReviewKind.LCSPR
    assert state(signed)[0] == order_of(signed.kind)[2]
