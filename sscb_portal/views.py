"""The home page: what there is to do for the person who signed in."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnership.choices import Permission
from priorities.models import QuarterlyUpdate
from reports.models import AnnualReport


@require_safe
def home(request):
    user = request.user
    updates = QuarterlyUpdate.objects.with_names()
    visible = updates.visible_to(user)
    context = {
        "to_write": updates.writable_by(user).awaiting_partner(),
        "to_decide": visible.awaiting_board() if user.may(Permission.UPDATE_DECIDE) else updates.none(),
        "decided": visible.accepted().filter(agency__in=user.agency_ids),
        "reports": AnnualReport.objects.visible_to(user).select_related("period"),
        "can_publish": user.may(Permission.PUBLICATION_MAKE),
    }
    return render(request, "home.html", context)


@require_safe
@login_not_required
def accessibility(request):
    return render(request, "pages/accessibility.html")
