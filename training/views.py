from django.db.models import Sum
from django.shortcuts import render
from django.views.decorators.http import require_GET

from partnership.choices import Permission
from partnership.permissions import requires
from training.models import Session


@require_GET
@requires(Permission.REPORT_READ)
def session_list(request):
    sessions = (
        Session.objects.select_related("course")
        .annotate(attended=Sum("attendances__attended"))
        .order_by("held_on", "pk")  # a sum leaves out the model's own order
    )
    caveats = Session.objects.exclude(caveat="").order_by("caveat").values_list("caveat", flat=True).distinct()
    return render(request, "training/session_list.html", {"sessions": sessions, "caveats": caveats})
