import pytest
from django.http import QueryDict

from partnership.tests.factories import make_bob
from priorities import actions
from priorities.actions import HowImpactIsKnown, KnownBy, ReturnedValue
from priorities.choices import HowKnown, Topic, UpdateStatus
from priorities.forms.update_page import UpdatePage
from priorities.models import QuarterlyUpdate
from priorities.tests.factories import ANSWERS, make_measure, make_round_before, make_update

pytestmark = pytest.mark.django_db

AUDIT = KnownBy(kind=HowKnown.AUDIT, description="The audit of May.")


def opened(update):
    """What the browser would send if nothing were changed."""
    page = UpdatePage(update)
    data = QueryDict(mutable=True)
    data["loaded"] = page.loaded
    for form in page.forms:
        for field in form:
            value = field.initial
            if isinstance(value, list):
                data.setlist(field.html_name, [str(each) for each in value])
            elif value is True:
                data[field.html_name] = "on"
            elif value is not None and value is not False:
                # Browsers send the ends of lines in their own way.
                data[field.html_name] = str(value).replace("\n", "\r\n")
    return data


def saved_by_a_colleague(update, *, answers=None, number=610, known=None):
    values = [ReturnedValue(requested=each, number=number) for each in update.requested_measures.all()]
    return actions.save_update(
        update=update, version=update.version, answers=answers or {}, values=values, known=known, by=make_bob()
    )


def merged(update, data):
    update = QuarterlyUpdate.objects.with_names().get(pk=update.pk)
    page = UpdatePage(update, data)
    page.is_valid()
    return page.merged()


def keys(parts):
    return [part.key for part in parts]


def complete_update():
    answers = {"progress": "Panels met.\nTwice.", "workforce": "Two posts."}
    return make_update(UpdateStatus.DRAFT, answers=answers, measures=(make_measure(),))


def test_what_nobody_changed_is_no_conflict():
    update = complete_update()
    data = opened(update)
    saved_by_a_colleague(update)

    result = merged(update, data)

    assert (result.conflicts, result.taken) == ([], [])
    assert (result.data["version"], result.data["progress"]) == (2, "Panels met.\r\nTwice.")


def test_answers_changed_on_different_sides_are_both_kept():
    update = complete_update()
    data = opened(update)
    data["impact"] = "I wrote this."
    saved_by_a_colleague(update, answers={"barriers": "She wrote that.", "rag": "red"})

    result = merged(update, data)

    assert (keys(result.conflicts), keys(result.taken)) == ([], ["rag", "barriers"])
    assert (result.data["impact"], result.data["barriers"], result.data["rag"]) == (
        "I wrote this.",
        "She wrote that.",
        "red",
    )


def test_the_same_answer_changed_on_both_sides_is_a_conflict_and_shows_what_was_saved():
    update = complete_update()
    data = opened(update)
    data["impact"] = "I wrote this."
    saved_by_a_colleague(update, answers={"impact": "She wrote that.", "barriers": "Hers too."})

    result = merged(update, data)

    assert [(part.label, part.saved_text) for part in result.conflicts] == [("Impact on children", "She wrote that.")]
    assert (result.data["impact"], result.data["barriers"]) == ("I wrote this.", "Hers too.")


def test_the_same_change_on_both_sides_is_no_conflict():
    update = complete_update()
    data = opened(update)
    data["impact"] = "We both wrote this.\r\nReally."
    saved_by_a_colleague(update, answers={"impact": "We both wrote this.\nReally."})

    assert merged(update, data).conflicts == []


def test_an_answer_that_a_colleague_emptied_is_not_brought_back():
    update = complete_update()
    data = opened(update)
    saved_by_a_colleague(update, answers={"workforce": ""})

    result = merged(update, data)

    assert (keys(result.conflicts), keys(result.taken), result.data["workforce"]) == ([], ["workforce"], "")


