"""The bell for evidence files and what it starts: check one; find those that were forgotten."""

import logging

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import transaction

from partnership import evidence as files
from partnership import jobs
from partnership.choices import FileKind
from partnership.filetypes import RefusedFile
from partnership.inspection import TOO_HARD, inspect
from partnership.models import Evidence
from partnership.scanning import ScannerAway, scan

log = logging.getLogger(__name__)

SCANNER_AWAY = "The virus scanner does not answer at the moment. The portal tries again every minute."
GONE = "This file was lost on its way. Send it again."


def ring(evidence: Evidence) -> None:
    """Tell the workers of a file once its row is committed; a lost message is made good by the sweep."""
    transaction.on_commit(lambda: check_evidence.delay(evidence.pk), robust=True)


@shared_task
def check_evidence(evidence_id: int) -> None:
    """Check one file, unless it is done or another worker has it. It ends as clean only by a plain answer."""
    evidence = files.claim(evidence_id)
    if evidence is None:
        return
    try:
        _check(evidence)
    except files.LostClaim:
        log.warning("Evidence %s was taken over by another worker, or withdrawn", evidence.pk)
    except SoftTimeLimitExceeded:
        files.refuse(evidence, TOO_HARD)


def _check(evidence: Evidence) -> None:
    try:
        with evidence.held.open() as held:
            content = held.read()
    except FileNotFoundError:
        files.refuse(evidence, GONE)
        return
    try:
        virus = scan([content], address=settings.CLAMAV_URL) if settings.CLAMAV_URL else ""
        if virus:
            log.warning("Evidence %s is infected: %s", evidence.pk, virus)
            files.refuse(evidence, files.INFECTED.format(virus=virus[:100]))
        else:
            files.clear(evidence, inspect(content, FileKind(evidence.kind)))
    except ScannerAway as reason:
        log.warning("The virus scanner gave no answer for evidence %s: %s", evidence.pk, reason)
        files.put_back(evidence, SCANNER_AWAY)
    except RefusedFile as refusal:
        files.refuse(evidence, str(refusal))


def ring_for_waiting() -> int:
    """Send every file that waits, or whose worker is gone, to the workers again, and delete what was left behind."""
    rung = jobs.ring_again(Evidence, check_evidence)
    for pk in Evidence.objects.to_be_thrown_away().values_list("pk", flat=True):
        files.throw_away(pk)
    return rung
