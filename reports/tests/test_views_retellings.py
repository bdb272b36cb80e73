import re

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from partnership.tests.factories import make_alice, make_erin
from reports.choices import Kind, PublicationStatus, Variant
from reports.models import Block, Publication
from reports.tests.factories import (
    make_block,
    make_edition,
    make_published_edition,
    make_report,
    make_retold_report,
    make_section,
)
from reports.tests.test_views_arranging import arrange


@pytest.fixture
def alice(client, db):
    alice = make_alice()
    client.force_login(alice)
    return alice


def test_section_page_shows_what_it_says_in_the_short_version(client, alice):
    report = make_retold_report()
    section = report.sections.first()

    page = client.get(reverse("reports:section-detail", args=[section.pk])).content.decode()

    headings = re.findall(r'id="in-(\w+)"', page)
    ids = re.findall(r' id="([^"]+)"', page)
    assert headings == ["short", "childrens"]
    assert page.index("and acted.") < page.index("in short.") < page.index("We listened to you.")
    assert sorted(set(ids)) == sorted(ids)


def test_part_that_stands_above_too_is_named_and_not_repeated(client, alice):
    section = make_section()
    block = make_block(section, heading="What we found", body="<p>Only once.</p>")
    arrange(client, section, f"into:{block.pk}:short")

    page = client.get(reverse("reports:section-detail", args=[section.pk])).content.decode()

    assert page.count("Only once.") == 1
    assert "It also shows from above: “What we found”." in page


def test_buttons_of_a_part_say_where_it_stands(client, alice):
    section = make_section()
    block = make_block(section, body="<p>Words.</p>")

    arrange(client, section, f"into:{block.pk}:short")
    arrange(client, section, f"out-of:{block.pk}:report")

    block.refresh_from_db()
    page = client.get(reverse("reports:section-edit", args=[section.pk])).content.decode()
    values = re.findall(rf'value="((?:into|out-of):{block.pk}:\w+)"', page)
    assert block.variants == (Variant.SHORT,)
    assert values == [f"into:{block.pk}:report", f"into:{block.pk}:childrens"]


@pytest.mark.parametrize("what", ["out-of:{}:report", "into:{}:nonsense", "into:{}", "into:nonsense:short"])
def test_nonsense_and_the_last_place_change_nothing(client, alice, what):
    block = make_block(body="<p>Words.</p>")

    response = arrange(client, block.section, what.format(block.pk))

    block.refresh_from_db()
    assert (response.status_code, block.variants) == (302, (Variant.REPORT,))


def test_writing_for_children_begins_on_the_section_page(client, alice):
    section = make_section()

    response = client.post(
        reverse("reports:section-arrange", args=[section.pk]),
        {"arrange": "add", "new_kind": "text", "new_variant": "childrens"},
    )

    block = Block.objects.get()
    assert (block.kind, block.variants) == (Kind.TEXT, (Variant.CHILDRENS,))
    assert response.url == reverse("reports:section-edit", args=[section.pk]) + f"#block-{block.pk}"


def test_hard_words_for_children_are_hinted_at(client, alice):
    section = make_section()
    body = "<p>Multi-agency safeguarding partnerships collaborate.</p>"
    block = make_block(section, variant=Variant.CHILDRENS, body=body)

    page = client.get(reverse("reports:section-detail", args=[section.pk])).content.decode()

    edit = reverse("reports:section-edit", args=[section.pk])
    hint = "Many long words: multi-agency, safeguarding, partnerships, collaborate."
    assert f'<a class="govuk-link" href="{edit}#block-{block.pk}">{hint}</a>' in page


def test_report_page_counts_the_words_of_each_version_apart(client, alice):
    report = make_retold_report()

    response = client.get(reverse("reports:report-detail", args=["2022-23"]))

    assert [(each.variant, each.words) for each in response.context["retellings"]] == [("short", 6), ("childrens", 4)]
    assert response.context["rows"][0].words == 6
    assert [each.sections for each in response.context["retellings"]] == [(report.sections.first(),)] * 2


def test_pdf_of_a_version_without_a_word_is_not_asked_for(client, alice):
    make_block(make_section(make_report()), body="<p>Words.</p>")

    response = client.post(reverse("reports:publication-make", args=["2022-23"]), {"variant": "childrens"}, follow=True)

    assert "Nothing is marked for the children’s version yet." in response.content.decode()
    assert not Publication.objects.exists()


def test_who_signs_reads_the_short_version_as_it_is_frozen(client, alice):
    edition = make_edition(make_retold_report())
    Block.objects.filter(heading="In short").update(body="<p>Something else.</p>")

    page = client.get(reverse("reports:edition-detail", args=[edition.pk])).content.decode()
    address = reverse("reports:edition-retelling", args=[edition.pk, "short"])

    assert f'href="{address}"' in page
    assert "We heard 610 children, in short." in client.get(address).content.decode()


def test_published_versions_are_read_and_downloaded_by_everybody(client, db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    edition = make_published_edition(report=make_retold_report())
    file = edition.files.get(variant=Variant.SHORT)
    file.status, file.size = PublicationStatus.READY, 12
    file.file.save("short.pdf", ContentFile(b"%PDF short"))

    whole = client.get(reverse("reports:edition-public", args=["2022-23", 1])).content.decode()
    address = reverse("reports:retelling-public", args=["2022-23", 1, "short"])
    page = client.get(address).content.decode()
    download = reverse("reports:retelling-file", args=["2022-23", 1, "short", "pdf"])
    response = client.get(download)

    assert f'href="{address}"' in whole
    assert "/files/" not in whole  # the report's own are not made yet
    assert "We heard 610 children, in short." in page
    assert f'href="{download}"' in page
    assert b"".join(response.streaming_content) == b"%PDF short"
    assert response.headers["Content-Disposition"] == 'attachment; filename="annual-report-2022-23-short.pdf"'


@pytest.mark.parametrize("variant", ["report", "files", "nonsense"])
def test_there_is_no_other_version(client, db, variant):
    make_published_edition(report=make_retold_report())
    client.force_login(make_erin())

    assert client.get(reverse("reports:retelling-public", args=["2022-23", 1, variant])).status_code == 404
    assert client.get(reverse("reports:report-retelling", args=["2022-23", variant])).status_code == 404
