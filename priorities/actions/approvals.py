"""Whether somebody else approves an agency's updates before they are submitted."""

from django.db import transaction

from partnership import audit
from partnership.models import Agency, User


@transaction.atomic
def choose_approval(*, agency: Agency, has_approver: bool, by: User) -> Agency:
    """Say whether submitting asks who approved it. What was submitted already stays as it is."""
    agency = Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)
    if agency.has_approver != has_approver:
        agency.has_approver = has_approver
        agency.save(update_fields=["has_approver"])
        said = "Somebody else approves its updates" if has_approver else "Nobody else approves its updates"
        audit.record("approval.chosen", target=agency, by=by, detail=said)
    return agency
