"""Footnotes, endnotes and comments: what they say, as plain words."""

from lxml import etree

from reports.richtext import clean_inline, plain_text
from reports.word.losses import Losses
from reports.word.outline import Loss
from reports.word.package import Package, W
from reports.word.styles import Styles
from reports.word.words import WordReader, name_of, text_of


def notes_of(package: Package, part: str, kind: str, *, styles: Styles, losses: Losses) -> dict[str, str]:
    """The notes of a kind ("footnote" or "endnote") that are written, by their name; addresses of links stand in them
    as words."""
    tree = package.xml(part)
    if tree is None:
        return {}
    reader = WordReader(relations=package.relations(part), styles=styles, losses=losses, keeps_addresses=True)
    return {
        note.get(f"{W}id", ""): _words(note, reader, losses)
        for note in tree.iterfind(f"{W}{kind}")
        if note.get(f"{W}type", "normal") == "normal"
    }


def comments_of(package: Package, part: str) -> dict[str, str]:
    tree = package.xml(part)
    comments = [] if tree is None else tree.iterfind(f"{W}comment")
    return {comment.get(f"{W}id", ""): text_of(comment) for comment in comments}


def _words(note: etree._Element, reader: WordReader, losses: Losses) -> str:
    paragraphs = []
    for paragraph in note.iter(f"{W}p"):
        if any(name_of(each) == "Fallback" for each in paragraph.iterancestors()):
            continue  # the same once more, for elder versions of Word
        words = reader.read(paragraph)
        paragraphs.append(words.html)
        if words.boxes:
            losses.add(Loss.IN_NOTE, text_of(note))
    if note.find(f".//{W}tbl") is not None or note.find(f".//{W}drawing") is not None:
        losses.add(Loss.IN_NOTE, text_of(note))
    return " ".join(plain_text(clean_inline("".join(f"<p>{html}</p>" for html in paragraphs))).split())
