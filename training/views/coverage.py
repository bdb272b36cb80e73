from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.choices import Permission
from partnership.downloads import table_response
from partnership.permissions import requires
from training.forms.coverage import CoverageForm
from training.queries import coverage


@require_safe
@requires(Permission.REPORT_READ)
def coverage_detail(request):
    """Which agencies came to which mandatory courses in twelve months, and where the gaps are."""
    until, form = _asked(request)
    context = {
        "coverage": coverage(until),
        "filter_form": form,
        "asked": until.isoformat() if form.is_bound and form.is_valid() else "",
    }
    return render(request, "training/coverage.html", context)


@require_safe
@requires(Permission.REPORT_READ)
def coverage_export(request, kind):
    found = coverage(_asked(request)[0])
    return table_response(
        kind,
        title="Training coverage",
        headings=("Agency", *(course.title for course in found.courses), "Gaps"),
        rows=([row.agency.name, *(cell.text for cell in row.cells), row.gaps] for row in found.rows),
    )


def _asked(request):
    """The day asked for, or today where none is or it is no day; and the form that says so."""
    today = timezone.localdate()
    form = CoverageForm(request.GET if "until" in request.GET else None, initial={"until": today})
    return (form.cleaned_data["until"] if form.is_bound and form.is_valid() else today), form
