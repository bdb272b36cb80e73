"""Figures on the pages of an update."""

from html import unescape

import pytest
from django.urls import reverse

from partnership.tests.factories import (
    make_agency,
    make_alice,
    make_bob,
    make_frank,
    make_partnership,
    make_period,
)
from priorities.choices import DisclosureRule, Unit, UpdateStatus
from priorities.models import QuarterlyUpdate
from priorities.tests.factories import ANSWERS, make_measure, make_update, make_value

pytestmark = pytest.mark.django_db

TEN_TIMES = "You entered 6,100. That is at least ten times the 610 of 2021/22. Is it right?"


@pytest.fixture(autouse=True)
def partnership():
    return make_partnership()


def url(name, update):
    return reverse(f"priorities:update-{name}", args=[update.pk])


def text(response):
    """The page as it is written, entities resolved."""
    return unescape(response.content.decode())


def prefix(update):
    return f"value-{update.requested_measures.get().pk}"


def typed(update, *, act="draft", **figure):
    """What the browser sends from the form, with the fields of the update's only figure."""
    fields = {"number": "", "qualifier": "exact", "note": "", "as_at": "", **figure}
    version = QuarterlyUpdate.objects.get(pk=update.pk).version
    answers = {**ANSWERS, "version": version, "act": act}
    return answers | {f"{prefix(update)}-{name}": each for name, each in fields.items()}


def make_share(**more):
    """An update that asks Bob for a percentage."""
    return make_update(measures=(make_measure(unit=Unit.PERCENT, **more),))


def make_asked():
    """An update that asks Bob for a number that was 610 the year before."""
    measure = make_measure(owner=make_agency("police"))
    make_value(measure, 610, period=make_period("2021-22"))
    return make_update(measures=(measure,))


def test_a_percentage_is_asked_for_by_its_counts(client):
    update = make_share(numerator_words="children seen in time")
    client.force_login(make_bob())

    page = text(client.get(url("edit", update)))

    assert "Number of children seen in time" in page
    names = [f'name="{prefix(update)}-{name}"' for name in ("numerator", "denominator", "number", "as_at")]
    assert [name for name in names if name not in page] == []


def test_counts_are_saved_with_the_number_that_they_make(client):
    update = make_share()
    client.force_login(make_bob())

    client.post(url("edit", update), typed(update, numerator="1,018", denominator="4,040"))

    assert update.values.values_list("number", "numerator", "denominator").get() == (25, 1018, 4040)
    page = text(client.get(url("edit", update)))
    assert 'value="1018"' in page
    assert 'value="4040"' in page
    assert "1,018 of 4,040" in text(client.get(url("detail", update)))


@pytest.mark.parametrize(
    ("figure", "error"),
    [
        ({"number": "n/a"}, "Say why you cannot give the number for “Mace children”"),
        ({"number": "10–20"}, "“10–20” is a range. Write one number, and say below that it is not exact."),
        ({"number": "–"}, "“–” can mean two things. Write 0 if there were none, or n/a if you cannot give the number."),
        ({"number": "101%"}, "“Mace children” is a percentage and cannot be above 100"),
        ({"numerator": "41", "denominator": "40"}, "41 cannot be more than the 40 it is out of"),
        ({"numerator": "-1", "denominator": "40"}, "This cannot be below zero"),
        ({"number": "45", "as_at": "9999-12-31"}, "The day on which it was counted cannot be in the future"),
        ({"number": "45", "as_at": "yesterday"}, "Counted on must be a real date"),
        ({"number": "\0"}, "Null characters are not allowed."),
    ],
)
@pytest.mark.parametrize("act", ["draft", "check"])
def test_a_wrong_figure_is_named_beside_its_field_and_nothing_of_it_is_kept(client, figure, error, act):
    update = make_share()
    client.force_login(make_bob())

    response = client.post(url("edit", update), typed(update, act=act, **figure))

    page = text(response)
    assert page.count(error) == 2  # in the summary and beside the field
    assert "<title>Error: " in page
    assert [each for each in figure.values() if each != "\0" and f'value="{each}"' not in page] == []
    update.refresh_from_db()
    assert (update.version, update.values.count()) == (1, 0)


