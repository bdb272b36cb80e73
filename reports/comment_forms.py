"""The forms of the talk beside a section."""

from django import forms
from django.utils import timezone

from partnership.careful_text import CarefulCharField, CarefulForm
from partnership.choices import Permission, roles_that_may
from partnership.models import User
from priorities.forms.rounds import DayField

MOST_TEXT = 2_000
LONGEST_KEY = 10


class PeopleField(forms.ModelMultipleChoiceField):
    """Those who may read the report and say something about it, with their agencies."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(User.objects.none(), required=False, **kwargs)

    def label_from_instance(self, person):
        return with_agencies(person)

    def clean(self, value):
        # SQLite has no number for a key as long as somebody may send it.
        return super().clean([key for key in value or () if len(str(key)) <= LONGEST_KEY])


class PersonField(forms.ModelChoiceField):
    """One of them."""

    def label_from_instance(self, person):
        return with_agencies(person)


def with_agencies(person):
    names = dict.fromkeys(membership.agency.short_name for membership in person.memberships.all())
    return f"{person} ({', '.join(names)})" if names else str(person)


def commenters():
    roles = roles_that_may(Permission.COMMENT_WRITE)
    able = User.objects.filter(is_active=True, memberships__role__in=roles)
    return User.objects.filter(pk__in=able.values("pk")).prefetch_related("memberships__agency")


class ReplyForm(CarefulForm):
    """An answer, and who should read it."""

    text = CarefulCharField(
        label="Your answer",
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter your answer"},
    )
    mentions = PeopleField(label="Who should read it?", help_text="They find it on their home page.")

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mentions"].queryset = commenters().exclude(pk=by.pk)


class CommentForm(ReplyForm):
    """A remark on a section, or on words of it that were selected on the page or copied from it.

    `marked` are these words with the figures and cross-references among them in brackets, as a script sends them.
    """

    block = forms.CharField(widget=forms.HiddenInput, required=False)
    before = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)
    marked = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2 * MOST_TEXT)
    passage = forms.CharField(
        label="Words that it is about",
        help_text="Copy them from the section’s text. Leave this empty to comment on the section as a whole.",
        required=False,
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    text = CarefulCharField(
        label="Your comment",
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter your comment"},
    )
    field_order = ("block", "before", "marked", "passage", "text", "mentions")

    def __init__(self, *args, section, **kwargs):
        self.section = section
        super().__init__(*args, prefix="comment", **kwargs)

    def clean_block(self):
        key = self.cleaned_data["block"]
        is_key = key.isascii() and key.isdecimal() and len(key) <= LONGEST_KEY
        return self.section.blocks.filter(pk=key).first() if is_key else None

    def clean(self):
        data = super().clean()
        marked = data.pop("marked", "")
        if marked and marked.replace("[", "").replace("]", "") == data.get("passage"):
            data["passage"] = marked
        return data


class AssignForm(forms.Form):
    """Who settles a comment until when."""

    to = PersonField(User.objects.none(), label="Who settles it?", required=False, empty_label="Nobody in particular")
    due_on = DayField(label="By when?", required=False, help_text="Leave it empty for no date.")

    def __init__(self, *args, comment, **kwargs):
        super().__init__(*args, initial={"to": comment.assigned_to_id, "due_on": comment.due_on}, **kwargs)
        self.fields["to"].queryset = commenters() | User.objects.filter(pk=comment.assigned_to_id)

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day and day != self.initial["due_on"] and day < timezone.localdate():
            raise forms.ValidationError("Enter a day from today on")
        return day
