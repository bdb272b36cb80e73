"""The published reports, as everybody sees them."""

import re

import pytest
from django.urls import reverse

from partnership.tests.factories import make_erin
from reports import actions, publishing
from reports.choices import Format
from reports.models import Block
from reports.tests.factories import (
    make_change,
    make_corrected_edition,
    make_edition,
    make_published_edition,
    make_report_to_sign,
    make_signed_edition,
)
from reports.tests.test_images import file_of, noise


def keep(publication, content=b"%PDF", **more):
    return publishing.keep_file(publishing.claim(publication.pk), content, **more)


def address_of(name="edition-public", *more, year="2022-23", number=1):
    return reverse(f"reports:{name}", args=[year, number, *more])


def words(response):
    """What stands in the page's main part, without tags."""
    main = re.search(r"<main.*</main>", response.content.decode(), re.S)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_published_page_shows_the_frozen_text_to_everybody(client, db):
    edition = make_published_edition()
    make_change(edition.report)

    assert "We heard 610 children, and acted." in words(client.get(address_of()))


def test_page_offers_the_files_that_are_made_with_kind_size_and_pages(client, db):
    edition = make_published_edition()
    keep(edition.files.get(format=Format.PDF), b"%PDF" * 512, pages=91)
    keep(edition.files.get(format=Format.DOCX), b"PK the published one")

    page = client.get(address_of())

    found = re.findall(r'<li><a class="govuk-link" href="([^"]+/files/[^"]+)">', page.content.decode())
    assert found == [address_of("edition-file", "pdf"), address_of("edition-file", "docx")]
    offered = words(page).partition("published")[2].replace("\xa0", " ")
    assert "PDF of the Annual report 2022/23, version 1 , 2.0 KB, 91 pages Word file of" in offered


def test_file_is_sent_once_and_may_be_kept(client, db):
    edition = make_published_edition()
    keep(edition.files.get(format=Format.DOCX), b"PK the published one")

    first = client.get(address_of("edition-file", "docx"))
    again = client.get(address_of("edition-file", "docx"), headers={"If-None-Match": first["ETag"]})

    assert b"".join(first.streaming_content) == b"PK the published one"
    assert first["Content-Disposition"] == 'attachment; filename="annual-report-2022-23.docx"'
    assert (first["Cache-Control"], "X-Robots-Tag" in first) == ("public, max-age=86400", False)
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(address_of("edition-file", "pdf")).status_code == 404


@pytest.mark.parametrize("is_signed_in", [False, True])
def test_page_is_the_same_for_everybody_sets_no_cookie_and_may_be_kept(client, db, is_signed_in):
    make_published_edition()
    read_by_strangers = client.get(address_of()).content
    if is_signed_in:
        client.force_login(make_erin())
        before = dict(client.cookies)

    page = client.get(address_of())
    again = client.get(address_of(), headers={"If-None-Match": page["ETag"]})

    assert page.content == read_by_strangers
    assert (page["Cache-Control"], page.has_header("Vary"), dict(page.cookies)) == ("public, max-age=300", False, {})
    assert "nonce" not in page["Content-Security-Policy"]
    assert again.status_code == 304
    assert '<link rel="canonical" href="http://127.0.0.1:8000/annual-reports/2022-23/1/">' in page.content.decode()
    if is_signed_in:
        assert dict(client.cookies) == before


def test_what_is_only_signed_is_not_public(client, db):
    make_signed_edition()

    assert client.get(address_of()).status_code == 404
    assert client.get(address_of("edition-file", "pdf")).status_code == 404
    assert client.get(reverse("reports:edition-latest", args=["2022-23"])).status_code == 404
    assert "No annual report is published yet" in words(client.get(reverse("reports:edition-list")))


def test_withdrawn_version_says_so_and_why_and_leaves_search_engines(client, db):
    edition = make_published_edition()
    keep(edition.files.get(format=Format.PDF))
    actions.withdraw_edition(edition=edition, reason="A picture shows too much.", by=make_erin())

    page = client.get(address_of())

    assert "This version is withdrawn A picture shows too much." in words(page)
    assert page["X-Robots-Tag"] == client.get(address_of("edition-file", "pdf"))["X-Robots-Tag"] == "noindex"
    assert "Withdrawn" in words(client.get(reverse("reports:edition-list")))


def test_year_leads_to_the_version_in_force_and_earlier_ones_lead_on(client, db):
    make_corrected_edition(make_published_edition())

    year = client.get(reverse("reports:edition-latest", args=["2022-23"]))
    earlier, later = client.get(address_of()), client.get(address_of(number=2))
    listed = words(client.get(reverse("reports:edition-list")))

    assert (year.status_code, year.url) == (302, address_of(number=2))
    assert "There is a later version A comma. Read the later version" in words(earlier)
    assert "What this version corrects A comma." in words(later)
    assert ("X-Robots-Tag" in earlier, "X-Robots-Tag" in later) == (True, False)
    assert listed.index("Version 2") < listed.index("It corrects: A comma.") < listed.index("Version 1")


@pytest.mark.parametrize("years", [1, 3])
def test_list_asks_the_database_as_often_for_many_years(client, db, django_assert_num_queries, years):
    for code in ("2020-21", "2021-22", "2022-23")[:years]:
        keep(make_published_edition(code).files.get(format=Format.PDF))

    with django_assert_num_queries(3):
        client.get(reverse("reports:edition-list"))


def test_picture_is_open_to_everybody_only_where_it_was_published(client, db):
    report = make_report_to_sign()
    shown, kept_back = (
        actions.keep_image(report=report, data=file_of(noise((size, 40))), by=make_erin()) for size in (40, 50)
    )
    block = Block.objects.filter(section__report=report).first()
    Block.objects.filter(pk=block.pk).update(body=f'<figure><img data-image="{shown.pk}" alt="A wall"></figure>')
    actions.publish_edition(edition=make_signed_edition(make_edition(report)), by=make_erin())

    page = client.get(address_of()).content.decode()
    picture = client.get(address_of("edition-image", shown.pk))

    assert re.findall(r'<img src="([^"]+)"', page) == [address_of("edition-image", shown.pk)]
    assert picture["Content-Type"] == "image/jpeg"
    assert b"".join(picture.streaming_content) == shown.file.open().read()
    assert client.get(address_of("edition-image", kept_back.pk)).status_code == 404
