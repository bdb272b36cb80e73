"""Measures with their figures, as pages and for the editor."""

import re

from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from partnership.choices import Permission
from partnership.models import Partnership
from partnership.permissions import requires
from partnership.theme import theme_in_force
from priorities.disclosure import disclose
from priorities.figurebook import SHOWS
from priorities.models import Measure, Target
from priorities.queries import replacements
from priorities.wording import in_words
from reports.queries import known_calculations, measures_matching, whole_figure_book
from reports.rendering.charts import chart_uri
from reports.trend import trend_charts
from reports.uses import files_showing, places_showing

MOST_RESULTS = 20
NUMBER = re.compile(r"\d[\d,]{0,14}(?:\.\d{1,6})?%?")
MOST_TEXTS = 100

RECORDS = {
    "partnership": ("partnership:partnership-detail", "the partnership's groups"),
    "priorities": ("partnership:partnership-detail", "the business plan"),
    "reviews": ("reviews:review-list", "reviews, inspections and child deaths"),
    "training": ("training:session-list", "training sessions"),
}
"""Where the records stand that a calculation counts, by the first word of its name."""


@require_safe
@requires(Permission.REPORT_READ)
def measure_list(request):
    words = request.GET.get("q", "").strip()
    measures = list(measures_matching(words))
    book = whole_figure_book({measure.code for measure in measures})
    rows = [
        {"measure": measure, "latest": next(iter(_latest_first(book.entries(measure.code))), None)}
        for measure in measures
    ]
    return render(
        request, "reports/measure_list.html", {"rows": rows, "q": words, "caption": _caption(len(rows), words)}
    )


def _latest_first(entries):
    """The period that ended last on top; of two that ended together, the longer one."""
    return sorted(entries, key=lambda entry: (-entry.period.ends_on.toordinal(), entry.period.starts_on))


def _caption(count, words):
    found = "1 measure" if count == 1 else f"{count} measures"
    return f"{found} for “{words}”" if words else found


@require_safe
@requires(Permission.REPORT_READ)
def measure_detail(request, code):
    measures = Measure.objects.select_related(
        "area", "owner", "priority", "denominator", "disclosure_proposed_by", "disclosure_agreed_by"
    )
    measure = get_object_or_404(measures, code=code)
    entries = whole_figure_book({measure.code}).entries(measure.code)
    with_value = {entry.period.pk for entry in entries}
    targets = Target.objects.filter(measure=measure).select_related("period").order_by("-period__ends_on")
    context = {
        "measure": measure,
        "entries": _latest_first(entries),
        "in_force": {value.period_id: value.pk for value in measure.values.in_force().filter(area=measure.area_id)},
        "trends": _drawn(trend_charts(entries)),
        "targets_ahead": [target for target in targets if target.period_id not in with_value],
        "replaced": [_replaced(measure, each) for each in replacements(measure)],
        "places": places_showing(measure),
        "files": files_showing(measure, entries),
        "can_manage": request.user.may(Permission.MEASURE_MANAGE),
        "calculation": _calculation(measure),
    }
    return render(request, "reports/measure_detail.html", context)


def _replaced(measure, replacement):
    """What a value was and what it became, in words, and why, as far as it was said."""
    after = replacement.after
    why = f"It came in with “{after.update}”." if after.update else f"It came from: {after.source}."
    return {
        "before": replacement.before,
        "after": after,
        "was": _in_words(measure, replacement.before),
        "became": _in_words(measure, after),
        "why": after.change_reason or why,
    }


def _in_words(measure, value):
    shown = disclose(
        value.number,
        code=value.code,
        qualifier=value.qualifier,
        counts=value.counts,
        rule=measure.disclosure,
        rounding=measure.rounding,
    )
    return in_words(shown, unit=measure.unit, decimals=measure.decimals)


def _drawn(charts):
    partnership = Partnership.objects.first() if charts else None
    theme = theme_in_force()
    accent = theme.colour or (partnership.accent if partnership else Partnership.accent.field.default)
    return [
        {
            "chart": chart,
            "picture": chart_uri(chart, accent, theme.chart_colour),
            "rows": list(zip(chart.categories, zip(*(each.texts for each in chart.series), strict=True), strict=True)),
        }
        for chart in charts
    ]


def _calculation(measure):
    """What a measure is counted from, in words, and where those records stand."""
    if not measure.calculation:
        return None
    name, words = RECORDS.get(measure.calculation.partition(".")[0], ("", ""))
    return {
        "words": known_calculations().get(measure.calculation, measure.calculation),
        "url_name": name,
        "records": words,
    }


@require_safe
@requires(Permission.REPORT_READ)
def figure_search(request):
    """For the editor: the figures that match words or a number (`q`), or the texts of the ones named (`codes`)."""
    if "codes" in request.GET:
        return JsonResponse({"texts": _texts(request.GET["codes"])})
    words = request.GET.get("q", "").strip()
    entries = _entries_reading(words) if NUMBER.fullmatch(words) else []
    entries += [entry for entry in _entries_named(words) if entry not in entries]
    return JsonResponse({"results": [_result(entry) for entry in entries[:MOST_RESULTS]]})


def _entries_named(words):
    measures = list(measures_matching(words)[:MOST_RESULTS])
    book = whole_figure_book({measure.code for measure in measures})
    return [entry for measure in measures for entry in reversed(book.entries(measure.code))]


def _entries_reading(number):
    """What the report would show as this number, and no other number beside it, the latest first."""
    book = whole_figure_book()
    entries = [entry for measure in measures_matching("") for entry in book.entries(measure.code)]
    return _latest_first(entry for entry in entries if any(_reads(entry.text(show), number) for show in SHOWS))


def _reads(text, number):
    return [found.replace(",", "") for found in NUMBER.findall(text or "")] == [number.replace(",", "")]


def _result(entry):
    return {
        "code": entry.measure.code,
        "name": entry.measure.name,
        "period": entry.period.code,
        "period_label": entry.period.label,
        "area": entry.area,
        "source": entry.source,
        "status": entry.status,
        "shows": [
            {"show": show, "label": label, "text": text} for show, label in SHOWS.items() if (text := entry.text(show))
        ],
    }


def _texts(codes):
    asked = codes.replace("\0", "").split(",")[:MOST_TEXTS]
    tokens = [tuple(token.split(":")) for token in asked if token.count(":") == 2]
    book = whole_figure_book({code for code, _, _ in tokens})
    found = {token: book.figure(*token) for token in tokens}
    return {
        ":".join(token): {
            "text": figure.text,
            "label": f"{figure.name}, {figure.period}",
            "about": " · ".join(filter(None, [figure.area, figure.source, book.entry(*token[:2]).status])),
        }
        for token, figure in found.items()
        if figure
    }
