"""What every page may use: {% load portal %}. See docs of each tag; the markup stands in templates/components/."""

from datetime import date, datetime
from decimal import Decimal
from urllib.parse import urlencode

from django import template
from django.forms import Media
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from partnership.choices import Permission
from partnership.colour import READABLE, contrast_with_white
from partnership.models import Partnership
from partnership.spreadsheets import CONTENT_TYPES
from sscb_portal.form_errors import forms_among, summary_lines

register = template.Library()

# Colour says again what the words say. A status that is not here is grey.
STATUS_COLOURS = {
    # updates, sections, reports
    "draft": "blue",
    "drafting": "blue",
    "submitted": "purple",
    "in-sign-off": "purple",
    "returned": "orange",
    "reopened": "orange",
    "accepted": "green",
    "approved": "green",
    "signed": "green",
    "published": "green",
    "void": "red",
    "given": "green",
    "awaited": "blue",
    # figures
    "provisional": "yellow",
    "agreed": "green",
    # agreed actions
    "open": "blue",
    # reviews
    "aware": "orange",
    "notified": "blue",
    "in-progress": "blue",
    "panel": "purple",
    "final-draft": "purple",
    "awaiting-publication": "yellow",
    # recommendations
    "awaiting-check": "yellow",
    "embedded": "green",
    "completed": "green",
    "closed": "green",
    # self-assessments
    "signed-off": "green",
    # publications
    "queued": "blue",
    "rendering": "blue",
    "ready": "green",
    "failed": "red",
    # attendance sheets
    "reading": "blue",
    "read": "blue",
    "counting": "blue",
    "imported": "green",
    "cancelled": "grey",
    # evidence files
    "waiting": "blue",
    "clean": "green",
    "refused": "red",
    # risks, by likelihood times impact
    "low": "green",
    "medium": "yellow",
    "high": "orange",
    "very-high": "red",
    # challenges between partners
    "answered": "purple",
    # findings
    "error": "red",
    "warning": "orange",
    "note": "blue",
}
RAG_COLOURS = {"blue": "blue", "green": "green", "amber": "yellow", "red": "red"}

NAVIGATION = (
    # words, URL name, permissions of which one is enough, beginnings of the names of the pages below it
    ("Home", "home", (), ()),
    ("Plan", "plan:plan-current", (Permission.REPORT_READ,), ("plan:",)),
    (
        "Updates",
        "priorities:update-list",
        (Permission.UPDATE_READ_OWN, Permission.UPDATE_READ_ALL),
        ("priorities:",),
    ),
    (
        "Report",
        "reports:report-list",
        (Permission.REPORT_READ,),
        (
            "reports:report-",
            "reports:section-",
            "reports:version-",
            "reports:publication-",
            "reports:sign-off-",
            "reports:signature-",
            "reports:statement-",
            "reports:edition-",
            "reports:recipient-",
            "reports:receipt-",
            "reports:coverage-",
            "reports:guidance-",
            "reports:statutory-",
            "reports:item-answer-",
            "reports:term-",
        ),
    ),
    (
        "Measures",
        "reports:measure-list",
        (Permission.REPORT_READ,),
        ("reports:measure-", "reports:scorecard", "reports:value-", "reports:target-", "reports:exception-"),
    ),
    ("Training", "training:course-list", (Permission.REPORT_READ,), ("training:",)),
    ("Learning", "reviews:learning", (Permission.REPORT_READ,), ("reviews:",)),
    ("Partnership", "partnership:partnership-detail", (Permission.REPORT_READ,), ("partnership:",)),
)


@register.simple_tag
def status_tag(subject, field="status", *, label=""):
    """A record's status as a coloured tag: {% status_tag update %}, {% status_tag update "rag" %}.

    Where there is no record, a bare value with its words: {% status_tag "failed" label="Failed" %}.
    """
    if isinstance(subject, str):
        value, words = subject, label or getattr(subject, "label", "") or _words(subject)
    else:
        value = getattr(subject, field)
        words = label or getattr(subject, f"get_{field}_display")()
    if not value:
        return ""
    if value in RAG_COLOURS:
        return format_html(
            '<strong class="govuk-tag govuk-tag--{} portal-rag portal-rag--{}">{}</strong>',
            RAG_COLOURS[value],
            value,
            words,
        )
    return format_html(
        '<strong class="govuk-tag govuk-tag--{}">{}</strong>', STATUS_COLOURS.get(str(value), "grey"), words
    )


@register.simple_block_tag
def table(content, caption, *, is_stacked=False, is_caption_hidden=False):
    """A responsive table around <thead> and <tbody>: {% table "Updates" is_stacked=True %} … {% endtable %}.

    It scrolls sideways where it is too wide; stacked, each row becomes a card on a phone, and every <td> needs a
    data-label. Cells need no classes but class="number".
    """
    return render_to_string(
        "components/table.html",
        {"content": content, "caption": caption, "is_stacked": is_stacked, "is_caption_hidden": is_caption_hidden},
    )


