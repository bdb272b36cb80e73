"""Whose things a person may change, where that is more than what belongs to their own agency."""

from django.db.models import QuerySet

from partnership.choices import Permission
from partnership.models import Agency, User


def agencies_with_approval_of(user: User) -> QuerySet[Agency]:
    """The agencies for which a person says whether somebody approves the updates: their own, or all for a manager."""
    if user.may(Permission.PEOPLE_MANAGE):
        return Agency.objects.all()
    return Agency.objects.filter(pk__in=user.agency_ids_where(Permission.APPROVAL_CHOOSE))
