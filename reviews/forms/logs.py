from django import forms
from django.core.validators import RegexValidator

from partnership.careful_text import CarefulForm
from partnership.models import Agency
from priorities.forms.agreed import version_field
from reviews.choices import ChallengeState, ControlsWork, Impact, Likelihood, RiskCategory, RiskTreatment
from reviews.forms.fields import (
    DueDayField,
    PastDayField,
    agency_field,
    choice_field,
    long_field,
    short_field,
)
from reviews.models import Risk


class PartnerChallengeForm(CarefulForm):
    """A challenge of one agency to another, with what came of it so far."""

    raised_by = agency_field("Who raised it?", required="Choose the agency that raised it")
    raised_by_post = short_field("Which post there?", hint="Not a person’s name.", longest=150)
    raised_to = agency_field("To whom?", required="Choose the agency that it was put to")
    raised_on = PastDayField(label="When?", error_messages={"required": "Enter the day it was raised"})
    title = short_field("What is it about?", required="Enter what it is about", hint="A few words.")
    text = long_field("What was asked?", required="Enter what was asked")
    response = long_field("What was the response?", hint="Leave it empty while you wait for it.")
    responded_on = PastDayField(label="When did it come?", required=False)
    outcome = long_field("What was the outcome?", hint="Enter it when the challenge is closed.")
    closed_on = PastDayField(label="When was it closed?", required=False)
    changed = long_field("What changed because of it?")

    FIELDS = (
        "raised_by",
        "raised_by_post",
        "raised_to",
        "raised_on",
        "title",
        "text",
        "response",
        "responded_on",
        "outcome",
        "closed_on",
        "changed",
    )
    PAIRS = (("response", "responded_on", "the response"), ("outcome", "closed_on", "the outcome"))

    def __init__(self, *args, challenge=None, **kwargs):
        initial = {}
        if challenge:
            initial = {name: getattr(challenge, name) for name in (*self.FIELDS, "version")}
        super().__init__(*args, initial=initial, **kwargs)
        if challenge:
            self.fields["version"] = version_field()
            for name in ("raised_by", "raised_to"):
                self.fields[name].queryset |= Agency.objects.filter(pk=initial[name].pk)

    def clean(self):
        data = super().clean()
        raised_on = data.get("raised_on")
        if data.get("raised_by") and data.get("raised_by") == data.get("raised_to"):
            self.add_error("raised_to", "Choose another agency: none challenges itself")
        for text, day, what in self.PAIRS:
            if data.get(text) and not data.get(day) and day not in self.errors:
                self.add_error(day, f"Enter the day of {what}")
            elif data.get(day) and not data.get(text) and text not in self.errors:
                self.add_error(text, f"Enter {what}")
            if data.get(day) and raised_on and data[day] < raised_on:
                self.add_error(day, f"It was raised on {raised_on:%-d %B %Y}. This comes after")
        if data.get("closed_on") and data.get("responded_on") and data["closed_on"] < data["responded_on"]:
            self.add_error("closed_on", "It cannot be closed before the response came")
        return data

    @property
    def recorded(self):
        return {name: self.cleaned_data[name] for name in self.FIELDS}


class PartnerChallengeFilterForm(forms.Form):
    """Which challenges the log shows."""

    agency = forms.ModelChoiceField(
        Agency.objects.all(), label="Agency, on either side", required=False, empty_label="All agencies"
    )
    state = forms.ChoiceField(label="State", choices=[("", "All"), *ChallengeState.choices], required=False)


def scale_field(label, scale):
    return forms.TypedChoiceField(
        label=label,
        choices=[("", "Choose 1 to 5"), *scale.choices],
        coerce=int,
        empty_value=None,
        error_messages={"required": "Choose a number from 1 to 5"},
    )


class RiskForm(CarefulForm):
    """What is said of a risk; its scores come from its reviews."""

    title = short_field("What is the risk?", required="Enter the risk", hint="What could happen, in one sentence.")
    category = choice_field("Category", RiskCategory, required="Choose the category")
    owner = agency_field("Which agency owns it?", required="Choose the agency that owns it")
    owner_post = short_field("Which post there?", required="Enter the post", hint="Not a person’s name.", longest=150)
    causes = long_field("What causes it?")
    consequences = long_field("What would follow?")
    controls = long_field("What is done about it?")
    controls_work = choice_field("How far does that work?", ControlsWork, required="Choose how far it works")
    treatment = choice_field("What did we choose to do?", RiskTreatment, required="Choose what to do")
    target_likelihood = scale_field("Likelihood that we want to come down to", Likelihood)
    target_impact = scale_field("Impact that we want to come down to", Impact)

    FIELDS = (
        "title",
        "category",
        "owner",
        "owner_post",
        "causes",
        "consequences",
        "controls",
        "controls_work",
        "treatment",
        "target_likelihood",
        "target_impact",
    )

    def require_reduction(self, current):
        """A risk that is to be reduced cannot want more than its score today, where that is known."""
        target = score_of(self.cleaned_data, "target")
        if self.cleaned_data.get("treatment") == RiskTreatment.TREAT and target and current and target > current:
            message = f"The risk scores {current} and would come up to {target}. To reduce it, want less"
            self.add_error("target_likelihood", message)