@register.inclusion_tag("components/downloads.html")
def downloads(name, *args, of="", **query):
    """Links to a list as files, below the list: {% downloads "reports:measure-export" q=q %}.

    `name` is that of the route, `args` what stands in it before the kind of file, `query` the list's own search, and
    `of` says which list it is where a page has several.
    """
    asked = {key: value for key, value in query.items() if value}
    ending = f"?{urlencode(asked)}" if asked else ""
    addresses = {kind: reverse(name, args=[*args, kind]) + ending for kind in CONTENT_TYPES}
    return {**addresses, "of": of}


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(*words_and_addresses):
    """Where the page is: {% breadcrumbs "Report" report_list_url "2022/23" report_url %}, without the page itself."""
    pairs = list(zip(words_and_addresses[::2], words_and_addresses[1::2], strict=True))
    return {"pairs": pairs}


@register.simple_tag(takes_context=True)
def navigation(context):
    """The pages that the user may go to, with the one or the part they are in marked."""
    request = context.get("request")
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    match = getattr(request, "resolver_match", None)
    here = match.view_name if match else ""
    items = []
    for words, name, permissions, beginnings in NAVIGATION:
        if permissions and not any(user.may(permission) for permission in permissions):
            continue
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        current = "page" if here == name else "true" if beginnings and here.startswith(beginnings) else ""
        items.append({"words": words, "address": address, "current": current})
    return items


@register.filter
def may(user, permission):
    """Whether the user has a permission, by its name: {% if user|may:"SECTION_EDIT" %}."""
    return user.is_authenticated and user.may(Permission[permission])


NOTICE_TITLES = {"success": "Done", "warning": "Please check", "error": "This did not work"}


@register.filter
def notice_title(kind):
    return NOTICE_TITLES.get(kind, "Please note")


@register.filter
def page_numbers(page):
    """The numbers to offer below a list of many pages, with gaps."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.filter
def is_own_colour(colour):
    """Whether a partnership's colour replaces the portal's: white words on it must be readable (WCAG 2.2, 1.4.3)."""
    return bool(colour) and colour != Partnership.accent.field.default and contrast_with_white(colour) >= READABLE


# Forms: base.html calls these for the forms that it finds in the page's context.


@register.simple_tag(takes_context=True)
def error_prefix(context):
    """ "Error: " for the title of a page with a form that has errors, or where the view says `form_has_errors`."""
    has_errors = context.get("form_has_errors") or summary_lines(_forms(context))
    return "Error: " if has_errors else ""


@register.inclusion_tag("components/error_summary.html", takes_context=True)
def error_summary(context, *forms):
    """The errors of the forms given, or of those in the page's context, each with a link to its field."""
    return {"lines": summary_lines(forms or _forms(context))}


@register.simple_tag(takes_context=True)
def form_media(context, *forms):
    """Scripts, styles and the import map of the forms given, or of those in the page's context, each once."""
    media = Media()
    for form in forms or _forms(context):
        media += form.media
    importmap = getattr(media, "render_importmap", None)
    if importmap is None:
        return mark_safe(media.render())
    nonce = getattr(context.get("request"), "csp_nonce", "")
    return mark_safe(media.render(attrs={"nonce": str(nonce)} if nonce is not None else None))


def _forms(context):
    return forms_among(value for layer in context.dicts for value in layer.values())


# Numbers and dates


@register.filter
def number(value):
    """A count with its thousands apart, 12345 as 12,345; a decimal without idle noughts; nothing as a dash."""
    if value is None or value == "":
        return "–"
    value = Decimal(str(value))
    text = f"{value:,f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "\u2212")


@register.filter
def day(value):
    """A date as people write it: 3 March 2023. Nothing as a dash."""
    return date_format(_date(value), "j F Y") if value else "–"


@register.filter
def moment(value):
    """A date and time: 3 March 2023 at 4:05pm. Nothing as a dash."""
    if not value:
        return "–"
    local = timezone.localtime(value)
    clock = f"{local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"
    return f"{date_format(local, 'j F Y')} at {clock}"


DAYS_TOLD = 90
"""Up to so many days are told as days: a deadline in 75 days is planned by the day."""


@register.filter
def from_today(value):
    """How far off a date is: today, tomorrow, in 5 days, yesterday, 3 days ago, 14 months ago, 3 years ago."""
    if not value:
        return ""
    days = (_date(value) - timezone.localdate()).days
    if days in (-1, 0, 1):
        return {-1: "yesterday", 0: "today", 1: "tomorrow"}[days]
    length = _length(abs(days))
    return f"in {length}" if days > 0 else f"{length} ago"


def _length(days):
    """So many days in the unit that people would tell them in, begun months and years left out."""
    if days <= DAYS_TOLD:
        return f"{days} days"
    months = int(days / 30.44)
    return f"{months} months" if months < 24 else f"{months // 12} years"


@register.filter
def is_past(value):
    return bool(value) and _date(value) < timezone.localdate()


@register.filter
def verb(name):
    """A verb of the record of changes in words: "update.submitted" as Submitted."""
    return _words(str(name).rpartition(".")[2])


def _date(value: date | datetime) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


def _words(value):
    return str(value).replace("-", " ").replace("_", " ").capitalize()
