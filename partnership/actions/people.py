"""Changes to people, their roles and their accounts."""

from django.db import transaction

from partnership import audit
from partnership.models import Agency, Membership, User
from partnership.states import WrongState


@transaction.atomic
def add_person(*, email: str, name: str, post: str = "", password: str | None = None, by: User | None) -> User:
    """Give a person an account. Without a password they choose one by "Forgotten your password?"."""
    user = User.objects.create_user(email=email, name=name, post=post, password=password)
    audit.record("person.added", target=user, by=by)
    return user


@transaction.atomic
def give_role(*, user: User, agency: Agency, role: str, by: User | None) -> Membership:
    """Let a person act for an agency in a role, on top of what they may do already."""
    membership = Membership.objects.create(user=user, agency=agency, role=role)
    audit.record("membership.added", target=membership, by=by)
    return membership


@transaction.atomic
def take_role(*, membership: Membership, by: User) -> None:
    """End a role; raises `WrongState` for one's own, so that no portal is left without its manager."""
    if membership.user_id == by.pk:
        raise WrongState("You cannot take your own role away. Ask another board manager.")
    audit.record("membership.ended", target=membership, by=by)
    membership.delete()


@transaction.atomic
def close_account(*, user: User, by: User) -> User:
    """Shut a person out, at once and wherever they are signed in; what they did stays in the record."""
    if user.pk == by.pk:
        raise WrongState("You cannot close your own account. Ask another board manager.")
    user.is_active = False
    user.save(update_fields=["is_active"])
    audit.record("person.account-closed", target=user, by=by)
    return user


@transaction.atomic
def open_account(*, user: User, by: User) -> User:
    """Let a person in again, with the roles they still have."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    audit.record("person.account-opened", target=user, by=by)
    return user
