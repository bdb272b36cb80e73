"""What is marked for the short version and the children's version, as the Document holds it."""

import pytest

from partnership.tests.factories import make_alice, make_period
from priorities.tests.factories import make_measure, make_value
from reports import actions
from reports.assemble import assemble
from reports.choices import Kind, Variant
from reports.content import MeasureContent
from reports.tests.factories import make_block, make_report, make_section

QUERIES = 24
TOKEN = '<span data-figure="HEARD" data-period="2022-23" data-show="value"></span>'


@pytest.fixture
def section(db):
    return make_section(make_report(), number="3", title="Neglect")


def test_own_text_stands_in_the_short_version_alone_under_its_own_heading(section):
    make_value(make_measure("HEARD"), 610)
    make_block(section, body="<p>At length.</p>")
    own = make_block(section, variant=Variant.SHORT, heading="In brief", body=f"<p>{TOKEN} heard.</p>")

    document = assemble(section.report)

    assert [block.html for block in document.sections[0].blocks] == ["<p>At length.</p>"]
    (short,) = document.short.sections
    assert (short.anchor, short.number, short.title, short.level) == ("short-section-3", "", "In brief", 1)
    assert [(block.id, block.heading) for block in short.blocks] == [(own.pk, "")]
    assert [figure.text for figure in document.short.figures] == ["610"]
    assert document.figures == ()
    assert document.childrens.sections == ()


def test_part_of_the_report_can_stand_in_the_short_version_too(section):
    measure = make_measure("HEARD")
    make_value(measure, 610)
    rows = (MeasureContent(measure.pk, make_period().pk),)
    figures = make_block(section, Kind.KEY_FIGURES, heading="The year", measures=rows)
    actions.mark_block(block=figures, variant=Variant.SHORT, is_in=True, by=make_alice())
    make_block(section, variant=Variant.SHORT, heading="In brief", body="<p>Words.</p>")

    document = assemble(section.report)

    (short,) = document.short.sections
    assert short.title == "Neglect"
    assert [block.heading for block in short.blocks] == ["The year", "In brief"]
    assert [block.id for block in document.sections[0].blocks] == [figures.pk]
    assert document.figures == document.short.figures


def test_notes_of_a_retelling_have_addresses_of_their_own(section):
    make_block(section, body='<p>Long<span data-note="One"></span></p>')
    make_block(section, variant=Variant.CHILDRENS, body='<p>Short<span data-note="Two"></span></p>')

    document = assemble(section.report)

    notes = [note.id for each in (*document.sections, *document.childrens.sections) for note in each.notes]
    assert notes == ["section-3-note-1", "childrens-section-3-note-1"]


@pytest.mark.parametrize("sections", [1, 3])
def test_number_of_queries_is_the_same_for_every_size(db, django_assert_num_queries, sections):
    report = make_report()
    for number in range(sections):
        section = make_section(report, number=str(number))
        make_block(section, body="<p>Words.</p>")
        make_block(section, variant=Variant.SHORT, body="<p>Words.</p>")

    with django_assert_num_queries(QUERIES):
        document = assemble(report)

    assert len(document.short.sections) == sections
