from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from partnership.choices import Permission
from partnership.doing import is_done
from partnership.downloads import table_response
from partnership.permissions import requires
from priorities.choices import Unit
from priorities.wording import people_in_cell, people_in_words
from training import actions
from training.forms.licences import LicenceForm
from training.models import Licence


@require_safe
@requires(Permission.REPORT_READ)
def licence_list(request):
    today = timezone.localdate()
    rows = [
        {
            "licence": licence,
            "trained": people_in_words(licence.trained, unit=Unit.PEOPLE),
            "licensed": people_in_words(licence.licensed, unit=Unit.PEOPLE),
            "is_expired": licence.is_expired_on(today),
        }
        for licence in _licences()
    ]
    context = {"rows": rows, "expired_count": sum(row["is_expired"] for row in rows)}
    return render(request, "training/licence_list.html", context)


@require_safe
@requires(Permission.REPORT_READ)
def licence_export(request, kind):
    today = timezone.localdate()
    return table_response(
        kind,
        title="Licences",
        headings=("Course", "Agency", "Year", "Trained", "Licensed", "Assessments", "Expires on", "Expired", "Note"),
        rows=(
            [
                licence.course.title,
                licence.agency.name,
                licence.period.label,
                people_in_cell(licence.trained, unit=Unit.PEOPLE),
                people_in_cell(licence.licensed, unit=Unit.PEOPLE),
                licence.assessments,
                licence.expires_on,
                "Yes" if licence.is_expired_on(today) else "No",
                licence.note,
            ]
            for licence in _licences()
        ),
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.TRAINING_MANAGE)
def licence_record(request):
    form = LicenceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.record_licences(**form.cleaned_data, by=request.user)
        messages.success(request, "The licences are recorded.")
        return redirect("training:licence-list")
    return render(request, "training/licence_record.html", {"form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.TRAINING_MANAGE)
def licence_change(request, pk):
    licence = get_object_or_404(_licences(), pk=pk)
    form = LicenceForm(request.POST if request.method == "POST" else None, licence=licence)
    if request.method == "POST" and form.is_valid():
        fields = {**form.cleaned_data, "version": form.cleaned_data["version"] or 0}
        if is_done(request, form, "The licences are corrected.", actions.change_licences, licence=licence, **fields):
            return redirect("training:licence-list")
    return render(request, "training/licence_change.html", {"licence": licence, "form": form})


def _licences():
    return Licence.objects.select_related("course", "agency", "period")
