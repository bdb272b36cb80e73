import pytest

from partnership.models import AuditEvent
from partnership.states import StaleSave, WrongState
from partnership.tests.factories import make_alice
from reports import actions
from reports.models import Guidance, ItemAnswer
from reports.tests.factories import make_approved_section, make_item_answer, make_section

pytestmark = pytest.mark.django_db


def events():
    found = AuditEvent.objects.filter(verb__startswith="item-answer").order_by("pk")
    return list(found.values_list("verb", "target_label", "detail"))


def test_an_answer_is_kept_changed_and_removed_each_with_a_line():
    alice = make_alice()
    answer = make_item_answer(make_section(title="Neglect"), evidence="A figure.", by=alice)
    actions.change_item_answer(answer=answer, version=1, evidence="Two figures.", by=alice)

    actions.remove_item_answer(answer=answer, by=alice)

    assert events() == [
        ("item-answer.added", "A1 in 1 Neglect", "A figure."),
        ("item-answer.changed", "A1 in 1 Neglect", "From: A figure.\nTo: Two figures."),
        ("item-answer.removed", "A1 in 1 Neglect", "Two figures."),
    ]
    assert ItemAnswer.objects.count() == 0


def test_saving_the_same_words_leaves_no_line():
    answer = make_item_answer(evidence="A figure.")

    actions.change_item_answer(answer=answer, version=1, evidence="A figure.", by=make_alice())

    assert [verb for verb, _, _ in events()] == ["item-answer.added"]


def test_what_somebody_else_changed_is_not_overwritten():
    answer = make_item_answer()
    actions.change_item_answer(answer=answer, version=1, evidence="A figure.", by=make_alice())

    with pytest.raises(StaleSave):
        actions.change_item_answer(answer=answer, version=1, evidence="Mine.", by=make_alice())

    assert ItemAnswer.objects.get().evidence == "A figure."


def test_a_section_answers_an_item_once():
    answer = make_item_answer(make_section(title="Neglect"))

    with pytest.raises(WrongState, match="1 Neglect answers A1 Impact on children and families already"):
        make_item_answer(answer.section)


def test_only_what_the_reports_edition_asks_for_can_be_answered():
    section = make_section()
    later = Guidance.objects.get(title="Working Together 2023").items.get(code="B3")
    withdrawn = actions.withdraw_statutory_item(item=section.report.guidance.items.get(code="A6"), by=make_alice())

    for item in (later, withdrawn):
        with pytest.raises(WrongState, match="This report is not asked for"):
            actions.add_item_answer(section=section, item=item, by=make_alice())


def test_what_was_taken_out_meanwhile_is_said():
    answer = make_item_answer(make_section(title="Neglect"))
    actions.remove_item_answer(answer=ItemAnswer.objects.get(), by=make_alice())

    with pytest.raises(WrongState, match="A1 in 1 Neglect was removed in the meantime"):
        actions.remove_item_answer(answer=answer, by=make_alice())
    actions.remove_section(section=answer.section, by=make_alice())
    with pytest.raises(WrongState, match="was taken out of the report in the meantime"):
        make_item_answer(answer.section)


def test_an_approval_stays_since_the_text_does():
    section = make_approved_section(number="1")

    make_item_answer(section)

    section.refresh_from_db()
    assert section.status == "approved"
