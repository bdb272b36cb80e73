from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from partnership.models import AuditEvent
from partnership.states import StaleSave, WrongState
from partnership.tests.factories import make_agency, make_alice, make_period
from priorities.choices import HowKnown
from priorities.tests.factories import make_action, make_measure
from reviews import actions
from reviews.choices import EmbeddedOutcome, RecommendationSource, RecommendationStatus
from reviews.models import Recommendation, RecommendationAction
from reviews.tests.factories import check, make_recommendation, make_review, make_theme, sign_off

pytestmark = pytest.mark.django_db

OPEN, SIGNED_OFF = RecommendationStatus.OPEN, RecommendationStatus.SIGNED_OFF
EMBEDDED, WITHDRAWN = RecommendationStatus.EMBEDDED, RecommendationStatus.WITHDRAWN


def lines(recommendation):
    found = AuditEvent.objects.filter(target_model="reviews.recommendation", target_id=recommendation.pk)
    return list(found.order_by("pk").values_list("verb", "detail"))


def steps(recommendation):
    return list(recommendation.steps.values_list("status", "on"))


def test_a_recommendation_is_recorded_with_its_source_and_first_step():
    review = make_review("LR-2022-01")

    recommendation = make_recommendation(
        source=RecommendationSource.REVIEW, review=review, source_text="", themes=[make_theme()]
    )

    assert (recommendation.made_by, recommendation.status) == (str(review), OPEN)
    assert [theme.name for theme in recommendation.themes.all()] == ["Neglect"]
    assert steps(recommendation) == [(OPEN, date(2022, 5, 9))]
    assert lines(recommendation) == [("recommendation.recorded", f"Review: {review}, for County Police")]


@pytest.mark.parametrize(
    "fields",
    [
        {"source": RecommendationSource.SCRUTINEER, "source_text": ""},
        {"source": RecommendationSource.AUDIT, "is_of_review": True},
        {"source": RecommendationSource.INSPECTION, "is_of_review": True},
    ],
)
def test_a_source_that_does_not_fit_its_link_is_refused_by_the_database(fields):
    if fields.pop("is_of_review", False):
        fields["review"] = make_review()

    with pytest.raises(IntegrityError), transaction.atomic():
        make_recommendation(**fields)

    assert not Recommendation.objects.exists()


def test_signing_off_closes_it_and_says_when_to_look_again():
    recommendation = make_recommendation()

    sign_off(recommendation, date(2022, 9, 1), by=make_alice(), check_due_on=date(2023, 3, 1))

    recommendation.refresh_from_db()
    assert (recommendation.status, recommendation.check_due_on) == (SIGNED_OFF, date(2023, 3, 1))
    assert steps(recommendation) == [(OPEN, date(2022, 5, 9)), (SIGNED_OFF, date(2022, 9, 1))]
    assert lines(recommendation)[-1] == (
        "recommendation.signed-off",
        "By Practice review group, 1 September 2022; first check due 1 March 2023\nA new protocol is in use",
    )


def test_nothing_is_signed_off_before_it_was_made():
    with pytest.raises(WrongState):
        sign_off(make_recommendation(), date(2022, 5, 8), by=make_alice())


def test_signed_off_is_not_embedded_until_a_check_finds_so():
    recommendation = make_recommendation(SIGNED_OFF)

    check(recommendation, date(2023, 2, 1), EmbeddedOutcome.NOT_YET, by=make_alice())
    recommendation.refresh_from_db()
    after_the_first = (recommendation.status, recommendation.check_due_on)
    check(recommendation, date(2023, 5, 1), by=make_alice())
    recommendation.refresh_from_db()

    assert after_the_first == (SIGNED_OFF, date(2023, 5, 2))
    assert (recommendation.status, recommendation.check_due_on) == (EMBEDDED, None)
    assert steps(recommendation)[-1] == (EMBEDDED, date(2023, 5, 1))


def test_it_is_not_embedded_on_the_day_of_its_sign_off():
    recommendation = make_recommendation(SIGNED_OFF)

    with pytest.raises(WrongState, match="on 14 September 2022 or later"):
        check(recommendation, date(2022, 9, 13), by=make_alice())

    assert check(recommendation, date(2022, 9, 14), by=make_alice()).outcome == EmbeddedOutcome.EMBEDDED


def test_what_was_signed_off_is_not_left_without_a_next_check():
    recommendation = make_recommendation(SIGNED_OFF)

    with pytest.raises(IntegrityError), transaction.atomic():
        check(recommendation, date(2023, 2, 1), EmbeddedOutcome.PARTLY, next_check_on=None, by=make_alice())

    assert not recommendation.checks.exists()


@pytest.mark.parametrize("known", [{"how_known": ""}, {"how_known": HowKnown.MEASURE}])
def test_embedded_without_saying_how_it_is_known_is_refused_by_the_database(known):
    recommendation = make_recommendation(SIGNED_OFF)

    with pytest.raises(IntegrityError), transaction.atomic():
        check(recommendation, date(2023, 2, 1), by=make_alice(), **known)

    recommendation.refresh_from_db()
    assert recommendation.status == SIGNED_OFF


