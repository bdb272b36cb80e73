"""Where a report answers the statutory guidance, and saying so."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership.choices import Permission
from partnership.doing import do_and_say, is_done, posted
from partnership.downloads import table_response
from partnership.permissions import requires
from reports import actions
from reports.coverage import coverage
from reports.models import ItemAnswer
from reports.statutory_forms import EvidenceForm, GuidanceChoiceForm, ItemAnswerForm
from reports.views.reports import get_report


@require_safe
@requires(Permission.REPORT_READ)
def coverage_detail(request, year):
    """Every item with the sections that answer it, and how far those are."""
    report = get_report(request, year)
    can_arrange = request.user.may(Permission.REPORT_ARRANGE)
    context = {
        "report": report,
        "coverage": coverage(report),
        "can_arrange": can_arrange,
        "form": GuidanceChoiceForm(initial={"guidance": report.guidance_id}) if can_arrange else None,
    }
    return render(request, "reports/coverage_detail.html", context)


@require_safe
@requires(Permission.REPORT_READ)
def coverage_export(request, year, kind):
    """A line for each item and section that answers it; an item that none answers has a line, too."""
    report = get_report(request, year)
    found = coverage(report)
    return table_response(
        kind,
        title=f"Statutory coverage of {report}",
        headings=("Code", "Item", "Duty", "Section", "State of the section", "Evidence", "Source"),
        rows=(
            [
                row.item.code,
                row.item.title,
                row.item.get_duty_display(),
                str(answer.section) if answer else "Not answered",
                answer.section.get_status_display() if answer else "",
                answer.evidence if answer else "",
                row.item.source,
            ]
            for row in (found.rows if found else ())
            for answer in row.answers or (None,)
        ),
    )


@require_POST
@requires(Permission.REPORT_ARRANGE)
def guidance_choose(request, year):
    report = get_report(request, year)
    form = GuidanceChoiceForm(request.POST)
    then = ("reports:coverage-detail", year)
    if not form.is_valid():
        return redirect(*then)
    said = f"The report answers {form.cleaned_data['guidance']}."
    return do_and_say(request, said, actions.choose_guidance, then=then, report=report, **form.cleaned_data)


@require_http_methods(["GET", "POST"])
@requires(Permission.REPORT_ARRANGE)
def item_answer_add(request, year):
    """Name a section for an item, from either's page: `?from=section` leads back to the section."""
    report = get_report(request, year)
    asked = {name: request.GET.get(name) for name in ("item", "section")}
    form = ItemAnswerForm(posted(request), report=report, initial=asked)
    if request.method == "POST" and form.is_valid():
        said = f"It is kept that {form.cleaned_data['section']} answers {form.cleaned_data['item'].code}."
        if is_done(request, form, said, actions.add_item_answer, **form.cleaned_data):
            return redirect(_after(request, form.cleaned_data["section"], form.cleaned_data["item"]))
    context = {"report": report, "form": form, "begun_in": _named(form) if _is_from_section(request) else None}
    return render(request, "reports/item_answer_add.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.REPORT_ARRANGE)
def item_answer_change(request, pk):
    answer = _answer(pk)
    form = EvidenceForm(posted(request), answer=answer)
    if request.method == "POST" and form.is_valid():
        said = "The evidence is kept."
        if is_done(request, form, said, actions.change_item_answer, answer=answer, **form.cleaned_data):
            return redirect(_after(request, answer.section, answer.item))
    context = {"answer": answer, "form": form, "begun_in": answer.section if _is_from_section(request) else None}
    return render(request, "reports/item_answer_change.html", context)


@require_POST
@requires(Permission.REPORT_ARRANGE)
def item_answer_remove(request, pk):
    answer = _answer(pk)
    said = f"{answer.section} is no longer named for {answer.item.code}."
    then = (_after(request, answer.section, answer.item),)
    return do_and_say(request, said, actions.remove_item_answer, then=then, answer=answer)


def _answer(pk):
    return get_object_or_404(ItemAnswer.objects.standing().with_names(), pk=pk)


def _named(form):
    """The section that the form begins with, if it is one of the report's."""
    asked = str(form["section"].value())
    return next((section for section in form.fields["section"].queryset if str(section.pk) == asked), None)


def _is_from_section(request):
    return request.GET.get("from") == "section"


def _after(request, section, item):
    if _is_from_section(request):
        return reverse("reports:section-detail", args=[section.pk]) + "#statutory"
    return reverse("reports:coverage-detail", args=[section.report.period.code]) + f"#item-{item.pk}"
