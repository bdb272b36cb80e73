"""Measures with their figures, as pages and for the editor."""

from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from partnership.choices import Permission
from partnership.permissions import requires
from priorities.disclosure import disclose
from priorities.figurebook import SHOWS
from priorities.models import Measure
from priorities.queries import replaced_values
from priorities.wording import in_words
from reports.queries import measures_matching, sections_showing, whole_figure_book

MOST_RESULTS = 20
MOST_TEXTS = 100


@require_safe
@requires(Permission.REPORT_READ)
def measure_list(request):
    words = request.GET.get("q", "").strip()
    measures = list(measures_matching(words))
    book = whole_figure_book({measure.code for measure in measures})
    rows = [{"measure": measure, "latest": (book.entries(measure.code) or [None])[-1]} for measure in measures]
    return render(
        request, "reports/measure_list.html", {"rows": rows, "q": words, "caption": _caption(len(rows), words)}
    )


def _caption(count, words):
    found = "1 measure" if count == 1 else f"{count} measures"
    return f"{found} for “{words}”" if words else found


@require_safe
@requires(Permission.REPORT_READ)
def measure_detail(request, code):
    measure = get_object_or_404(Measure.objects.select_related("area", "owner", "priority", "denominator"), code=code)
    context = {
        "measure": measure,
        "entries": whole_figure_book({measure.code}).entries(measure.code),
        "superseded": [_replaced(measure, value) for value in replaced_values(measure)],
        "sections": sections_showing(measure),
    }
    return render(request, "reports/measure_detail.html", context)


def _replaced(measure, value):
    shown = disclose(value.number, code=value.code, qualifier=value.qualifier, rule=measure.disclosure)
    text = in_words(shown, unit=measure.unit, decimals=measure.decimals)
    return {"period": value.period, "text": text, "source": value.source}


@require_safe
@requires(Permission.SECTION_EDIT)
def figure_search(request):
    """For the editor: the figures that match words (`q`), or the texts of the ones named (`codes`)."""
    if "codes" in request.GET:
        return JsonResponse({"texts": _texts(request.GET["codes"])})
    measures = list(measures_matching(request.GET.get("q", ""))[:MOST_RESULTS])
    book = whole_figure_book({measure.code for measure in measures})
    entries = [entry for measure in measures for entry in reversed(book.entries(measure.code))]
    return JsonResponse({"results": [_result(entry) for entry in entries[:MOST_RESULTS]]})


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
        ":".join(token): {"text": figure.text, "label": f"{figure.name}, {figure.period}"}
        for token, figure in found.items()
        if figure
    }
