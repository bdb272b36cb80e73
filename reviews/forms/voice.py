from django import forms

from partnership.careful_text import CarefulForm
from partnership.models import Agency, ReportingPeriod
from priorities.choices import Unit
from priorities.forms.agreed import version_field
from priorities.models import Measure, Priority
from reviews.choices import FeedbackMethod, FeedbackSource
from reviews.forms.fields import (
    agency_field,
    choice_field,
    count_field,
    long_field,
    period_field,
    short_field,
)
from reviews.models import Feedback


class FeedbackForm(CarefulForm):
    """What children, families or practitioners said, new or as it is kept now."""

    source = choice_field("Whose voice is it?", FeedbackSource, required="Choose whose voice it is")
    method = choice_field("How was it heard?", FeedbackMethod, required="Choose how it was heard")
    title = short_field("What was it about?", required="Enter what it was about", hint="A few words.")
    period = period_field()
    agency = agency_field("Which agency heard it?", required="Choose the agency")
    priority = forms.ModelChoiceField(
        Priority.objects.in_force(),
        label="Does it speak to a priority?",
        required=False,
        empty_label="None of them",
    )
    took_part = count_field("How many took part?", hint="Leave it empty if it is not known. 1 to 5 are never shown.")
    counted_by = forms.ModelChoiceField(
        Measure.objects.filter(unit__in=(Unit.CHILDREN, Unit.FAMILIES, Unit.PEOPLE, Unit.PRACTITIONERS)),
        label="Or is there a measure that counts them?",
        required=False,
        empty_label="No measure",
        help_text="A number is entered once. If a measure holds it already, choose the measure.",
    )
    summary = long_field(
        "What did they say?",
        required="Enter what they said",
        hint="In your words, so that nobody can be told from it. Their own words come later, as quotes.",
        rows=6,
    )
    changed = long_field("What changed because of it?", hint="What is different now. Empty if nothing is, yet.")

    FIELDS = (
        "source",
        "method",
        "title",
        "period",
        "agency",
        "priority",
        "took_part",
        "counted_by",
        "summary",
        "changed",
    )

    def __init__(self, *args, feedback=None, **kwargs):
        initial = {}
        if feedback:
            initial = {name: getattr(feedback, name) for name in (*self.FIELDS, "version")}
        super().__init__(*args, initial=initial, **kwargs)
        if feedback:
            self.fields["version"] = version_field()
            self.fields["agency"].queryset |= Agency.objects.filter(pk=feedback.agency_id)
            self.fields["priority"].queryset |= Priority.objects.filter(pk=feedback.priority_id)

    def clean(self):
        data = super().clean()
        if data.get("took_part") is not None and data.get("counted_by"):
            self.add_error("took_part", "The measure holds this number already. Enter it, or choose the measure")
        return data

    @property
    def recorded(self):
        return {name: self.cleaned_data[name] for name in self.FIELDS}


class FeedbackConfirmForm(forms.Form):
    """Consent and anonymity, each confirmed by somebody's post."""

    has_consent = forms.BooleanField(
        label="Those who are quoted, or who speak for them, agreed to be quoted", required=False
    )
    consent_by = forms.CharField(
        label="Post of who confirmed that",
        max_length=150,
        required=False,
        help_text="Such as Participation lead. Not a person’s name.",
    )
    is_anonymous = forms.BooleanField(
        label="I read every word, and nobody can be told from it by those who know them", required=False
    )
    anonymity_by = forms.CharField(
        label="Post of who checked that",
        max_length=150,
        required=False,
        help_text="Better somebody else than who wrote it.",
    )
    version = version_field()

    PAIRS = (
        ("has_consent", "consent_by", "Tick the box, or leave the post empty"),
        ("is_anonymous", "anonymity_by", "Tick the box, or leave the post empty"),
    )

    def clean(self):
        data = super().clean()
        for tick, post, words in self.PAIRS:
            if data.get(tick) and not data.get(post) and post not in self.errors:
                self.add_error(post, "Enter the post of who did that")
            elif data.get(post) and not data.get(tick):
                self.add_error(tick, words)
        if not self.errors and not any(data.get(tick) for tick, _, _ in self.PAIRS):
            self.add_error("has_consent", "Tick what was confirmed")
        return data

    @property
    def confirmed(self):
        return {name: self.cleaned_data[name] for name in ("consent_by", "anonymity_by", "version")}


class QuoteForm(CarefulForm):
    """Somebody's own words."""

    words = long_field("Their own words", required="Enter what they said", hint="Without quotation marks.")
    said_by = short_field("Who said it?", hint="Such as: a parent. Never a name.", longest=100)


class FeedbackFilterForm(forms.Form):
    """Which feedback the list shows."""

    source = forms.ChoiceField(
        label="Whose voice", choices=[("", "Everybody"), *FeedbackSource.choices], required=False
    )
    period = forms.ModelChoiceField(
        ReportingPeriod.objects.filter(pk__in=Feedback.objects.in_force().values("period")),
        label="Period",
        required=False,
        empty_label="All periods",
    )
    priority = forms.ModelChoiceField(
        Priority.objects.filter(feedback__isnull=False).distinct(),
        label="Priority",
        required=False,
        empty_label="All priorities",
    )
