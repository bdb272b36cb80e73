"""Who gets which email when, whatever happens to schedulers and mail servers."""

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from partnership.choices import Role
from partnership.models import AuditEvent, Membership
from partnership.states import WrongState
from partnership.tests.factories import (
    make_agency,
    make_alice,
    make_bob,
    make_charlie,
    make_erin,
    make_partnership,
    make_period,
    make_person,
)
from priorities import actions, reminding, tasks
from priorities.choices import EmailsWanted, ReminderStatus, UpdateStatus
from priorities.models import EmailChoice, Reminder
from priorities.tests.factories import ANSWERS, make_priority, make_round, make_update
from sscb_portal.tasks import run_due

pytestmark = pytest.mark.django_db

NOON = datetime(2023, 4, 10, 11, tzinfo=UTC)
"""A day of the round of `make_round`, 1 to 30 April 2023, with the opening's reminder to send."""


@pytest.fixture(autouse=True)
def partnership(db):
    return make_partnership()


class Unsteady(EmailBackend):
    """A mail server that does what `then` says before it takes an email."""

    then = staticmethod(lambda: None)

    def send_messages(self, messages):
        Unsteady.then()
        return super().send_messages(messages)


@pytest.fixture
def unsteady(settings, monkeypatch):
    settings.EMAIL_BACKEND = "priorities.tests.test_reminding.Unsteady"

    def behave(then):
        monkeypatch.setattr(Unsteady, "then", staticmethod(then))

    return behave


def refuse():
    raise ConnectionRefusedError("The mail server is away")


class Killed(BaseException):
    """The process ends here."""


def kill():
    raise Killed


def statuses():
    return list(Reminder.objects.order_by("pk").values_list("status", flat=True))


def recipients():
    return sorted(address for message in mail.outbox for address in message.to)


def open_round(title, opens_on, due_on):
    return actions.open_round(title=title, period=make_period(), opens_on=opens_on, due_on=due_on, by=make_erin())


def ask(round, *, agency="police", priority="CE"):
    return actions.request_update(
        round=round, agency=make_agency(agency), priority=make_priority(priority), by=make_erin()
    )


def submit(update, *, by):
    update.refresh_from_db()
    update = actions.save_update(update=update, version=update.version, answers=ANSWERS, values=[], by=by)
    return actions.submit_update(update=update, by=by)


def test_a_year_with_both_changes_of_the_clock_and_two_schedulers(unsteady):
    """Three days before are 29 March and 25 October 2026, when the clocks change.

    The second scheduler runs after the first, and again in the middle of each email that the first one sends.
    """
    running = []

    def other_scheduler():
        if not running:
            running.append(True)
            tasks.send_reminders()
            running.clear()

    unsteady(other_scheduler)
    with time_machine.travel(datetime(2026, 1, 1, tzinfo=UTC), tick=False):
        bob, charlie = make_bob(), make_charlie()
        beth, nora = (make_person(name, Role.CONTRIBUTOR, "police") for name in ("Beth", "Nora"))
        reminding.set_email_choice(wanted=EmailsWanted.DUE, by=beth)
        reminding.set_email_choice(wanted=EmailsWanted.NONE, by=nora)
        spring = open_round("Spring", date(2026, 3, 2), date(2026, 4, 1))
        autumn = open_round("Autumn", date(2026, 10, 1), date(2026, 10, 28))
        police_spring = ask(spring)
        ask(autumn)
        theirs = ask(autumn, agency="health")
    sent = {person: [] for person in (bob, beth, nora, charlie)}
    hours = set()

    for day in (datetime(2026, 1, 1, 0, 30, tzinfo=UTC) + timedelta(days=number) for number in range(365)):
        for hour in (0, 1, 2, 11, 23) if day.month in (3, 10) else (0, 11, 23):
            with time_machine.travel(day.replace(hour=hour), tick=False):
                today = timezone.localdate()
                if (today, hour) == (date(2026, 4, 16), 11):
                    submit(police_spring, by=bob)
                if (today, hour) == (date(2026, 11, 1), 11):
                    submit(theirs, by=charlie)
                tasks.send_reminders()
                tasks.send_reminders()
                for message in mail.outbox:
                    person = next(person for person in sent if message.to == [person.email])
                    sent[person].append(f"{today:%-d %b}")
                    hours.add(timezone.localtime().hour)
                mail.outbox.clear()

    late_spring = ["8 Apr", "15 Apr"]
    autumn_days = ["28 Oct", "4 Nov", "11 Nov", "18 Nov", "25 Nov", "2 Dec", "9 Dec", "16 Dec", "23 Dec", "30 Dec"]
    assert sent == {
        bob: ["2 Mar", "18 Mar", "29 Mar", "1 Apr", *late_spring, "1 Oct", "14 Oct", "25 Oct", *autumn_days],
        beth: ["1 Apr", *late_spring, *autumn_days],
        nora: [],
        charlie: ["1 Oct", "14 Oct", "25 Oct", "28 Oct"],
    }
    assert hours == {0}  # as soon as the local day begins, in summer too
    assert set(statuses()) == {ReminderStatus.SENT, ReminderStatus.UNWANTED}


