from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from partnership.choices import Permission
from partnership.doing import is_done, posted
from partnership.permissions import requires
from reviews import actions
from reviews.forms.withdrawals import WithdrawForm
from reviews.models import ChildDeathSummary, Feedback, Inspection, PartnerChallenge, RestraintScrutiny, Risk

NOUNS = {
    "inspection": Inspection,
    "child-deaths": ChildDeathSummary,
    "restraint": RestraintScrutiny,
    "feedback": Feedback,
    "partner-challenge": PartnerChallenge,
    "risk": Risk,
}
"""What can be withdrawn, by the noun that its routes and its lines in the record of changes begin with."""


@require_http_methods(["GET", "POST"])
@requires(Permission.REVIEW_MANAGE)
def record_withdraw(request, noun, pk):
    if noun not in NOUNS:
        raise Http404
    record = get_object_or_404(NOUNS[noun].objects.visible_to(request.user).in_force(), pk=pk)
    form = WithdrawForm(posted(request))
    if request.method == "POST" and form.is_valid():
        fields = {"record": record, "noun": noun, "reason": form.cleaned_data["reason"], "kept": form.kept}
        if is_done(request, form, "It is withdrawn.", actions.withdraw_record, **fields):
            return redirect(f"reviews:{noun}-detail", pk=pk)
    context = {
        "form": form,
        "heading": "Withdraw this record",
        "caption": record,
        "intro": "A record is never deleted. It leaves the lists and the figures. Signed reports go on counting it.",
        "button": "Withdraw",
        "is_warning": True,
        "back_url": reverse(f"reviews:{noun}-detail", args=[pk]),
        "back_text": "Back to the record",
    }
    return render(request, "pages/form.html", context)
