import pytest
from django.urls import reverse

from partnership.tests.factories import make_alice, make_bob
from reports import actions
from reports.content import BlockContent
from reports.lapses import lapses, open_lapse
from reports.tests.factories import (
    make_approved_section,
    make_block,
    make_edition,
    make_returned_section,
    make_section,
    make_signed_edition,
    make_submitted_section,
    write,
)


def change(section, words="Other words"):
    write(section.blocks.get(), BlockContent(body=f"<p>{words}</p>"), by=make_alice())


def notice(client, section):
    page = client.get(reverse("reports:section-edit", args=[section.pk]))
    return page.context["is_handed_in"], page.context["is_in_sign_off"], page.content.decode()


@pytest.mark.parametrize(("make", "word"), [(make_submitted_section, "submitted"), (make_approved_section, "approved")])
def test_the_form_says_that_the_first_change_takes_the_section_back(client, db, make, word):
    client.force_login(make_alice())

    is_handed_in, is_in_sign_off, page = notice(client, make())

    assert (is_handed_in, is_in_sign_off) == (True, False)
    assert f"<strong>This section is {word}.</strong> Your first change takes it back to drafting." in page


@pytest.mark.parametrize("make", [make_section, make_returned_section])
def test_the_form_of_a_section_that_is_with_its_writer_says_nothing_of_it(client, db, make):
    client.force_login(make_alice())

    is_handed_in, is_in_sign_off, page = notice(client, make())

    assert (is_handed_in, is_in_sign_off, 'id="lapses"' in page) == (False, False, False)


@pytest.mark.parametrize(("make", "words"), [(make_edition, "in sign-off"), (make_signed_edition, "signed")])
def test_the_form_says_that_a_change_makes_the_signatures_void(client, db, make, words):
    client.force_login(make_alice())
    section = make().report.sections.first()

    _, is_in_sign_off, page = notice(client, section)

    assert is_in_sign_off is True
    assert f"<strong>This report is {words}.</strong> A change makes the signatures void" in page


def test_the_first_change_is_the_one_that_took_the_section_back(db):
    section = make_approved_section()
    change(section)
    actions.submit_section(section=section, by=make_bob())
    change(section, "Again")

    found = [(ended.act, pk) for pk, ended in lapses(section.versions.all()).items()]

    first, second = section.versions.filter(by__name="Alice").order_by("pk")
    assert found == [("approved", first.pk), ("submitted", second.pk)]
    assert open_lapse(section.versions.all()) == second


def test_what_is_handed_in_again_is_no_longer_taken_back(db):
    section = make_submitted_section()
    change(section)
    actions.submit_section(section=section, by=make_bob())

    assert open_lapse(section.versions.all()) is None


def test_the_page_and_the_history_tell_the_submitter_who_took_it_back(client, db):
    bob = make_bob()
    section = make_submitted_section(writer=bob)
    change(section)
    client.force_login(bob)

    page = client.get(reverse("reports:section-detail", args=[section.pk]))
    history = client.get(reverse("reports:version-list", args=[section.pk]))

    assert "Alice changed this section on" in page.content.decode()
    assert "after it was submitted. It went back to drafting: submit it again" in page.content.decode()
    assert [row["ended"] and row["ended"].act for row in page.context["history"]] == ["submitted", None, None]
    assert [row["ended"] and row["ended"].act for row in history.context["rows"]] == ["submitted", None, None]


def test_a_section_that_nobody_took_back_says_nothing_of_it(client, db):
    client.force_login(make_alice())
    section = make_section()
    make_block(section, body="<p>Words</p>")

    page = client.get(reverse("reports:section-detail", args=[section.pk]))

    assert (page.context["lapse"], 'id="lapse"' in page.content.decode()) == (None, False)
