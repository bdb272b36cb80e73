import threading
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from partnership.models import AuditEvent
from partnership.states import WrongState
from partnership.tests.factories import make_agency, make_alice, make_bob, make_erin, make_period
from priorities import actions, rounds
from priorities.choices import UpdateStatus
from priorities.models import QuarterlyUpdate, ReportingDuty, UpdateRound
from priorities.tests.factories import (
    make_duty,
    make_measure,
    make_priority,
    make_round,
    make_update,
    make_value,
)
from sscb_portal.tasks import run_due

pytestmark = pytest.mark.django_db


def open_round(title="Quarter 1", *, in_days=0, by=None):
    today = timezone.localdate()
    return actions.open_round(
        title=title,
        period=make_period(),
        opens_on=today + timedelta(days=in_days),
        due_on=today + timedelta(days=in_days + 30),
        by=by or make_erin(),
    )


def asked(round):
    """What a round asks for: agency, priority, and each measure with its period."""
    return [
        (
            update.agency.code,
            update.priority.code,
            [(row.measure.code, row.period.code) for row in update.requested_measures.all()],
        )
        for update in round.updates.order_by("agency__code", "priority__code")
    ]


def lines(target):
    events = AuditEvent.objects.filter(target_model=target._meta.label_lower, target_id=target.pk)
    return list(events.order_by("pk").values_list("verb", "by_label", "detail"))


def test_a_round_asks_for_exactly_what_the_duties_say():
    panels, calls = make_measure("PANELS"), make_measure("CALLS")
    make_duty("police", "CE", measures=[(panels, None), (calls, make_period("2021-22"))])
    make_duty("health", "NEGLECT")

    round = open_round()

    assert asked(round) == [
        ("health", "NEGLECT", []),
        ("police", "CE", [("PANELS", "2022-23"), ("CALLS", "2021-22")]),
    ]
    assert {update.status for update in round.updates.all()} == {UpdateStatus.NOT_STARTED}


def test_each_request_of_a_round_is_the_opener_s_and_in_the_record():
    make_duty()

    round = open_round(by=make_alice())

    assert lines(round) == [("round.opened", "Alice", "")]
    assert lines(round.updates.get()) == [("update.requested", "Alice", "")]


def test_a_round_to_come_asks_on_its_opening_day_and_by_nobody_s_hand():
    with time_machine.travel(datetime(2023, 4, 1, 12, tzinfo=UTC), tick=False):
        make_duty()
        round = open_round(in_days=3)
        run_due()
        early = asked(round)
    with time_machine.travel(datetime(2023, 4, 3, 22, 59, tzinfo=UTC), tick=False):  # 23:59 of the day before
        run_due()
        early += asked(round)
    with time_machine.travel(datetime(2023, 4, 3, 23, 1, tzinfo=UTC), tick=False):  # one minute into it, in London
        run_due()

    assert early == []
    assert asked(round) == [("police", "CE", [])]
    assert lines(round.updates.get()) == [("update.requested", "The portal", "")]


def test_a_round_to_come_asks_for_what_the_duties_say_on_its_opening_day():
    duty = make_duty("police", "CE")
    round = open_round(in_days=3)
    rounds.end_duty(duty=duty, by=make_erin())
    make_duty("health", "CE")

    with time_machine.travel(timezone.now() + timedelta(days=3)):
        run_due()

    assert asked(round) == [("health", "CE", [])]


def test_asking_again_asks_for_nothing_more():
    make_duty()
    round = open_round()
    make_duty("health")
    before = AuditEvent.objects.filter(target_model__startswith="priorities.").count()

    run_due()
    again = actions.ask_for_updates(round=round, by=None)

    assert (asked(round), again) == ([("police", "CE", [])], [])
    assert AuditEvent.objects.filter(target_model__startswith="priorities.").count() == before


def test_an_update_asked_for_by_hand_before_the_opening_day_is_left_alone():
    make_duty()
    round = open_round(in_days=3)
    by_hand = actions.request_update(round=round, agency=make_agency(), priority=make_priority(), by=make_erin())

    with time_machine.travel(timezone.now() + timedelta(days=3)):
        run_due()

    assert list(round.updates.all()) == [by_hand]


def test_ended_and_changed_duties_hold_from_the_next_round_on():
    measure = make_measure()
    changed, ended = make_duty("police"), make_duty("health")
    first = open_round()

    rounds.change_duty(duty=changed, measures=[(measure, None)], by=make_alice())
    rounds.end_duty(duty=ended, by=make_alice())

    assert asked(first) == [("health", "CE", []), ("police", "CE", [])]
    assert asked(open_round("Quarter 2")) == [("police", "CE", [("MACE_CHILDREN", "2022-23")])]


def test_the_record_tells_what_a_duty_asked_for_and_who_changed_it():
    panels, calls = make_measure("PANELS"), make_measure("CALLS")
    duty = make_duty(measures=[(panels, None)])

    rounds.change_duty(duty=duty, measures=[(calls, make_period("2021-22"))], by=make_alice())
    rounds.end_duty(duty=duty, by=make_alice())

    assert lines(duty) == [
        ("duty.added", "Erin", "Panels, the period of the round"),
        ("duty.changed", "Alice", "Calls, 2021/22"),
        ("duty.ended", "Alice", ""),
    ]


