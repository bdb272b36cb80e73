"""The forms of a report's outline: beginning a report, its sections, who writes them, and what is decided on them."""

from django import forms
from django.utils import timezone

from partnership.careful_text import CarefulCharField, CarefulForm
from partnership.choices import PeriodKind, Permission, roles_that_may
from partnership.models import Agency, Group, ReportingPeriod, User
from partnership.years import label_of, year_of
from priorities.forms.rounds import DayField
from priorities.models import Priority
from reports.choices import Numbering
from reports.models import AnnualReport, Section

YEARS_BACK = 5
"""How long ago a year may be whose report somebody still begins."""
MOST_WORDS_WISHED = 20_000


class ReportYearForm(forms.Form):
    """Which year a report is of, and whose its sections are."""

    year = forms.TypedChoiceField(
        label="Year of the report",
        help_text="From April to March. Years that have a report already are not listed.",
        coerce=int,
        error_messages={"required": "Choose the year that the report is about"},
    )
    owner = forms.ModelChoiceField(
        Agency.objects.filter(is_active=True),
        label="Agency",
        empty_label="Choose an agency",
        help_text="Which agency answers for the sections? You can change that for each section later.",
        error_messages={"required": "Choose the agency that answers for the sections"},
    )

    def __init__(self, *args, years, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [("", "Choose a year"), *((year, label_of(year)) for year in years)]


class ReportBeginForm(ReportYearForm):
    """Which year a new report is of, and what it begins with."""

    title = forms.CharField(
        label="Title", max_length=200, initial="Annual report", error_messages={"required": "Enter a title"}
    )
    outline = forms.ChoiceField(
        label="What does it begin with?",
        choices=[
            (
                "standard",
                "The usual sections: foreword, a chapter for each priority, practice, learning, summary, appendices",
            ),
            ("empty", "Nothing: you add each section yourself"),
        ],
        initial="standard",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the report begins with"},
    )
    field_order = ["year", "title", "outline", "owner"]

    def __init__(self, *args, **kwargs):
        taken = set(AnnualReport.objects.values_list("period__starts_on__year", flat=True))
        super().__init__(*args, years=years_without(taken, back=YEARS_BACK), **kwargs)

    @property
    def chosen(self):
        """What `begin_report` takes."""
        data = dict(self.cleaned_data)
        return {"has_standard_outline": data.pop("outline") == "standard", **data}


def years_without(taken, *, back):
    """The years from the next one back that are not taken, the latest first."""
    latest = year_of(timezone.localdate()) + 1
    return [year for year in range(latest, latest - back - 1, -1) if year not in taken]


class RollForwardForm(forms.Form):
    """Which later year's report begins from this one."""

    period = forms.ModelChoiceField(
        ReportingPeriod.objects.none(),
        label="Year of the new report",
        empty_label=None,
        help_text="From April to March. Years that have a report already are not listed.",
        error_messages={
            "required": "Choose the year that the new report is about",
            "invalid_choice": "This year has a report already. Choose another year.",
        },
    )

    def __init__(self, *args, report: AnnualReport, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["period"].queryset = ReportingPeriod.objects.filter(
            kind=PeriodKind.FINANCIAL_YEAR, starts_on__gt=report.period.starts_on, report=None
        ).order_by("starts_on")


class SectionForm(forms.Form):
    """A section of the outline: what it is called, where it stands, who writes it until when."""

    title = forms.CharField(label="Title", max_length=200, error_messages={"required": "Enter a title"})
    number = forms.CharField(
        label="Number", max_length=20, required=False, help_text="Such as 4.1. Leave it empty for none."
    )
    has_number = forms.BooleanField(
        label="It has a number", required=False, help_text="The portal numbers the report: the place gives the number."
    )
    parent = forms.ModelChoiceField(
        Section.objects.none(), label="Chapter", required=False, empty_label="None: it is a chapter itself"
    )
    owner = forms.ModelChoiceField(
        Agency.objects.filter(is_active=True),
        label="Owner",
        empty_label="Choose an agency",
        help_text="The agency that answers for what the section says.",
        error_messages={"required": "Choose the agency that answers for the section"},
    )
    writer = forms.ModelChoiceField(
        User.objects.none(),
        label="Writer",
        required=False,
        empty_label="Nobody yet",
        help_text="Finds the section on their home page. The board team can write every section.",
    )
    due_on = DayField(
        label="Due date", required=False, help_text="When it should be submitted. Leave it empty for no date."
    )
    words_wished = forms.IntegerField(
        label="Length in words",
        required=False,
        min_value=1,
        max_value=MOST_WORDS_WISHED,
        help_text="About how many words are wished, such as 600.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
        error_messages={
            "invalid": "Enter a whole number of words, such as 600",
            "min_value": "Enter a number of words of at least 1, or leave it empty",
            "max_value": f"Enter a number of words of at most {MOST_WORDS_WISHED:,}",
        },
    )
    priority = forms.ModelChoiceField(
        Priority.objects.none(),
        label="Priority",
        required=False,
        empty_label="None",
        help_text="Updates on this priority can then be brought in.",
    )
    group = forms.ModelChoiceField(Group.objects.all(), label="Group", required=False, empty_label="None")

    def __init__(self, *args, report: AnnualReport, section: Section | None = None, **kwargs):
        initial = {
            "has_number": section is None,
            **(_as_it_is(section) if section else {}),
            **kwargs.pop("initial", {}),
        }
        super().__init__(*args, initial=initial, **kwargs)
        chapters = report.sections.filter(parent=None).select_related("report__period")
        self.fields["parent"].queryset = chapters.exclude(pk=section.pk) if section else chapters
        self.fields["writer"].queryset = writers(section)
        self.fields["priority"].queryset = _priorities(section)
        del self.fields["has_number" if report.numbering == Numbering.FREE else "number"]

    def clean(self):
        data = super().clean()
        if "has_number" in self.fields:
            data["number"] = "1" if data.pop("has_number", False) else ""  # the place gives it
        return data


def _as_it_is(section):
    names = ("title", "number", "parent", "owner", "writer", "due_on", "words_wished", "priority", "group")
    return {**{name: getattr(section, name) for name in names}, "has_number": bool(section.number)}


def writers(section=None):
    """The people who may write a section if they are asked to, and who writes this one."""
    roles = {
        role
        for permission in (Permission.SECTION_EDIT, Permission.SECTION_EDIT_ASSIGNED)
        for role in roles_that_may(permission)
    }
    able = User.objects.filter(is_active=True, memberships__role__in=roles)
    now = User.objects.filter(pk=section.writer_id) if section else User.objects.none()
    return User.objects.filter(pk__in=able.values("pk")) | now


def _priorities(section):
    in_force = Priority.objects.in_force()
    return in_force | Priority.objects.filter(pk=section.priority_id) if section else in_force


class NumberingForm(forms.Form):
    """Whether the sections' numbers are typed."""

    numbering = forms.ChoiceField(choices=Numbering, widget=forms.RadioSelect, label="Numbers of the sections")


class ReturnForm(CarefulForm):
    """Why a section goes back to its writer."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = CarefulCharField(
        label="What should change?",
        help_text="The writer reads this above the section.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        error_messages={"required": "Enter what should change"},
    )


class SeenForm(forms.Form):
    """Which version the person had before them when they decided."""

    seen = forms.IntegerField(min_value=0, max_value=2_000_000_000)


class RestoreForm(CarefulForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1)
    reason = CarefulCharField(
        label="Why do you bring it back?",
        help_text="Kept with the version. You can leave it empty.",
        required=False,
        max_length=500,
    )


class CompareForm(forms.Form):
    """Which two versions of a section are held against each other; no `to` is the section as it stands now."""

    def __init__(self, *args, versions, **kwargs):
        super().__init__(*args, **kwargs)
        named = [
            (str(version.number), f"Version {version.number}: {version.get_act_display().lower()}")
            for version in versions
        ]
        self.fields["from"] = forms.ChoiceField(label="Compare", choices=named)
        self.fields["to"] = forms.ChoiceField(
            label="with", required=False, choices=[("", "the section as it stands now"), *named]
        )
