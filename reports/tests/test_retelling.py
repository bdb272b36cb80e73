import json
from dataclasses import replace

from reports.choices import Variant
from reports.document import Problem, Retelling, from_json, to_json
from reports.retelling import own_parts, retold, told
from reports.tests import sample


def problem(block, message):
    return Problem(section_id=1, section="1 Neglect", block_id=block, message=message)


def make_document():
    (chapter,) = sample.document_of(sample.text(id=1), sample.key_figures(id=2)).sections
    shorter = replace(
        chapter, anchor="short-section-1", number="", blocks=(sample.key_figures(id=2), sample.text(id=3))
    )
    return replace(
        sample.document_of(*chapter.blocks),
        problems=(problem(1, "of the report alone"), problem(3, "of the short version")),
        short=Retelling(sections=(shorter,)),
    )


def test_only_what_is_marked_is_told():
    assert told(make_document()) == (Variant.SHORT,)
    assert told(sample.sample_document()) == ()


def test_report_itself_stays_the_same_document():
    document = make_document()

    assert retold(document, Variant.REPORT) is document


def test_retold_document_holds_nothing_of_the_rest():
    document = make_document()

    short = retold(document, Variant.SHORT)

    assert (short.variant, short.sections, short.figures) == ("short", document.short.sections, ())
    assert [each.message for each in short.problems] == ["of the short version"]
    assert told(short) == ()


def test_own_parts_are_those_that_the_report_does_not_show():
    document = make_document()

    own = own_parts(document.short.sections[0], document.sections)

    assert [block.id for block in own.blocks] == [3]


def test_document_without_retellings_is_stored_as_before_there_were_any():
    stored = json.loads(to_json(sample.sample_document()))

    assert not {"short", "childrens", "variant"} & set(stored)
    assert from_json(to_json(make_document())) == make_document()
