"""The glossary's terms: the verbs and their pages."""

import pytest
from django.db import IntegrityError
from django.urls import reverse

from partnership.models import AuditEvent
from partnership.states import StaleSave, WrongState
from partnership.tests.factories import make_alice, make_erin
from reports import actions
from reports.models import Term
from reports.tests.factories import make_term


def told():
    return [
        (event.verb, event.target_label, event.detail) for event in AuditEvent.objects.filter(verb__startswith="term.")
    ]


def test_adding_changing_and_removing_is_recorded(db):
    erin = make_erin()
    term = actions.add_term(abbreviation="MACE", meaning="Panels", by=erin)
    actions.change_term(term=term, version=1, abbreviation="MACE", meaning="Exploitation panels", by=erin)
    actions.remove_term(term=term, by=erin)

    assert sorted(told()) == [
        ("term.added", "MACE", "Panels"),
        ("term.changed", "MACE", "Was: MACE, Panels"),
        ("term.removed", "MACE", "Exploitation panels"),
    ]
    assert not Term.objects.exists()


def test_an_abbreviation_is_explained_once_but_capitals_make_another(db):
    make_term("DA")
    other = make_term("Da")

    with pytest.raises(WrongState, match="DA is in the glossary already"):
        make_term("DA")
    with pytest.raises(WrongState, match="DA is in the glossary already"):
        actions.change_term(term=other, version=1, abbreviation="DA", meaning="Two", by=make_erin())
    assert Term.objects.count() == 2


def test_a_change_on_top_of_another_is_refused(db):
    term = make_term()
    actions.change_term(term=term, version=1, abbreviation="MACE", meaning="First", by=make_erin())

    with pytest.raises(StaleSave):
        actions.change_term(term=term, version=1, abbreviation="MACE", meaning="Second", by=make_erin())

    assert Term.objects.get().meaning == "First"


def test_what_somebody_else_removed_is_gone(db):
    term = make_term()
    actions.remove_term(term=Term.objects.get(), by=make_erin())

    with pytest.raises(WrongState, match="MACE is no longer in the glossary"):
        actions.remove_term(term=term, by=make_erin())


def test_the_database_wants_a_meaning(db):
    with pytest.raises(IntegrityError):
        Term.objects.create(abbreviation="MACE", meaning="")


def test_a_term_is_added_changed_and_removed_on_its_pages(client, db):
    client.force_login(make_alice())
    client.post(reverse("reports:term-add"), {"abbreviation": " S & A ", "meaning": "scrutiny  and assurance"})
    term = Term.objects.get()
    assert (term.abbreviation, term.meaning) == ("S & A", "scrutiny and assurance")

    change = {"abbreviation": "S&A", "meaning": "Scrutiny", "version": 1}
    response = client.post(reverse("reports:term-change", args=[term.pk]), change)
    assert response.url == f"/reports/terms/#term-{term.pk}"
    assert list(Term.objects.values_list("abbreviation", "meaning", "version")) == [("S&A", "Scrutiny", 2)]

    client.post(reverse("reports:term-remove", args=[term.pk]))
    assert not Term.objects.exists()


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"abbreviation": ""}, "abbreviation", "Enter the abbreviation"),
        ({"abbreviation": "-- 1"}, "abbreviation", "Enter an abbreviation that begins with a letter, such as MACE"),
        ({"abbreviation": "M\0"}, "abbreviation", "Null characters are not allowed."),
        ({"meaning": "x" * 301}, "meaning", "Ensure this value has at most 300 characters (it has 301)."),
        (
            {"abbreviation": "ICB"},
            None,
            "ICB is in the glossary already. Change it there if it should say something else.",
        ),
    ],
)
def test_what_is_wrong_is_said_and_everything_typed_stays(client, db, typed, field, message):
    make_term("ICB")
    client.force_login(make_alice())

    page = client.post(reverse("reports:term-add"), {"abbreviation": "MACE", "meaning": "Our own words"} | typed)

    assert page.context["form"].errors == {field or "__all__": [message]}
    assert page.context["form"]["meaning"].value() == typed.get("meaning", "Our own words")
    assert Term.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_is_read_at_once(client, db, django_assert_num_queries, count):
    for number in range(count):
        make_term(f"ICB{number}")
    client.force_login(make_alice())

    with django_assert_num_queries(5):
        page = client.get(reverse("reports:term-list"))

    assert [str(term) for term in page.context["terms"]] == [f"ICB{number}" for number in range(count)]
