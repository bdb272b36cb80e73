"""People, their roles and their accounts."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership import actions, emails
from partnership.choices import Permission
from partnership.doing import do_and_say
from partnership.downloads import table_response
from partnership.forms.people import PersonForm, RoleForm
from partnership.models import Membership, User
from partnership.permissions import requires


@require_safe
@requires(Permission.PEOPLE_MANAGE)
def person_list(request):
    return render(request, "partnership/person_list.html", {"people": _people()})


@require_safe
@requires(Permission.PEOPLE_MANAGE)
def person_export(request, kind):
    return table_response(
        kind,
        title="People",
        headings=("Name", "Email", "Job title", "What they do here", "Account"),
        rows=([person.name, person.email, person.post, _roles(person), _account(person)] for person in _people()),
    )


def _people():
    return User.objects.prefetch_related("memberships__agency")


def _roles(person):
    return "; ".join(
        f"{membership.get_role_display()}, {membership.agency.short_name}" for membership in person.memberships.all()
    )


def _account(person):
    return "Open" if person.is_active else "Closed"


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


@require_http_methods(["GET", "POST"])
@requires(Permission.PEOPLE_MANAGE)
def person_detail(request, pk):
    user = get_object_or_404(User, pk=pk)
    form = RoleForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        actions.give_role(user=user, **form.cleaned_data, by=request.user)
        messages.success(request, f"{user.name} has the role now.")
        return redirect("partnership:person-detail", pk=pk)
    context = {"person": user, "memberships": user.memberships.select_related("agency"), "form": form}
    return render(request, "partnership/person_detail.html", context)


@require_POST
@requires(Permission.PEOPLE_MANAGE)
def role_take(request, pk):
    membership = get_object_or_404(Membership.objects.select_related("user", "agency"), pk=pk)
    return _change(request, membership.user, "The role is taken away.", actions.take_role, membership=membership)


@require_POST
@requires(Permission.PEOPLE_MANAGE)
def account_close(request, pk):
    user = get_object_or_404(User, pk=pk)
    return _change(request, user, "The account is closed.", actions.close_account, user=user)


@require_POST
@requires(Permission.PEOPLE_MANAGE)
def account_open(request, pk):
    user = get_object_or_404(User, pk=pk)
    return _change(request, user, "The account is open again.", actions.open_account, user=user)


def _change(request, person, said, act, **arguments):
    return do_and_say(request, said, act, then=("partnership:person-detail", person.pk), **arguments)