@pytest.mark.parametrize(
    "verb",
    [
        lambda duty, by: rounds.end_duty(duty=duty, by=by),
        lambda duty, by: rounds.change_duty(duty=duty, measures=[], by=by),
    ],
)
def test_a_duty_that_has_ended_stays_as_it_was(verb):
    duty, alice = make_duty(measures=[(make_measure(), None)]), make_alice()
    rounds.end_duty(duty=duty, by=alice)
    before = lines(duty)

    with pytest.raises(WrongState) as refusal:
        verb(duty, alice)

    assert str(refusal.value) == "Police on priority ce has ended: this can no longer be done."
    assert (lines(duty), duty.duty_measures.count()) == (before, 1)


def test_an_agency_has_a_duty_once_but_can_have_it_again():
    duty = make_duty()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_duty()

    rounds.end_duty(duty=duty, by=make_erin())
    make_duty()

    assert ReportingDuty.objects.in_force().count() == 1
    assert list(ReportingDuty.objects.ended()) == [duty]


@pytest.mark.parametrize("period", [None, "2021-22"])
def test_a_duty_asks_for_a_measure_and_period_once(period):
    measure, period = make_measure(), period and make_period(period)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_duty(measures=[(measure, period), (measure, period)])


def test_an_end_has_a_time_and_a_person():
    duty = make_duty()
    rounds.end_duty(duty=duty, by=make_erin())

    for half in ("ended_at", "ended_by"):
        with pytest.raises(IntegrityError), transaction.atomic():
            ReportingDuty.objects.filter(pk=duty.pk).update(**{half: None})


def test_a_changed_due_date_is_kept_with_its_reason():
    round = make_round()

    rounds.change_due_date(round=round, due_on=date(2023, 5, 14), reason="The Board moved.", by=make_alice())

    round.refresh_from_db()
    assert round.due_on == date(2023, 5, 14)
    assert lines(round)[-1] == (
        "round.due-date-changed",
        "Alice",
        "From 30 April 2023 to 14 May 2023: The Board moved.",
    )


def test_a_due_date_before_the_opening_day_is_refused_by_the_database():
    round, alice = make_round(), make_alice()

    with pytest.raises(IntegrityError), transaction.atomic():
        rounds.change_due_date(round=round, due_on=date(2023, 3, 31), reason="A slip.", by=alice)

    assert [verb for verb, _, _ in lines(round)] == ["round.opened"]


# Many at once need connections that wait for each other's rows.
together = pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer and no row locks")


def at_once(times, work):
    """Do the work in so many threads at once, each with its own connection; gives what came of each."""
    start, results = threading.Barrier(times), []

    def run():
        try:
            start.wait(timeout=30)
            work()
        except Exception as error:
            results.append(type(error))
        else:
            results.append(None)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@together
@pytest.mark.django_db(transaction=True)
def test_fifty_submits_at_once_make_one_submission_and_one_line():
    update, bob = make_update(UpdateStatus.DRAFT, measures=(make_measure(),)), make_bob()

    results = at_once(50, lambda: actions.submit_update(update=QuarterlyUpdate.objects.get(pk=update.pk), by=bob))

    assert (results.count(None), results.count(WrongState)) == (1, 49)
    assert [line for line in lines(update) if line[0] == "update.submitted"] == [("update.submitted", "Bob", "")]
    update.refresh_from_db()
    assert (update.status, update.submitted_by) == (UpdateStatus.SUBMITTED, bob)


@together
@pytest.mark.django_db(transaction=True)
def test_two_schedulers_at_once_ask_once():
    for agency in ("police", "health", "council"):
        make_duty(agency)
    round = open_round(in_days=1)
    UpdateRound.objects.filter(pk=round.pk).update(opens_on=timezone.localdate())

    results = at_once(8, rounds.ask_where_due)

    assert results == [None] * 8
    assert [agency for agency, _, _ in asked(round)] == ["council", "health", "police"]
    assert AuditEvent.objects.filter(verb="update.requested").count() == 3


def test_a_named_period_is_asked_for_until_an_update_has_brought_it():
    measure, year = make_measure(), make_period("2021-22")
    make_value(measure, 508, period=year)  # from an older report: a partner has never returned it
    make_duty(measures=[(measure, year), (make_measure("OTHER"), None)])
    update = open_round().updates.get()
    complete(update, {("MACE_CHILDREN", year): 510, ("OTHER", make_period()): 60})

    later = open_round("Quarter 2")

    assert asked(later) == [("police", "CE", [("OTHER", "2022-23")])]


def complete(update, numbers):
    """Answer and submit an update with these numbers, and accept it."""
    wanted = {
        (row.measure.code, row.period): row for row in update.requested_measures.select_related("measure", "period")
    }
    values = [actions.ReturnedValue(requested=wanted[key], number=number) for key, number in numbers.items()]
    texts = dict.fromkeys(("progress", "impact", "barriers", "next_steps"), "Words")
    bob = make_bob()
    answers = {**texts, "rag": "green", "rag_reason": "Words"}
    actions.save_update(update=update, version=update.version, answers=answers, values=values, by=bob)
    actions.submit_update(update=update, by=bob)
    actions.accept_update(update=update, by=make_alice())
