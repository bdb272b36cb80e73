"""Evidence files of the partners' updates. The rules for files themselves stand in `partnership.evidence`."""

from collections.abc import Sequence

from django.db import transaction

from partnership import audit, evidence
from partnership.evidence import SentFile
from partnership.models import Evidence, User
from partnership.states import WrongState
from priorities.models import QuarterlyUpdate, UpdateEvidence

MOST_FOR_UPDATE = 30


@transaction.atomic
def add_evidence(
    *, update: QuarterlyUpdate, files: Sequence[SentFile], title: str = "", remark: str = "", by: User
) -> list[Evidence]:
    """Keep files with an update that its agency still has, all or none; each is checked before it can be downloaded.

    `remark` says what the sender confirmed about them, for the record of changes.
    Raises `WrongState` once the update is handed in, or where it would have too many files.
    """
    update = _open_update(update.pk)
    if UpdateEvidence.objects.filter(update=update).shown().count() + len(files) > MOST_FOR_UPDATE:
        raise WrongState(f"An update can have {MOST_FOR_UPDATE} files at most. Remove some, or put them into one PDF.")
    added = []
    for sent in files:
        kept = evidence.keep_evidence(sent=sent, title=title, agency=update.agency, by=by)
        UpdateEvidence.objects.create(update=update, evidence=kept)
        audit.record("update.evidence-added", target=update, by=by, detail=f"{kept.name} {remark}".strip())
        added.append(kept)
    return added


@transaction.atomic
def withdraw_evidence(*, link: UpdateEvidence, by: User) -> Evidence:
    """Take a file away from an update that its agency still has; raises `WrongState` once it is handed in."""
    update = _open_update(link.update_id)
    withdrawn = evidence.withdraw_evidence(evidence=link.evidence, by=by)
    audit.record("update.evidence-removed", target=update, by=by, detail=withdrawn.name)
    return withdrawn


def _open_update(pk: int) -> QuarterlyUpdate:
    update = QuarterlyUpdate.objects.select_for_update(of=("self",)).with_names().get(pk=pk)
    if not update.is_open:
        raise WrongState(f"{update} is {update.get_status_display().lower()}: its files can no longer be changed.")
    return update
