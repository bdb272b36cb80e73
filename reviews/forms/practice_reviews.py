from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone

from partnership.careful_text import CarefulForm
from priorities.forms.agreed import version_field
from reviews.choices import FOLLOWS, STEP_WORDS, Decision, DelayReason, ReviewKind, ReviewStage
from reviews.forms.fields import DayField, ThemesField, link_field, long_field
from reviews.models import PracticeReview
from reviews.stages import fault_in, order_of

REFERENCE = RegexValidator(
    r"^[A-Z]{1,8}(-[A-Z]{1,8})?-\d{4}-\d{1,3}\Z",
    "Enter letters, the year and a number, like LR-2023-01. Never a name or initials",
)


class ReviewForm(CarefulForm):
    """A new review at its first stage."""

    kind = forms.ChoiceField(
        label="What is it?",
        choices=ReviewKind,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is"},
    )
    reference = forms.CharField(
        label="Reference",
        max_length=20,
        help_text="A made-up one, such as LR-2023-01: letters, the year and a number. Never a name or initials.",
        error_messages={"required": "Enter a reference"},
        validators=[REFERENCE],
    )
    follows = forms.ModelChoiceField(
        PracticeReview.objects.none(),
        label="What does it follow?",
        required=False,
        empty_label="Nothing recorded here",
        help_text="A rapid review follows a notification; a practice review follows a rapid review.",
    )
    on = DayField(
        label="First day",
        help_text=(
            "For an incident, the day the council became aware. For a rapid review, the day it started. For any other "
            "review, the day it was commissioned."
        ),
        error_messages={"required": "Enter the first day"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["follows"].queryset = PracticeReview.objects.in_force().filter(kind__in=FOLLOWS.values())

    def clean_reference(self):
        reference = self.cleaned_data["reference"]
        if PracticeReview.objects.filter(reference__iexact=reference).exists():
            raise forms.ValidationError("There is a review with this reference already")
        return reference

    def clean(self):
        data = super().clean()
        if data.get("kind"):
            self._check_follows(data)
        if data.get("kind") and data.get("on"):
            self._check_first_day(data)
        return data

    def _check_follows(self, data):
        kind, follows = data["kind"], data.get("follows")
        wanted = FOLLOWS.get(kind)
        if follows and follows.kind != wanted:
            words = f"follows a {wanted.label.lower()}" if wanted else "follows nothing here"
            self.add_error("follows", f"A {ReviewKind(kind).label.lower()} {words}")
        elif kind == ReviewKind.RAPID_REVIEW and not follows and "follows" not in self.errors:
            self.add_error("follows", "Choose the notification that the rapid review follows. Record it first")

    def _check_first_day(self, data):
        kind = data["kind"]
        review = PracticeReview(kind=kind, follows=data.get("follows"))
        dates = {order_of(kind)[0]: data["on"]}
        _, why = fault_in(kind, dates, not_before=review.not_before, today=timezone.localdate())
        if why:
            self.add_error("on", why)

    @property
    def recorded(self):
        """What `record_review` takes."""
        data = self.cleaned_data
        stage = order_of(data["kind"])[0]
        return {
            **{name: data[name] for name in ("kind", "reference", "follows")},
            "stage": stage,
            "dates": {stage: data["on"]},
        }


class ReviewTextForm(CarefulForm):
    """What is said of a review."""

    TEXTS = ("outcome", "decision", "reason", "delay", "delay_text", "link")

    outcome = long_field(
        "Where it stands", hint="What was found so far, in a few words that tell nobody who the child is."
    )
    decision = forms.ChoiceField(
        label="What was decided?", choices=[("", "Not decided yet"), *Decision.choices], required=False
    )
    reason = long_field("Why was it decided?")
    delay = forms.ChoiceField(
        label="Does something delay it?", choices=[("", "Nothing delays it"), *DelayReason.choices], required=False
    )
    delay_text = long_field("More on the delay", rows=3)
    link = link_field("Where it is published", like="review")
    themes = ThemesField(label="Themes it raised")
    version = version_field()

    def __init__(self, *args, review, **kwargs):
        self.review = review
        initial = {name: getattr(review, name) for name in (*self.TEXTS, "version")}
        super().__init__(*args, initial={**initial, "themes": review.themes.all()}, **kwargs)
        if review.kind != ReviewKind.RAPID_REVIEW:
            del self.fields["decision"], self.fields["reason"]

    def clean(self):
        data = super().clean()
        if data.get("decision") and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Enter why it was decided so")
        if data.get("delay") == DelayReason.OTHER and not data.get("delay_text") and "delay_text" not in self.errors:
            self.add_error("delay_text", "Enter what delays it")
        return data

    @property
    def texts(self):
        return {name: self.cleaned_data[name] for name in self.TEXTS if name in self.cleaned_data}


class MoveOnForm(CarefulForm):
    """The next stage of a review, and when it came to it. A rapid review is completed with its decision."""

    stage = forms.ChoiceField(
        label="What happened?", widget=forms.RadioSelect, error_messages={"required": "Choose what happened"}
    )
    on = DayField(label="On which day?", error_messages={"required": "Enter the day"})
    decision = forms.ChoiceField(
        label="What was decided?",
        choices=Decision,
        widget=forms.RadioSelect,
        required=False,
        help_text="Only for a review that is completed.",
    )
    reason = long_field("Why was it decided?")
    link = link_field("Where is it published?", more=". You can add it later.", like="review")

    def __init__(self, *args, review, **kwargs):
        super().__init__(*args, **kwargs)
        self.review = review
        stages = review.next_stages
        self.fields["stage"].choices = [(stage, STEP_WORDS[stage]) for stage in stages]
        if len(stages) == 1:
            self.fields["stage"].initial = stages[0]
        if ReviewStage.COMPLETED not in stages:
            del self.fields["decision"], self.fields["reason"]
        if ReviewStage.PUBLISHED not in stages:
            del self.fields["link"]

    def clean(self):
        data = super().clean()
        stage, on = data.get("stage"), data.get("on")
        if stage and on:
            _, why = fault_in(
                self.review.kind,
                {**self.review.dates, stage: on},
                not_before=self.review.not_before,
                today=timezone.localdate(),
            )
            if why:
                self.add_error("on", why)
        if stage == ReviewStage.COMPLETED:
            for name, message in DECIDED.items():
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, message)
        elif data.get("decision"):
            self.add_error("decision", "A decision is made when the rapid review is completed")
        return data


DECIDED = {"decision": "Choose what was decided", "reason": "Enter why it was decided so"}


class ReviewDatesForm(forms.Form):
    """The dates of the stages that a review has come to."""

    version = version_field()

    def __init__(self, *args, review, **kwargs):
        self.review = review
        super().__init__(*args, initial={"version": review.version, **review.dates}, **kwargs)
        stages = order_of(review.kind)
        for stage in stages[: stages.index(ReviewStage(review.stage)) + 1]:
            self.fields[stage.value] = DayField(label=STEP_WORDS[stage], required=False)

    def clean(self):
        data = super().clean()
        stage, why = fault_in(
            self.review.kind, self.dates, not_before=self.review.not_before, today=timezone.localdate()
        )
        if why:
            self.add_error(stage, why)
        first = order_of(self.review.kind)[0]
        if not data.get(first) and first not in self.errors and first in self.review.dates:
            self.add_error(first, "Enter the first day: deadlines count from it")
        return data

    @property
    def dates(self):
        return {name: on for name, on in self.cleaned_data.items() if name != "version"}


class ReviewWithdrawForm(CarefulForm):
    """Why a review is taken out of the lists."""

    reason = long_field(
        "Why is it withdrawn?",
        required="Enter why it is withdrawn",
        hint="Such as: recorded twice. The reason is kept in the record of changes.",
        rows=3,
    )


class ReviewFilterForm(forms.Form):
    """Which reviews the list shows."""

    kind = forms.ChoiceField(label="Kind", choices=[("", "All kinds"), *ReviewKind.choices], required=False)
    show = forms.ChoiceField(
        label="Show",
        choices=[("", "All"), ("due", "With something due"), ("late", "Late"), ("withdrawn", "Withdrawn")],
        required=False,
    )
