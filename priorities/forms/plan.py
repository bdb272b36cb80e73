from django import forms
from django.core.validators import RegexValidator

from partnership.careful_text import CarefulCharField, CarefulForm
from partnership.models import Agency
from priorities.choices import PriorityKind
from priorities.models import BusinessPlan, Measure, Objective, Priority, SuccessMeasure

LONGEST_PLAN = 10
"""Years; longer is a slip of the pen."""


def order_field(what):
    return forms.IntegerField(
        label="Place in the list",
        help_text=f"1 stands first. {what} with the same place stand in the order of the alphabet or of adding.",
        min_value=0,
        max_value=999,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
        error_messages={
            "required": "Enter the place in the list, such as 1",
            "invalid": "Enter a whole number, such as 1",
        },
    )


class PlanForm(CarefulForm):
    """A business plan and its years."""

    title = CarefulCharField(
        label="Title",
        max_length=200,
        help_text="Such as Business plan 2025 to 2028.",
        error_messages={"required": "Enter a title"},
    )
    starts_on = forms.DateField(label="First day", error_messages={"required": "Enter the plan’s first day"})
    ends_on = forms.DateField(label="Last day", error_messages={"required": "Enter the plan’s last day"})

    def __init__(self, *args, plan: BusinessPlan | None = None, **kwargs):
        initial = {name: getattr(plan, name) for name in ("title", "starts_on", "ends_on")} if plan else {}
        super().__init__(*args, initial=initial, **kwargs)

    def clean(self):
        data = super().clean()
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last:
            if last <= first:
                self.add_error("ends_on", "The last day must be after the first")
            elif last.year - first.year > LONGEST_PLAN:
                self.add_error("ends_on", f"A plan of more than {LONGEST_PLAN} years cannot be kept: check the years")
        return data


class PriorityForm(CarefulForm):
    """A priority of a plan; its code is given once and stays."""

    title = CarefulCharField(label="Title", max_length=200, error_messages={"required": "Enter a title"})
    code = forms.CharField(
        label="Short code",
        max_length=20,
        help_text="A few capital letters, such as CE. It stays as it is when the title changes.",
        validators=[RegexValidator(r"^[A-Z][A-Z0-9_-]*$", "Use capital letters, digits, - and _ only")],
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
        error_messages={"required": "Enter a short code"},
    )
    kind = forms.ChoiceField(
        label="Kind", choices=PriorityKind, widget=forms.RadioSelect, error_messages={"required": "Choose the kind"}
    )
    aim = CarefulCharField(
        label="Aim",
        max_length=4000,
        required=False,
        help_text="What will be different for children?",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    sponsor = forms.ModelChoiceField(
        Agency.objects.filter(is_active=True),
        label="Sponsor",
        help_text="The agency that leads on it.",
        empty_label="Choose an agency",
        error_messages={"required": "Choose the agency that leads on it"},
    )
    order = order_field("Priorities")

    def __init__(self, *args, priority: Priority | None = None, **kwargs):
        initial = kwargs.pop("initial", {})
        if priority:
            initial = {name: getattr(priority, name) for name in ("title", "kind", "aim", "sponsor", "order")}
        super().__init__(*args, initial=initial, **kwargs)
        if priority:
            del self.fields["code"]
            sponsors = Agency.objects.filter(is_active=True) | Agency.objects.filter(pk=priority.sponsor_id)
            self.fields["sponsor"].queryset = sponsors

    def clean_code(self):
        code = self.cleaned_data["code"]
        if taken := Priority.objects.filter(code=code).select_related("plan").first():
            raise forms.ValidationError(f"“{taken}” of the {taken.plan} has this code. Choose another, such as {code}2")
        return code


class ObjectiveForm(CarefulForm):
    """What a priority sets out to achieve."""

    title = CarefulCharField(
        label="Objective",
        max_length=300,
        help_text="One sentence: what will be achieved?",
        error_messages={"required": "Enter the objective"},
    )
    order = order_field("Objectives")

    def __init__(self, *args, objective: Objective | None = None, **kwargs):
        initial = kwargs.pop("initial", {})
        if objective:
            initial = {"title": objective.title, "order": objective.order}
        super().__init__(*args, initial=initial, **kwargs)


class SuccessMeasureForm(CarefulForm):
    """What success looks like, and by which measure it is seen. Numbers are the measure's."""

    looks_like = CarefulCharField(
        label="What does success look like?",
        max_length=500,
        help_text="In words, such as: fewer children become the subject of a second plan.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Enter what success looks like"},
    )
    measure = forms.ModelChoiceField(
        Measure.objects.all(),
        label="Which measure shows it?",
        required=False,
        empty_label="None yet",
        help_text="Its values and its target are shown from the measure. They are not typed here.",
    )

    def __init__(self, *args, success_measure: SuccessMeasure | None = None, **kwargs):
        initial = {}
        if success_measure:
            initial = {"looks_like": success_measure.looks_like, "measure": success_measure.measure_id}
        super().__init__(*args, initial=initial, **kwargs)
