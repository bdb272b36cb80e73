"""Giving a signature, refusing it, the chair's comment, and what was signed on paper."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from partnership.choices import Permission
from partnership.doing import is_done, posted
from partnership.permissions import requires
from reports import actions
from reports.choices import PlaceKind
from reports.difference import render as render_difference
from reports.models import Signature
from reports.signing import looked_at_before, what_changed
from reports.signing_forms import PaperForm, ReasonForm, SignForm, StatementForm


@require_http_methods(["GET", "POST"])
@requires(Permission.SIGNATURE_GIVE)
def signature_give(request, pk):
    """Sign, with the password again; the page shows what changed since this person signed or refused before."""
    signature = _own(request, pk, PlaceKind.PARTNER)
    form = SignForm(posted(request), by=request.user)
    said = f"You have signed {signature.edition}. Thank you."
    if form.is_valid() and _tried(request, form, said, actions.give_signature, signature, **form.said):
        return _back(signature)
    return _show(request, "reports/signature_give.html", signature, form)


@require_http_methods(["GET", "POST"])
@requires(Permission.SIGNATURE_GIVE)
def signature_refuse(request, pk):
    signature = _own(request, pk, PlaceKind.PARTNER)
    form = ReasonForm(posted(request))
    said = "The board team reads why you do not sign."
    if form.is_valid() and _tried(request, form, said, actions.refuse_signature, signature, **form.cleaned_data):
        return _back(signature)
    return render(request, "reports/signature_refuse.html", {"signature": signature, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.STATEMENT_MAKE)
def statement_make(request, pk):
    signature = _own(request, pk, PlaceKind.CHAIR)
    form = StatementForm(posted(request), by=request.user)
    said = "Your comment is kept."
    if form.is_valid() and _tried(request, form, said, actions.make_statement, signature, **form.said):
        return _back(signature)
    return _show(request, "reports/statement_make.html", signature, form)


@require_http_methods(["GET", "POST"])
@requires(Permission.SIGN_OFF_MANAGE)
def signature_record(request, pk):
    signature = get_object_or_404(Signature.objects.with_names(), pk=pk)
    form = PaperForm(posted(request))
    said = "The signature on paper is recorded."
    if form.is_valid() and _tried(request, form, said, actions.record_signature, signature, **form.cleaned_data):
        return _back(signature)
    return render(request, "reports/signature_record.html", {"signature": signature, "form": form})


def _own(request, pk, kind):
    """The person's own place, or 404: nobody signs in another's."""
    return get_object_or_404(Signature.objects.of(request.user).filter(kind=kind).with_names(), pk=pk)


def _tried(request, form, said, act, signature, **arguments):
    """Whether it was done. What has changed meanwhile is void before anybody signs it, and stays so."""
    actions.void_if_changed(edition=signature.edition)
    return is_done(request, form, said, act, signature=signature, **arguments)


def _show(request, template, signature, form):
    before = looked_at_before(signature.edition, request.user)
    changed = what_changed(before, signature.edition) if before else []
    context = {
        "signature": signature,
        "form": form,
        "before": before,
        "changed": [{"title": each.title, "html": render_difference(each.lines)} for each in changed],
    }
    return render(request, template, context)


def _back(signature):
    return redirect("reports:sign-off-detail", year=signature.edition.report.period.code)
