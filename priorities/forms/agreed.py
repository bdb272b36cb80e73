from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.text import Truncator

from partnership.careful_text import CarefulCharField, CarefulForm
from partnership.models import Agency
from priorities.choices import OPEN_RAGS, ActionStatus, PriorityKind
from priorities.forms.owners import OwnerFilterForm
from priorities.models import AgreedAction, Objective, Priority
from priorities.models.actions import OFTEN

LONGEST_TEXT = 4000
FARTHEST = 10
"""Years from today: a due date beyond is “ongoing” in disguise, or a slip of the pen."""
MOST_VERSIONS = 1_000_000


class DueDateField(forms.DateField):
    """A day by which something is done."""

    def validate(self, value):
        super().validate(value)
        if value and abs(value - timezone.localdate()) > timedelta(days=366 * FARTHEST):
            raise forms.ValidationError(f"Enter a date within {FARTHEST} years of today")


def version_field():
    """Which version of a record was read by the person who does something to it."""
    messages = dict.fromkeys(("required", "invalid"), "Open this page again, then save")
    return forms.IntegerField(widget=forms.HiddenInput, error_messages=messages, min_value=0, max_value=MOST_VERSIONS)


class AgreeForm(CarefulForm):
    """What is agreed: who does what, what for, by when."""

    text = CarefulCharField(
        label="What will be done?",
        max_length=LONGEST_TEXT,
        help_text="Be specific: somebody who was not at the meeting must see whether it is done.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter what will be done"},
    )
    serves = forms.ChoiceField(label="What does it serve?", required=False)
    themes = forms.ModelMultipleChoiceField(
        Priority.objects.in_force().filter(kind=PriorityKind.CROSS_CUTTING),
        label="Which themes does it serve too?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    owner = forms.ModelChoiceField(
        Agency.objects.filter(is_active=True),
        label="Which agency does it?",
        empty_label="Choose an agency",
        error_messages={"required": "Choose the agency that does it"},
    )
    owner_post = forms.CharField(
        label="Who there?",
        max_length=150,
        required=False,
        help_text="The post, such as Head of early help. Not a person’s name.",
    )
    due_on = DueDateField(
        label="By when?",
        help_text="A date is needed: what has no end cannot be seen to be done.",
        error_messages={"required": "Enter the date by which it will be done"},
    )

    def __init__(self, *args, action: AgreedAction | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["serves"].choices = _what_it_can_serve(action)

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if due_on < timezone.localdate():
            raise forms.ValidationError("Enter today’s date or a later one: what is agreed is still to be done")
        return due_on

    def clean(self):
        data = super().clean()
        kind, _, pk = data.pop("serves", "").partition("-")
        data["objective"] = Objective.objects.select_related("priority").get(pk=pk) if kind == "objective" else None
        data["priority"] = Priority.objects.get(pk=pk) if kind == "priority" else None
        return data


class ActionChangeForm(AgreeForm):
    """An action said otherwise; the due date is changed on a page of its own, with a reason."""

    due_on = None
    version = version_field()

    def __init__(self, *args, action: AgreedAction, **kwargs):
        initial = {name: getattr(action, name) for name in ("version", "text", "owner", "owner_post")}
        initial |= {"serves": _served_by(action), "themes": action.themes.all()}
        super().__init__(*args, action=action, initial=initial, **kwargs)
        self.fields["owner"].queryset |= Agency.objects.filter(pk=action.owner_id)
        themes = action.themes.values("pk")
        self.fields["themes"].queryset = Priority.objects.filter(pk__in=themes) | self.fields["themes"].queryset


def _served_by(action):
    if action.objective_id:
        return f"objective-{action.objective_id}"
    return f"priority-{action.priority_id}" if action.priority_id else ""


def _what_it_can_serve(action):
    """Each priority in force with its objectives, and what the action serves already. Themes are asked for apart."""
    priorities = list(Priority.objects.in_force().exclude(kind=PriorityKind.CROSS_CUTTING))
    objectives = list(Objective.objects.in_force().filter(priority__ended_at=None))
    if action and action.priority and action.priority not in priorities:
        priorities.append(action.priority)
    if action and action.objective and action.objective not in objectives:
        objectives.append(action.objective)
    groups = [
        (
            str(priority),
            [(f"priority-{priority.pk}", f"{priority} as a whole")]
            + [
                (f"objective-{objective.pk}", Truncator(objective.title).chars(90))
                for objective in objectives
                if objective.priority_id == priority.pk
            ],
        )
        for priority in priorities
    ]
    return [("", "Nothing in the plan"), *groups]


class VerbForm(CarefulForm):
    """Something that is done to an action that was read in a version."""

    version = version_field()

    def __init__(self, *args, action: AgreedAction, initial=None, **kwargs):
        self.action = action
        super().__init__(*args, initial={"version": action.version, **(initial or {})}, **kwargs)


class RatingForm(VerbForm):
    """How far an open action is, and why."""

    rag = forms.ChoiceField(
        label="How is it going?",
        choices=[(rag.value, f"{rag.name.title()}: {rag.label.lower()}") for rag in OPEN_RAGS],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it is going"},
    )
    reason = CarefulCharField(
        label="Reason for the rating",
        max_length=LONGEST_TEXT,
        help_text="Why this rating and not another? If it is late or at risk: what will put it right? If the due date "
        "cannot be kept, say so here: the board team can change it.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter the reason for the rating"},
    )
    evidence = CarefulCharField(
        label="What shows it so far?",
        max_length=LONGEST_TEXT,
        required=False,
        help_text="Such as an audit, a figure, feedback. Leave out names and anything about a single child.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, action: AgreedAction, **kwargs):
        initial = {"rag": action.rag, "reason": action.rag_reason, "evidence": action.evidence}
        super().__init__(*args, action=action, initial=initial, **kwargs)


class CompletionForm(VerbForm):
    """What shows that an action is done."""

    evidence = CarefulCharField(
        label="What shows that it is done?",
        max_length=LONGEST_TEXT,
        help_text="Such as an audit, a figure, feedback. Leave out names and anything about a single child.",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Enter what shows that it is done"},
    )

    def __init__(self, *args, action: AgreedAction, **kwargs):
        super().__init__(*args, action=action, initial={"evidence": action.evidence}, **kwargs)


class ActionDueDateForm(VerbForm):
    """Another due date for an action, and why."""

    due_on = DueDateField(label="New due date", error_messages={"required": "Enter the new due date"})
    reason = CarefulCharField(
        label="Why does it change?",
        max_length=LONGEST_TEXT,
        help_text="Everybody who reads the action sees the reason and every date it had.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter why the due date changes"},
    )

    def __init__(self, *args, action: AgreedAction, **kwargs):
        super().__init__(*args, action=action, initial={"due_on": action.due_on}, **kwargs)

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if due_on == self.action.due_on:
            raise forms.ValidationError("This is the due date already")
        return due_on


