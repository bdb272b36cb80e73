"""The report as HTML: complete, escaped where it must be, and the same wherever it is shown."""

import re
from dataclasses import replace
from itertools import pairwise

import lxml.html
import pytest

from reports.document import Quote, from_json, to_json
from reports.rendering.html import contents, document_body, number_in, report_html, section_body
from reports.tests import sample


def words(element):
    return " ".join(element.text_content().split())


def page(*blocks, **changes):
    """The chapter of a report that holds these blocks."""
    document = sample.document_of(*blocks, **changes)
    return lxml.html.fromstring(document_body(document)).get_element_by_id("section-1")


@pytest.fixture(scope="module")
def whole():
    return lxml.html.fromstring(report_html(sample.sample_document(), for_pdf=False))


def test_document_survives_json():
    document = sample.sample_document()

    assert from_json(to_json(document)) == document


def test_page_needs_nothing_beside_it(whole):
    html = report_html(sample.sample_document(), for_pdf=False)
    addresses = re.findall(r"""url\(["']?(.{5})|src="(.{5})|<link""", html)

    assert {address for pair in addresses for address in pair if address} == {"data:"}
    assert whole.get("lang") == "en-GB"
    assert whole.findtext("head/title") == "Annual report 2022/23, Staffordshire Safeguarding Children Board"


def test_pdf_takes_its_styles_from_the_renderer():
    html = report_html(sample.sample_document(), for_pdf=True)

    assert re.findall(r"""url\(|<style|<link.+?>""", html) == ['<link rel="stylesheet" href="asset:report-pdf.css">']


def test_cover_names_partnership_year_and_status(whole):
    (cover,) = whole.find_class("cover")

    assert [words(line) for line in cover] == [
        "Staffordshire Safeguarding Children Board",
        "Annual report 2022/23",
        "1 April 2022 to 31 March 2023",
        "Final draft",
    ]


def test_year_in_the_title_is_not_said_twice():
    html = report_html(sample.sample_document(title="Annual report 2022/23"), for_pdf=False)

    assert html.count("<title>Annual report 2022/23, ") == 1


def test_contents_follow_the_levels():
    tree = [
        (entry.section.number, [below.section.number for below in entry.below])
        for entry in contents(sample.sample_document())
    ]

    assert tree == [("", []), ("1", ["1.1"]), ("2", []), ("3", [])]


def test_contents_link_to_every_section_with_text_only(whole):
    links = whole.find_class("contents-link")
    sections = sample.sample_document().sections

    assert [(link.get("href"), words(link)) for link in links] == [
        (f"#{section.anchor}", section.title) for section in sections
    ]
    assert [len(link) for link in links] == [0] * len(sections)


def test_headings_leave_no_level_out(whole):
    levels = [int(heading.tag[1]) for heading in whole.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]

    assert levels[0] == 1
    assert max(after - before for before, after in pairwise(levels)) == 1


def test_ids_are_unique_and_links_arrive(whole):
    ids = whole.xpath("//@id")
    targets = {address[1:] for address in whole.xpath("//a/@href") if address.startswith("#")}

    assert len(ids) == len(set(ids))
    assert targets - set(ids) == set()


def test_section_by_itself_is_the_same_as_in_the_report():
    document = sample.sample_document()
    inside = section_body(document, document.sections[2]).partition(">")[2].rpartition("</div>")[0].strip()

    assert inside in document_body(document)


def test_rich_text_is_kept_and_all_else_is_escaped():
    quotes = replace(sample.quotes(), quotes=(Quote(text="<b>loud</b>", attribution="A & B"),))
    html = document_body(sample.document_of(sample.text("<p>It <em>helped</em>.</p>"), quotes, title="Health & care"))

    assert "<p>It <em>helped</em>.</p>" in html
    assert "“&lt;b&gt;loud&lt;/b&gt;”" in html
    assert "A &amp; B" in html
    assert "Health &amp; care</h2>" in html


