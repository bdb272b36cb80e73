"""What an edition says, whether the report still says the same, and what changed for somebody who looked before."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from html import escape

from partnership.models import User
from reports.assemble import assemble
from reports.choices import PRINTED_STATUS, RETELLINGS, ReportStatus
from reports.difference import Line, compare_texts
from reports.document import Document, Section, Signature, from_json, signed_hash, with_signatures
from reports.models import Edition
from reports.queries import signature_of
from reports.retelling import retelling_of


def frozen(edition: Edition) -> Document:
    """The Document that was put to sign-off, with the names and days of those who have signed it by now."""
    document = from_json(edition.document)
    return with_signatures(document, _signatures(edition), status=document.status)


def to_publish(edition: Edition) -> Document:
    """The Document that is published: the frozen one with the signatures, and on its cover what it is now."""
    status = PRINTED_STATUS[ReportStatus.PUBLISHED]
    if edition.number > 1:
        status = f"{status}, version {edition.number}"
    return with_signatures(from_json(edition.document), _signatures(edition), status=status)


def _signatures(edition: Edition) -> list[Signature]:
    return [signature_of(each) for each in edition.signatures.select_related("agency")]


def has_changed(edition: Edition) -> bool:
    """Whether the report says anything else now than what was frozen.

    Both are hashed by the code of today: a Document that has got a new field since says the same as before. One of a
    format that this code does not read cannot be held against the report any more, and counts as changed.
    """
    try:
        document = from_json(edition.document)
    except ValueError:
        return True
    return signed_hash(document) != signed_hash(assemble(edition.report))


@dataclass(frozen=True, kw_only=True)
class ChangedSection:
    """A section that reads otherwise, with its lines; one that came or went is all added or all removed."""

    title: str
    lines: list[Line]


def looked_at_before(edition: Edition, user: User) -> Edition | None:
    """The edition before this one that the person signed, refused or commented on last."""
    earlier = Edition.objects.filter(report=edition.report_id, pk__lt=edition.pk, signatures__acted_by=user)
    return earlier.filter(signatures__is_on_paper=False).order_by("-pk").first()


def what_changed(earlier: Edition, edition: Edition) -> list[ChangedSection]:
    """The sections that read otherwise in the later edition, in its order, then those that are not in it any more."""
    old, new = from_json(earlier.document), from_json(edition.document)  # without who has signed which
    found = _changed(old.sections, new.sections)
    for variant in RETELLINGS:
        before, after = retelling_of(old, variant).sections, retelling_of(new, variant).sections
        found += _changed(before, after, within=f" ({variant.label.lower()})")
    return found


def _changed(old: Sequence[Section], new: Sequence[Section], within: str = "") -> list[ChangedSection]:
    before = {section.id: section for section in old}
    after = {section.id: section for section in new}
    pairs: list[tuple[Section | None, Section | None]] = [
        *((before.get(section.id), section) for section in new),
        *((section, None) for section in old if section.id not in after),
    ]
    found = []
    for was, now in pairs:
        lines = [line for line in compare_texts(_text(was), _text(now)) if not line.is_kept]
        if lines:
            found.append(ChangedSection(title=f"{_name(now or was)}{within}", lines=lines))
    return found


def _name(section: Section | None) -> str:
    return f"{section.number} {section.title}".strip() if section else ""


def _text(section: Section | None) -> str:
    """All words of a section as simple rich text, so that two can be held against each other."""
    if section is None:
        return ""
    blocks = (piece for block in section.blocks for piece in _words(block))
    notes = (piece for note in section.notes for piece in _words(note))
    return "".join((f"<h3>{escape(_name(section))}</h3>", *blocks, *notes))


NOT_READ = {"id", "heading_level", "kind", "form", "anchor", "number"}
"""Fields that nobody reads as words."""
RICH = {"html", "intro_html", "items", "said", "did"}
_TOKEN = re.compile(r' data-(?:figure|image)="[^"]*"')
"""What stands for something else in an editor's text; in a Document its words are there."""


def _words(part: object, name: str = "") -> Iterator[str]:
    """The words of a part of a Document, each text as a paragraph, and each row of texts as one."""
    if isinstance(part, str):
        if part:
            yield f"<p>{_TOKEN.sub('', part) if name in RICH else escape(part)}</p>"
    elif is_dataclass(part):
        for each in fields(part):
            if each.name not in NOT_READ:
                yield from _words(getattr(part, each.name), each.name)
    elif isinstance(part, tuple):
        if name in {"cells", "texts", "categories", "heads"}:
            yield f"<p>{escape(' | '.join(map(str, part)))}</p>"
        elif name != "values":
            for each in part:
                yield from _words(each, name)
