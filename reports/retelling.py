"""The report retold: its short version and its children's version, each a Document of its own made from the whole one.

Pure functions: no database, no request.
"""

from collections.abc import Sequence
from dataclasses import replace

from reports.choices import RETELLINGS, Variant
from reports.document import Document, Retelling, Section


def retelling_of(document: Document, variant: str) -> Retelling:
    """What stands in the short version or the children's version of the whole report."""
    return {Variant.SHORT: document.short, Variant.CHILDRENS: document.childrens}[Variant(variant)]


def told(document: Document) -> tuple[Variant, ...]:
    """The retellings for which something is marked."""
    return tuple(variant for variant in RETELLINGS if retelling_of(document, variant).sections)


def retold(document: Document, variant: str) -> Document:
    """The Document that a retelling is made from; for the report itself the same one.

    Its problems are those of the parts that stand in it.
    """
    if variant == Variant.REPORT:
        return document
    retelling = retelling_of(document, variant)
    blocks = {block.id for section in retelling.sections for block in section.blocks}
    return replace(
        document,
        sections=retelling.sections,
        figures=retelling.figures,
        images=retelling.images,
        problems=tuple(problem for problem in document.problems if problem.block_id in blocks),
        short=Retelling(),
        childrens=Retelling(),
        variant=Variant(variant).value,
    )


def own_parts(section: Section, shown: Sequence[Section]) -> Section:
    """A section of a retelling without the parts that these sections show already, and so with its own."""
    known = {block.id for each in shown for block in each.blocks}
    return replace(section, blocks=tuple(block for block in section.blocks if block.id not in known))
