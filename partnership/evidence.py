"""Evidence files: keeping one, claiming it to check it, and how it ends. The row is the job (docs/decisions/0003).

The app that a file belongs to links it, says who may see it, and asks these verbs; the rules for files stand here.
"""

from dataclasses import dataclass
from hashlib import sha256

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import timezone

from partnership import audit, jobs
from partnership.choices import EvidenceStatus, FileKind
from partnership.models import Agency, Evidence, User

GAVE_UP = (
    "This file could not be checked: the program that does it stopped {attempts} times. "
    "Save the file again, or save it as a PDF, then send that."
)
INFECTED = (
    "The virus scanner found something harmful in this file ({virus}), so the portal has deleted it. "
    "Do not open it on your computer, and tell your IT service."
)


LostClaim = jobs.LostClaim


@dataclass(frozen=True)
class SentFile:
    """A file as a form has let it through: its clean name, and its kind by content."""

    name: str
    kind: FileKind
    content: File


@transaction.atomic
def keep_evidence(*, sent: SentFile, title: str = "", agency: Agency, by: User) -> Evidence:
    """Keep a file where nobody can download it until it is checked. Ring for it with `tasks.ring`."""
    digest = sha256()
    for chunk in sent.content.chunks():
        digest.update(chunk)
    evidence = Evidence(
        name=sent.name,
        title=title,
        agency=agency,
        kind=sent.kind,
        size=sent.content.size,
        sha256=digest.hexdigest(),
        uploaded_by=by,
    )
    evidence.held.save(sent.name, sent.content, save=False)
    evidence.save()
    audit.record("evidence.added", target=evidence, by=by, detail=sent.name)
    return evidence


def claim(evidence_id: int) -> Evidence | None:
    """Take the row for this worker, as `jobs.claim`; used-up attempts end it as refused."""
    return jobs.claim(Evidence, evidence_id, give_up=lambda row: _refuse(row, GAVE_UP.format(attempts=row.attempts)))


@transaction.atomic
def clear(evidence: Evidence, content: bytes) -> Evidence:
    """End the row as clean, with what is kept of the file; raises `LostClaim`."""
    row = _held(evidence)
    row.move_to(EvidenceStatus.CLEAN)
    row.file.save(row.name, ContentFile(content), save=False)
    row.size, row.sha256 = len(content), sha256(content).hexdigest()
    _end(row)
    audit.record("evidence.cleared", target=row, by=None)
    return row


@transaction.atomic
def refuse(evidence: Evidence, reason: str) -> Evidence:
    """End the row as refused, with a reason that says what to do; raises `LostClaim`."""
    return _refuse(_held(evidence), reason)


@transaction.atomic
def put_back(evidence: Evidence, note: str) -> Evidence:
    """Let the row wait for another try that does not count as one; raises `LostClaim`."""
    row = _held(evidence)
    row.attempts -= 1
    row.claim, row.lease_until, row.note = "", None, note
    row.save()
    return row


@transaction.atomic
def withdraw_evidence(*, evidence: Evidence, by: User) -> Evidence:
    """Take a file away: its bytes are deleted, what it was stays in the record; raises `WrongState`."""
    row = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
    row.move_to(EvidenceStatus.WITHDRAWN)
    row.withdrawn_at, row.withdrawn_by = timezone.now(), by
    if row.file:
        row.held, row.file = row.file.name, ""
    row.claim, row.lease_until, row.note = "", None, ""
    row.save()
    audit.record("evidence.withdrawn", target=row, by=by, detail=row.name)
    _throw_away_on_commit(row)
    return row


def note_download(*, evidence: Evidence, by: User) -> None:
    """Write that somebody of another agency took a copy."""
    audit.record("evidence.downloaded", target=evidence, by=by, detail=evidence.name)


def throw_away(evidence_id: int) -> None:
    """Delete the bytes of a row that needs them no more. Doing it twice does no harm."""
    row = Evidence.objects.to_be_thrown_away().filter(pk=evidence_id).first()
    if row is None:
        return
    row.held.storage.delete(row.held.name)
    Evidence.objects.filter(pk=evidence_id, held=row.held.name).update(held="")


def _held(evidence: Evidence) -> Evidence:
    return jobs.held(Evidence.objects.all(), evidence, status=EvidenceStatus.WAITING)


def _refuse(row: Evidence, reason: str) -> Evidence:
    row.move_to(EvidenceStatus.REFUSED)
    row.refusal = reason
    _end(row)
    audit.record("evidence.refused", target=row, by=None, detail=reason)
    return row


def _end(row: Evidence) -> None:
    row.note, row.lease_until, row.checked_at = "", None, timezone.now()
    row.save()
    _throw_away_on_commit(row)


def _throw_away_on_commit(row: Evidence) -> None:
    transaction.on_commit(lambda: throw_away(row.pk), robust=True)
