from django.core import mail
from django.core.mail import EmailMessage

from partnership import sending
from partnership.sending import Post, send_waiting


class Letters:
    """Letters by name, and what became of each. Those of `gone` are claimed by another, or not needed any more."""

    def __init__(self, *names, gone=(), broken=()):
        self.names, self.gone, self.broken = names, gone, broken
        self.became = {}

    @property
    def post(self):
        return Post(
            noun="letter",
            waiting=lambda now: range(len(self.names)),
            claim=lambda key, now: None if self.names[key] in self.gone else self.names[key],
            hand_over=lambda name: "" if name == "not needed" else name,
            email=self.email,
            keep_as_sent=lambda name: self.became.update({name: "sent"}),
            put_back=lambda name: self.became.update({name: "put back"}),
            end_unclear=lambda now: 0,
        )

    def email(self, name, connection):
        if name in self.broken:
            raise ValueError(name)
        return EmailMessage(name, "Words", to=["alice@example.org"], connection=connection)


def subjects():
    return [message.subject for message in mail.outbox]


def test_what_waits_is_sent_in_turn_and_kept_as_sent():
    letters = Letters("first", "second")

    assert send_waiting(letters.post) == 2
    assert subjects() == ["first", "second"]
    assert letters.became == {"first": "sent", "second": "sent"}


def test_what_another_has_claimed_or_nobody_needs_is_not_sent_and_counts_for_nothing():
    letters = Letters("claimed", "not needed", "wanted", gone=["claimed"])

    assert send_waiting(letters.post) == 1
    assert subjects() == ["wanted"]
    assert letters.became == {"wanted": "sent"}


def test_a_letter_that_fails_is_put_back_and_keeps_none_of_the_others(caplog):
    letters = Letters("broken", "whole", broken=["broken"])

    assert send_waiting(letters.post) == 1
    assert letters.became == {"broken": "put back", "whole": "sent"}
    assert [record.getMessage() for record in caplog.records] == ["A letter could not be sent; it is tried again later"]


def test_once_the_time_is_over_the_rest_waits_for_the_next_minute(monkeypatch):
    monkeypatch.setattr(sending, "SECONDS_FOR_SENDING", -1)
    letters = Letters("late")

    assert send_waiting(letters.post) == 0
    assert (subjects(), letters.became) == ([], {})
