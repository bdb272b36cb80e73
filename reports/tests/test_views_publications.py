"""The page of a job: its stages, what is to be mended and where, the latest files."""

import re

import pytest
from django.urls import reverse

from partnership.tests import sample_files
from partnership.tests.factories import make_bob, make_erin
from reports import actions, publishing, tasks
from reports.choices import PublicationStatus, ReportStatus, Stage
from reports.findings import Finding
from reports.models import AnnualReport, Publication
from reports.tests.factories import make_block, make_report, make_section

LINK = "Link described by its address only, section 1"


def asked_for(block):
    return publishing.ask_for_publication(report=block.section.report, by=make_erin())


def claimed(block):
    return publishing.claim(asked_for(block).pk)


def finding(block, **more):
    return Finding(words=LINK, section=block.section_id, block=block.pk, is_content=True, **more)


def page_of(client, publication, **headers):
    return client.get(reverse("reports:publication-detail", args=[publication.pk]), headers=headers).content.decode()


def links_of(page):
    return re.findall(r'<li>(?:<a class="govuk-link" href="([^"]*)">)?([^<]+)', page.partition('id="progress"')[2])


def test_warning_leads_to_its_block_in_the_editor(client, db):
    block = make_block(body="<p>Words</p>")
    publication = publishing.keep_file(claimed(block), b"%PDF-", [finding(block)])
    client.force_login(make_erin())

    page = page_of(client, publication)

    address = reverse("reports:section-edit", args=[block.section_id]) + f"#block-{block.pk}"
    assert links_of(page) == [(address, LINK)]
    assert "It passed the checks for accessible files (PDF/UA)." in page


def test_warning_leads_those_who_only_read_to_where_it_is_read(client, db):
    block = make_block(make_section(priority=None), body="<p>Words</p>")
    publication = publishing.keep_file(claimed(block), b"%PDF-", [finding(block)])
    client.force_login(make_bob())

    address = reverse("reports:section-detail", args=[block.section_id]) + f"#block-{block.pk}"
    assert links_of(page_of(client, publication)) == [(address, LINK)]


def test_warning_about_a_section_that_was_removed_is_words_only(client, db):
    block = make_block(body="<p>Words</p>")
    publication = publishing.keep_file(claimed(block), b"%PDF-", [finding(block)])
    actions.remove_section(section=block.section, by=make_erin())
    client.force_login(make_erin())

    assert links_of(page_of(client, publication)) == [("", LINK)]


def test_draft_that_not_everybody_can_read_says_so(client, db):
    block = make_block(body="<p>Words</p>")
    publication = publishing.keep_file(claimed(block), b"%PDF-", [finding(block, is_conforming=False)])
    client.force_login(make_erin())

    page = page_of(client, publication)

    assert "It is given out as a draft only" in page
    assert "It passed the checks" not in page


@pytest.mark.parametrize(
    ("is_content", "advice", "route"),
    [(True, publishing.MEND_THE_TEXT, "publication-make"), (False, publishing.OUR_FAULT, "publication-retry")],
)
def test_file_held_back_says_why_and_what_to_do(client, db, is_content, advice, route):
    block = make_block(body="<p>Words</p>")
    named = [Finding(words="Header cell without a scope, page 4", is_content=is_content, is_blocking=True)]
    publication = publishing.hold_back(claimed(block), named)
    client.force_login(make_erin())

    page = page_of(client, publication)

    assert publication.failure == publishing.HELD_BACK + advice
    assert links_of(page) == [("", "Header cell without a scope, page 4")]
    forms = re.findall(r'<form method="post" action="([^"]+)"', page.partition('id="progress"')[2])
    assert forms == [reverse(f"reports:{route}", args=["2022-23" if is_content else publication.pk])]


def test_what_is_not_to_be_given_out_cannot_be_downloaded(client, db):
    block = make_block(body="<p>Words</p>")
    publication = publishing.hold_back(claimed(block), [finding(block, is_blocking=True)])
    client.force_login(make_erin())

    response = client.get(reverse("reports:publication-download", args=[publication.pk]))

    assert response.url == reverse("reports:publication-detail", args=[publication.pk])
    assert not publication.file


def test_trying_again_forgets_what_was_found(db):
    block = make_block(body="<p>Words</p>")
    publication = publishing.hold_back(claimed(block), [finding(block, is_blocking=True)])

    assert publishing.try_again(publication=publication, by=make_erin()).warnings == []


def test_page_tells_the_stages_of_a_job_that_runs(client, db):
    publication = claimed(make_block(body="<p>Words</p>"))
    publishing.report_stage(publication, Stage.CHECKING.label)
    client.force_login(make_erin())

    steps = re.findall(r'portal-step--(\w+)">([^<…]+)', page_of(client, publication))

    assert [(state, label.strip()) for state, label in steps][-3:] == [
        ("done", "Writing the PDF"),
        ("now", "Checking the file"),
        ("next", "Keeping the file"),
    ]


