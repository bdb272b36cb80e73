"""Who is sent every published report, and that they were."""

from django.db import transaction
from django.utils import timezone

from partnership import audit
from partnership.models import User
from partnership.states import WrongState
from reports import emails
from reports.models import Receipt, Recipient


@transaction.atomic
def add_recipient(
    *, name: str, email: str = "", is_statutory: bool = False, within_days: int | None = None, by: User | None
) -> Recipient:
    """Somebody to whom every report goes from now on."""
    if Recipient.objects.filter(name=name).exists():
        raise WrongState(f"{name} is in the list already.")
    recipient = Recipient.objects.create(name=name, email=email, is_statutory=is_statutory, within_days=within_days)
    audit.record("recipient.added", target=recipient, by=by)
    return recipient


@transaction.atomic
def remove_recipient(*, recipient: Recipient, by: User) -> None:
    """Send later reports to them no more; what they were sent stays in the record."""
    audit.record("recipient.removed", target=recipient, by=by)
    recipient.delete()


@transaction.atomic
def send_receipt(*, receipt: Receipt, by: User) -> Receipt:
    """Email a recipient the report's address, and record that; raises `WrongState` where there is no email address."""
    if not receipt.email:
        raise WrongState(f"There is no email address of {receipt.name}. Send it yourself, and record that here.")
    sent = record_receipt(receipt=receipt, how=f"By the portal, to {receipt.email}", by=by)
    transaction.on_commit(lambda: emails.send_published(sent), robust=True)
    return sent


@transaction.atomic
def record_receipt(*, receipt: Receipt, how: str, by: User) -> Receipt:
    """Record that a recipient was sent the report, and how; raises `WrongState` where that is recorded already."""
    receipt = Receipt.objects.select_for_update(of=("self",)).get(pk=receipt.pk)
    if receipt.told_at:
        raise WrongState(f"{receipt.name} was sent it already: {receipt.how}.")
    receipt.told_at, receipt.told_by, receipt.how = timezone.now(), by, how
    receipt.save()
    audit.record("receipt.recorded", target=receipt, by=by, detail=how)
    return receipt