def test_a_megabyte_is_refused_like_any_other_text(client):
    update = make_share()
    client.force_login(make_bob())

    response = client.post(url("edit", update), typed(update, number="1" * 1_000_000))

    assert "Per cent must be 40 characters or fewer" in text(response)
    assert update.values.count() == 0


def test_a_slip_is_asked_about_and_explained_before_it_is_handed_in(client):
    update = make_asked()
    client.force_login(make_bob())

    asked = client.post(url("edit", update), typed(update, act="check", number="6,100"))

    assert TEN_TIMES in text(asked)
    assert text(asked).count("Say why the number for “Mace children” is right, or correct it") == 2
    value = update.values.get()
    assert (value.number, value.concern, value.concern_reason) == (6100, TEN_TIMES, "")
    reason = {"concern": TEN_TIMES, "concern_reason": "We count the whole force now."}
    explained = client.post(url("edit", update), typed(update, act="check", number="6,100", **reason))
    assert explained.headers["Location"] == url("detail", update)
    assert update.values.get().concern_reason == "We count the whole force now."


def test_an_unexplained_slip_is_kept_as_a_draft_and_cannot_be_submitted(client):
    update = make_asked()
    client.force_login(make_bob())

    saved = client.post(url("edit", update), typed(update, number="6,100"))
    client.post(url("submit", update))

    assert saved.headers["Location"] == url("edit", update)
    assert TEN_TIMES in text(client.get(url("edit", update)))
    update.refresh_from_db()
    assert update.status == UpdateStatus.DRAFT
    assert "Why the figure for Mace children, 2022/23 is right" in text(client.get(url("detail", update)))


def test_a_corrected_slip_takes_its_reason_along(client):
    update = make_asked()
    client.force_login(make_bob())
    reason = {"concern": TEN_TIMES, "concern_reason": "We count the whole force now."}
    client.post(url("edit", update), typed(update, number="6,100"))
    client.post(url("edit", update), typed(update, number="6,100", **reason))

    client.post(url("edit", update), typed(update, number="620", **reason))

    value = update.values.get()
    assert (value.number, value.concern, value.concern_reason) == (620, "", "")


def test_the_board_reads_what_was_asked_and_the_chair_does_not_learn_the_number(client):
    measure = make_measure(owner=make_agency("police"))
    make_value(measure, 40, period=make_period("2021-22"))
    update = make_update(measures=(measure,))
    client.force_login(make_bob())
    asked = "You entered 4. That is a tenth or less of the 40 of 2021/22. Is it right?"
    reason = {"concern": asked, "concern_reason": "The panel has closed."}
    client.post(url("edit", update), typed(update, act="check", number="4", **reason))
    client.post(url("submit", update))

    client.force_login(make_alice())
    for_the_board = text(client.get(url("detail", update)))
    client.force_login(make_frank())
    for_the_chair = text(client.get(url("detail", update)))

    assert f"Asked: {asked}" in for_the_board
    assert "Answer: The panel has closed." in for_the_board
    assert "hidden to protect people" in for_the_chair
    assert asked not in for_the_chair


@pytest.mark.parametrize(
    ("rule", "numerator", "is_hidden"),
    [
        (DisclosureRule.SUPPRESS_SMALL, "6", False),
        (DisclosureRule.SUPPRESS_SMALL, "5", True),
        (DisclosureRule.SUPPRESS_SMALL, "75", True),
        (DisclosureRule.SUPPRESS_SMALL, "74", False),
        (DisclosureRule.NOT_PEOPLE, "5", False),
    ],
)
def test_a_share_of_few_is_told_to_the_agency_and_the_board_but_not_to_the_chair(client, rule, numerator, is_hidden):
    update = make_share(rule=rule)
    client.force_login(make_bob())
    client.post(url("edit", update), typed(update, act="check", numerator=numerator, denominator="80"))
    client.post(url("submit", update))

    pages = {}
    for name, make in (("Bob", make_bob), ("Alice", make_alice), ("Frank", make_frank)):
        client.force_login(make())
        pages[name] = text(client.get(url("detail", update)))

    counts = f"{numerator} of 80"
    assert {name: counts in page for name, page in pages.items()} == {
        "Bob": True,
        "Alice": True,
        "Frank": not is_hidden,
    }
    assert ("hidden to protect people" in pages["Frank"]) is is_hidden
