from django import forms

from priorities.choices import Rag
from priorities.models import QuarterlyUpdate

LONGEST_ANSWER = 20_000

HELP = {
    "progress": "What was done this quarter towards this priority?",
    "rag_reason": "Why this rating and not another?",
    "impact": "What changed for children, for which children, and how do you know?",
    "barriers": "What stood in the way?",
    "next_steps": "What will you do next quarter, and by when?",
}


class UpdateForm(forms.Form):
    """A partner's answers to one update, without the measure values. `must_be_complete` before submitting."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    progress = forms.CharField(label="Progress this quarter")
    rag = forms.ChoiceField(
        label="How is it going?",
        choices=[(rag.value, f"{rag.name.title()}: {rag.label.lower()}") for rag in Rag],
        widget=forms.RadioSelect,
    )
    rag_reason = forms.CharField(label="Reason for the rating")
    impact = forms.CharField(label="Impact on children")
    barriers = forms.CharField(label="Barriers and challenges")
    next_steps = forms.CharField(label="Next steps")

    def __init__(
        self, *args, update: QuarterlyUpdate, must_be_complete: bool, before: QuarterlyUpdate | None = None, **kwargs
    ):
        self.before = before
        answers = {name: getattr(update, name) for name in self.ANSWERS}
        super().__init__(*args, initial={"version": update.version, **answers}, **kwargs)
        for name in self.ANSWERS:
            field = self.fields[name]
            field.required = must_be_complete
            field.error_messages["required"] = MISSING[name]
            field.help_text = HELP.get(name, "")
            if name != "rag":
                field.widget = forms.Textarea(attrs={"rows": 3 if name == "rag_reason" else 6, "spellcheck": "true"})
                field.max_length = LONGEST_ANSWER
                field.validators.append(_not_too_long)

    ANSWERS = ("progress", "rag", "rag_reason", "impact", "barriers", "next_steps")

    @property
    def questions(self):
        """Each question with the answer of the update before, empty where there is none."""
        return [(self[name], self.before.answer(name) if self.before else "") for name in self.ANSWERS]

    @property
    def answers(self):
        """The cleaned answers by the name of the update's field, those with an error left out."""
        return {name: self.cleaned_data[name] for name in self.ANSWERS if name in self.cleaned_data}


def _not_too_long(text):
    if len(text) > LONGEST_ANSWER:
        raise forms.ValidationError(f"This answer has {len(text):,} characters; {LONGEST_ANSWER:,} is the most.")


MISSING = {
    "progress": "Enter what was done this quarter",
    "rag": "Choose how it is going",
    "rag_reason": "Enter the reason for the rating",
    "impact": "Enter what changed for children, or that nothing is known to have changed yet",
    "barriers": "Enter what stood in the way, or that nothing did",
    "next_steps": "Enter what you will do next",
}


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