def test_page_of_a_word_file_tells_its_own_stages_and_promises_no_pdf(client, db):
    report = make_block(body="<p>Words</p>").section.report
    client.force_login(make_erin())
    client.post(reverse("reports:publication-make", args=["2022-23"]), {"format": "docx"})
    publication = publishing.claim(report.publications.get(format="docx").pk)
    publishing.report_stage(publication, Stage.MAKING.label)

    steps = re.findall(r'portal-step--(\w+)">([^<…]+)', page_of(client, publication))
    publishing.keep_file(publication, b"PK")
    response = client.get(reverse("reports:publication-download", args=[publication.pk]))

    assert [(state, label.strip()) for state, label in steps] == [
        ("done", "Waiting for its turn"),
        ("done", "Drawing the charts"),
        ("now", "Writing the file"),
        ("next", "Keeping the file"),
    ]
    assert "PDF/UA" not in page_of(client, publication)
    assert (response.headers["Content-Type"], response.headers["Content-Disposition"]) == (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        'attachment; filename="annual-report-2022-23.docx"',
    )


@pytest.mark.parametrize("format", ["exe", "PDF", "", "\x00"])
def test_format_that_is_not_there_makes_nothing(client, db, format):
    make_block(body="<p>Words</p>")
    client.force_login(make_erin())

    response = client.post(reverse("reports:publication-make", args=["2022-23"]), {"format": format})

    assert response.status_code == 404
    assert not Publication.objects.exists()


def test_polling_brings_the_files_only_once_the_job_is_over(client, db):
    block = make_block(body="<p>Words</p>")
    publication = claimed(block)
    client.force_login(make_erin())

    running = page_of(client, publication, hx_request="true")
    publishing.keep_file(publication, b"%PDF-")
    over = page_of(client, publication, hx_request="true")

    assert (running.count("<table"), over.count("<table")) == (0, 1)
    assert (running.count("hx-get"), over.count("hx-get")) == (1, 0)
    assert Publication.objects.count() == 1


def make_files(report, number):
    """So many files of the report, each of another content."""
    for _ in range(number):
        make_block(make_section(report, number=f"{report.sections.count() + 1}"), body="<p>Words</p>")
        publication = publishing.ask_for_publication(report=report, by=make_erin())
        publishing.keep_file(publishing.claim(publication.pk), b"%PDF-" * 300)
    return publication


def test_latest_ten_files_are_listed_with_their_sizes(client, db):
    latest = make_files(make_report(), 11)
    client.force_login(make_erin())

    page = page_of(client, latest)

    assert len(re.findall(r'data-label="Size">1.5', page)) == 10


@pytest.mark.parametrize("size", [1, 3])
def test_page_takes_the_same_queries_however_many_files_and_warnings(client, db, django_assert_num_queries, size):
    report = make_report()
    make_files(report, size)
    block = make_block(make_section(report, number="90"), body="<p>Words</p>")
    publication = publishing.keep_file(claimed(block), b"%PDF-", [finding(block)] * size)
    client.force_login(make_erin())
    page_of(client, publication)

    with django_assert_num_queries(8):
        page_of(client, publication)


# What the gates decide


def with_picture_that_nobody_described():
    report = make_report()
    image = actions.keep_image(report=report, data=sample_files.photo(), by=make_erin())
    body = f'<p>Before</p><figure><img data-image="{image.pk}" alt=""></figure>'
    return make_block(make_section(report), body=body)


def test_draft_with_a_picture_that_nobody_described_is_given_out_with_a_warning(db):
    block = with_picture_that_nobody_described()
    publication = asked_for(block)

    tasks.render_publication(publication.pk)

    publication.refresh_from_db()
    assert publication.status == PublicationStatus.READY
    assert publication.findings == [
        Finding(
            words="Picture without alternative text, section 1",
            section=block.section_id,
            block=block.pk,
            is_content=True,
            is_conforming=False,
        )
    ]


def test_report_in_sign_off_with_such_a_picture_is_held_back(db):
    publication = asked_for(with_picture_that_nobody_described())
    AnnualReport.objects.update(status=ReportStatus.IN_SIGN_OFF)

    tasks.render_publication(publication.pk)

    publication.refresh_from_db()
    assert (publication.status, publication.stage, bool(publication.file)) == (
        PublicationStatus.FAILED,
        Stage.CHECKING,
        False,
    )
    assert publication.failure == publishing.HELD_BACK + publishing.MEND_THE_TEXT
    assert [found.is_blocking for found in publication.findings] == [True]


def test_figure_that_cannot_be_resolved_is_named_with_its_block(db):
    token = '<span data-figure="NOWHERE" data-period="2022-23" data-show="value"></span>'
    block = make_block(body=f"<p>{token}</p>")
    publication = asked_for(block)

    tasks.render_publication(publication.pk)

    publication.refresh_from_db()
    (found,) = publication.findings
    assert (found.words, found.block) == ("There is no value of NOWHERE for 2022/23, section 1 Section 1", block.pk)
    assert publication.status == PublicationStatus.READY
