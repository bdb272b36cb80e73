from django import forms

from partnership.careful_text import CarefulCharField, CarefulForm
from training.addresses import read_addresses
from training.choices import Did, Moment

LONGEST_TEXT = 2000
MOST_PEOPLE = 300
LONGEST_PASTE = 60_000
IN_GENERAL = "In general words, without anything that could tell who a child is."


class EvaluationForm(forms.Form):
    """What a course's evaluation asks about, and the words at the ends of its scale."""

    topic = forms.CharField(
        label="What is the training about?",
        max_length=200,
        help_text="It completes the question “How confident are you in …”, such as “recognising neglect early”.",
        error_messages={"required": "Say what the training is about"},
    )
    lowest = forms.CharField(
        label="Words at 1", max_length=60, initial="Not at all", error_messages={"required": "Enter the words at 1"}
    )
    highest = forms.CharField(
        label="Words at 5", max_length=60, initial="Fully", error_messages={"required": "Enter the words at 5"}
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, evaluation=None, **kwargs):
        names = ("topic", "lowest", "highest", "version")
        initial = {name: getattr(evaluation, name) for name in names} if evaluation else {"version": 0}
        super().__init__(*args, initial=initial, **kwargs)

    def clean_version(self):
        return self.cleaned_data["version"] or 0


class InviteForm(forms.Form):
    """The addresses of those who are booked on a session, pasted from a list."""

    emails = forms.CharField(
        label="Email addresses",
        max_length=LONGEST_PASTE,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text="One for each person. You can paste a whole list: names beside the addresses are passed over.",
        error_messages={"required": "Paste the addresses of those who are booked"},
    )

    def clean_emails(self):
        """The addresses, each once; `doubles` are those that stood there more than once."""
        read = read_addresses(self.cleaned_data["emails"])
        if read.wrong:
            shown = ", ".join(f"“{word[:80]}”" for word in read.wrong[:5])
            raise forms.ValidationError(f"These are no email addresses: {shown}. Correct them or take them out.")
        if not read.found:
            raise forms.ValidationError("There is no email address in this text")
        if len(read.found) > MOST_PEOPLE:
            raise forms.ValidationError(f"Paste at most {MOST_PEOPLE} addresses at a time")
        self.doubles = read.doubles
        return read.found


def _in_words(label, help_text=""):
    """A question that may be left empty."""
    area = forms.Textarea(attrs={"rows": 3})
    return CarefulCharField(label=label, max_length=LONGEST_TEXT, required=False, widget=area, help_text=help_text)


class AnswerForm(CarefulForm):
    """The questions of one moment."""

    will_do = _in_words("What will you do differently?")
    has_done = forms.ChoiceField(
        label="Have you done anything differently since the training?",
        choices=Did,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether you have done anything differently"},
    )
    did = _in_words("What did you do?", IN_GENERAL)
    changed = _in_words("What did it change for a child?", IN_GENERAL)
    can_be_quoted = forms.BooleanField(
        label="My words may be quoted without my name, for example in the partnership’s yearly report", required=False
    )
    AT = {
        Moment.BASELINE: (),
        Moment.AFTER: ("will_do", "can_be_quoted"),
        Moment.FOLLOW_UP: ("has_done", "did", "changed", "can_be_quoted"),
    }

    def __init__(self, *args, evaluation, moment, **kwargs):
        super().__init__(*args, **kwargs)
        asked = self.AT[Moment(moment)]
        self.leave_out(*(name for name in self.base_fields if name not in asked))
        now = "" if moment == Moment.BASELINE else " now"
        confident, known = "how confident you are", "how much you know"
        self._ask("confidence", f"How confident are you{now} in {evaluation.topic}?", confident, evaluation)
        self._ask("knowledge", f"How much do you know{now} about {evaluation.topic}?", known, evaluation)
        self.order_fields(["confidence", "knowledge", *self.fields])

    def _ask(self, name, label, missing, evaluation):
        ends = {1: f"1: {evaluation.lowest}", 5: f"5: {evaluation.highest}"}
        self.fields[name] = forms.TypedChoiceField(
            label=label,
            choices=[(mark, ends.get(mark, str(mark))) for mark in range(1, 6)],
            coerce=int,
            widget=forms.RadioSelect,
            error_messages={"required": f"Choose {missing}, from 1 to 5"},
        )
