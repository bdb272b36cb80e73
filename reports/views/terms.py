"""The glossary: what the abbreviations of the reports mean."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership.choices import Permission
from partnership.doing import do_and_say, is_done, made, posted
from partnership.downloads import table_response
from partnership.permissions import requires
from reports import actions
from reports.models import Term
from reports.term_forms import TermForm


@require_safe
@requires(Permission.REPORT_READ)
def term_list(request):
    context = {"terms": Term.objects.all(), "can_arrange": request.user.may(Permission.REPORT_ARRANGE)}
    return render(request, "reports/term_list.html", context)


@require_safe
@requires(Permission.REPORT_READ)
def term_export(request, kind):
    return table_response(
        kind,
        title="Glossary",
        headings=("Abbreviation", "What it stands for"),
        rows=([term.abbreviation, term.meaning] for term in Term.objects.all()),
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.REPORT_ARRANGE)
def term_add(request):
    form = TermForm(posted(request), initial={"abbreviation": request.GET.get("abbreviation", "")})
    if request.method == "POST" and form.is_valid():
        said = f"{form.cleaned_data['abbreviation']} is explained in every report that uses it."
        if term := made(request, form, said, actions.add_term, **form.cleaned_data):
            return redirect(_address(term))
    return render(request, "pages/form.html", _page(form, "Add to the glossary", "Add"))


@require_http_methods(["GET", "POST"])
@requires(Permission.REPORT_ARRANGE)
def term_change(request, pk):
    term = get_object_or_404(Term, pk=pk)
    form = TermForm(posted(request), term=term)
    if request.method == "POST" and form.is_valid():
        said = f"{form.cleaned_data['abbreviation']} is changed."
        if is_done(request, form, said, actions.change_term, term=term, **form.cleaned_data):
            return redirect(_address(term))
    return render(request, "pages/form.html", _page(form, f"Change {term}", "Save"))


@require_POST
@requires(Permission.REPORT_ARRANGE)
def term_remove(request, pk):
    term = get_object_or_404(Term, pk=pk)
    said = f"{term} is taken out of the glossary."
    return do_and_say(request, said, actions.remove_term, then=("reports:term-list",), term=term)


def _page(form, heading, button):
    back = reverse("reports:term-list")
    return {"form": form, "heading": heading, "button": button, "back_url": back, "back_text": "Glossary"}


def _address(term):
    return f"{reverse('reports:term-list')}#term-{term.pk}"