def score_of(data, which):
    """A likelihood times its impact; None where one of them is missing."""
    parts = [data.get(f"{which}_{part}") for part in ("likelihood", "impact")]
    return parts[0] * parts[1] if all(parts) else None


class RiskRecordForm(RiskForm):
    """A new risk with its first score."""

    code = forms.CharField(
        label="Code",
        max_length=20,
        help_text="Short, such as SR15.",
        validators=[RegexValidator(r"^[A-Z]{1,6}\d{1,4}\Z", "Enter capital letters and a number, like SR15")],
        error_messages={"required": "Enter a code"},
    )
    initial_likelihood = scale_field("How likely is it today?", Likelihood)
    initial_impact = scale_field("How bad would it be?", Impact)
    recorded_on = PastDayField(label="When was it scored?", error_messages={"required": "Enter the day"})
    review_due_on = DueDayField(
        label="When is it looked at next?", error_messages={"required": "Enter the day of the next review"}
    )

    field_order = (
        "code",
        *(name for name in RiskForm.FIELDS if not name.startswith("target")),
        "initial_likelihood",
        "initial_impact",
    )

    def clean(self):
        data = super().clean()
        self.require_reduction(score_of(data, "initial"))
        return data

    def clean_code(self):
        code = self.cleaned_data["code"]
        if Risk.objects.filter(code=code).exists():
            raise forms.ValidationError("There is a risk with this code already")
        return code

    @property
    def recorded(self):
        """What `record_risk` takes: a score is its likelihood and its impact."""
        data = self.cleaned_data
        return {
            **{name: value for name, value in data.items() if not name.endswith(("_likelihood", "_impact"))},
            "initial": (data["initial_likelihood"], data["initial_impact"]),
            "target": (data["target_likelihood"], data["target_impact"]),
        }


class RiskChangeForm(RiskForm):
    """What is said of a risk, changed."""

    version = version_field()

    def __init__(self, *args, risk, **kwargs):
        self.risk = risk
        initial = {name: getattr(risk, name) for name in (*self.FIELDS, "version")}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["owner"].queryset |= Agency.objects.filter(pk=risk.owner_id)

    def clean(self):
        data = super().clean()
        self.require_reduction(self.risk.current.score)
        return data

    @property
    def changed(self):
        return {name: self.cleaned_data[name] for name in self.FIELDS}


class RiskReviewForm(CarefulForm):
    """How likely and how bad a risk is now."""

    on = PastDayField(label="When was it reviewed?", error_messages={"required": "Enter the day of the review"})
    likelihood = scale_field("How likely is it now?", Likelihood)
    impact = scale_field("How bad would it be?", Impact)
    controls_work = choice_field("How far does what is done work?", ControlsWork, required="Choose how far it works")
    note = long_field("Why?", required="Enter why it is scored so")
    review_due_on = DueDayField(
        label="When is it looked at next?", error_messages={"required": "Enter the day of the next review"}
    )
    version = version_field()

    def __init__(self, *args, risk, **kwargs):
        self.risk = risk
        super().__init__(*args, initial={"version": risk.version, "controls_work": risk.controls_work}, **kwargs)

    def clean_on(self):
        on, last = self.cleaned_data["on"], self.risk.current.on
        if on < last:
            raise forms.ValidationError(f"The last review was on {last:%-d %B %Y}. This one comes after")
        return on


class RiskCloseForm(CarefulForm):
    """Why a risk is a risk no longer."""

    closed_on = PastDayField(label="When was it closed?", error_messages={"required": "Enter the day"})
    closed_reason = long_field("Why is it closed?", required="Enter why it is closed", rows=3)
    version = version_field()


class RiskFilterForm(forms.Form):
    """Which risks the log shows."""

    category = forms.ChoiceField(
        label="Category", choices=[("", "All categories"), *RiskCategory.choices], required=False
    )
    show = forms.ChoiceField(
        label="Show",
        choices=[("", "Open"), ("late", "Review overdue"), ("above", "Above their target"), ("closed", "Closed")],
        required=False,
    )