def test_a_figure_is_kept_from_the_side_that_changed_it():
    update = complete_update()
    data = opened(update)
    prefix = f"value-{update.requested_measures.get().pk}"
    saved_by_a_colleague(update, number=700)

    result = merged(update, data)

    assert (keys(result.taken), result.data[f"{prefix}-number"]) == ([prefix], "700")

    data[f"{prefix}-number"] = "650"
    result = merged(update, data)
    assert [(part.label, part.saved_text) for part in result.conflicts] == [("Mace children, 2022/23", "700")]
    assert result.data[f"{prefix}-number"] == "650"


def test_how_the_impact_is_known_is_kept_from_the_side_that_changed_it():
    update = complete_update()
    data = opened(update)
    saved_by_a_colleague(update, known=HowImpactIsKnown(known_by=(AUDIT,)))

    result = merged(update, data)
    assert (keys(result.taken), result.data.getlist("known-kinds"), result.data["known-audit"]) == (
        ["known"],
        ["audit"],
        "The audit of May.",
    )

    data.setlist("known-kinds", ["nothing"])
    result = merged(update, data)
    assert [part.saved_text for part in result.conflicts] == ["An audit: The audit of May."]


@pytest.mark.parametrize("loaded", [None, "", "nonsense", "progress:1 :: :"])
def test_without_the_marks_every_difference_is_a_conflict(loaded):
    update = complete_update()
    data = opened(update)
    data.pop("loaded")
    if loaded is not None:
        data["loaded"] = loaded
    saved_by_a_colleague(update, answers={"barriers": "She wrote that."})

    assert keys(merged(update, data).conflicts) == ["barriers"]


def test_an_answer_that_the_page_did_not_have_is_taken_as_it_is_saved():
    update = complete_update()
    data = opened(update)
    added = actions.add_question(round=update.round, topic=Topic.OTHER, words="What about the summer?", by=make_bob())
    saved_by_a_colleague(update, answers={added.name: "It was hot."})

    result = merged(update, data)

    assert (keys(result.conflicts), result.data[added.name]) == ([], "It was hot.")


def test_a_question_ended_while_it_was_answered_keeps_what_was_typed():
    update = make_update()
    data = opened(update)
    data["workforce"] = "Two posts."
    question = update.round.questions.get(topic=Topic.WORKFORCE)
    actions.end_question(question=question, by=make_bob())

    page = UpdatePage(update, data)

    assert [form.errors for form in page.forms if not form.is_valid()] == []
    assert page.form.answers["workforce"] == "Two posts."
    assert "workforce" not in UpdatePage(update).form.fields


def test_rows_begin_with_what_must_be_answered_and_the_rating_stands_after_progress():
    form = UpdatePage(make_update()).form

    assert [name for row in form.required_rows for name in row.names] == [
        "progress",
        "rag",
        "rag_reason",
        "impact",
        "barriers",
        "next_steps",
    ]
    assert [row.names[0] for row in form.further_rows] == [
        "evidence",
        "child_voice",
        "practitioner_voice",
        "workforce",
        "support",
        "risks",
    ]


def test_a_round_without_a_question_on_impact_does_not_ask_how_it_is_known():
    update = make_update()
    actions.end_question(question=update.round.questions.get(topic=Topic.IMPACT), by=make_bob())

    page = UpdatePage(update)

    assert page.known is None
    assert "known" not in {part.key for part in page.parts}


def test_answers_of_the_round_before_stand_beside_by_topic_or_by_words():
    before_round = make_round_before()
    extra = actions.add_question(round=before_round, topic=Topic.OTHER, words="The summer?", by=make_bob())
    make_update(UpdateStatus.DRAFT, round=before_round, answers={extra.name: "Hot.", "risks": "Money."})
    update = make_update()
    risks = update.round.questions.get(topic=Topic.RISKS)
    actions.change_question(
        question=risks, topic=Topic.RISKS, words="Worries?", help="", is_required=False, priority=None, by=make_bob()
    )

    beside = {row.asked.question.words: row.asked.before_text for row in UpdatePage(update).form.further_rows}

    assert (beside["Worries?"], beside["The summer?"], beside["Workforce"]) == ("Money.", "Hot.", "")
    assert UpdatePage(update).form.asked[0].before_text == ANSWERS["progress"]
