"""Making files of the report: asking for one, claiming it, keeping it, giving up (docs/decisions/0003).

The row is the job. Whoever rings the bell twice, or whichever worker dies, each row ends as ready or failed, once.
"""

import hashlib
from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from partnership import audit, jobs
from partnership.models import User
from partnership.states import WrongState
from reports.assemble import assemble
from reports.choices import MENDED_LATER, Format, PublicationStatus, Stage, Variant
from reports.document import Document, content_hash, to_json
from reports.findings import Finding
from reports.models import AnnualReport, Publication
from reports.plainness import hard_to_read
from reports.rendering.checking import render_checked
from reports.rendering.failed import RenderingFailed
from reports.rendering.faults import Fault
from reports.retelling import retold, told

GAVE_UP = (
    "The program that makes the file stopped {attempts} times without finishing. Try again; if it fails again, ask "
    "your administrator to look at the worker's log."
)
HELD_BACK = "The PDF was made, but it did not pass the checks for accessible files (PDF/UA), so it is not given out. "
MEND_THE_TEXT = "Mend what is named here, then make the PDF again."
OUR_FAULT = "Try again. If it fails again, send what is named here to those who look after the portal."
NOT_DESCRIBED = "alternative text"

LostClaim = jobs.LostClaim


def findings_of(document: Document, faults: Iterable[Fault], *, is_draft: bool) -> list[Finding]:
    """The faults of a file with the sections they stand in.

    A file that would not be PDF/UA is held back. In a draft, what a writer can mend only warns.
    """
    faults = list(faults)
    sections = {section.anchor: section.id for section in document.sections}
    with_pictures = {fault.place.block for fault in faults if NOT_DESCRIBED in fault.message}
    unresolved = [
        Finding(
            words=f"{problem.message.rstrip('.')}, section {problem.section}",
            section=problem.section_id,
            block=problem.block_id,
            is_content=True,
        )
        for problem in document.problems
        # The gates say the same of such a picture, and what it means for the file.
        if not (NOT_DESCRIBED in problem.message and problem.block_id in with_pictures)
    ]
    of_file = [
        Finding(
            words=str(fault),
            section=sections.get(fault.place.anchor),
            block=fault.place.block or None,
            is_content=fault.is_content,
            is_conforming=fault.is_conforming,
            is_blocking=not fault.is_conforming and not (fault.is_content and is_draft),
        )
        for fault in faults
    ]
    return [*unresolved, *of_file, *hard_to_read(document)]


def checked_pdf(document: Document, report: AnnualReport) -> bytes:
    """The PDF without a row that keeps it, for the command; raises `RenderingFailed`, also where the gates hold it."""
    checked = render_checked(document)
    findings = findings_of(document, checked.faults, is_draft=report.status in MENDED_LATER)
    held_back_by = [finding.words for finding in findings if finding.is_blocking]
    if held_back_by:
        raise RenderingFailed("\n".join([HELD_BACK.strip(), *held_back_by]))
    return checked.pdf


@transaction.atomic
def ask_for_publication(
    *, report: AnnualReport, by: User, format: str = Format.PDF, variant: str = Variant.REPORT
) -> Publication:
    """The file of the report as it stands now: the one there is for the same content, or a new job for it.

    Raises `WrongState` where nothing is marked for the variant.
    """
    AnnualReport.objects.select_for_update().get(pk=report.pk)
    whole = assemble(report)
    if variant not in (Variant.REPORT, *told(whole)):
        raise WrongState(f"Nothing is marked for the {Variant(variant).label.lower()} yet.")
    document = retold(whole, variant)
    digest = content_hash(document)
    same = Publication.objects.filter(report=report, format=format, content_hash=digest)
    existing = same.exclude(status=PublicationStatus.FAILED).first()
    if existing:
        return existing
    publication = Publication.objects.create(
        report=report,
        format=format,
        variant=variant,
        content_hash=digest,
        document=to_json(document),
        asked_by=by,
    )
    audit.record("publication.asked-for", target=publication, by=by)
    return publication


def claim(publication_id: int) -> Publication | None:
    """Take the row for this worker, as `jobs.claim`; used-up attempts end it as failed."""
    return jobs.claim(
        Publication,
        publication_id,
        give_up=lambda row: _finish(row, PublicationStatus.FAILED, failure=GAVE_UP.format(attempts=row.attempts)),
        status=PublicationStatus.RENDERING,
        stage=Stage.CHARTS,
    )


def report_stage(publication: Publication, words: str) -> None:
    """Let the job's page say how far the rendering is, by the words of a `Stage`."""
    stage = next(stage for stage in Stage if stage.label == words)
    Publication.objects.filter(pk=publication.pk, claim=publication.claim).update(stage=stage)


@transaction.atomic
def keep_file(
    publication: Publication, content: bytes, findings: Iterable[Finding] = (), *, pages: int | None = None
) -> Publication:
    """Store the rendered file with what its page warns of, and end the row as ready.

    Raises `LostClaim` where another worker has the row now.
    """
    row = _held(publication)
    row.file_hash = hashlib.sha256(content).hexdigest()
    row.size, row.pages, row.warnings = len(content), pages, [finding.to_json() for finding in findings]
    row.file.save(f"{row.report.period.code}-{row.content_hash[:16]}.{row.format}", ContentFile(content), save=False)
    return _finish(row, PublicationStatus.READY)


@transaction.atomic
def hold_back(publication: Publication, findings: Iterable[Finding]) -> Publication:
    """End the row as failed, for what the gates found in its file; raises `LostClaim` as `keep_file` does."""
    row = _held(publication)
    row.warnings = [finding.to_json() for finding in findings]
    return _finish(
        row, PublicationStatus.FAILED, failure=HELD_BACK + (MEND_THE_TEXT if row.is_to_be_mended else OUR_FAULT)
    )


@transaction.atomic
def give_up(publication: Publication, reason: str, findings: Iterable[Finding] = ()) -> Publication:
    """End the row as failed, with a reason that says what to do; raises `LostClaim` as `keep_file` does."""
    row = _held(publication)
    row.warnings = [finding.to_json() for finding in findings]
    return _finish(row, PublicationStatus.FAILED, failure=reason)


@transaction.atomic
def try_again(*, publication: Publication, by: User) -> Publication:
    """Put a failed row back in the queue with all its attempts, or give the one that has been asked for since."""
    row = Publication.objects.select_for_update().get(pk=publication.pk)
    newer = Publication.objects.filter(report=row.report_id, format=row.format, content_hash=row.content_hash)
    other = newer.exclude(status=PublicationStatus.FAILED).first()
    if other:
        return other
    row.move_to(PublicationStatus.QUEUED)
    row.stage, row.attempts, row.failure, row.warnings, row.claim = Stage.WAITING, 0, "", [], ""
    row.lease_until = row.finished_at = None
    row.save()
    audit.record("publication.tried-again", target=row, by=by)
    return row


def _held(publication: Publication) -> Publication:
    rows = Publication.objects.select_related("report__period")
    return jobs.held(rows, publication, status=PublicationStatus.RENDERING)


def _finish(row: Publication, status: str, failure: str = "") -> Publication:
    row.move_to(status)
    row.stage = Stage.DONE if status == PublicationStatus.READY else row.stage
    row.failure, row.lease_until, row.finished_at = failure, None, timezone.now()
    row.save()
    verb = "publication.made" if status == PublicationStatus.READY else "publication.failed"
    audit.record(verb, target=row, by=None, detail=failure)
    return row
