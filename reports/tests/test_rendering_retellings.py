"""The short version and the children's version as PDF and as a page."""

from dataclasses import replace
from io import BytesIO

import pdfplumber
import pikepdf
import pytest

from reports.choices import Variant
from reports.document import Retelling
from reports.rendering.checking import render_checked
from reports.rendering.file_rules import it_is_as_short_as_it_is_meant_to_be
from reports.rendering.html import full_title, running_title
from reports.rendering.landmarks import Landmarks
from reports.retelling import retold
from reports.tests import sample

NOTED = f"<p>We met.{sample.reference(sample.note(1))}</p><ul><li>often</li><li>and in pairs</li></ul>"


def make_retold(variant):
    (chapter,) = sample.document_of(sample.text(NOTED, id=1), notes=(sample.note(1),)).sections
    figures = replace(chapter, id=2, anchor="figures", title="The year", notes=(), blocks=(sample.key_figures(id=2),))
    others = replace(
        chapter,
        id=3,
        anchor="others",
        number="",
        title="Neglect",
        notes=(),
        blocks=(sample.standing_list(id=3), sample.quotes(id=4), sample.case_study(id=5), sample.chart(id=6)),
    )
    retelling = Retelling(sections=(replace(chapter, number=""), figures, others))
    return retold(sample.sample_document(short=retelling, childrens=retelling), variant)


@pytest.mark.parametrize(
    ("variant", "title"),
    [(Variant.SHORT, "The short version"), (Variant.CHILDRENS, "Keeping children safe in Staffordshire")],
)
def test_retelling_passes_both_gates_and_begins_with_its_title(variant, title):
    checked = render_checked(make_retold(variant))

    with pdfplumber.open(BytesIO(checked.pdf)) as pdf:
        first = pdf.pages[0].extract_text()
    assert checked.faults == ()
    assert title in " ".join(first.split())
    assert "Contents" not in first


def test_names_say_which_version_it_is():
    short = make_retold(Variant.SHORT)

    assert full_title(short) == "Annual report 2022/23: short version"
    assert running_title(short) == "SSCB · Annual report 2022/23: short version · Final draft"


@pytest.mark.parametrize(("pages", "faults"), [(2, 0), (3, 1)])
def test_more_pages_than_meant_are_named_and_hold_nothing_back(pages, faults):
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page()

    found = list(it_is_as_short_as_it_is_meant_to_be(pdf, Landmarks(language="en-GB", title="Short", most_pages=2)))

    assert [(fault.is_content, fault.is_conforming) for fault in found] == [(True, True)] * faults
    assert all(fault.message.startswith("It takes 3 pages where 2 are meant.") for fault in found)
