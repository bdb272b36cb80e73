from django import forms
from django.http import QueryDict

from partnership.careful_text import MOST_QUESTIONS, CarefulCharField, CarefulForm

POSTCODE = "They moved to ST16 2LH."


class NoteForm(CarefulForm):
    note = CarefulCharField(max_length=500, required=False)
    plain = forms.CharField(required=False)


def post(note, *ticks, initial=None, **others):
    data = QueryDict(mutable=True)
    data["note"] = note
    data.setlist("note_keep", ticks)
    data.update(others)
    return NoteForm(data, initial=initial)


def test_a_harmless_text_passes_without_a_question():
    form = post("Agencies did not share what they knew.")

    assert (form.is_valid(), form.cleaned_data["note"], form.kept, list(form.fields)) == (
        True,
        "Agencies did not share what they knew.",
        [],
        ["note", "plain"],
    )


def test_what_looks_like_an_identifier_is_asked_about_beside_the_field():
    form = post(POSTCODE)

    assert form.errors == {"note": ["“ST16 2LH” looks like a full postcode. Could a child be told from it?"]}
    assert list(form.fields) == ["note", "note_keep", "plain"]
    assert form["note"].value() == POSTCODE
    assert form.fields["note_keep"].choices == [("ST16 2LH", "No child can be told from “ST16 2LH”: keep it")]


def test_a_tick_keeps_it_and_says_so_for_the_record():
    form = post(POSTCODE, "ST16 2LH")

    assert form.is_valid()
    assert form.cleaned_data == {"note": POSTCODE, "plain": ""}
    assert form.kept == ["Kept “ST16 2LH”, which looks like a full postcode."]


def test_a_tick_is_for_what_was_asked_and_not_for_what_is_typed_afterwards():
    form = post(f"{POSTCODE} Jayden’s mother agreed.", "ST16 2LH", "something gone")

    assert form.errors == {"note": ["“Jayden’s mother” looks like a child's name. Could a child be told from it?"]}


def test_what_stood_there_before_is_not_asked_about_again():
    form = post(f"{POSTCODE} It was late.", initial={"note": POSTCODE})

    assert (form.is_valid(), form.kept) == (True, [])


def test_other_fields_are_not_read():
    assert post("", plain=POSTCODE).is_valid()


def test_a_text_full_of_identifiers_cannot_be_ticked_through():
    codes = [f"ST{number} 2LH" for number in range(1, MOST_QUESTIONS + 3)]

    form = post(", ".join(codes), *codes)

    assert form.errors == {
        "note": ["There is more like this. Write the text anew, so that no child can be told from it."]
    }


def test_a_text_that_is_too_long_is_refused_for_its_length_alone():
    form = post(POSTCODE * 100)

    assert [error.code for error in form.errors.as_data()["note"]] == ["max_length"]


class DraftForm(NoteForm):
    keeps_drafts = True


def test_a_form_that_keeps_drafts_asks_when_it_is_told_to_and_then_about_everything():
    draft = DraftForm({"note": POSTCODE}, initial={"note": POSTCODE})
    checked = DraftForm({"note": POSTCODE}, initial={"note": POSTCODE})
    checked.ask_about_findings()

    assert (draft.is_valid(), draft.kept, list(draft.fields)) == (True, [], ["note", "plain"])
    assert list(checked.errors) == ["note"]
    assert [field.name for field in checked.with_ticks("note")] == ["note", "note_keep"]
    assert [field.name for field in checked.said] == ["note", "plain"]
