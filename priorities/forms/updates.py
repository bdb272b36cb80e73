from dataclasses import dataclass

from django import forms

from partnership.careful_text import CarefulCharField, CarefulForm
from priorities.actions import Approval
from priorities.asked import Asked, questions_with_answers
from priorities.choices import Rag, Topic
from priorities.models import QuarterlyUpdate
from priorities.standard_questions import WHAT_IS_MISSING

LONGEST_ANSWER = 20_000


class AnswerField(CarefulCharField):
    """An answer in words. Line ends are kept in one way, so that the same words are the same text."""

    def __init__(self, *, rows=6, **kwargs):
        super().__init__(widget=forms.Textarea(attrs={"rows": rows, "spellcheck": "true"}), **kwargs)
        self.max_length = LONGEST_ANSWER
        self.validators.append(_not_too_long)

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


def _not_too_long(text):
    if len(text) > LONGEST_ANSWER:
        raise forms.ValidationError(f"This answer has {len(text):,} characters; {LONGEST_ANSWER:,} is the most.")


class UpdateForm(CarefulForm):
    """A partner's answers to one update, without the measure values. `must_be_complete` before submitting.

    Only then does it ask about what looks like an identifier.
    """

    keeps_drafts = True

    version = forms.IntegerField(widget=forms.HiddenInput)
    rag = forms.ChoiceField(
        label="How is it going?",
        choices=[(rag.value, f"{rag.name.title()}: {rag.label.lower()}") for rag in Rag],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it is going"},
    )
    rag_reason = AnswerField(
        label="Reason for the rating",
        rows=3,
        help_text="Why this rating and not another?",
        error_messages={"required": "Enter the reason for the rating"},
    )

    def __init__(
        self, data=None, *, update: QuarterlyUpdate, must_be_complete: bool, before: QuarterlyUpdate | None = None
    ):
        self.before = before
        self.must_be_complete = must_be_complete
        asked = questions_with_answers(update, before=before, typed=data)
        self.asked = [each for each in asked if not each.question.ended_at or (data and data.get(each.name))]
        initial = {"version": update.version, "rag": update.rag, "rag_reason": update.rag_reason}
        super().__init__(data, initial=initial | {each.name: each.text for each in self.asked})
        for name in ("rag", "rag_reason"):
            self.fields[name].required = must_be_complete
        for each in self.asked:
            self._ask(each)
        self.order_fields(["version", *(name for row in self.rows for name in row.names)])
        if must_be_complete:
            self.ask_about_findings()

    def _ask(self, asked):
        question = asked.question
        self.fields[asked.name] = AnswerField(
            label=question.words,
            help_text=question.help,
            rows=6 if question.is_required else 3,
            required=self.must_be_complete and question.is_required and not question.ended_at,
            error_messages={"required": WHAT_IS_MISSING.get(question.topic) or f"Answer “{question}”"},
        )
        if asked.is_unchecked:
            self.fields[checked_name(asked.name)] = forms.BooleanField(
                label="I have checked this answer: it still holds", required=False
            )

    def clean(self):
        data = super().clean()
        for asked in self.asked:
            name = checked_name(asked.name)
            if not (self.must_be_complete and asked.is_unchecked):
                continue
            if data.get(asked.name, "") == asked.text and not data.get(name):
                self.add_error(name, f"Check the answer to “{asked.question}”, or change it")
        return data

    @property
    def rows(self):
        """The rows of the form in their order: the rating stands after progress, or first."""
        questions = [QuestionRow(self, (asked.name,), asked) for asked in self.asked]
        place = next((n for n, row in enumerate(questions, 1) if row.asked.question.topic == Topic.PROGRESS), 0)
        return [*questions[:place], QuestionRow(self, ("rag", "rag_reason")), *questions[place:]]

    @property
    def required_rows(self):
        return [row for row in self.rows if row.is_required]

    @property
    def further_rows(self):
        return [row for row in self.rows if not row.is_required]

    @property
    def answers(self):
        """The cleaned answers by name; those with an error, and those that the page did not have, left out."""
        names = ["rag", "rag_reason", *(asked.name for asked in self.asked)]
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data and name in self.data}

    @property
    def checked(self):
        """The names of the carried answers that still hold, as their agency says."""
        return {asked.name for asked in self.asked if self.cleaned_data.get(checked_name(asked.name))}


def checked_name(name):
    return f"checked-{name}"


@dataclass(frozen=True)
class QuestionRow:
    """A row of the form: one question, or the rating with its reason."""

    form: UpdateForm
    names: tuple[str, ...]
    asked: Asked | None = None

    @property
    def is_required(self):
        return self.asked is None or self.asked.question.is_required

    @property
    def fields(self):
        return [field for name in self.names for field in self.form.with_ticks(name)]

    @property
    def checked(self):
        """The box that says that a carried answer still holds, where there is one."""
        name = checked_name(self.names[0])
        return self.form[name] if name in self.form.fields else None


class ReadVersionForm(forms.Form):
    """Which version of an update was read by the person who decides on it."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReturnForm(ReadVersionForm):
    """Why an update goes back to its agency."""

    reason = forms.CharField(
        label="What needs to change?",
        help_text="The agency reads this and changes its update.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        error_messages={"required": "Enter what needs to change"},
    )


class SubmitForm(forms.Form):
    """The declaration of an agency where somebody else approves its updates before they are submitted."""

    approved_by_name = forms.CharField(
        label="Who approved this update?",
        help_text="Their full name.",
        max_length=150,
        error_messages={"required": "Enter the name of the person who approved it"},
    )
    approved_by_post = forms.CharField(
        label="Their job title", max_length=150, error_messages={"required": "Enter the job title of that person"}
    )
    is_confirmed = forms.BooleanField(
        label="I confirm that this person has read this update and approved it",
        error_messages={"required": "Confirm that this person has approved it"},
    )

    @property
    def approval(self):
        return Approval(name=self.cleaned_data["approved_by_name"], post=self.cleaned_data["approved_by_post"])


class ReopenForm(forms.Form):
    """Why an update that was handed in is opened again."""

    reason = forms.CharField(
        label="Why do you reopen it?",
        help_text="The agency reads this. Figures that are in force stay so until you accept the update again.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        error_messages={"required": "Enter why you reopen this update"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, prefix="reopen", **kwargs)
