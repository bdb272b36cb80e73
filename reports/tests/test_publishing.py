from datetime import timedelta

import pytest
from django.utils import timezone

from partnership.models import AuditEvent
from partnership.states import WrongState
from partnership.tests.factories import make_alice, make_frank
from reports import actions, publishing
from reports.choices import PublicationStatus, Variant
from reports.content import BlockContent
from reports.document import from_json
from reports.models import Publication
from reports.tests.factories import make_block, write

PDF = b"%PDF-1.7 pretended"


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def make_publication():
    block = make_block(body="<p>Words</p>")
    return publishing.ask_for_publication(report=block.section.report, by=make_frank())


def run_out(publication):
    Publication.objects.filter(pk=publication.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_asking_twice_for_the_same_content_gives_the_same_job(db):
    first = make_publication()

    second = publishing.ask_for_publication(report=first.report, by=make_alice())

    assert second == first
    assert Publication.objects.count() == 1


def test_asking_after_a_change_gives_a_new_job(db):
    first = make_publication()
    block = first.report.sections.get().blocks.get()

    write(block, BlockContent(body="<p>Other words</p>"), by=make_alice())
    second = publishing.ask_for_publication(report=first.report, by=make_alice())

    assert second.content_hash != first.content_hash


def test_file_is_made_of_the_content_as_it_was_when_asked_for(db):
    publication = make_publication()
    as_asked = publication.document
    block = publication.report.sections.get().blocks.get()

    write(block, BlockContent(body="<p>Later words</p>"), by=make_alice())

    assert publishing.claim(publication.pk).document == as_asked


def test_only_one_worker_gets_a_job(db):
    publication = make_publication()

    claims = [publishing.claim(publication.pk), publishing.claim(publication.pk)]

    assert [claim and claim.status for claim in claims] == [PublicationStatus.RENDERING, None]


def test_job_of_a_dead_worker_is_taken_over_and_ends_once(db):
    publication = make_publication()
    dead = publishing.claim(publication.pk)
    run_out(publication)

    living = publishing.claim(publication.pk)
    done = publishing.keep_file(living, PDF)

    assert (done.status, done.attempts) == (PublicationStatus.READY, 2)
    with pytest.raises(publishing.LostClaim):
        publishing.keep_file(dead, b"late")
    with pytest.raises(publishing.LostClaim):
        publishing.give_up(dead, "late")
    done.refresh_from_db()
    assert done.file.read() == PDF
    assert publishing.claim(publication.pk) is None
    assert AuditEvent.objects.filter(verb="publication.made").count() == 1


def test_job_that_kills_every_worker_ends_as_failed_and_says_what_to_do(db):
    publication = make_publication()
    for _ in range(Publication.MAX_ATTEMPTS):
        assert publishing.claim(publication.pk)
        run_out(publication)

    assert publishing.claim(publication.pk) is None

    publication.refresh_from_db()
    assert publication.status == PublicationStatus.FAILED
    assert publication.failure == publishing.GAVE_UP.format(attempts=3)


def test_failed_job_can_be_tried_again(db):
    publication = make_publication()
    publishing.give_up(publishing.claim(publication.pk), "Too large.")

    again = publishing.try_again(publication=publication, by=make_frank())

    assert (again.pk, again.status, again.attempts, again.failure) == (publication.pk, PublicationStatus.QUEUED, 0, "")
    assert publishing.claim(publication.pk)


def test_job_that_did_not_fail_cannot_be_tried_again(db):
    publication = make_publication()
    publishing.keep_file(publishing.claim(publication.pk), PDF)
    ready = Publication.objects.get(pk=publication.pk)
    ready_hash = ready.content_hash

    again = publishing.try_again(publication=ready, by=make_frank())

    assert (again.pk, again.status, again.content_hash) == (ready.pk, PublicationStatus.READY, ready_hash)


def test_waiting_job_cannot_be_moved_to_ready(db):
    publication = make_publication()

    with pytest.raises(WrongState):
        publication.move_to(PublicationStatus.READY)


def test_short_version_is_a_file_of_its_own_once_something_is_marked(db):
    whole = make_publication()
    block = whole.report.sections.get().blocks.get()

    with pytest.raises(WrongState, match="Nothing is marked for the short version"):
        publishing.ask_for_publication(report=whole.report, variant=Variant.SHORT, by=make_alice())
    actions.mark_block(block=block, variant=Variant.SHORT, is_in=True, by=make_alice())
    short = publishing.ask_for_publication(report=whole.report, variant=Variant.SHORT, by=make_alice())

    assert (str(short), from_json(short.document).variant) == (
        "Annual report 2022/23, PDF of the short version",
        "short",
    )
