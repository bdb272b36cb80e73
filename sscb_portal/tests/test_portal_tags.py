"""What pages load as `portal`."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.forms import CharField, Form
from django.template import Context, Template
from lxml import html

from priorities.choices import ActionStatus, Rag, UpdateStatus
from reports.choices import PublicationStatus, ReportStatus, SectionStatus
from reviews.choices import ReviewStage
from sscb_portal.templatetags import portal

# Nothing has been done or happened yet, or no longer counts: grey says so.
GREY = {"not-started", "to-start", "withdrawn"}


@dataclass
class Record:
    status: str
    rag: str = ""

    def get_status_display(self):
        return "Sent & waiting"

    def get_rag_display(self):
        return Rag(self.rag).label


def rendered(template, **context):
    return Template("{% load portal %}" + template).render(Context(context))


def test_a_status_is_a_tag_with_the_records_own_words():
    tag = html.fromstring(rendered("{% status_tag record %}", record=Record("submitted")))
    assert (tag.get("class"), tag.text) == ("govuk-tag govuk-tag--purple", "Sent & waiting")


def test_a_rating_has_a_shape_beside_its_colour_and_words():
    tag = html.fromstring(rendered('{% status_tag record "rag" %}', record=Record("draft", "amber")))
    assert (tag.get("class"), tag.text) == ("govuk-tag govuk-tag--yellow portal-rag portal-rag--amber", "At risk")


def test_no_rating_is_no_tag():
    assert rendered('{% status_tag record "rag" label="None" %}', record=Record("draft")) == ""


def test_a_bare_value_brings_its_words():
    tag = html.fromstring(rendered('{% status_tag "failed" label="This failed" %}'))
    assert (tag.get("class"), tag.text) == ("govuk-tag govuk-tag--red", "This failed")


@pytest.mark.parametrize(
    "status", [*UpdateStatus, *ActionStatus, *ReportStatus, *SectionStatus, *PublicationStatus, *ReviewStage]
)
def test_every_status_has_a_colour(status):
    assert (str(status.value) in portal.STATUS_COLOURS) is (str(status.value) not in GREY)


def test_every_rating_has_a_colour():
    assert set(portal.RAG_COLOURS) == set(Rag.values)


def test_a_table_is_a_named_region_that_can_scroll():
    region = html.fromstring(rendered('{% table "Values" is_caption_hidden=True %}<tbody></tbody>{% endtable %}'))
    assert (region.get("role"), region.get("aria-label"), region.get("tabindex")) == ("region", "Values", "0")
    assert [element.tag for element in region.xpath("./table/*")] == ["caption", "tbody"]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (12345, "12,345"),
        (Decimal("1234.50"), "1,234.5"),
        (Decimal("100"), "100"),
        (Decimal("1E+3"), "1,000"),
        (-3, "\u22123"),
        (0, "0"),
        (None, "–"),
    ],
)
def test_number(value, words):
    assert portal.number(value) == words


def test_day_and_moment():
    assert portal.day(date(2023, 3, 4)) == "4 March 2023"
    assert portal.day(datetime(2023, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2023"
    assert portal.moment(datetime(2023, 6, 30, 11, 5, tzinfo=UTC)) == "30 June 2023 at 12:05pm"
    assert portal.moment(datetime(2023, 1, 2, 0, 5, tzinfo=UTC)) == "2 January 2023 at 12:05am"
    assert (portal.day(None), portal.moment(None)) == ("–", "–")


@time_machine.travel("2023-03-10 12:00", tick=False)
@pytest.mark.parametrize(
    ("value", "words", "is_past"),
    [
        (date(2023, 3, 15), "in 5 days", False),
        (date(2023, 3, 11), "tomorrow", False),
        (date(2023, 3, 10), "today", False),
        (date(2023, 3, 9), "yesterday", True),
        (date(2023, 3, 1), "9 days ago", True),
        (date(2023, 6, 8), "in 90 days", False),
        (date(2023, 6, 9), "in 2 months", False),
        (date(2022, 1, 5), "14 months ago", True),
        (date(2018, 3, 1), "5 years ago", True),
    ],
)
def test_from_today(value, words, is_past):
    assert (portal.from_today(value), portal.is_past(value)) == (words, is_past)


@pytest.mark.parametrize(
    ("colour", "is_taken"),
    [("#1d4f76", False), ("#7a1f5c", True), ("#ffd84d", False)],
    ids=["the portal's own", "dark", "too light for white words"],
)
def test_a_partnerships_colour_is_taken_where_white_is_readable_on_it(colour, is_taken):
    assert portal.is_own_colour(colour) is is_taken


def test_the_title_says_that_there_are_errors():
    form = type("OneField", (Form,), {"text": CharField()})
    assert rendered("{% error_prefix %}", form=form({})) == "Error: "
    assert rendered("{% error_prefix %}", form=form({"text": "x"})) == ""
    assert rendered("{% error_prefix %}", form=form()) == ""
    assert rendered("{% error_prefix %}", form_has_errors=True) == "Error: "


def test_breadcrumbs():
    page = html.fromstring(rendered('{% breadcrumbs "Report" "/reports/" "2022/23" "/reports/2022-23/" %}'))
    assert [(a.text, a.get("href")) for a in page.xpath(".//a")] == [
        ("Report", "/reports/"),
        ("2022/23", "/reports/2022-23/"),
    ]


def test_downloads_lead_to_both_files_with_the_search_that_the_list_shows():
    paragraph = html.fromstring(rendered('{% downloads "reports:measure-export" q=words area=None %}', words="a & b"))

    assert [(link.text, link.get("href")) for link in paragraph.iter("a")] == [
        ("CSV", "/measures/export/csv/?q=a+%26+b"),
        ("Excel", "/measures/export/xlsx/?q=a+%26+b"),
    ]


def test_downloads_of_one_of_several_lists_say_which():
    paragraph = html.fromstring(rendered('{% downloads "reports:outline-export" "2022-23" of="sections" %}'))

    assert paragraph.text_content() == "Download this list as CSV, sections or Excel, sections."
    assert next(paragraph.iter("a")).get("href") == "/reports/2022-23/sections/export/csv/"
