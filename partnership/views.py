from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from partnership import actions, emails
from partnership.choices import Permission
from partnership.forms import PersonForm
from partnership.models import Agency, AuditEvent, Group, User
from partnership.permissions import requires

EVENTS_ON_A_PAGE = 50


@require_GET
@requires(Permission.REPORT_READ)
def partnership_detail(request):
    context = {
        "agencies": Agency.objects.select_related("area"),
        "groups": Group.objects.select_related("reports_to").prefetch_related("members"),
    }
    return render(request, "partnership/partnership_detail.html", context)


@require_GET
@requires(Permission.PEOPLE_MANAGE)
def person_list(request):
    return render(
        request, "partnership/person_list.html", {"people": User.objects.prefetch_related("memberships__agency")}
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.PEOPLE_MANAGE)
def person_add(request):
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        with transaction.atomic():
            user = actions.add_person(email=data["email"], name=data["name"], post=data["post"], by=request.user)
            actions.give_role(user=user, agency=data["agency"], role=data["role"], by=request.user)
            transaction.on_commit(lambda: emails.send_invitation(user), robust=True)
        messages.success(request, f"{user.name} has an account now, and an invitation is on its way to {user.email}.")
        return redirect("partnership:person-list")
    return render(request, "partnership/person_add.html", {"form": form})


@require_GET
@requires(Permission.AUDIT_READ)
def change_list(request):
    page = Paginator(AuditEvent.objects.all(), EVENTS_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "partnership/change_list.html", {"page": page})
