import pytest
from django.core.management import call_command

from partnership.tests.factories import make_frank
from reports import publishing, tasks
from reports.choices import Format, PublicationStatus
from reports.models import Publication
from reports.tests.factories import make_block


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def make_publication(body="<p>Words</p>", format=Format.PDF):
    block = make_block(body=body)
    return publishing.ask_for_publication(report=block.section.report, format=format, by=make_frank())


def test_rendering_ends_as_ready_with_a_pdf(db):
    publication = make_publication()

    tasks.render_publication(publication.pk)

    publication.refresh_from_db()
    assert (publication.status, publication.file.read(5), publication.pages) == (PublicationStatus.READY, b"%PDF-", 3)


@pytest.mark.parametrize(
    ("format", "begins"),
    [(Format.DOCX, b"PK\x03\x04"), (Format.CSV, "\ufeffMeasure".encode()), (Format.JSON, b'{\n  "format"')],
)
def test_every_other_format_ends_as_ready_with_its_file(db, format, begins):
    report = make_block(body="<p>Words</p>").section.report
    publication = publishing.ask_for_publication(report=report, format=format, by=make_frank())

    tasks.render_publication(publication.pk)

    publication.refresh_from_db()
    assert (publication.status, publication.file.read(len(begins))) == (PublicationStatus.READY, begins)


def test_word_file_warns_of_a_figure_that_has_no_value_and_is_given_out(db):
    lost = '<span data-figure="NOWHERE" data-period="2022-23" data-show="value"></span>'
    report = make_block(body=f"<p>{lost}</p>").section.report
    publication = publishing.ask_for_publication(report=report, format=Format.DOCX, by=make_frank())

    tasks.render_publication(publication.pk)

    publication.refresh_from_db()
    assert publication.status == PublicationStatus.READY
    assert [finding.words.partition(",")[0] for finding in publication.findings] == [
        "There is no value of NOWHERE for 2022/23"
    ]


def test_rendering_twice_renders_once(db):
    publication = make_publication()
    tasks.render_publication(publication.pk)
    first = Publication.objects.get(pk=publication.pk)

    tasks.render_publication(publication.pk)

    second = Publication.objects.get(pk=publication.pk)
    assert (second.attempts, second.file.name, second.finished_at) == (1, first.file.name, first.finished_at)


@pytest.mark.parametrize(
    ("format", "reason"),
    [
        (Format.PDF, "The PDF was not ready after 0.01 seconds"),
        (Format.DOCX, "Writing the Word file took more than 60 seconds or 1024 MB"),
    ],
)
def test_renderer_out_of_time_ends_the_job_as_failed_with_a_reason(db, settings, format, reason):
    settings.RENDER_WALL_SECONDS = 0.01
    publication = make_publication(format=format)

    tasks.render_publication(publication.pk)

    publication.refresh_from_db()
    assert publication.status == PublicationStatus.FAILED
    assert publication.failure.startswith(reason)


def test_fault_of_ours_ends_the_job_as_failed_and_is_raised_for_the_log(db):
    publication = make_publication()
    Publication.objects.filter(pk=publication.pk).update(document='{"format": 0}')

    with pytest.raises(ValueError, match="format"):
        tasks.render_publication(publication.pk)

    publication.refresh_from_db()
    assert (publication.status, publication.failure) == (PublicationStatus.FAILED, tasks.UNEXPECTED)


def test_bell_is_rung_only_once_the_row_is_committed(db, monkeypatch, django_capture_on_commit_callbacks):
    rung = []
    monkeypatch.setattr(tasks.render_publication, "delay", rung.append)
    publication = make_publication()

    with django_capture_on_commit_callbacks() as callbacks:
        tasks.ring(publication)

    assert rung == []
    for callback in callbacks:
        callback()
    assert rung == [publication.pk]


def test_run_due_rings_for_waiting_jobs_and_leaves_finished_ones(db, monkeypatch):
    rung = []
    monkeypatch.setattr(tasks.render_publication, "delay", rung.append)
    waiting = make_publication()

    call_command("run_due")
    publishing.keep_file(publishing.claim(waiting.pk), b"%PDF-")
    call_command("run_due")

    assert rung == [waiting.pk]
