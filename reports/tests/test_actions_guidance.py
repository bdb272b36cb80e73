from datetime import date

import pytest

from partnership.models import AuditEvent
from partnership.states import StaleSave, WrongState
from partnership.tests.factories import make_alice, make_period
from reports import actions
from reports.choices import Duty
from reports.coverage import coverage
from reports.models import Guidance, ItemAnswer, StatutoryItem
from reports.tests.factories import make_item_answer, make_report, make_section

pytestmark = pytest.mark.django_db


def edition(title="Working Together 2018"):
    return Guidance.objects.get(title=title)


def add_edition(**fields):
    made = {"title": "Working Together 2030", "starts_on": date(2030, 4, 1), "is_confirmed": True, "by": make_alice()}
    return actions.add_guidance(**made | fields)


def add_item(guidance, code="C1", **fields):
    asked = {"title": "Anything", "text": "Anything else.", "duty": Duty.SHOULD, "by": make_alice()}
    return actions.add_statutory_item(**{"guidance": guidance, "code": code, **asked, **fields})


def events(verb):
    return list(AuditEvent.objects.filter(verb=verb).values_list("target_label", "detail"))


@pytest.mark.parametrize(
    ("year", "title"),
    [
        ("2016-17", "Working Together 2018"),
        ("2022-23", "Working Together 2018"),
        ("2023-24", "Working Together 2023"),
        ("2024-25", "Working Together 2023"),
        ("2025-26", "Working Together 2026"),
        ("2031-32", "Working Together 2026"),
    ],
)
def test_a_new_report_answers_the_edition_of_its_year(year, title):
    assert make_report(year).guidance.title == title


def test_the_first_report_brings_the_standard_editions_and_the_next_one_no_more():
    make_report()
    make_report("2023-24")

    assert [(each.title, each.is_confirmed, each.items.count()) for each in Guidance.objects.all()] == [
        ("Working Together 2026", False, 16),
        ("Working Together 2023", True, 16),
        ("Working Together 2018", True, 8),
    ]
    assert [(item.code, item.duty) for item in edition().items.all()] == [
        ("M1", Duty.MUST),
        ("M2", Duty.MUST),
        *((code, Duty.SHOULD) for code in ("A1", "A2", "A3", "A4", "A5", "A6")),
    ]


def test_an_edition_begins_with_the_items_of_another_that_are_in_force():
    make_report()
    actions.withdraw_statutory_item(item=edition().items.get(code="A6"), by=make_alice())

    added = add_edition(copied_from=edition())

    assert [item.code for item in added.items.all()] == ["M1", "M2", "A1", "A2", "A3", "A4", "A5"]
    assert events("guidance.added") == [("Working Together 2030", "Items of Working Together 2018")]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"title": "Working Together 2018"}, "There is an edition called Working Together 2018 already."),
        ({"starts_on": date(2023, 4, 1)}, "Working Together 2023 holds from that year already."),
    ],
)
def test_no_two_editions_have_the_same_title_or_first_year(fields, message):
    make_report()
    other = add_edition()

    with pytest.raises(WrongState, match=message):
        actions.add_guidance(
            **{"title": "Another", "starts_on": date(2040, 4, 1), **fields}, is_confirmed=True, by=None
        )
    with pytest.raises(WrongState, match=message):
        actions.change_guidance(guidance=other, version=1, **fields, by=make_alice())


def test_confirming_an_edition_keeps_a_line_and_what_is_stale_is_refused():
    make_report()
    guidance = edition("Working Together 2026")

    actions.change_guidance(guidance=guidance, version=1, is_confirmed=True, title=guidance.title, by=make_alice())

    assert events("guidance.changed") == [("Working Together 2026", "is_confirmed was “False”")]
    with pytest.raises(StaleSave):
        actions.change_guidance(guidance=guidance, version=1, is_confirmed=False, by=make_alice())


def test_an_item_is_added_last_and_its_code_is_taken_then():
    make_report()

    item = add_item(edition())

    assert list(edition().items.all())[-1] == item
    with pytest.raises(WrongState, match="Working Together 2018 has an item C1 already"):
        add_item(edition())
    with pytest.raises(WrongState, match="Working Together 2018 has an item A1 already"):
        actions.change_statutory_item(item=item, version=1, code="A1", by=make_alice())


def test_changing_an_item_keeps_what_stood_there_and_its_answers():
    answer = make_item_answer(code="A1")

    actions.change_statutory_item(item=answer.item, version=1, title="Impact", code="A1", by=make_alice())

    assert events("statutory-item.changed") == [("A1 Impact", "title was “Impact on children and families”")]
    assert ItemAnswer.objects.get().item.title == "Impact"


def test_an_item_that_is_answered_is_withdrawn_and_not_removed():
    answer = make_item_answer(code="A1")

    with pytest.raises(WrongState, match="You can withdraw it"):
        actions.remove_statutory_item(item=answer.item, by=make_alice())
    item = actions.withdraw_statutory_item(item=answer.item, by=make_alice())

    assert "A1" not in [row.item.code for row in coverage(answer.section.report).rows]
    with pytest.raises(WrongState, match="is withdrawn already"):
        actions.withdraw_statutory_item(item=item, by=make_alice())
    actions.put_back_statutory_item(item=item, by=make_alice())
    assert coverage(answer.section.report).codes_by_section == {answer.section_id: ["A1"]}
    with pytest.raises(WrongState, match="is asked for already"):
        actions.put_back_statutory_item(item=item, by=make_alice())


def test_an_item_that_nothing_answers_is_removed():
    make_report()

    actions.remove_statutory_item(item=edition().items.get(code="A6"), by=make_alice())

    assert not StatutoryItem.objects.filter(guidance=edition(), code="A6").exists()
    assert events("statutory-item.removed") == [("A6 Review of restraint", "Working Together 2018")]


def test_choosing_another_edition_keeps_what_both_ask_for():
    section = make_section()
    report = section.report
    make_item_answer(section, "A1", evidence="A figure.")
    actions.change_statutory_item(
        item=edition("Working Together 2023").items.get(code="A4"), version=1, title="Something else", by=make_alice()
    )
    make_item_answer(section, "A4")

    actions.choose_guidance(report=report, guidance=edition("Working Together 2023"), by=make_alice())

    report.refresh_from_db()
    assert [(row.item.code, row.answers[0].evidence) for row in coverage(report).rows if row.answers] == [
        ("A1", "A figure.")
    ]
    actions.choose_guidance(report=report, guidance=edition(), by=make_alice())
    assert coverage(report).codes_by_section == {section.pk: ["A1", "A4"]}
    assert [detail for _, detail in events("report.guidance-chosen")][::-1] == [
        "Working Together 2023",
        "Working Together 2018",
    ]


def test_next_years_report_begins_with_the_sections_and_without_their_evidence():
    section = make_section(title="Early help")
    make_item_answer(section, "A1", evidence="A figure of this year.")

    rolled = actions.roll_forward(report=section.report, period=make_period("2023-24"), by=make_alice())

    found = coverage(rolled)
    assert found.guidance == edition("Working Together 2023")
    assert [
        (row.item.code, str(row.answers[0].section), row.answers[0].evidence) for row in found.rows if row.answers
    ] == [("A1", "1 Early help", "")]
    assert (found.unanswered, found.without_evidence) == (15, 1)
