"""What a form field needs to be drawn as GOV.UK Frontend markup; templates/govuk/field.html draws it.

Differences from what Django would draw, on purpose: dates and times use the browser's own pickers; numbers are text
with a number keypad, because a scroll wheel changes a number field unseen and a wrong entry arrives as nothing; a
limit of length is counted, not enforced while typing; no placeholders, and no `required`.
"""

import copy
from dataclasses import dataclass
from functools import cached_property

from django.forms import BoundField, DecimalField, FloatField, widgets
from django.utils.safestring import SafeString, mark_safe

from sscb_portal.form_errors import error_target, error_texts

KINDS = (
    (widgets.CheckboxSelectMultiple, "checkboxes"),
    (widgets.RadioSelect, "radios"),
    (widgets.CheckboxInput, "checkbox"),
    (widgets.Select, "select"),
    (widgets.MultiWidget, "parts"),
    (widgets.SelectDateWidget, "parts"),
    (widgets.FileInput, "file"),
    (widgets.PasswordInput, "password"),
    (widgets.Textarea, "textarea"),
    (widgets.Input, "input"),
)
CLASSES = {
    "input": "govuk-input",
    "password": "govuk-input",
    "textarea": "govuk-textarea",
    "select": "govuk-select",
    "file": "govuk-file-upload",
}
PICKERS = (
    # widget, type, and the form in which the type wants its value
    (widgets.DateTimeInput, "datetime-local", "%Y-%m-%dT%H:%M"),
    (widgets.DateInput, "date", "%Y-%m-%d"),
    (widgets.TimeInput, "time", "%H:%M"),
)
NO_CHOICE = "---------"


@dataclass(frozen=True)
class Choice:
    id: str
    label: str
    hint: str
    group: str
    """The heading of the group that begins with this choice."""
    html: SafeString


@dataclass(frozen=True)
class Part:
    id: str
    label: str
    html: SafeString


