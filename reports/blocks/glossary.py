"""What the report's abbreviations mean: those of the board's terms that any other block uses."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reports import document
from reports.abbreviations import Vocabulary, abbreviations_in, explained_in
from reports.blocks.records import records_kind
from reports.choices import Kind
from reports.models import Block
from reports.reader import Reader, Records
from reports.words_shown import words_shown

NOTHING = "This report uses no abbreviation that the glossary explains."


def read(block: Block, reader: Reader) -> document.GlossaryBlock:
    return document.GlossaryBlock(
        id=block.pk, heading=block.heading, heading_level=reader.heading_level, intro="", terms=(), note=block.source
    )


def filled(
    block: document.GlossaryBlock, sections: Sequence[document.Section], records: Records
) -> document.GlossaryBlock:
    """The block with the terms that the sections use; an abbreviation that is explained nowhere is a problem."""
    pieces = [Piece(section, place, words) for section in sections for place, words in words_shown(section)]
    vocabulary = Vocabulary(records.terms)
    for abbreviation, piece in unexplained(pieces, vocabulary).items():
        records.problems.setdefault(_problem(abbreviation, piece))
    terms = explained(pieces, vocabulary, records.terms)
    return replace(block, intro="" if terms else NOTHING, terms=terms)


@dataclass(frozen=True)
class Piece:
    """A text of the report, the section it stands in, and the id of its block, or 0."""

    section: document.Section
    block: int
    words: str


def explained(
    pieces: Iterable[Piece], vocabulary: Vocabulary, meanings: Mapping[str, str]
) -> tuple[document.ExplainedTerm, ...]:
    """The terms that these texts use, in the order of the alphabet."""
    used = {term for piece in pieces for term in vocabulary.terms_in(piece.words)}
    return tuple(
        document.ExplainedTerm(abbreviation=term, meaning=meanings[term])
        for term in sorted(used, key=lambda term: (term.casefold(), term))
    )


def unexplained(pieces: Sequence[Piece], vocabulary: Vocabulary) -> dict[str, Piece]:
    """The abbreviations that are no terms and that no text spells out, each with where it is used first."""
    found: dict[str, Piece] = {}
    for abbreviation, piece in _other_abbreviations(pieces, vocabulary):
        found.setdefault(abbreviation, piece)
    spelt_out = {abbreviation for piece in pieces for abbreviation in explained_in(piece.words)} if found else set()
    return {abbreviation: piece for abbreviation, piece in found.items() if abbreviation not in spelt_out}


def _other_abbreviations(pieces: Iterable[Piece], vocabulary: Vocabulary) -> Iterator[tuple[str, Piece]]:
    for piece in pieces:
        for abbreviation in abbreviations_in(vocabulary.without_terms(piece.words)):
            yield abbreviation, piece


def _problem(abbreviation: str, piece: Piece) -> document.Problem:
    return document.Problem(
        section_id=piece.section.id,
        section=f"{piece.section.number} {piece.section.title}".strip(),
        block_id=piece.block,
        message=f"{abbreviation} is not explained in the glossary.",
        abbreviation=abbreviation,
    )


KIND = records_kind(Kind.GLOSSARY, read, records="reports:term-list")
