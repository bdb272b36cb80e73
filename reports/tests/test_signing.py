from dataclasses import replace

import pytest

from partnership.tests.factories import make_dana, make_erin
from reports import actions
from reports.assemble import assemble
from reports.choices import Kind, PlaceKind
from reports.content import BlockContent
from reports.document import Signature, SignaturesBlock, signed_hash, to_json, with_signatures
from reports.models import Block
from reports.signing import has_changed, looked_at_before, what_changed
from reports.tests import sample
from reports.tests.factories import (
    make_block,
    make_change,
    make_edition,
    make_report_to_sign,
    make_section,
    write,
)


def document_with(*signatures, status="Draft"):
    return replace(sample.document_of(signatures_block(*signatures)), status=status)


def signatures_block(*signatures):
    return SignaturesBlock(id=1, heading="", heading_level=3, signatures=signatures)


def place(name="", signed_on="", post="Director"):
    return Signature(name=name, post=post, agency="County Council", signed_on=signed_on)


@pytest.mark.parametrize(
    "signed",
    [
        document_with(place("Dana", "1 September 2023")),
        document_with(place(), status="Published"),
        document_with(place("Dana", "1 September 2023"), status="Published, version 2"),
    ],
)
def test_signed_hash_leaves_out_what_signing_adds(signed):
    assert signed_hash(signed) == signed_hash(document_with(place()))


@pytest.mark.parametrize(
    "other",
    [
        document_with(place(post="Chief executive")),
        document_with(place(), place(post="Chief executive")),
        document_with(),
        replace(document_with(place()), title="Annual report."),
        replace(document_with(place()), year="2023-24"),
    ],
)
def test_signed_hash_holds_everything_else(other):
    assert signed_hash(other) != signed_hash(document_with(place()))


def test_names_are_put_into_their_places_and_nobody_elses():
    document = document_with(place(), place(post="Chief"))

    signed = with_signatures(document, [place("Grace", "2 May 2024", post="Chief")], status="Signed")

    assert signed == document_with(place(), place("Grace", "2 May 2024", post="Chief"), status="Signed")


def test_names_that_were_there_before_do_not_stay():
    document = document_with(place("Dana", "1 September 2023"))

    assert with_signatures(document, [], status="Draft") == document_with(place())


def test_document_frozen_before_a_field_was_added_has_not_changed(db):
    edition = make_edition()
    as_new = edition.document
    edition.document = as_new.replace(',"images":[]', "")

    assert edition.document != as_new
    assert not has_changed(edition)


def test_document_of_a_format_that_cannot_be_read_has_changed(db):
    edition = make_edition()
    edition.document = edition.document.replace('"format":1', '"format":0')

    assert has_changed(edition)


def test_frozen_document_is_the_live_one_at_that_moment(db):
    report = make_report_to_sign()

    edition = make_edition(report)

    assert edition.document == to_json(assemble(edition.report))


def titles(earlier, edition):
    return [section.title for section in what_changed(earlier, edition)]


def make_next(edition):
    actions.take_back_edition(edition=edition, reason="Not yet.", by=make_erin())
    return make_edition(edition.report)


def test_nothing_changed_where_the_words_are_the_same(db):
    edition = make_edition()

    assert titles(edition, make_next(edition)) == []


def test_changed_words_are_shown_with_their_section_alone(db):
    edition = make_edition()
    actions.take_back_edition(edition=edition, reason="Not yet.", by=make_erin())
    make_change(edition.report)

    (section,) = what_changed(edition, make_edition(edition.report))

    assert section.title == "1 Section 1"
    assert [[(piece.fate, piece.text) for piece in line.pieces] for line in section.lines] == [
        [("kept", "We heard 610 children"), ("removed", ","), ("kept", " and acted.")]
    ]


def test_section_that_came_or_went_is_shown_whole(db):
    edition = make_edition()
    actions.take_back_edition(edition=edition, reason="Not yet.", by=make_erin())
    make_block(make_section(edition.report, number="9"), body="<p>New</p>")
    gone = edition.report.sections.get(number="1")
    actions.remove_section(section=gone, by=make_erin())

    changed = what_changed(edition, make_edition(edition.report))

    assert [
        (section.title, {piece.fate for line in section.lines for piece in line.pieces}) for section in changed
    ] == [("9 Section 9", {"added"}), ("1 Section 1", {"removed"})]


def test_tables_and_lists_of_blocks_are_read_too(db):
    report = make_report_to_sign()
    block = make_block(make_section(report, number="3"), Kind.CASE_STUDY, body="<p>Ali</p>", source="Police")
    edition = make_edition(report)
    actions.take_back_edition(edition=edition, reason="Not yet.", by=make_erin())
    write(Block.objects.get(pk=block.pk), BlockContent(body="<p>Ali</p>", source="Health"), by=make_erin())

    assert titles(edition, make_edition(report)) == ["3 Section 3"]


def test_person_looked_last_at_what_they_signed_or_refused_last(db):
    dana = make_dana()
    first = make_edition()
    partner = first.signatures.get(kind=PlaceKind.PARTNER)
    actions.refuse_signature(signature=partner, reason="Not yet.", by=dana)
    second = make_next(first)
    third = make_next(second)

    assert [looked_at_before(edition, dana) for edition in (first, second, third)] == [None, first, first]
    assert looked_at_before(third, make_erin()) is None