class FieldMarkup:
    def __init__(self, field: BoundField):
        self.field = field
        self.own_widget = field.field.widget
        self.kind = kind_of(self.own_widget)
        self.limit = None
        self.widget = self._prepared(copy_of(self.own_widget))
        self.id = self.own_widget.attrs.get("id") or field.auto_id
        self.errors = error_texts(field)

    def _prepared(self, widget):
        """A copy of the field's widget, changed to what is drawn here: the form stays as its author made it."""
        widget.use_required_attribute = lambda initial: False
        if self.kind == "custom":
            return widget
        widget.attrs.pop("placeholder", None)
        self.limit = widget.attrs.pop("maxlength", None)
        widget.attrs.pop("minlength", None)
        if isinstance(widget, widgets.MultiWidget):
            widget.widgets = [with_picker(copy_of(part)) for part in widget.widgets]
        if self.kind == "textarea" and (widget.attrs.get("rows"), widget.attrs.get("cols")) == ("10", "40"):
            widget.attrs["rows"] = "5"  # Django's default is more than most answers need
        if self.kind in ("select", "radios"):
            words = "Select an option" if self.kind == "select" else "No answer"
            widget.choices = [
                (value, words if label == NO_CHOICE else label) for value, label in self.own_widget.choices
            ]
        if isinstance(widget, widgets.NumberInput):
            number = isinstance(self.field.field, DecimalField | FloatField)
            widget.input_type = "text"
            widget.attrs = {key: value for key, value in widget.attrs.items() if key not in ("min", "max", "step")}
            widget.attrs.setdefault("inputmode", "decimal" if number else "numeric")
        return with_picker(widget)

    @property
    def is_fieldset(self) -> bool:
        return self.kind in ("radios", "checkboxes", "parts") or (self.kind == "custom" and self.field.use_fieldset)

    @property
    def label_for(self) -> str:
        return error_target(self.field)

    @property
    def is_marked_optional(self) -> bool:
        """Only where the form says `mark_optional`: a draft may leave out what the submitted form must have."""
        return getattr(self.field.form, "mark_optional", False) and not self.field.field.required

    @property
    def hint_id(self) -> str:
        return f"{self.id}_helptext" if self.id and self.field.help_text else ""

    @property
    def error_id(self) -> str:
        return f"{self.id}_error" if self.id and self.errors else ""

    @property
    def words_limit(self) -> str:
        return self.own_widget.attrs.get("data-maxwords", "")

    @property
    def count_limit(self) -> str:
        """How many characters or words a long answer may have, shown and counted below it; empty: any number."""
        return (self.kind == "textarea" and (self.words_limit or self.limit)) or ""

    @property
    def described_by(self) -> str:
        count_id = f"{self.id}-info" if self.id and self.count_limit else ""
        given = self.own_widget.attrs.get("aria-describedby", "")
        return " ".join(filter(None, [given, count_id, self.hint_id, self.error_id]))

    @property
    def prefix(self) -> str:
        return getattr(self.own_widget, "prefix", "")

    @property
    def suffix(self) -> str:
        return getattr(self.own_widget, "suffix", "")

    @property
    def own_class(self) -> str:
        """The class that the form's author gave, such as govuk-input--width-4 or govuk-radios--inline."""
        return self.own_widget.attrs.get("class", "")

    def _attrs(self) -> dict:
        attrs = {"aria-describedby": self.described_by} if self.described_by and not self.is_fieldset else {}
        classes = [self.own_class]
        # A widget of one's own that is a text area looks like one until its script has run.
        kind = "textarea" if self.kind == "custom" and isinstance(self.own_widget, widgets.Textarea) else self.kind
        if name := CLASSES.get(kind):
            classes += [name, f"{name}--error" if self.errors else ""]
        if self.kind == "input" and "govuk-input--width" not in self.own_class:
            classes.append(self._width_class())
        if self.kind == "checkbox":
            classes.append("govuk-checkboxes__input")
        if self.count_limit:
            classes.append("govuk-js-character-count")
        if self.kind == "password":
            classes.append("govuk-password-input__input govuk-js-password-input-input")
            attrs |= {"spellcheck": "false", "autocapitalize": "none"}
        css_class = " ".join(filter(None, classes))
        return attrs | {"class": css_class} if css_class else attrs

    def _width_class(self) -> str:
        if "inputmode" in self.widget.attrs or (self.limit and int(self.limit) <= 10):
            return "govuk-input--width-10"
        return "govuk-input--width-20" if self.limit and int(self.limit) <= 20 else ""

    @property
    def html(self) -> SafeString:
        """The widget itself, for every kind that is one element."""
        if self.kind == "file":
            return self._drawn(self.context | {"template_name": "django/forms/widgets/file.html", "value": None})
        return self.field.as_widget(widget=self.widget, attrs=self._attrs())

    @cached_property
    def context(self) -> dict:
        attrs = self.field.build_widget_attrs(self._attrs(), self.widget)
        if self.id:
            attrs.setdefault("id", self.id)
        return self.widget.get_context(self.field.html_name, self.field.value(), attrs)["widget"]

    def _drawn(self, widget: dict) -> SafeString:
        return mark_safe(self.field.form.renderer.render(widget["template_name"], {"widget": widget}))

    @property
    def choices(self) -> list[Choice]:
        """Radios and checkboxes, each with the hint that `choice_hints` of the widget may hold for its value."""
        hints = getattr(self.own_widget, "choice_hints", {})
        attrs = {"id": self.id} if self.id else {}
        if self.field.field.disabled:
            attrs["disabled"] = True
        value = self.widget.format_value(self.field.value())
        choices = []
        for group, options, _ in self.widget.optgroups(self.field.html_name, value, attrs):
            for number, option in enumerate(options):
                hint = hints.get(str(option["value"]), "")
                option["attrs"]["class"] = f"govuk-{self.kind}__input"
                option_id = option["attrs"].get("id", "")
                if hint and option_id:
                    option["attrs"]["aria-describedby"] = f"{option_id}_hint"
                option |= {"wrap_label": False}
                choices.append(
                    Choice(option_id, option["label"], hint, (group or "") if number == 0 else "", self._drawn(option))
                )
        return choices

    @property
    def parts(self) -> list[Part]:
        """The elements of a widget that has several, such as date and time, each with a label of its own."""
        parts = []
        for number, widget in enumerate(self.context["subwidgets"]):
            is_select = "optgroups" in widget
            classes = "govuk-select" if is_select else "govuk-input"
            widget["attrs"]["class"] = f"{classes} {classes}--error" if self.errors else classes
            widget["attrs"].pop("placeholder", None)
            label = widget["attrs"].pop("aria-label", "") or self._part_label(number, widget["name"])
            parts.append(Part(widget["attrs"].get("id", ""), label, self._drawn(widget)))
        return parts

    def _part_label(self, number: int, name: str) -> str:
        if isinstance(self.own_widget, widgets.SplitDateTimeWidget):
            return ("Date", "Time")[number]
        ending = name.rpartition("_")[2]
        return ending.capitalize() if ending in ("day", "month", "year") else f"Part {number + 1}"


def kind_of(widget) -> str:
    """Which of the pack's markups fits. A widget that brings its own template is drawn by that."""
    if not widget.template_name.startswith("django/forms/widgets/"):
        return "custom"
    return next((kind for cls, kind in KINDS if isinstance(widget, cls)), "custom")


def copy_of(widget):
    widget = copy.copy(widget)
    widget.attrs = dict(widget.attrs)
    return widget


def with_picker(widget):
    """Give a date or time the browser's own picker, and the value in the form which that wants."""
    for cls, input_type, value_format in PICKERS:
        if isinstance(widget, cls):
            widget.input_type, widget.format = input_type, value_format
            break
    return widget
