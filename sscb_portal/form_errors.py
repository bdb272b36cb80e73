"""What a page says of the errors in its forms: in the title, in the summary at the top and beside each field."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core import validators
from django.core.exceptions import ValidationError
from django.forms import BaseForm, BoundField, fields, widgets
from django.forms.formsets import BaseFormSet
from django.forms.models import ModelChoiceIterator


@dataclass(frozen=True)
class SummaryLine:
    text: str
    target: str
    """The id that the line links to, or empty where an error belongs to no visible field."""


def forms_among(values: Iterable[object]) -> list[BaseForm | BaseFormSet]:
    """The forms and formsets among a page's context values, each once, in their order.

    Looks into lists too, and into things that hold their forms as `forms`. By type, because asking a lazy value
    would make it real.
    """
    found: dict[int, BaseForm | BaseFormSet] = {}
    for value in values:
        if issubclass(type(value), BaseForm | BaseFormSet):
            found.setdefault(id(value), value)
        elif type(value) in (list, tuple):
            found |= {id(form): form for form in forms_among(value)}
        elif hasattr(type(value), "forms"):
            found |= {id(form): form for form in value.forms}
    return list(found.values())


def summary_lines(forms: Iterable[BaseForm | BaseFormSet]) -> list[SummaryLine]:
    """One line for every error of the bound forms, in the order of the page."""
    return [line for form in forms for line in _lines(form)]


def _lines(form: BaseForm | BaseFormSet) -> Iterator[SummaryLine]:
    if not form.is_bound:
        return
    if isinstance(form, BaseFormSet):
        yield from (SummaryLine(text, "") for text in form.non_form_errors())
        for number, row in enumerate(form.forms, start=1):
            title = getattr(row, "title", f"Row {number}")
            yield from (SummaryLine(f"{title}: {line.text}", line.target) for line in _lines(row))
        return
    yield from (SummaryLine(text, "") for text in form.non_field_errors())
    for field in form:
        target = "" if field.is_hidden else error_target(field)
        yield from (SummaryLine(text, target) for text in error_texts(field))


def error_target(field: BoundField) -> str:
    """The id of the element that takes the answer: of several, such as radios, the first."""
    widget = field.field.widget
    own = widget.attrs.get("id") or field.auto_id
    if isinstance(widget, widgets.RadioSelect):  # checkboxes too
        return widget.id_for_label(own, index="0_0" if _begins_with_group(widget) else "0")
    if isinstance(widget, widgets.MultiWidget):
        return f"{own}_0"
    return widget.id_for_label(own) or own


def _begins_with_group(widget: widgets.ChoiceWidget) -> bool:
    if isinstance(widget.choices, ModelChoiceIterator):
        return False
    _, label = next(iter(widget.choices), ("", ""))
    return isinstance(label, list | tuple)


def error_texts(field: BoundField) -> list[str]:
    """The field's errors. Django's own messages do not say which field they mean, so the commonest are put in words."""
    errors = field.form.errors.as_data().get(field.name, [])
    return [_in_words(field, error) or text for error in errors for text in error.messages]


def _in_words(field: BoundField, error: ValidationError) -> str:
    if not _is_djangos_own(field.field, error):
        return ""
    label = str(field.label).rstrip(":")
    params = error.params or {}
    match error.code:
        case "required":
            return _missing(field, label)
        case "max_length" if "limit_value" in params:
            return f"{label} must be {params['limit_value']:,} characters or fewer. It has {params['show_value']:,}."
        case "min_length" if "limit_value" in params:
            return f"{label} must be {params['limit_value']:,} characters or more. It has {params['show_value']:,}."
        case "min_value":
            return f"{label} must be {params['limit_value']} or more"
        case "max_value":
            return f"{label} must be {params['limit_value']} or less"
        case "invalid":
            return _invalid(field.field, label)
    return ""


def _missing(field: BoundField, label: str) -> str:
    if label.endswith("?"):
        return f"Answer the question “{label}”"
    # "NHS number" keeps its capitals, "Progress this quarter" becomes part of the sentence.
    name = label if label[1:2].isupper() else label[:1].lower() + label[1:]
    match field.field.widget:
        case widgets.CheckboxInput():
            return f"Tick the box “{label}” to go on"
        case widgets.FileInput():
            return f"Choose a file: {name}"
        case widgets.ChoiceWidget():
            return f"Select {name}"
    return f"Enter {name}"


def _invalid(field: fields.Field, label: str) -> str:
    match field:
        case fields.FloatField() | fields.DecimalField():  # before whole numbers, whose subclasses they are
            return f"{label} must be a number, such as 12 or 12.5"
        case fields.IntegerField():
            return f"{label} must be a whole number, such as 12"
        case fields.DateTimeField() | fields.SplitDateTimeField():
            return f"{label} must be a real date and time"
        case fields.DateField():
            return f"{label} must be a real date"
        case fields.EmailField():
            return "Enter an email address in the correct form, such as name@example.org"
    return ""


def _is_djangos_own(field: fields.Field, error: ValidationError) -> bool:
    """Whether the message is as Django wrote it. By identity, because plural messages cannot be compared."""
    own = [validator.message for validator in VALIDATORS_WORDED_HERE]
    for cls in type(field).__mro__:
        own += vars(cls).get("default_error_messages", {}).values()
    return any(error.message is message for message in own)


VALIDATORS_WORDED_HERE = (
    validators.MaxLengthValidator,
    validators.MinLengthValidator,
    validators.MaxValueValidator,
    validators.MinValueValidator,
    validators.EmailValidator,
)
