from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from partnership.models import Agency, ReportingPeriod
from reviews.actions import MET, NamedGrade, grades_of, is_answered
from reviews.choices import AuditKind
from reviews.models import AuditRound

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
MOST_GRADES = 6
AS_BEFORE = {"required": "Enter the grades, the best first"}


def day_field(label, message, **kwargs):
    outside = "Enter a date between 2000 and 2100"
    return forms.DateField(
        label=label,
        error_messages={"required": message},
        validators=[MinValueValidator(EARLIEST, outside), MaxValueValidator(LATEST, outside)],
        **kwargs,
    )


class GradesField(forms.CharField):
    """Grades, one on each line with what it means after a colon, cleaned to a list of `NamedGrade`."""

    def __init__(self, **kwargs):
        super().__init__(
            label="Grades, the best first",
            help_text="One on each line. After a colon, what it means. Such as: Met: the agency can show it.",
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 5}),
            **kwargs,
        )

    def clean(self, value):
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        grades = [NamedGrade(name.strip(), meaning.strip()) for name, _, meaning in (x.partition(":") for x in lines)]
        if lines and not 2 <= len(grades) <= MOST_GRADES:
            raise forms.ValidationError(f"Enter 2 to {MOST_GRADES} grades")
        if any(not grade.name or len(grade.name) > 40 or len(grade.meaning) > 300 for grade in grades):
            raise forms.ValidationError("A grade has 40 characters at most, what it means 300")
        if len({grade.name.casefold() for grade in grades}) < len(grades):
            raise forms.ValidationError("Each grade needs a name of its own")
        return grades


def lines_of(grades):
    return "\n".join(f"{grade.name}: {grade.meaning}" if grade.meaning else grade.name for grade in grades)


class AuditForm(forms.Form):
    """A round's name and dates, and its grades as long as nobody has answered."""

    title = forms.CharField(
        label="Name of the round",
        max_length=150,
        help_text="Such as Section 11 audit 2024.",
        error_messages={"required": "Enter the name of the round"},
    )
    opens_on = day_field("Opens on", "Enter the day on which it opens")
    due_on = day_field(
        "Due on", "Enter the day by which agencies answer", help_text="Nothing locks on that day. It says who is late."
    )
    grades = GradesField(error_messages=AS_BEFORE)

    def __init__(self, *args, audit_round=None, **kwargs):
        self.audit_round = audit_round
        if audit_round:
            initial = {name: getattr(audit_round, name) for name in ("title", "opens_on", "due_on")}
            kwargs["initial"] = {**initial, "grades": lines_of(grades_of(audit_round))}
        super().__init__(*args, **kwargs)
        if audit_round and is_answered(audit_round):
            del self.fields["grades"]

    def clean_title(self):
        title = " ".join(self.cleaned_data["title"].split())
        others = AuditRound.objects.exclude(pk=self.audit_round.pk) if self.audit_round else AuditRound.objects.all()
        if others.filter(title__iexact=title).exists():
            raise forms.ValidationError("There is a round of this name already")
        return title

    def clean(self):
        data = super().clean()
        if data.get("opens_on") and data.get("due_on") and data["due_on"] < data["opens_on"]:
            self.add_error("due_on", "It is due on or after the day on which it opens")
        return data


class AuditPrepareForm(AuditForm):
    """A new round: from an earlier one with all it asks, or with grades of its own."""

    kind = forms.ChoiceField(
        label="What kind of audit is it?",
        choices=AuditKind,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the kind of audit"},
    )
    follows = forms.ModelChoiceField(
        AuditRound.objects.all(),
        label="Carry standards and grades forward from",
        required=False,
        empty_label="No earlier round",
        help_text="Agencies can then bring in what they answered in it.",
    )
    period = forms.ModelChoiceField(
        ReportingPeriod.objects.all(),
        label="Which period does it count in?",
        empty_label="Choose a period",
        error_messages={"required": "Choose the period that it counts in"},
    )
    field_order = ["kind", "title", "follows", "period", "opens_on", "due_on", "grades"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, initial={"grades": lines_of(MET)}, **kwargs)
        self.fields["grades"].help_text += " An earlier round brings its own."

    def clean(self):
        data = super().clean()
        follows = data.get("follows")
        if follows and data.get("kind") and follows.kind != data["kind"]:
            self.add_error("follows", "Choose an earlier round of the same kind")
        return data


class AuditOpenForm(forms.Form):
    """Which agencies a round asks (more)."""

    agencies = forms.ModelMultipleChoiceField(
        Agency.objects.none(),
        label="Which agencies take part?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one agency"},
    )

    def __init__(self, *args, audit_round, **kwargs):
        super().__init__(*args, **kwargs)
        there = audit_round.assessments.values("agency")
        self.fields["agencies"].queryset = Agency.objects.filter(is_active=True).exclude(pk__in=there)


class StandardForm(forms.Form):
    """A standard, with what each grade looks like in it."""

    code = forms.CharField(
        label="Number", max_length=10, help_text="Such as 1 or 2.3.", error_messages={"required": "Enter a number"}
    )
    title = forms.CharField(label="Standard", max_length=200, error_messages={"required": "Enter the standard"})
    guidance = forms.CharField(
        label="Guidance", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    link = forms.URLField(
        label="Link to guidance",
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text="The web address, beginning with https://",
        error_messages={"invalid": "Enter a web address like https://www.example.org/guidance"},
    )

    def __init__(self, *args, audit_round, standard=None, **kwargs):
        self.audit_round, self.standard = audit_round, standard
        self.grades = list(audit_round.grades.all())
        initial = {}
        if standard:
            initial = {name: getattr(standard, name) for name in ("code", "title", "guidance", "link")}
            initial |= {f"grade-{each.grade_id}": each.text for each in standard.descriptors.all()}
        super().__init__(*args, initial=initial, **kwargs)
        for grade in self.grades:
            self.fields[f"grade-{grade.pk}"] = forms.CharField(
                label=f"What does “{grade}” look like?",
                max_length=2000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def clean_code(self):
        code = self.cleaned_data["code"]
        others = self.audit_round.standards.exclude(pk=self.standard.pk if self.standard else None)
        if others.filter(code=code).exists():
            raise forms.ValidationError("Another standard has this number")
        return code

    def clean_link(self):
        link = self.cleaned_data["link"]
        if link and not link.startswith("https://"):
            raise forms.ValidationError("The web address must begin with https://")
        return link

    @property
    def written(self):
        """What the actions take."""
        data = self.cleaned_data
        return {
            **{name: data[name] for name in ("code", "title", "guidance", "link")},
            "descriptors": {grade: data[f"grade-{grade.pk}"] for grade in self.grades},
        }
