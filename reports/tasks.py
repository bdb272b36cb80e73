"""The bell and what it starts: render one publication; find those that were forgotten."""

import logging

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction

from partnership import jobs
from reports import publishing
from reports.choices import Stage
from reports.document import from_json
from reports.findings import Finding
from reports.models import Publication
from reports.rendering.failed import RenderingFailed
from reports.rendering.formats import make
from reports.rendering.suspects import suspects

log = logging.getLogger(__name__)

TOO_SLOW = (
    "Making the file took longer than it may. Try again; if it fails again, look for a very large table or picture."
)
UNEXPECTED = (
    "The file could not be made because of a fault in the portal. Your administrator finds it in the worker's log."
)


def ring(publication: Publication) -> None:
    """Tell the workers of a publication once its row is committed; a lost message is made good by the sweep."""
    transaction.on_commit(lambda: render_publication.delay(publication.pk), robust=True)


@shared_task
def render_publication(publication_id: int) -> None:
    """Render one publication, unless it is done or another worker has it."""
    publication = publishing.claim(publication_id)
    if publication is None:
        return
    try:
        _render(publication)
    except publishing.LostClaim:
        log.warning("%s was taken over by another worker", publication)
    except RenderingFailed as failure:
        log.warning("%s failed: %s %s", publication, failure, failure.details)
        publishing.give_up(publication, str(failure), _suspected(publication))
    except SoftTimeLimitExceeded:
        publishing.give_up(publication, TOO_SLOW, _suspected(publication))
    except Exception:
        publishing.give_up(publication, UNEXPECTED)
        raise


def _render(publication: Publication) -> None:
    document = from_json(publication.document)
    made = make(publication.format, document, on_stage=lambda words: publishing.report_stage(publication, words))
    findings = publishing.findings_of(document, made.faults, is_draft=publication.is_of_draft)
    if any(finding.is_blocking for finding in findings):
        publishing.hold_back(publication, findings)
        return
    publishing.report_stage(publication, Stage.KEEPING.label)
    publishing.keep_file(publication, made.content, findings, pages=made.pages)


def _suspected(publication: Publication) -> list[Finding]:
    """Where to look, after the file could not be made."""
    document = from_json(publication.document)
    return publishing.findings_of(document, suspects(document), is_draft=True)


def ring_for_forgotten() -> int:
    """Send every row that waits, or whose worker is gone, to the workers again; gives how many."""
    return jobs.ring_again(Publication, render_publication)
