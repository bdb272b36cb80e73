from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from partnership.choices import Permission
from partnership.doing import posted
from partnership.permissions import requires
from priorities import actions
from priorities.forms.approvals import ApprovalChoiceForm
from priorities.permissions import agencies_with_approval_of


@require_http_methods(["GET", "POST"])
@requires(Permission.APPROVAL_CHOOSE)
def approval_choose(request, pk):
    agency = get_object_or_404(agencies_with_approval_of(request.user), pk=pk)
    form = ApprovalChoiceForm(posted(request), agency=agency)
    if request.method == "POST" and form.is_valid():
        actions.choose_approval(agency=agency, has_approver=form.has_approver, by=request.user)
        messages.success(request, f"Your choice for {agency} is saved.")
        return redirect("priorities:approval-choose", pk=pk)
    return render(request, "priorities/approval_choose.html", {"agency": agency, "form": form})