@pytest.mark.parametrize("kind", sample.STANDING_LISTS)
def test_standing_list_is_named_in_words_and_has_a_look_of_its_own(kind):
    (block,) = page(sample.standing_list(kind, items=2)).find_class(f"standing-list--{kind}")

    assert words(block.find("h3")) == sample.STANDING_LISTS[kind][0]
    assert len(block.findall(".//li")) == 2


def test_what_was_said_and_what_was_done_stand_under_their_names():
    (block,) = page(sample.said_and_did()).find_class("said-and-did")

    assert [[words(part) for part in point] for point in block.findall(".//li")] == [
        ["We said Review the panels.", "We did Done in May, with young people."],
        ["We said Audit the plans.", "We did No answer has been written yet."],
    ]
    assert [part.text for part in block.iter("strong")] == ["Review", "young people"]


def test_chart_is_described_and_followed_by_its_values():
    chart = sample.chart()
    (block,) = page(chart).find_class("chart")
    picture = block.find(".//img")

    assert picture.get("alt") == chart.alt
    assert picture.get("src").startswith("data:image/svg+xml;base64,")
    assert [[words(cell) for cell in row] for row in block.iter("tr")] == [
        ["Period", "2020/21", "2021/22", "2022/23"],
        ["Assessments", "not available", "71", "207"],
    ]
    assert words(block.find_class("chart-note")[0]) == "The tool came into use in April 2021."


def test_chart_of_rows_has_a_table_of_rows_with_its_total():
    (block,) = page(sample.chart(form="rows", total="278")).find_class("chart")

    assert [[words(cell) for cell in row] for row in block.iter("tr")] == [
        ["Period", "Assessments"],
        ["2020/21", "not available"],
        ["2021/22", "71"],
        ["2022/23", "207"],
        ["Total", "278"],
    ]


def test_chart_without_values_says_so():
    chart = sample.chart()
    empty = replace(chart, series=(replace(chart.series[0], values=(None,) * 3),))
    (block,) = page(empty).find_class("chart")

    assert block.find(".//img") is None
    assert words(block.find("figure/p")) == "There are no values to draw."


def test_table_of_measures_leaves_out_columns_without_words():
    table = sample.measures_table(rows=1)
    bare = replace(table, rows=(replace(table.rows[0], comparators="", change=""),))
    section = page(bare)

    assert [words(head) for head in section.iterfind(".//thead/tr/th")] == ["Measure", "Value", "Before"]
    assert words(section.find(".//tbody/tr/th")) == (
        "Children discussed at exploitation panels May 2022 to April 2023, Staffordshire"
    )


def test_every_header_cell_has_a_scope(whole):
    assert {head.get("scope") for head in whole.iter("th")} == {"col", "row"}


def test_key_figure_stands_with_its_words_and_its_digits_are_set_apart():
    figures = page(sample.key_figures()).find_class("key-figure")

    assert [words(figure) for figure in figures] == [
        "610 children discussed May 2022 to April 2023, Staffordshire",
        "around 20% more than the year before 2022/23, Staffordshire",
        "two-thirds of plans 2022/23, Staffordshire",
    ]
    assert [[words(digits) for digits in figure.find_class("key-figure-digits")] for figure in figures] == [
        ["610"],
        ["20%"],
        [],
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("around £1.5 million", ("around ", "£1.5", " million")),
        ("19,700", ("", "19,700", "")),
        ("87% of bookings", ("", "87%", " of bookings")),
        ("−3.", ("", "−3", ".")),
        ("not available", ("not available", "", "")),
    ],
)
def test_digits_of_a_figure_are_found(text, parts):
    number = number_in(text)

    assert (number.before, number.digits, number.after) == parts


def test_no_figures_are_no_list():
    assert "No figures have been chosen." in words(page(replace(sample.key_figures(), figures=())))


def test_table_without_rows_is_no_table():
    section = page(replace(sample.measures_table(), rows=()))

    assert section.find(".//table") is None
    assert words(section.find(".//p")) == "No measures have been chosen."


