from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.test import RequestFactory

from partnership import interrupted
from partnership.tests.factories import make_bob, make_charlie

pytestmark = pytest.mark.django_db

HERE, ELSEWHERE = "/updates/1/edit/", "/updates/2/edit/"


@pytest.fixture
def session():
    return SessionStore()


def asked(session, user, data=None, *, path=HERE):
    request = RequestFactory().post(path, data) if data is not None else RequestFactory().get(path)
    request.session, request.user = session, user or AnonymousUser()
    return request


def opened_by(user, session, *, path=HERE):
    return {interrupted.FIELD: interrupted.mark(asked(session, user, path=path))}


def test_what_was_sent_signed_out_comes_back_to_the_same_person_on_the_same_page(session):
    bob = make_bob()

    kept = interrupted.keep_typed(
        asked(session, None, {**opened_by(bob, session), "kinds": ["a", "b"], "text": "é\r\n"})
    )

    typed = interrupted.typed_before(asked(session, bob))
    assert (kept, typed["text"], typed.getlist("kinds")) == (interrupted.KEPT, "é\r\n", ["a", "b"])
    assert interrupted.typed_before(asked(session, bob, path=ELSEWHERE)) is None


def test_nobody_else_gets_it(session):
    bob, charlie = make_bob(), make_charlie()
    interrupted.keep_typed(asked(session, None, {**opened_by(bob, session), "text": "Mine"}))

    assert interrupted.typed_before(asked(session, charlie)) is None
    assert interrupted.typed_before(asked(session, None)) is None


@pytest.mark.parametrize("sent", ["", "nonsense", "{}:x:y", "\0"])
def test_without_a_mark_nothing_is_kept(session, sent):
    kept = interrupted.keep_typed(asked(session, None, {interrupted.FIELD: sent, "text": "x"}))

    assert (kept, session.is_empty()) == ("", True)


def test_a_mark_of_another_page_or_of_another_person_keeps_nothing(session):
    bob, charlie = make_bob(), make_charlie()
    of_bob = opened_by(bob, session)

    kept = [
        interrupted.keep_typed(asked(session, None, of_bob, path=ELSEWHERE)),
        interrupted.keep_typed(asked(session, charlie, of_bob)),
    ]

    assert (kept, session.is_empty()) == (["", ""], True)


@pytest.mark.parametrize(("days", "expected"), [(7, interrupted.KEPT), (8, "")])
def test_a_page_may_have_been_open_for_a_week(session, days, expected):
    bob = make_bob()
    with time_machine.travel(0, tick=False) as clock:
        data = opened_by(bob, session)
        clock.shift(timedelta(days=days))

        assert interrupted.keep_typed(asked(session, None, data)) == expected


def test_it_waits_an_hour_for_somebody_signed_out_and_leaves_a_session_as_it_is(session):
    bob, other = make_bob(), SessionStore()

    interrupted.keep_typed(asked(session, None, opened_by(bob, session)))
    interrupted.keep_typed(asked(other, bob, opened_by(bob, session)))

    assert (session.get_expiry_age(), "_session_expiry" in other) == (3600, False)


def test_sent_again_it_is_forgotten_but_not_by_sending_another_page(session):
    bob = make_bob()
    interrupted.keep_typed(asked(session, None, opened_by(bob, session)))

    interrupted.forget_typed(asked(session, bob, {}, path=ELSEWHERE))
    assert interrupted.typed_before(asked(session, bob)) is not None
    interrupted.forget_typed(asked(session, bob, {}))
    assert interrupted.typed_before(asked(session, bob)) is None


def test_of_a_closed_account_and_of_more_than_any_form_holds_nothing_is_kept(session):
    bob = make_bob()
    sent = {**opened_by(bob, session), "text": "Mine"}

    too_long = asked(session, None, {**sent, "text": "a" * (interrupted.LONGEST + 1)})
    assert interrupted.keep_typed(too_long) == interrupted.NOT_KEPT
    bob.is_active = False
    bob.save()
    assert interrupted.keep_typed(asked(session, None, sent)) == ""
    assert list(session.keys()) == []


def keep_at(session, person, path, text="x"):
    return interrupted.keep_typed(
        asked(session, None, {**opened_by(person, session, path=path), "text": text}, path=path)
    )


def kept_at(session, person, path):
    typed = interrupted.typed_before(asked(session, person, path=path))
    return typed and typed["text"]


def test_each_page_has_its_own_and_the_same_one_its_latest(session):
    bob = make_bob()

    told = [keep_at(session, bob, *sent) for sent in ((HERE, "one"), (ELSEWHERE, "two"), (HERE, "three"))]
    interrupted.forget_typed(asked(session, bob, {}, path=ELSEWHERE))

    assert told == [interrupted.KEPT] * 3
    assert (kept_at(session, bob, HERE), kept_at(session, bob, ELSEWHERE)) == ("three", None)


def test_of_more_than_ten_pages_the_oldest_goes_and_that_is_said(session):
    bob = make_bob()

    told = [keep_at(session, bob, f"/{number}/") for number in range(11)]

    lost = "What you had typed earlier on /0/ is no longer kept: there was too much of it."
    assert told == [interrupted.KEPT] * 10 + [f"{interrupted.KEPT} {lost}"]
    assert (kept_at(session, bob, "/0/"), kept_at(session, bob, "/1/")) == (None, "x")


def test_of_too_much_together_the_oldest_goes(session):
    bob = make_bob()

    told = [keep_at(session, bob, f"/{number}/", "x" * 700_000) for number in range(3)]

    assert "typed earlier on /0/ is no longer kept" in told[-1]
    assert [len(kept_at(session, bob, f"/{number}/") or "") for number in range(3)] == [0, 700_000, 700_000]
