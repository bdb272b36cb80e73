"""Handing a section in, approving it, and returning it."""

from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from partnership.choices import Permission
from partnership.doing import do_and_say, is_done
from partnership.permissions import requires
from reports import actions
from reports.outline_forms import ReturnForm, SeenForm
from reports.views.reading import get_section, get_section_to_write, show_section


@require_POST
@requires(Permission.REPORT_READ)
def section_submit(request, pk):
    section = get_section_to_write(request, pk)
    said = f"{section} is submitted. The board team reads it, and approves it or asks for changes."
    return do_and_say(request, said, actions.submit_section, then=_back(pk), section=section)


@require_POST
@requires(Permission.SECTION_APPROVE)
def section_approve(request, pk):
    section = get_section(request, pk)
    form = SeenForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else -1
    return do_and_say(
        request, f"{section} is approved.", actions.approve_section, then=_back(pk), section=section, seen=seen
    )


@require_POST
@requires(Permission.SECTION_APPROVE)
def section_return(request, pk):
    section = get_section(request, pk)
    form = ReturnForm(request.POST)
    said = f"{section} is returned. Its writer reads what should change."
    if form.is_valid() and is_done(request, form, said, actions.return_section, section=section, **form.cleaned_data):
        return redirect(*_back(pk))
    return show_section(request, get_section(request, pk), form=form)


def _back(pk):
    return ("reports:section-detail", pk)
