from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse

from partnership.models import AuditEvent
from partnership.tests.factories import make_alice, make_partnership
from sscb_portal.tasks import run_due
from training import actions, inviting
from training.choices import LetterStatus, Moment
from training.models import Invitation, Letter
from training.tasks import send_letters, tidy_training
from training.tests.factories import answer, make_evaluated, make_invitations, make_link

pytestmark = pytest.mark.django_db

HELD_ON = date(2022, 5, 1)


@pytest.fixture(autouse=True)
def partnership(db):
    return make_partnership()


def at(days, hour=9):
    """A time so many days after the session."""
    day = HELD_ON + timedelta(days)
    return time_machine.travel(
        datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo("Europe/London")), tick=False
    )


def invite(count=1):
    with at(-30):
        return make_invitations(count, make_evaluated(held_on=HELD_ON))


def sent_over(days):
    """The subjects of the emails of each day on which there were any."""
    found = {}
    for day in days:
        with at(day):
            before = len(mail.outbox)
            send_letters()
            send_letters()
            if subjects := [email.subject for email in mail.outbox[before:]]:
                found[day] = subjects
    return found


def test_somebody_who_never_answers_gets_six_letters_each_once():
    invite()

    found = sent_over(range(-20, 120))

    assert {day: len(subjects) for day, subjects in found.items()} == {-14: 1, -2: 1, 1: 1, 8: 1, 42: 1, 56: 1}
    assert [subject for day in (1, 8) for subject in found[day]] == [
        "After your training: a few short questions",
        "Reminder: After your training: a few short questions",
    ]


def test_who_answers_is_not_reminded():
    [invitation] = invite()
    sent_over([1])
    answer(invitation, Moment.AFTER)

    assert sent_over(range(2, 20)) == {}


def test_who_declines_gets_nothing_more():
    [invitation] = invite()
    with at(-14):
        inviting.decide_letters()
    actions.decline_evaluation(invitation=invitation)

    assert sent_over(range(-14, 100)) == {}


def test_somebody_invited_late_is_not_written_to_twice_at_once():
    with at(9):
        make_invitations(1, make_evaluated(held_on=HELD_ON))

    assert {day: len(subjects) for day, subjects in sent_over(range(9, 15)).items()} == {9: 1, 11: 1}


def test_the_email_names_course_and_day_and_its_link_leads_to_the_questions(client):
    invite()
    sent_over([-14])
    [email] = mail.outbox

    letter = Letter.objects.get()
    [link] = [line for line in email.body.splitlines() if line.startswith("http")]
    token = link.rstrip("/").rpartition("/")[2]
    assert "“Recognising neglect” on 1 May 2022" in email.body
    assert link.endswith(reverse("training:evaluation-answer", args=[token]))
    assert (letter.status, letter.token_hash == inviting.hash_of(token), len(token) >= 43) == ("sent", True, True)
    with at(-14):
        assert client.get(link).context["letter"] == letter


def test_no_link_stands_in_the_database():
    invite()
    sent_over([-14])
    token = mail.outbox[0].body.split("/evaluation/")[1].split("/")[0]

    rows = [str(value) for row in Letter.objects.values() for value in row.values()]

    assert [value for value in rows if token in value] == []


class Refusing(EmailBackend):
    def send_messages(self, messages):
        raise OSError("no mail today")


def test_a_letter_that_cannot_be_sent_is_tried_again_later(settings):
    invite()
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    with at(-14):
        assert send_letters() == 0
    letter = Letter.objects.get()
    assert (letter.status, letter.attempts, len(mail.outbox)) == (LetterStatus.WAITING, 1, 0)

    settings.EMAIL_BACKEND = working
    assert {day: len(subjects) for day, subjects in sent_over([-13]).items()} == {-13: 1}


def test_two_schedulers_send_a_letter_once_and_one_that_disappears_sends_it_never_again():
    invite()
    with at(-14) as now:
        inviting.decide_letters()
        [letter_id] = inviting.waiting_letters(datetime.now(ZoneInfo("UTC")))
        claim = inviting.claim_letter(letter_id, now=datetime.now(ZoneInfo("UTC")))
        assert inviting.claim_letter(letter_id, now=datetime.now(ZoneInfo("UTC"))) is None
        assert inviting.hand_over(claim) is not None
        now.shift(timedelta(hours=1))
        send_letters()

    assert (Letter.objects.get().status, mail.outbox) == (LetterStatus.UNCLEAR, [])


def test_a_letter_that_waited_too_long_is_dropped():
    invite()
    with at(0):
        inviting.decide_letters()

    assert sent_over([1]) == {1: ["After your training: a few short questions"]}
    assert Letter.objects.get(moment=Moment.BASELINE).status == LetterStatus.DROPPED


def test_addresses_are_deleted_after_sixteen_weeks_and_answers_stay():
    [invitation] = invite()
    answer(invitation, Moment.AFTER)
    make_link(Moment.FOLLOW_UP, invitation)
    with at(112):
        tidy_training()
        assert Invitation.objects.exclude(email="").count() == 1
    with at(113):
        run_due()
        run_due()

    invitation.refresh_from_db()
    assert (invitation.email, invitation.answers.count()) == ("", 1)
    assert Letter.objects.get(moment=Moment.FOLLOW_UP).status == LetterStatus.DROPPED
    assert AuditEvent.objects.filter(verb="evaluation.addresses-deleted").count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_deciding_takes_as_many_queries_for_one_as_for_three(django_assert_num_queries, count):
    invite(count)
    with at(-14), django_assert_num_queries(9):
        inviting.decide_letters()

    assert (Letter.objects.count(), make_alice().pk > 0) == (count, True)
