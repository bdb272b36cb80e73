from django.db.models import Sum
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnership.choices import Permission
from partnership.permissions import requires
from priorities.choices import Unit
from priorities.wording import people_in_words
from training.models import Session


@require_safe
@requires(Permission.REPORT_READ)
def session_list(request):
    sessions = (
        Session.objects.select_related("course")
        .annotate(attended=Sum("attendances__attended"))
        .order_by("held_on", "pk")  # a sum leaves out the model's own order
    )
    rows = [
        {"session": session, "attended": people_in_words(session.attended or 0, unit=Unit.ATTENDANCES)}
        for session in sessions
    ]
    caveats = Session.objects.exclude(caveat="").order_by("caveat").values_list("caveat", flat=True).distinct()
    return render(request, "training/session_list.html", {"rows": rows, "caveats": caveats})
