from functools import partial

from django import forms
from django.utils import timezone

from partnership.careful_text import CarefulCharField, CarefulForm
from partnership.models import Agency
from priorities.choices import HowKnown
from priorities.forms.agreed import AgreeForm, DueDateField, version_field
from priorities.forms.owners import OwnerFilterForm
from priorities.models import AgreedAction, Measure
from reviews.choices import EmbeddedOutcome, RecommendationSource, RecommendationStatus
from reviews.deadlines import months_after
from reviews.forms.fields import PastDayField, ThemesField, long_field
from reviews.models import Inspection, PracticeReview, Recommendation, Theme

LONGEST_TEXT = 4000
FIRST_CHECK_MONTHS = 6
"""How long after it is signed off a recommendation is checked, unless the board says otherwise."""


text_field = partial(long_field, longest=LONGEST_TEXT)


class RecommendationForm(CarefulForm):
    """What was recommended, by whom, to whom."""

    text = text_field(
        "What is recommended?",
        required="Enter what is recommended",
        hint="In words that tell nobody who a child is. If it is long, say its sense in a sentence or two.",
    )
    source = forms.ChoiceField(
        label="What made it?",
        choices=RecommendationSource,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what made it"},
    )
    review = forms.ModelChoiceField(
        PracticeReview.objects.in_force(), label="Which review?", required=False, empty_label="None recorded here"
    )
    inspection = forms.ModelChoiceField(
        Inspection.objects.in_force(), label="Which inspection?", required=False, empty_label="None recorded here"
    )
    source_text = CarefulCharField(
        label="Where does it stand?",
        max_length=200,
        required=False,
        help_text="Such as the title of an audit or a report. Not needed for a review or an inspection chosen above.",
    )
    agency = forms.ModelChoiceField(
        Agency.objects.filter(is_active=True),
        label="Which agency owns it?",
        empty_label="Choose an agency",
        error_messages={"required": "Choose the agency that owns it"},
    )
    made_on = PastDayField(label="When was it made?", error_messages={"required": "Enter the day it was made"})
    due_on = DueDateField(label="By when should it be done?", required=False, help_text="If a day was given.")
    themes = ThemesField(label="Themes")

    def clean(self):
        data = super().clean()
        source = data.get("source")
        for name in ("review", "inspection"):
            if source and data.get(name) and source != name:
                self.add_error(name, f"Choose “{name.capitalize()}” as what made it, or nothing here")
        has_link = data.get("review") or data.get("inspection")
        if (
            not has_link
            and not data.get("source_text")
            and not {"review", "inspection", "source_text"} & {*self.errors}
        ):
            self.add_error("source_text", "Enter where it stands, such as the title of the report")
        if data.get("made_on") and data.get("due_on") and data["due_on"] < data["made_on"]:
            self.add_error("due_on", "The day it should be done cannot be before the day it was made")
        return data


class RecommendationChangeForm(RecommendationForm):
    """A recommendation said otherwise."""

    version = version_field()

    def __init__(self, *args, recommendation: Recommendation, **kwargs):
        names = [name for name in self.base_fields if name != "themes"]
        initial = {name: getattr(recommendation, name) for name in names}
        super().__init__(*args, initial=initial | {"themes": recommendation.themes.all()}, **kwargs)
        self.fields["agency"].queryset |= Agency.objects.filter(pk=recommendation.agency_id)
        self.fields["review"].queryset |= PracticeReview.objects.filter(pk=recommendation.review_id)
        self.fields["inspection"].queryset |= Inspection.objects.filter(pk=recommendation.inspection_id)


class RecommendedActionForm(AgreeForm):
    """What an agency does about a recommendation: an agreed action like any other."""

    text = text_field(
        "What will be done?",
        required="Enter what will be done",
        hint="Be specific: somebody who was not at the meeting must see whether it is done. Everybody in the "
        "partnership reads this, also while the review is not published.",
    )

    def __init__(self, *args, recommendation: Recommendation, **kwargs):
        initial = {"owner": recommendation.agency_id, "due_on": recommendation.due_on}
        super().__init__(*args, initial=initial, **kwargs)


