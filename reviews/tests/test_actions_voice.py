from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from partnership.models import AuditEvent
from partnership.states import StaleSave, WrongState
from partnership.tests.factories import make_alice, make_bob, make_frank, make_period
from priorities.tests.factories import make_measure
from reviews import actions
from reviews.models import Feedback
from reviews.tests.record_factories import confirm, make_closed, make_feedback

pytestmark = pytest.mark.django_db


def change(feedback, version=None, **fields):
    return actions.change_feedback(
        feedback=feedback, version=version or feedback.version, fields=fields, by=make_alice()
    )


def verbs():
    return list(
        AuditEvent.objects.filter(target_model="reviews.feedback").order_by("pk").values_list("verb", flat=True)
    )


def test_feedback_may_be_quoted_once_both_are_confirmed():
    feedback = make_feedback()
    actions.confirm_feedback(feedback=feedback, version=1, consent_by="Participation lead", by=make_alice())
    assert list(Feedback.objects.quotable()) == []

    actions.confirm_feedback(feedback=feedback, version=2, anonymity_by="Board officer", by=make_alice())

    assert list(Feedback.objects.quotable()) == [feedback]
    assert verbs() == ["feedback.recorded", "feedback.confirmed", "feedback.confirmed"]


def test_what_was_withdrawn_may_not_be_quoted():
    feedback = make_feedback(is_quotable=True)

    actions.withdraw_record(record=feedback, noun="feedback", reason="Consent taken back", by=make_alice())

    assert list(Feedback.objects.quotable()) == []


def test_new_words_are_checked_again():
    feedback = make_feedback(is_quotable=True)

    changed = change(feedback, summary="They want two workers who stay.")

    assert (changed.anonymity_at, changed.anonymity_by, changed.is_quotable) == (None, "", False)
    assert changed.consent_by == "Participation lead"


def test_what_is_no_words_leaves_the_check():
    feedback = make_feedback(is_quotable=True)

    assert change(feedback, method="group", summary=feedback.summary).is_quotable


def test_a_new_quote_needs_both_again():
    feedback = make_feedback(is_quotable=True)

    quote = actions.add_quote(feedback=feedback, words="Stay.", said_by="a child", by=make_alice())

    feedback.refresh_from_db()
    assert (feedback.consent_at, feedback.anonymity_at, list(feedback.quotes.all())) == (None, None, [quote])


def test_a_quote_that_is_removed_leaves_no_words_behind():
    feedback = make_feedback()
    quote = actions.add_quote(feedback=feedback, words="Stay with me.", by=make_alice())
    confirm(feedback)

    actions.remove_quote(quote=quote, by=make_alice())

    feedback.refresh_from_db()
    assert (feedback.quotes.count(), feedback.is_quotable) == (0, True)
    assert AuditEvent.objects.filter(detail__contains="Stay with me").count() == 0


def test_confirming_what_was_read_before_somebody_changed_it_is_refused():
    feedback = make_feedback()
    change(feedback, summary="Other words.")

    with pytest.raises(StaleSave):
        actions.confirm_feedback(feedback=feedback, version=1, anonymity_by="Board officer", by=make_alice())

    assert list(Feedback.objects.filter(anonymity_at__isnull=False)) == []


def test_confirming_nothing_is_refused():
    with pytest.raises(WrongState, match="Say who confirmed"):
        actions.confirm_feedback(feedback=make_feedback(), version=1, by=make_alice())


def test_a_signed_report_holds_what_it_counts_and_lets_words_change():
    feedback = make_feedback()
    make_closed()

    with pytest.raises(WrongState, match="The report of 2022/23 is signed"):
        change(feedback, took_part=41)
    with pytest.raises(WrongState, match="The report of 2022/23 is signed"):
        change(feedback, period=make_period("2023-24"))

    assert change(feedback, changed="One worker stays.").changed == "One worker stays."


def test_a_number_is_a_number_of_its_own_or_a_measures():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_feedback(took_part=40, counted_by=make_measure())

    assert make_feedback(took_part=None, counted_by=make_measure()).took_part is None


@pytest.mark.parametrize("wrong", [{"consent_by": "Lead"}, {"anonymity_by": "Lead"}])
def test_who_and_when_stand_together(wrong):
    feedback = make_feedback()

    with pytest.raises(IntegrityError), transaction.atomic():
        Feedback.objects.filter(pk=feedback.pk).update(**wrong)


def test_partners_see_what_was_checked_and_the_chair_sees_all():
    make_feedback("Unchecked")
    checked = make_feedback("Checked", is_quotable=True)

    assert list(Feedback.objects.visible_to(make_bob())) == [checked]
    assert Feedback.objects.visible_to(make_frank()).count() == 2


def test_a_withdrawal_after_the_signature_is_still_counted_in_it():
    feedback = make_feedback()
    period = make_closed()

    with time_machine.travel(period.closed_at + timedelta(days=1)):
        actions.withdraw_record(record=feedback, noun="feedback", reason="Recorded twice", by=make_alice())

    feedback.refresh_from_db()
    assert feedback.is_counted_in(period)
    assert not feedback.is_counted_in(make_period("2023-24"))
