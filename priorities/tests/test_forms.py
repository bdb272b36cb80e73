import pytest

from priorities.choices import UpdateStatus
from priorities.forms.updates import LONGEST_ANSWER, ReturnForm, UpdateForm
from priorities.tests.factories import ANSWERS, make_update

pytestmark = pytest.mark.django_db

EMPTY = {**dict.fromkeys(ANSWERS, ""), "version": 0}
MISSING = {
    "progress": ["Enter what was done this quarter"],
    "rag": ["Choose how it is going"],
    "rag_reason": ["Enter the reason for the rating"],
    "impact": ["Enter what changed for children, or that nothing is known to have changed yet"],
    "barriers": ["Enter what stood in the way, or that nothing did"],
    "next_steps": ["Enter what you will do next"],
}


def update_form(data=None, *, update=None, must_be_complete=False):
    return UpdateForm(data, update=update or make_update(), must_be_complete=must_be_complete)


def test_the_update_form_begins_with_what_is_saved():
    update = make_update(UpdateStatus.DRAFT)

    form = update_form(update=update)

    assert {name: answer for name, answer in form.initial.items() if answer} == {**ANSWERS, "version": 1}


def test_a_draft_may_be_empty():
    form = update_form(EMPTY)

    assert form.errors == {}
    assert form.answers == dict.fromkeys(ANSWERS, "")


def test_a_checked_update_may_not_be_empty():
    assert update_form(EMPTY, must_be_complete=True).errors == MISSING


@pytest.mark.parametrize(
    ("name", "typed"), [(name, "") for name in ANSWERS] + [(name, " \r\n\t ") for name in ANSWERS if name != "rag"]
)
def test_each_answer_is_needed_when_checked(name, typed):
    form = update_form({**ANSWERS, "version": 0, name: typed}, must_be_complete=True)

    assert form.errors == {name: MISSING[name]}


def test_a_complete_update_is_valid():
    form = update_form({**ANSWERS, "version": 3}, must_be_complete=True)

    assert form.errors == {}
    assert (form.answers, form.cleaned_data["version"]) == (ANSWERS, 3)


@pytest.mark.parametrize("must_be_complete", [False, True])
def test_a_rating_that_does_not_exist_is_refused(must_be_complete):
    form = update_form({**ANSWERS, "version": 0, "rag": "pink"}, must_be_complete=must_be_complete)

    assert list(form.errors) == ["rag"]


@pytest.mark.parametrize("must_be_complete", [False, True])
def test_an_answer_can_be_long_but_not_endless(must_be_complete):
    data = {**ANSWERS, "version": 0, "progress": "x" * LONGEST_ANSWER, "impact": "x" * (LONGEST_ANSWER + 1)}

    form = update_form(data, must_be_complete=must_be_complete)

    assert form.errors == {"impact": ["This answer has 20,001 characters; 20,000 is the most."]}
    assert form["impact"].value() == "x" * (LONGEST_ANSWER + 1)


@pytest.mark.parametrize("version", ["", "latest"])
def test_a_save_says_which_version_it_is_of(version):
    assert list(update_form({**ANSWERS, "version": version}).errors) == ["version"]


@pytest.mark.parametrize(("reason", "is_valid"), [("Say how you know.", True), ("", False), ("  \r\n", False)])
def test_an_update_is_returned_with_a_reason(reason, is_valid):
    form = ReturnForm({"version": 1, "reason": reason})

    assert form.errors == ({} if is_valid else {"reason": ["Enter what needs to change"]})