@pytest.mark.skipif(connection.vendor == "sqlite", reason="The test database of SQLite is in one connection")
@pytest.mark.django_db(transaction=True)
def test_many_schedulers_at_the_same_moment_send_each_email_once():
    people = [make_person(f"Person {number}", Role.CONTRIBUTOR, "police") for number in range(6)]
    for priority in ("CE", "DA", "EH"):
        make_update(priority=priority)
    together, failures = Barrier(6), []

    def scheduler():
        try:
            together.wait()
            tasks.send_reminders()
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=scheduler) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert recipients() == sorted(person.email for person in people)
    assert Counter(statuses()) == {ReminderStatus.SENT: 18}


def test_after_days_without_scheduler_only_the_latest_is_sent():
    with time_machine.travel(datetime(2023, 5, 20, 9, tzinfo=UTC), tick=False):
        make_bob()
        make_update()

        run_due()
        run_due()

    assert [(row.occasion, row.falls_on) for row in Reminder.objects.all()] == [("late", date(2023, 5, 14))]
    assert len(mail.outbox) == 1


def test_several_updates_make_one_email_that_lists_them():
    with time_machine.travel(NOON, tick=False):
        bob = make_bob()
        updates = [make_update(priority=priority) for priority in ("CE", "DA")]

        call_command("run_due")

    (message,) = mail.outbox
    assert (message.to, message.subject) == ([bob.email], "Reminder: 2 quarterly updates to send")
    assert message.body.splitlines() == [
        "Hello Bob,",
        "",
        "County Safeguarding Children Partnership is waiting for these 2 updates from your agency.",
        "",
        "County Police: Priority CE",
        "Quarter 4, due on 30 April 2023, in 20 days",
        f"http://127.0.0.1:8000/updates/{updates[0].pk}/edit/",
        "",
        "County Police: Priority DA",
        "Quarter 4, due on 30 April 2023, in 20 days",
        f"http://127.0.0.1:8000/updates/{updates[1].pk}/edit/",
        "",
        "If a colleague submits an update first, you do not need to do anything.",
        "",
        "Choose which reminders you get: http://127.0.0.1:8000/updates/emails/",
    ]
    assert message.extra_headers == {"Auto-Submitted": "auto-generated"}


@pytest.mark.parametrize(
    ("day", "subject"),
    [
        (10, "Reminder: update on Priority CE is due on 30 April 2023"),
        (30, "Reminder: update on Priority CE is due on 30 April 2023"),
        (37, "Reminder: update on Priority CE was due on 30 April 2023"),
    ],
)
def test_the_subject_of_one_update_says_what_and_when(day, subject):
    with time_machine.travel(datetime(2023, 4, 1, 9, tzinfo=UTC) + timedelta(days=day - 1), tick=False):
        make_bob()
        make_update()

        run_due()

    assert [message.subject for message in mail.outbox] == [subject]