class ActionLinkForm(forms.Form):
    """An action that is agreed already."""

    action = forms.ModelChoiceField(
        AgreedAction.objects.none(),
        label="Which action serves it too?",
        empty_label="Choose an action",
        error_messages={"required": "Choose an action"},
    )

    def __init__(self, *args, recommendation: Recommendation, **kwargs):
        super().__init__(*args, **kwargs)
        linked = recommendation.actions.values("pk")
        self.fields["action"].queryset = AgreedAction.objects.open().exclude(pk__in=linked)


class StepForm(CarefulForm):
    """Something that is done to a recommendation that was read in a version."""

    version = version_field()

    def __init__(self, *args, recommendation: Recommendation, initial=None, **kwargs):
        self.recommendation = recommendation
        super().__init__(*args, initial={"version": recommendation.version, **(initial or {})}, **kwargs)

    def require_order(self, name, on):
        """The day cannot be before the last on which something came of the recommendation."""
        last = self.recommendation.not_before
        if on and on < last:
            self.add_error(name, f"Enter a day from {last:%-d %B %Y} on, when something came of it last")


class SignOffForm(StepForm):
    """That a recommendation is done, who says so, and when to see whether it lasts."""

    signed_off_on = PastDayField(
        label="When was it signed off?", error_messages={"required": "Enter the day it was signed off"}
    )
    sign_off_body = CarefulCharField(
        label="Who signed it off?",
        max_length=200,
        help_text="The body or group, such as the inspectorate or the practice review group. Not a person’s name.",
        error_messages={"required": "Enter who signed it off"},
    )
    evidence = text_field(
        "What shows that it is done?",
        required="Enter what shows that it is done",
        hint="Such as an audit, a figure, a new procedure and who uses it.",
    )
    check_due_on = DueDateField(
        label="When will you check that it lasts?",
        help_text="Signed off is not embedded. Six months is usual.",
        error_messages={"required": "Enter when you will check that it lasts"},
    )

    def __init__(self, *args, **kwargs):
        initial = {"check_due_on": months_after(timezone.localdate(), FIRST_CHECK_MONTHS)}
        super().__init__(*args, initial=initial, **kwargs)

    def clean(self):
        data = super().clean()
        self.require_order("signed_off_on", data.get("signed_off_on"))
        _require_check_from(self, "check_due_on", Recommendation(signed_off_on=data.get("signed_off_on")))
        return data


class EmbeddedCheckForm(StepForm):
    """Whether what was signed off lasts, and how that is known."""

    checked_on = PastDayField(
        label="When did you check?", error_messages={"required": "Enter the day on which you checked"}
    )
    outcome = forms.ChoiceField(
        label="Is it embedded?",
        choices=EmbeddedOutcome,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the check found"},
    )
    how_known = forms.ChoiceField(
        label="How do you know?",
        choices=[*HowKnown.choices, ("", "Nothing shows it yet")],
        widget=forms.RadioSelect,
        required=False,
    )
    measure = forms.ModelChoiceField(
        Measure.objects.all(),
        label="Which figure shows it?",
        required=False,
        empty_label="No figure",
        help_text="Only if a figure shows it.",
    )
    finding = text_field(
        "What did the check find?",
        required="Enter what the check found",
        hint="Which audit, whose feedback, what the figure says, and what is different for children.",
    )
    next_check_on = DueDateField(
        label="When will you check again?", required=False, help_text="Needed until it is embedded."
    )

    def clean(self):
        data = super().clean()
        _require_check_from(self, "checked_on", self.recommendation)
        if "checked_on" not in self.errors:
            self.require_order("checked_on", data.get("checked_on"))
        _require_later(self, data, "next_check_on", "checked_on", "The next check comes after this one")
        self._require_how_known(data)
        is_missing = not data.get("next_check_on") and "next_check_on" not in self.errors
        if is_missing and "outcome" in data and self._is_next_check_needed(data["outcome"]):
            self.add_error("next_check_on", "Enter when you will check again")
        return data

    def _require_how_known(self, data):
        how_known, measure = data.get("how_known"), data.get("measure")
        if data.get("outcome") == EmbeddedOutcome.EMBEDDED and not how_known and "how_known" not in self.errors:
            self.add_error("how_known", "It can only be embedded if something shows it. Choose what does")
        if how_known == HowKnown.MEASURE and not measure and "measure" not in self.errors:
            self.add_error("measure", "Choose the figure that shows it")
        if how_known != HowKnown.MEASURE and measure:
            self.add_error("measure", "Choose “A figure” above, or no figure here")

    def _is_next_check_needed(self, outcome):
        """While it is signed off and not embedded. One that is no longer embedded is open again: no check is due."""
        if self.recommendation.status == RecommendationStatus.EMBEDDED:
            return False
        return outcome != EmbeddedOutcome.EMBEDDED


