from datetime import timedelta
from functools import partial

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone

from partnership.careful_text import CarefulCharField, CarefulForm
from partnership.models import Agency
from priorities.forms.agreed import version_field
from reviews.actions import StaffSaid
from reviews.forms.fields import long_field
from reviews.models import Grade

LONGEST_TEXT = 10_000
MOST_STAFF = 1_000_000


careful_text = partial(long_field, longest=4000)


def grade_field(label, grades, descriptors=(), **kwargs):
    """The grades of a round as radios, each with its written words for the standard, or else what it means."""
    words = {str(grade.pk): grade.meaning for grade in grades}
    words |= {str(each.grade_id): each.text for each in descriptors}
    widget = forms.RadioSelect()
    widget.choice_hints = words
    field = forms.ModelChoiceField(Grade.objects.none(), label=label, widget=widget, empty_label=None, **kwargs)
    field.queryset = Grade.objects.filter(pk__in=[grade.pk for grade in grades])
    return field


class AnswerForm(CarefulForm):
    """An agency's answer in one standard. It may be incomplete until the assessment is signed off."""

    version = version_field()
    narrative = CarefulCharField(
        label="Why this grade, and how do you know?",
        help_text="What you do, what it changed for children, and what is left to do. No child’s details.",
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    is_checked = forms.BooleanField(label="I have checked this answer: it still holds", required=False)

    def __init__(self, data=None, *, answer, grades, descriptors):
        initial = {name: getattr(answer, name) for name in ("version", "grade", "narrative")}
        super().__init__(data, initial=initial)
        self.fields["grade"] = grade_field("How do you grade yourselves?", grades, descriptors, required=False)
        if not answer.is_unchecked:
            del self.fields["is_checked"]
        self.order_fields(["version", "grade", "narrative"])

    @property
    def answered(self):
        """What `save_answer` takes."""
        data = self.cleaned_data
        narrative = data["narrative"].replace("\r\n", "\n")
        return {
            "version": data["version"],
            "grade": data["grade"],
            "narrative": narrative,
            "is_checked": data.get("is_checked", False),
            "kept": self.kept,
        }


class SignOffForm(forms.Form):
    """Who answers for the assessment."""

    name = forms.CharField(
        label="Who signs it off?",
        max_length=150,
        help_text="Their full name.",
        error_messages={"required": "Enter the name of the person who signs it off"},
    )
    post = forms.CharField(
        label="Their job title", max_length=150, error_messages={"required": "Enter the job title of that person"}
    )
    is_confirmed = forms.BooleanField(
        label="I confirm that this person has read the answers and agrees with them",
        error_messages={"required": "Confirm that this person agrees with the answers"},
    )


class AssessmentReopenForm(forms.Form):
    """Why a signed-off assessment is open again."""

    reason = forms.CharField(
        label="Why is it opened again?",
        max_length=2000,
        help_text="Until it is signed off again, it does not count in the results.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter why it is opened again"},
    )


class PeerForm(forms.Form):
    """Which agency reads and challenges another's assessment."""

    peer = forms.ModelChoiceField(
        Agency.objects.none(),
        label="Which agency challenges it?",
        required=False,
        empty_label="No agency",
        help_text="Its contributors read the assessment once it is signed off.",
    )

    def __init__(self, *args, assessment, **kwargs):
        super().__init__(*args, initial={"peer": assessment.peer}, **kwargs)
        self.fields["peer"].queryset = Agency.objects.filter(is_active=True).exclude(pk=assessment.agency_id)


class ChallengeForm(CarefulForm):
    """What is held against an answer, and the grade that is suggested."""

    text = careful_text("What do you challenge, and why?", required="Enter what you challenge")

    def __init__(self, *args, grades, descriptors=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["suggested_grade"] = grade_field(
            "Which grade do you suggest?", grades, descriptors, error_messages={"required": "Choose a grade"}
        )


class ResponseForm(CarefulForm):
    """What the agency says to a challenge."""

    response = careful_text("What do you say to it?", required="Enter your response")


class SettleForm(CarefulForm):
    """The grade that is agreed after a challenge, and why."""

    reason = careful_text("Why is this the grade?", required="Enter why this is the grade")

    def __init__(self, *args, grades, descriptors=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["grade"] = grade_field(
            "Which grade is agreed?", grades, descriptors, error_messages={"required": "Choose the agreed grade"}
        )
        self.order_fields(["grade", "reason"])


class GapActionForm(CarefulForm):
    """What will be done about a gap, by when."""

    text = careful_text(
        "What will be done?",
        required="Enter what will be done",
        hint="Be specific: others must see whether it is done.",
    )
    owner_post = forms.CharField(
        label="Who there?", max_length=150, required=False, help_text="The post. Not a person’s name."
    )
    due_on = forms.DateField(label="By when?", error_messages={"required": "Enter the date by which it will be done"})

    def clean_due_on(self):
        due_on, today = self.cleaned_data["due_on"], timezone.localdate()
        if not today <= due_on <= today + timedelta(days=3653):
            raise forms.ValidationError("Enter a date within 10 years from today")
        return due_on


PARTS = {"asked": "Staff asked", "answered": "Staff who answered", "agreeing": "Staff who agreed"}


class SurveyForm(forms.Form):
    """Counts of the staff survey, three for each standard; a standard without any has no result."""

    def __init__(self, *args, assessment, **kwargs):
        self.standards = list(assessment.round.standards.all())
        results = {result.standard_id: result for result in assessment.survey_results.all()}
        super().__init__(*args, **kwargs)
        for standard in self.standards:
            for part, label in PARTS.items():
                self.fields[f"{part}-{standard.pk}"] = _count_field(
                    f"{label}, standard {standard.code}", getattr(results.get(standard.pk), part, None)
                )

    @property
    def rows(self):
        """The fields of each standard."""
        return [(standard, [self[f"{part}-{standard.pk}"] for part in PARTS]) for standard in self.standards]

    def clean(self):
        data = super().clean()
        for standard in self.standards:
            self._check(standard, data)
        return data

    def _check(self, standard, data):
        names = [f"{part}-{standard.pk}" for part in PARTS]
        counts = [data.get(name) for name in names]
        if any(name in self.errors for name in names) or counts == [None] * 3:
            return
        if None in counts:
            self.add_error(names[counts.index(None)], "Enter all three numbers, or none")
        elif counts[1] > counts[0]:
            self.add_error(names[1], "No more can answer than were asked")
        elif counts[2] > counts[1]:
            self.add_error(names[2], "No more can agree than answered")

    @property
    def results(self):
        counts = {
            standard: {part: self.cleaned_data[f"{part}-{standard.pk}"] for part in PARTS}
            for standard in self.standards
        }
        return {standard: StaffSaid(**said) for standard, said in counts.items() if said["asked"] is not None}


def _count_field(label, initial):
    return forms.IntegerField(
        label=label,
        initial=initial,
        required=False,
        error_messages={"invalid": "Enter a whole number"},
        validators=[
            MinValueValidator(0, "Enter 0 or more"),
            MaxValueValidator(MOST_STAFF, f"Enter {MOST_STAFF:,} or less"),
        ],
    )