def test_no_answer_and_no_reason_is_in_an_email():
    with time_machine.travel(NOON, tick=False):
        bob = make_bob()
        make_update(UpdateStatus.DRAFT, by=bob)
        returned = make_update(UpdateStatus.RETURNED, by=bob, priority="DA")
        run_due()
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        reminding.remind(update=returned, by=make_alice())
        run_due()

    said = "\n".join(f"{message.subject}\n{message.body}" for message in mail.outbox)
    assert len(mail.outbox) == 2
    assert "The board team gave it back." in said
    secrets = [text for name, text in ANSWERS.items() if name != "rag"] + [returned.return_reason]
    assert [secret for secret in secrets if secret in said] == []
    assert not re.search(r"green|on track", said, re.IGNORECASE)


def test_only_those_who_write_the_agency_s_updates_are_reminded():
    with time_machine.travel(NOON, tick=False):
        bob = make_bob()
        make_charlie()
        make_alice()
        make_person("Sam", Role.SIGNATORY, "police")
        gone = make_person("Gone", Role.CONTRIBUTOR, "police")
        gone.is_active = False
        gone.save()
        make_update()

        run_due()

    assert recipients() == [bob.email]


def test_one_who_joins_late_gets_the_latest_reminder():
    with time_machine.travel(NOON, tick=False):
        bob = make_bob()
        make_update()
        run_due()
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        beth = make_person("Beth", Role.CONTRIBUTOR, "police")
        run_due()
        run_due()

    assert recipients() == sorted([bob.email, beth.email])


def test_a_choice_counts_from_the_next_reminder_on():
    with time_machine.travel(NOON, tick=False):
        bob = make_bob()
        reminding.set_email_choice(wanted=EmailsWanted.NONE, by=bob)
        make_update()
        run_due()
        reminding.set_email_choice(wanted=EmailsWanted.ALL, by=bob)
        run_due()
    before = len(mail.outbox)
    with time_machine.travel(datetime(2023, 4, 16, 9, tzinfo=UTC), tick=False):
        run_due()

    assert (before, len(mail.outbox)) == (0, 1)


def test_handing_in_ends_the_reminders_and_giving_back_starts_them_again():
    with time_machine.travel(NOON, tick=False):
        bob = make_bob()
        update = make_update(UpdateStatus.SUBMITTED, by=bob)
    counts = []
    for day in (date(2023, 4, 16), date(2023, 4, 30), date(2023, 5, 7)):
        with time_machine.travel(datetime(day.year, day.month, day.day, 9, tzinfo=UTC), tick=False):
            run_due()
            counts.append(len(mail.outbox))
    with time_machine.travel(datetime(2023, 5, 9, 9, tzinfo=UTC), tick=False):
        actions.return_update(update=update, reason="Say how you know.", by=make_erin())
    for day in (9, 10, 14, 15):
        with time_machine.travel(datetime(2023, 5, day, 10, tzinfo=UTC), tick=False):
            run_due()
            counts.append(len(mail.outbox))

    assert counts == [0, 0, 0, 1, 1, 2, 2]


def test_a_refused_email_is_tried_again_until_it_is_taken_once(unsteady):
    unsteady(refuse)
    with time_machine.travel(NOON, tick=False):
        make_bob()
        make_update(priority="CE")
        make_update(priority="DA")
        run_due()
        run_due()
    refused = statuses()
    unsteady(lambda: None)
    sent = []
    for minutes in (0.5, 1.5, 2.5, 600):
        with time_machine.travel(NOON + timedelta(minutes=minutes), tick=False):
            run_due()
            sent.append(len(mail.outbox))

    assert refused == [ReminderStatus.WAITING] * 2
    assert sent == [0, 1, 1, 1]
    assert list(Reminder.objects.values_list("status", "attempts")) == [(ReminderStatus.SENT, 2)] * 2


