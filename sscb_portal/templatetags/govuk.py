"""For templates/govuk/ alone: see sscb_portal/govuk.py. Pages load `portal`."""

from django import template

from sscb_portal.govuk import FieldMarkup

register = template.Library()


@register.simple_tag
def field_markup(field):
    return FieldMarkup(field)


@register.filter
def button_classes(names):
    """A crispy button's classes without those that crispy adds for Bootstrap."""
    own = [name for name in names.split() if name not in ("btn", "btn-primary", "btn-inverse")]
    return " ".join(["govuk-button", *own])