class ReopeningForm(StepForm):
    """Why a recommendation is open again."""

    reason = text_field("Why is it open again?", required="Enter why it is open again", rows=3)


class WithdrawalForm(StepForm):
    """Why a recommendation is taken out of the lists."""

    reason = text_field(
        "Why is it withdrawn?",
        required="Enter why it is withdrawn",
        hint="Such as: recorded twice, or overtaken by another. This cannot be undone.",
        rows=3,
    )


SHOWS = {
    "": "All that count",
    "open": "Open",
    "overdue": "Overdue",
    "awaiting-check": "Signed off, not embedded yet",
    "check-due": "Check due",
    "embedded": "Embedded",
    "withdrawn": "Withdrawn",
}


class RecommendationFilterForm(OwnerFilterForm):
    """Which recommendations to list: it holds for the page and for its files alike."""

    source = forms.ChoiceField(
        label="Made by", required=False, choices=[("", "Anybody"), *RecommendationSource.choices]
    )
    theme = forms.ModelChoiceField(Theme.objects.all(), label="Theme", required=False, empty_label="Every theme")
    show = forms.ChoiceField(label="Show", required=False, choices=[(key, words) for key, words in SHOWS.items()])

    field_order = ("source", "agency", "theme", "show")

    def __init__(self, *args, **kwargs):
        owners = Agency.objects.filter(recommendations__isnull=False).distinct()
        super().__init__(*args, owners=owners, **kwargs)

    def filtered(self, recommendations):
        """Those that are asked for, but for what `shown` says; an answer that makes no sense asks for nothing."""
        self.is_valid()
        data = self.cleaned_data
        if data.get("source"):
            recommendations = recommendations.filter(source=data["source"])
        if self.owners is not None:
            recommendations = recommendations.filter(agency__in=self.owners)
        if data.get("theme"):  # a theme says something of a review that is not published
            readable = Recommendation.objects.readable_by(self.user).filter(themes=data["theme"])
            recommendations = recommendations.filter(pk__in=readable.values("pk"))
        return recommendations

    def shown(self, rows):
        """The rows that are asked for by how they stand."""
        show = self.cleaned_data.get("show", "")
        match show:
            case "overdue":
                return [row for row in rows if row.is_overdue]
            case "check-due":
                return [row for row in rows if row.is_check_due]
            case "":
                return [row for row in rows if row.recommendation.status != RecommendationStatus.WITHDRAWN]
        return [row for row in rows if row.recommendation.status == show]


def _require_check_from(form, name, recommendation):
    on, first = form.cleaned_data.get(name), recommendation.checkable_from
    if on and first and on < first:
        form.add_error(name, f"A check that it lasts comes after the sign-off, on {first:%-d %B %Y} or later")


def _require_later(form, data, name, first, message):
    if data.get(name) and data.get(first) and data[name] <= data[first]:
        form.add_error(name, message)