def test_a_mail_server_that_is_away_does_not_stop_the_other_work(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with time_machine.travel(NOON, tick=False):
        make_bob()
        make_update()

        run_due()

    assert statuses() == [ReminderStatus.WAITING]


def test_what_waited_too_long_is_replaced_by_the_next_reminder(unsteady):
    unsteady(refuse)
    with time_machine.travel(NOON, tick=False):
        make_bob()
        make_update()
        run_due()
    unsteady(lambda: None)
    with time_machine.travel(datetime(2023, 4, 17, 9, tzinfo=UTC), tick=False):
        run_due()

    assert list(Reminder.objects.order_by("pk").values_list("occasion", "status")) == [
        ("opening", ReminderStatus.DROPPED),
        ("fortnight", ReminderStatus.SENT),
    ]
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("change", ["submit", "leave", "choose"])
def test_what_is_not_needed_any_more_is_not_sent(unsteady, change):
    unsteady(refuse)
    with time_machine.travel(NOON, tick=False):
        bob = make_bob()
        update = make_update()
        run_due()
        if change == "submit":
            submit(update, by=make_person("Beth", Role.CONTRIBUTOR, "education"))
        elif change == "leave":
            Membership.objects.filter(user=bob).delete()
        else:
            reminding.set_email_choice(wanted=EmailsWanted.NONE, by=bob)
    unsteady(lambda: None)
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        run_due()

    assert (mail.outbox, statuses()) == ([], [ReminderStatus.DROPPED])


def test_a_scheduler_that_dies_before_it_hands_over_is_replaced():
    with time_machine.travel(NOON, tick=False):
        bob = make_bob()
        make_update()
        reminding.decide_reminders()
        dead = reminding.claim_reminders(bob.pk, now=timezone.now())
        run_due()
    held = len(mail.outbox)
    with time_machine.travel(NOON + reminding.LEASE + timedelta(seconds=1), tick=False):
        run_due()
        too_late = reminding.hand_over(dead)
        reminding.put_back(dead)

    assert (held, len(mail.outbox), too_late, statuses()) == (0, 1, [], [ReminderStatus.SENT])


def test_a_scheduler_that_dies_while_it_hands_over_is_not_repeated(unsteady):
    unsteady(kill)
    with time_machine.travel(NOON, tick=False):
        make_bob()
        make_update()
        with pytest.raises(Killed):
            run_due()
    unsteady(lambda: None)
    for later in (timedelta(seconds=1), reminding.LEASE + timedelta(seconds=1), timedelta(days=1)):
        with time_machine.travel(NOON + later, tick=False):
            run_due()

    assert (mail.outbox, statuses()) == ([], [ReminderStatus.UNCLEAR])


def test_a_moved_due_date_has_reminders_of_its_own():
    with time_machine.travel(datetime(2023, 4, 16, 9, tzinfo=UTC), tick=False):
        make_bob()
        update = make_update()
        run_due()
        update.round.due_on = date(2023, 5, 10)
        update.round.save()
        run_due()
    counts = [len(mail.outbox)]
    for day in (date(2023, 4, 26), date(2023, 5, 7)):
        with time_machine.travel(datetime(day.year, day.month, day.day, 9, tzinfo=UTC), tick=False):
            run_due()
            counts.append(len(mail.outbox))

    occasions = list(Reminder.objects.order_by("pk").values_list("occasion", flat=True))
    assert (occasions, counts) == (["fortnight", "opening", "fortnight", "three-days"], [2, 3, 4])


@pytest.mark.parametrize("updates", [1, 8])
def test_deciding_takes_as_many_queries_whatever_there_is(updates, django_assert_num_queries):
    make_bob()
    for number in range(updates):
        make_update(priority=f"P{number}")

    with django_assert_num_queries(7), time_machine.travel(NOON, tick=False):  # two of them the savepoint
        reminding.decide_reminders()
    with django_assert_num_queries(6), time_machine.travel(NOON, tick=False):
        reminding.decide_reminders()

    assert Reminder.objects.count() == updates


def test_the_database_refuses_the_same_reminder_twice():
    make_bob()
    make_update()
    with time_machine.travel(NOON, tick=False):
        reminding.decide_reminders()
    row = Reminder.objects.get()
    row.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_the_board_reminds_once_a_day():
    with time_machine.travel(NOON, tick=False):
        bob, alice = make_bob(), make_alice()
        update = make_update()
        reminded = reminding.remind(update=update, by=alice)
        with pytest.raises(WrongState, match="has had its reminder today"):
            reminding.remind(update=update, by=make_erin())
        tasks.send_reminders()
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        reminding.remind(update=update, by=alice)
        tasks.send_reminders()

    assert reminded.people == [bob]
    assert recipients() == [bob.email, bob.email]
    assert mail.outbox[1].body.splitlines()[2] == (
        "The board team of County Safeguarding Children Partnership reminds you of this update from your agency."
    )
    lines = AuditEvent.objects.filter(verb="update.reminded").order_by("pk")
    assert [(line.by, line.target_id, line.detail) for line in lines] == [(alice, update.pk, "To Bob")] * 2


@pytest.mark.parametrize("status", [UpdateStatus.SUBMITTED, UpdateStatus.ACCEPTED])
def test_the_board_cannot_remind_of_what_is_handed_in(status):
    update = make_update(status, by=make_bob())

    with pytest.raises(WrongState, match="nothing to remind of"):
        reminding.remind(update=update, by=make_alice())

    assert statuses() == []


def test_the_board_cannot_remind_before_the_round_opens():
    with time_machine.travel(datetime(2023, 3, 20, 9, tzinfo=UTC), tick=False):
        make_bob()
        update = make_update()

        with pytest.raises(WrongState, match="opens on 1 April 2023"):
            reminding.remind(update=update, by=make_alice())

    assert statuses() == []


def test_the_board_is_told_where_nobody_gets_emails():
    bob = make_bob()
    reminding.set_email_choice(wanted=EmailsWanted.NONE, by=bob)
    update = make_update()

    with pytest.raises(WrongState, match="Nobody at County Police gets emails"):
        reminding.remind(update=update, by=make_alice())

    assert statuses() == []


def test_reminding_all_who_are_late_twice_a_day_reminds_once():
    with time_machine.travel(datetime(2023, 5, 2, 9, tzinfo=UTC), tick=False):
        bob, charlie, alice = make_bob(), make_charlie(), make_alice()
        late = {make_update(), make_update(agency="health")}
        make_update(UpdateStatus.SUBMITTED, by=bob, priority="DA")
        make_update(agency="education")
        in_time = ask(open_round("Later", date(2023, 5, 1), date(2023, 6, 1)))
        first = reminding.remind_late(by=alice)
        second = reminding.remind_late(by=alice)
        tasks.send_reminders()

    assert {each.update for each in first} == late
    assert second == []
    asked = Reminder.objects.filter(occasion="asked")
    assert {row.update for row in asked} == late
    assert in_time not in {row.update for row in asked}
    assert recipients() == sorted([bob.email, charlie.email])
    assert AuditEvent.objects.filter(verb="update.reminded").count() == 2


def test_set_email_choice_is_kept_and_recorded():
    bob = make_bob()

    reminding.set_email_choice(wanted=EmailsWanted.NONE, by=bob)
    reminding.set_email_choice(wanted=EmailsWanted.DUE, by=bob)

    assert list(EmailChoice.objects.values_list("person", "wanted")) == [(bob.pk, EmailsWanted.DUE)]
    lines = AuditEvent.objects.filter(verb="email-choice.set").order_by("pk")
    assert [line.detail for line in lines] == ["No reminders", "Only on the due date and when an update is overdue"]


def test_the_round_of_the_factories_is_the_one_these_tests_think_of():
    assert (make_round().opens_on, make_round().due_on) == (date(2023, 4, 1), date(2023, 4, 30))
