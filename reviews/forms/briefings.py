from django import forms

from partnership.careful_text import CarefulCharField, CarefulForm
from priorities.forms.agreed import version_field

LONGEST_LINE = 150


class LinesField(CarefulCharField):
    """A few points, one a line; blank lines do not count."""

    def __init__(self, *, most, **kwargs):
        self.most = most
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": most}))
        super().__init__(max_length=most * (LONGEST_LINE + 2), **kwargs)

    def clean(self, value):
        lines = [" ".join(line.split()) for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > self.most:
            raise forms.ValidationError(f"Enter {self.most} lines at the most: it all stands on one page")
        if any(len(line) > LONGEST_LINE for line in lines):
            raise forms.ValidationError(f"Keep each line to {LONGEST_LINE} characters")
        return "\n".join(lines)


class BriefingForm(CarefulForm):
    """The words of a briefing: all of it fits on one page."""

    NAMES = ("title", "what_happened", "learned", "questions")

    version = version_field()
    title = CarefulCharField(
        label="Title",
        max_length=90,
        help_text="Of the learning, not of the case: such as Babies who cannot move.",
        error_messages={"required": "Enter a title"},
    )
    what_happened = CarefulCharField(
        label="What happened?",
        max_length=600,
        help_text="In words that are fit to publish: nothing that tells who a child is. 600 characters at the most.",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Enter what happened, in words that are fit to publish"},
    )
    learned = LinesField(
        most=5,
        label="What was learned?",
        help_text="One point a line, five at the most.",
        error_messages={"required": "Enter what was learned"},
    )
    questions = LinesField(
        most=4,
        label="Questions for your team",
        help_text="One question a line, four at the most.",
        error_messages={"required": "Enter a question for your team"},
    )

    def __init__(self, *args, briefing=None, **kwargs):
        names = ("version", *self.NAMES)
        initial = {name: getattr(briefing, name) for name in names} if briefing else {"version": 0}
        super().__init__(*args, initial=initial, **kwargs)

    def clean_what_happened(self):
        return " ".join(self.cleaned_data["what_happened"].split())