class WithdrawalForm(VerbForm):
    """Why an action is given up."""

    reason = CarefulCharField(
        label="Why is it withdrawn?",
        max_length=LONGEST_TEXT,
        help_text="Such as: another action has taken its place. This cannot be undone.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter why it is withdrawn"},
    )


class ReopeningForm(VerbForm):
    """Why a completed action is open again."""

    reason = CarefulCharField(
        label="Why is it open again?",
        max_length=LONGEST_TEXT,
        help_text="The agency reads this and rates the action anew.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter why it is open again"},
    )


SHOWS = {
    "": "Open",
    "overdue": "Overdue",
    "slipped": "Slipped",
    "slipped-often": f"Slipped {OFTEN} times or more",
    "completed": "Completed",
    "withdrawn": "Withdrawn",
    "all": "All",
}


class ActionFilterForm(OwnerFilterForm):
    """Which agreed actions to list: it holds for the page and for its files alike."""

    priority = forms.ModelChoiceField(
        Priority.objects.all(), label="Priority or theme", required=False, empty_label="Everything"
    )
    rating = forms.ChoiceField(
        label="Rating",
        required=False,
        choices=[("", "Any"), *((rag.value, rag.label) for rag in OPEN_RAGS), ("none", "Not rated yet")],
    )
    show = forms.ChoiceField(label="Show", required=False, choices=[(key, words) for key, words in SHOWS.items()])

    def __init__(self, *args, **kwargs):
        owners = Agency.objects.filter(agreed_actions__isnull=False).distinct()
        super().__init__(*args, owners=owners, **kwargs)

    def filtered(self, actions, today):
        """The actions that are asked for; an answer that makes no sense asks for nothing."""
        self.is_valid()
        data = self.cleaned_data
        actions = self._shown(actions, data.get("show", ""), today)
        if self.owners is not None:
            actions = actions.filter(owner__in=self.owners)
        if data.get("priority"):
            actions = actions.under(data["priority"])
        if data.get("rating"):
            actions = actions.filter(rag="" if data["rating"] == "none" else data["rating"])
        return actions

    def _shown(self, actions, show, today):
        match show:
            case "overdue":
                return actions.overdue(today)
            case "slipped":
                return actions.open().slipped()
            case "slipped-often":
                return actions.open().slipped(OFTEN)
            case "completed":
                return actions.completed()
            case "withdrawn":
                return actions.filter(status=ActionStatus.WITHDRAWN)
            case "all":
                return actions
        return actions.open()
