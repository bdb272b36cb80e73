"""What signatures are bound to, and a Document with them in their places."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from partnership.theme import Theme
from reports.document.keeping import content_hash
from reports.document.parts import Block, Signature, SignaturesBlock
from reports.document.whole import Document, Section


def signed_hash(document: Document) -> str:
    """What a signature is bound to: the content hash without what signing itself adds.

    That is the status on the cover, and the names and dates of the signatures; who is asked to sign is part of it. Nor
    does it depend on the theme (docs/decisions/0017).
    """
    return content_hash(replace(_with_signatures(document, {}, status=""), theme=Theme()))


def with_signatures(document: Document, signatures: Sequence[Signature], *, status: str) -> Document:
    """The Document with these in the places of its signatures, each by its post and agency, and a status."""
    return _with_signatures(document, {(each.post, each.agency): each for each in signatures}, status=status)


def _with_signatures(document: Document, given: Mapping[tuple[str, str], Signature], *, status: str) -> Document:
    return replace(
        document,
        status=status,
        sections=_all_signed(document.sections, given),
        short=replace(document.short, sections=_all_signed(document.short.sections, given)),
        childrens=replace(document.childrens, sections=_all_signed(document.childrens.sections, given)),
    )


def _all_signed(sections: Sequence[Section], given: Mapping[tuple[str, str], Signature]) -> tuple[Section, ...]:
    return tuple(
        replace(section, blocks=tuple(_signed(block, given) for block in section.blocks)) for section in sections
    )


def _signed(block: Block, given: Mapping[tuple[str, str], Signature]) -> Block:
    if not isinstance(block, SignaturesBlock):
        return block
    return replace(
        block,
        signatures=tuple(
            given.get((place.post, place.agency)) or replace(place, name="", signed_on="") for place in block.signatures
        ),
    )