def test_a_check_may_be_known_by_a_figure():
    measure = make_measure()

    found = check(
        make_recommendation(SIGNED_OFF),
        date(2023, 2, 1),
        how_known=HowKnown.MEASURE,
        measure=measure,
        by=make_alice(),
    )

    assert (found.outcome, found.measure) == (EmbeddedOutcome.EMBEDDED, measure)


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        (EmbeddedOutcome.EMBEDDED, EMBEDDED),
        (EmbeddedOutcome.CANNOT_TELL, EMBEDDED),
        (EmbeddedOutcome.PARTLY, OPEN),
        (EmbeddedOutcome.NOT_YET, OPEN),
    ],
)
def test_a_later_check_opens_again_what_is_embedded_no_longer(outcome, status):
    recommendation = make_recommendation(EMBEDDED)

    check(recommendation, date(2024, 5, 1), outcome, by=make_alice())

    recommendation.refresh_from_db()
    assert recommendation.status == status
    assert (recommendation.signed_off_on is None) == (status == OPEN)


VERBS = {
    "sign_off": lambda each: sign_off(each, timezone.localdate(), by=make_alice()),
    "check": lambda each: check(each, timezone.localdate(), by=make_alice()),
    "reopen": lambda each: actions.reopen_recommendation(
        recommendation=each, version=each.version, reason="It slid back", by=make_alice()
    ),
    "withdraw": lambda each: actions.withdraw_recommendation(
        recommendation=each, version=each.version, reason="Recorded twice", by=make_alice()
    ),
    "agree": lambda each: actions.agree_recommended_action(
        recommendation=each, text="Do it", owner=make_agency(), due_on=date(2023, 6, 30), by=make_alice()
    ),
}
ALLOWED = {
    (OPEN, "sign_off"): SIGNED_OFF,
    (OPEN, "withdraw"): WITHDRAWN,
    (OPEN, "agree"): OPEN,
    (SIGNED_OFF, "check"): EMBEDDED,
    (SIGNED_OFF, "reopen"): OPEN,
    (EMBEDDED, "check"): EMBEDDED,
    (EMBEDDED, "reopen"): OPEN,
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("status", RecommendationStatus)
def test_every_status_takes_its_verbs_and_no_other(status, verb):
    recommendation = make_recommendation(status)
    before = len(lines(recommendation))

    if (status, verb) in ALLOWED:
        VERBS[verb](recommendation)
    else:
        with pytest.raises(WrongState):
            VERBS[verb](recommendation)

    recommendation.refresh_from_db()
    assert recommendation.status == ALLOWED.get((status, verb), status)
    assert len(lines(recommendation)) - before == ((status, verb) in ALLOWED)


def test_what_somebody_else_changed_is_not_overwritten():
    recommendation = make_recommendation()
    sign_off(recommendation, date(2022, 9, 1), by=make_alice())

    with pytest.raises(StaleSave):
        sign_off(recommendation, date(2022, 10, 1), by=make_alice())

    assert len(steps(recommendation)) == 2


def change(recommendation, **fields):
    names = ("text", "source", "review", "inspection", "source_text", "agency", "made_on", "due_on")
    before = {name: getattr(recommendation, name) for name in names}
    return actions.change_recommendation(
        recommendation=recommendation,
        version=recommendation.version,
        **{**before, "themes": [], **fields},
        by=make_alice(),
    )


def test_its_words_can_be_changed_and_the_earlier_ones_are_kept():
    recommendation = change(make_recommendation(EMBEDDED), text="Agree who leads, in writing")

    assert recommendation.text == "Agree who leads, in writing"
    assert lines(recommendation)[-1] == ("recommendation.changed", "It was: Agree who leads")


def test_the_day_it_was_made_moves_its_first_step_but_not_past_its_sign_off():
    recommendation = change(make_recommendation(SIGNED_OFF), made_on=date(2022, 6, 1))

    with pytest.raises(WrongState):
        change(recommendation, made_on=date(2023, 1, 1))

    assert steps(recommendation)[0] == (OPEN, date(2022, 6, 1))


@pytest.mark.parametrize("fields", [{"made_on": date(2022, 5, 1)}, {"source": RecommendationSource.AUDIT}])
def test_what_a_signed_report_counts_stays(fields):
    recommendation = make_recommendation()
    period = make_period()
    type(period).objects.filter(pk=period.pk).update(closed_at=timezone.now(), closed_by=make_alice())

    with pytest.raises(WrongState):
        change(recommendation, **fields)
    changed = change(recommendation, text="Said better")

    assert changed.text == "Said better"


def test_an_action_is_agreed_from_a_recommendation_and_linked():
    recommendation = make_recommendation()

    action = VERBS["agree"](recommendation)

    assert list(action.recommendations.all()) == [recommendation]
    assert lines(recommendation)[-1] == ("recommendation.action-linked", "Do it")
    assert AuditEvent.objects.get(target_model="priorities.agreedaction").verb == "action.agreed"


def test_linking_an_action_twice_changes_nothing():
    recommendation, action = make_recommendation(), make_action()

    for _ in range(2):
        actions.link_action(recommendation=recommendation, action=action, by=make_alice())

    assert RecommendationAction.objects.count() == 1
    assert len(lines(recommendation)) == 2


def test_a_theme_that_is_merged_keeps_its_recommendations():
    recommendation = make_recommendation(themes=[make_theme("Old")])

    actions.merge_theme(theme=make_theme("Old"), into=make_theme("New"), by=make_alice())

    assert [theme.name for theme in recommendation.themes.all()] == ["New"]
