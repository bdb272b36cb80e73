"""The outline of a report: beginning one, its sections, their order and numbers, who writes them until when."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership.choices import Permission
from partnership.doing import do_and_say, is_done, made, posted
from partnership.permissions import requires
from reports import actions
from reports.carrying import coming_of
from reports.coverage import coverage
from reports.headings import only_headings
from reports.models import Section
from reports.outline_forms import NumberingForm, ReportBeginForm, RollForwardForm, SectionForm
from reports.overview import comes_with_something
from reports.queries import blocks_by_section, outline
from reports.views.reports import get_report


@require_http_methods(["GET", "POST"])
@requires(Permission.REPORT_ARRANGE)
def report_begin(request):
    form = ReportBeginForm(posted(request))
    if request.method == "POST" and form.is_valid():
        said = "The report is begun. Say now who writes which section, until when."
        if report := made(request, form, said, actions.begin_report, **form.chosen):
            return redirect("reports:report-detail", year=report.period.code)
    return render(request, "reports/report_begin.html", {"form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.REPORT_ARRANGE)
def report_roll_forward(request, year):
    """Begin a later year's report from this one; the page shows what comes along and what does not."""
    report = get_report(request, year)
    form = RollForwardForm(posted(request), report=report)
    if request.method == "POST" and form.is_valid():
        said = "The report is begun. What was carried over is marked until somebody has checked it."
        if rolled := made(request, form, said, actions.roll_forward, report=report, **form.cleaned_data):
            return redirect("reports:report-detail", year=rolled.period.code)
    sections = outline(report.sections.all())
    blocks = blocks_by_section([section.pk for section, _ in sections])
    coming = [coming_of(section, level, blocks[section.pk]) for section, level in sections]
    context = {
        "report": report,
        "form": form,
        "has_year": form.fields["period"].queryset.exists(),
        "coming": coming,
        "sections": only_headings(
            [(level, comes_with_something(blocks[section.pk])) for section, level in sections]
        ).count(False),
        "promises": sum(row.promises for row in coming),
        "to_check": sum(row.to_check for row in coming),
        "drawn": sum(row.drawn for row in coming),
        "left": sum(row.left for row in coming),
    }
    return render(request, "reports/report_roll_forward.html", context)


@require_safe
@requires(Permission.REPORT_ARRANGE)
def report_outline(request, year):
    """The outline to be changed: every section with the buttons that move it."""
    report = get_report(request, year)
    sections = outline(report.sections.select_related("owner", "writer"))
    beside = {}
    for section, _ in sections:
        beside.setdefault(section.parent_id, []).append(section.pk)
    covered = coverage(report)
    answered = covered.codes_by_section if covered else {}
    context = {
        "report": report,
        "coverage": covered,
        "rows": [
            {
                "section": section,
                "level": level,
                "answers": answered.get(section.pk),
                "is_first": beside[section.parent_id][0] == section.pk,
                "is_last": beside[section.parent_id][-1] == section.pk,
            }
            for section, level in sections
        ],
        "taken_out": _taken_out(report),
        "numbering_form": NumberingForm(initial={"numbering": report.numbering}),
    }
    return render(request, "reports/report_outline.html", context)


def _taken_out(report):
    """The sections that were taken out, the latest first; a chapter stands for those that went with it."""
    sections = Section.with_removed.filter(report=report, removed_at__isnull=False)
    found = sections.select_related("removed_by", "parent").order_by("-removed_at", "parent_id", "order")
    return [each for each in found if not (each.parent and each.parent.removed_at)]


@require_POST
@requires(Permission.REPORT_ARRANGE)
def numbering_choose(request, year):
    report = get_report(request, year)
    form = NumberingForm(request.POST)
    if not form.is_valid():
        return redirect(_outline_of(report))
    return do_and_say(
        request,
        "The numbering is changed.",
        actions.choose_numbering,
        then=(_outline_of(report),),
        report=report,
        **form.cleaned_data,
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.REPORT_ARRANGE)
def section_add(request, year):
    report = get_report(request, year)
    form = SectionForm(posted(request), report=report, initial={"parent": request.GET.get("parent")})
    if request.method == "POST" and form.is_valid():
        said = f"“{form.cleaned_data['title']}” is added."
        if section := made(request, form, said, actions.add_section, report=report, **form.cleaned_data):
            return redirect(f"{_outline_of(report)}#section-{section.pk}")
    return render(request, "reports/section_add.html", {"report": report, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.REPORT_ARRANGE)
def section_change(request, pk):
    section = _section(pk)
    form = SectionForm(posted(request), report=section.report, section=section)
    if request.method == "POST" and form.is_valid():
        said = f"“{form.cleaned_data['title']}” is changed."
        if is_done(request, form, said, actions.change_section, section=section, **form.cleaned_data):
            return redirect(f"{_outline_of(section.report)}#section-{section.pk}")
    return render(request, "reports/section_change.html", {"section": section, "form": form})


@require_POST
@requires(Permission.REPORT_ARRANGE)
def section_move(request, pk):
    section = _section(pk)
    then = f"{_outline_of(section.report)}#section-{section.pk}"
    is_up = request.POST.get("to") == "up"
    return do_and_say(request, f"{section} is moved.", actions.move_section, then=(then,), section=section, is_up=is_up)


@require_POST
@requires(Permission.REPORT_ARRANGE)
def section_remove(request, pk):
    section = _section(pk)
    said = f"{section} is taken out of the report. You can put it back below."
    return do_and_say(request, said, actions.remove_section, then=(_outline_of(section.report),), section=section)


@require_POST
@requires(Permission.REPORT_ARRANGE)
def section_put_back(request, pk):
    section = get_object_or_404(Section.with_removed.select_related("report__period"), pk=pk)
    then = f"{_outline_of(section.report)}#section-{section.pk}"
    said = f"{section} stands in the report again."
    return do_and_say(request, said, actions.put_back_section, then=(then,), section=section)


def _section(pk):
    return get_object_or_404(Section.objects.select_related("report__period", "parent"), pk=pk)


def _outline_of(report):
    return reverse("reports:report-outline", args=[report.period.code])