def test_table_of_records_names_its_columns_and_shows_which_row_belongs_to_the_one_above():
    section = page(sample.records(rows=2))

    assert words(section.find(".//caption")) == "Reviews in 2022/23"
    assert [[words(cell) for cell in row] for row in section.iter("tr")] == [
        ["Reviews", "Number", "Share"],
        ["Reviews of kind 0 Of one area.", "6", ""],
        ["Reviews of kind 1 Of one area.", "6", ""],
    ]
    assert [row.get("class") for row in section.iterfind(".//tbody/tr")] == [None, "data-table-below"]
    assert [cell.get("data-label") for cell in section.iterfind(".//td")] == ["Number", "Share"] * 2
    assert words(section.find(".//h4")) == "What the panel put first"
    assert [words(point) for point in section.iterfind(".//li")] == ["Safer sleep", "Asthma & allergies"]


@pytest.mark.parametrize(
    ("rows", "is_prose", "is_kept_together"), [(5, False, True), (6, False, False), (2, True, False)]
)
def test_small_table_of_records_is_kept_on_one_page(rows, is_prose, is_kept_together):
    section = page(sample.records(rows=rows, is_prose=is_prose))

    assert bool(section.find_class("table-frame--small")) == is_kept_together


def test_records_that_are_not_there_leave_a_sentence():
    section = page(replace(sample.records(), intro="No review was recorded.", tables=(), lists=(), note=""))

    assert section.find(".//table") is None
    assert [words(line) for line in section.iterfind(".//p")] == ["No review was recorded."]


def test_statutory_coverage_leads_to_the_sections_that_answer():
    section = page(sample.statutory_coverage())

    assert [[words(cell) for cell in row] for row in section.iterfind(".//tbody/tr")] == [
        [
            "M1 What the partners did Must be in the report. What was done under the arrangements.",
            "1 Neglect How <many> families were helped.",
        ],
        ["A5 Scrutiny Should be in the report. What it observed.", "Not answered in this report"],
    ]
    assert [link.get("href") for link in section.iterfind(".//a")] == ["#section-1"]


def test_voice_says_what_was_said_and_what_changed():
    first, second = page(sample.voices()).find_class("voice")

    assert [words(line) for line in first] == [
        "What helps",
        "Children and young people. Group or forum. Number taking part: 14",
        "Somebody who stays.",
        "Somebody who listens.",
        "“Just <one> person.” A young person",
        "What changed: A key worker stays for a year.",
    ]
    assert words(second[-1]) == "Nothing is recorded yet that changed because of it."


def test_signature_is_typed_or_awaited():
    signatures = page(sample.signatures()).find_class("signature")

    assert [words(signature.find_class("signature-date")[0]) for signature in signatures] == [
        "Signed on 12 March 2024",
        "Awaiting signature",
    ]
    assert [words(line) for line in signatures[0]] == [
        "Robin Example",
        "Director for Children and Families",
        "Staffordshire County Council",
        "Signed on 12 March 2024",
    ]


def test_notes_stand_at_the_end_and_lead_back():
    note = sample.note(1)
    section = page(sample.text(f"<p>Said{sample.reference(note)}.</p>"), notes=(note,))
    (back,) = section.find_class("note-back")

    assert words(section.find(".//li")) == "Source 1: the published guidance. Back to the text"
    assert back.get("href") == f"#{note.id}-ref"
    assert back.get("aria-label") == "Back to the text, note 1"
    assert section.get_element_by_id(f"{note.id}-ref").get("href") == f"#{note.id}"


def test_unwritten_section_says_so_unless_others_stand_below_it():
    document = sample.sample_document()
    above, below = (replace(section, blocks=(), notes=()) for section in document.sections[1:3])
    html = document_body(replace(document, sections=(above, below)))

    assert html.count("Nothing has been written in this section yet.") == 1
    assert html.index("Nothing has been written") > html.index(below.title, html.index('id="section-1-1"'))
