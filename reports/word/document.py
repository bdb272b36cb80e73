"""The whole of a Word file as an `Outline`. Only for a process that may be killed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from lxml import etree

from partnership.filetypes.pictures import redrawn_for_print
from partnership.filetypes.refused import DAMAGED, RefusedFile
from reports.richtext import clean, plain_text
from reports.word.flow import Flow, Tools, blocks_of
from reports.word.losses import Losses
from reports.word.notes import comments_of, notes_of
from reports.word.numbering import Numbering
from reports.word.outline import ImportedSection, Loss, Outline, Picture
from reports.word.package import Package, Relation, W, open_word
from reports.word.styles import Role, Styles
from reports.word.words import WordReader, text_of

SECTION_LEVELS = 2
"""Headings as deep as this begin a section; deeper ones stay headings in its text."""
OPENING = "Opening pages"
"""The section of what stands before the first heading, since every section of a report has a title."""
UNTITLED = "Untitled"
"""The section of a heading that holds a picture and no words."""
EMPTY_TITLES = {OPENING.lower(), "contents", "table of contents"}
"""Sections that are left out if nothing stands in them."""

MOST_SECTIONS = 200
MOST_PICTURES = 200
MOST_PICTURE_BYTES = 40 * 1024 * 1024
LONGEST_TITLE = 200
LONGEST_TEXT = 40_000
"""Characters of one text. The editor takes 50,000, and somebody will go on writing."""
MOST_TAGS = 8_000
LONGEST_HTML = 400_000
LONGEST_WORD = 1_000

_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,5})(?:[.):]\s*|\s+)(?=\D*[^\W\d_])")

NO_TEXT = "This file holds no text. If it is a scan, ask for the document that it was printed from."
TOO_MANY_SECTIONS = (
    f"This file has more than {MOST_SECTIONS} headings of the first two levels. Use “Heading 1” and “Heading 2” in "
    "Word for chapters and sections only."
)
TOO_MANY_PICTURES = (
    f"This file has more than {MOST_PICTURES} pictures, or more than {MOST_PICTURE_BYTES // 1024 // 1024} MB of them. "
    "Take out what is decoration, or import it in parts."
)


@dataclass
class _Draft:
    """A section while it is read."""

    number: str
    title: str
    level: int
    flow: Flow
    waiting: str = ""
    """Notes of its heading, to stand in its first paragraph."""

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


def read_document(content: bytes) -> Outline:
    """What a Word file holds; raises `RefusedFile`."""
    reader = _Reader(open_word(content))
    sections = tuple(reader.sections())
    if not any(section.texts for section in sections):
        raise RefusedFile(NO_TEXT)
    return Outline(sections=sections, pictures=tuple(reader.pictures), lost=reader.losses.all)


@dataclass
class _Reader:
    package: Package
    pictures: list[Picture] = field(default_factory=list)
    losses: Losses = field(default_factory=Losses)
    _numbers: dict[str, int] = field(default_factory=dict)
    """The places of the pictures by the part they lie in; 0 for one that cannot be kept."""
    _has_chapter: bool = False
    """Whether there was a heading of the first level; those of the second are chapters until then."""

    def __post_init__(self) -> None:
        main = self.package.main_part()
        tree = self.package.xml(main)
        self._body = None if tree is None else tree.find(f"{W}body")
        if self._body is None:
            raise RefusedFile(DAMAGED)
        self._relations = self.package.relations(main)
        self._styles = Styles(self._part("styles"))
        self._notes = {
            (kind, name): words
            for kind in ("footnote", "endnote")
            for name, words in notes_of(
                self.package, self._name(f"{kind}s"), kind, styles=self._styles, losses=self.losses
            ).items()
        }
        self._comments = comments_of(self.package, self._name("comments"))
        words = WordReader(
            relations=self._relations,
            styles=self._styles,
            losses=self.losses,
            note=self._note,
            comment=lambda name: self._comments.get(name, ""),
            picture=self._picture,
        )
        self._tools = Tools(words, self._styles, Numbering(self._part("numbering")), self.losses)

    def sections(self) -> Iterator[ImportedSection]:
        self._note_what_is_around()
        for draft in self._drafts():
            yield ImportedSection(number=draft.number, title=draft.title, level=draft.level, texts=tuple(_texts(draft)))

    def _drafts(self) -> list[_Draft]:
        drafts: list[_Draft] = []
        for block in blocks_of(self._body, self.losses):
            level = self._section_level(block)
            if level and self._begin(drafts, block, level):
                continue
            if self._is_left_out(block, is_before_headings=all(draft.title == OPENING for draft in drafts)):
                continue
            if not drafts:
                drafts.append(self._draft("", OPENING, 1))
            drafts[-1].flow.add(block)
        return [draft for draft in drafts if draft.flow.finished() or draft.title.lower() not in EMPTY_TITLES]

    def _section_level(self, block: etree._Element) -> int | None:
        if block.tag != f"{W}p" or self._styles.role(block) == Role.CONTENTS:
            return None
        level = self._styles.heading_level(block)
        return level if level and level <= SECTION_LEVELS else None

    def _begin(self, drafts: list[_Draft], heading: etree._Element, level: int) -> bool:
        """Begin a section with a heading, unless it has too many words; one without any is done with."""
        if len(text_of(heading)) > LONGEST_TITLE:
            self.losses.add(Loss.LONG_HEADING, text_of(heading))
            return False
        numbered = self._styles.numbered(heading)
        place = numbered and self._tools.numbering.count(numbered.list_id, numbered.depth)
        words = self._tools.words.read(heading)
        title = " ".join(plain_text(clean(f"<p>{words.html}</p>")).split())
        if not title and not words.figures and not words.boxes:
            return True
        number, title = numbered_title(title or UNTITLED, place.label if place else "")
        if len(title) > LONGEST_TITLE:  # a formula has words that are not counted above
            return False
        if len(drafts) >= MOST_SECTIONS:
            raise RefusedFile(TOO_MANY_SECTIONS)
        self._has_chapter = self._has_chapter or level == 1
        drafts.append(self._draft(number, title, level if self._has_chapter else 1))
        drafts[-1].waiting = "".join(re.findall(r'<span data-note="[^"]*"></span>', words.html))
        drafts[-1].flow.add_more(words.figures)
        for box in words.boxes:
            for block in blocks_of(box, self.losses):
                drafts[-1].flow.add(block)
        return True

    def _draft(self, number: str, title: str, level: int) -> _Draft:
        draft = _Draft(number, title, level, Flow(self._tools))
        self.losses.where = str(draft)
        return draft

    def _is_left_out(self, block: etree._Element, *, is_before_headings: bool) -> bool:
        if block.tag != f"{W}p":
            return False
        role = self._styles.role(block)
        if role == Role.CONTENTS:
            self.losses.add(Loss.CONTENTS, is_of_the_file=True)
            return True
        if role == Role.COVER and is_before_headings:
            self.losses.add(Loss.COVER, text_of(block), is_of_the_file=True)
            return True
        return False

    def _note_what_is_around(self) -> None:
        for relation in self._relations.values():
            if relation.kind in ("header", "footer"):
                tree = self.package.xml(relation.target)
                if tree is not None and (words := text_of(tree).strip()):
                    self.losses.add(Loss.HEADERS, words, is_of_the_file=True)
        settings = self.package.relations(self._name("settings"))
        for relation in (*self._relations.values(), *settings.values()):
            if relation.is_external and relation.kind not in ("hyperlink", "image"):
                self.losses.add(Loss.OUTSIDE, relation.target, is_of_the_file=True)

    def _note(self, kind: str, name: str) -> str:
        words = self._notes.get((kind, name), "")
        return f'<span data-note="{escape(words)}"></span>' if words else ""

    def _picture(self, relation: Relation, alternative: str) -> str:
        if relation.target not in self._numbers:
            self._numbers[relation.target] = self._keep(relation.target)
        number = self._numbers[relation.target]
        if not number:
            self.losses.add(Loss.PICTURE, alternative or relation.target.rpartition("/")[2])
            return ""
        if not alternative:
            self.losses.add(Loss.ALTERNATIVE_TEXT, relation.target.rpartition("/")[2])
        return f'<figure><img data-image="{number}" alt="{escape(alternative)}"></figure>'

    def _keep(self, part: str) -> int:
        """The picture's place among those kept, or 0 where it cannot be."""
        if len(self._numbers) >= MOST_PICTURES:
            raise RefusedFile(TOO_MANY_PICTURES)
        try:
            drawn = redrawn_for_print(self.package.picture(part))
        except RefusedFile:
            return 0
        self.pictures.append(Picture(name=part.rpartition("/")[2], content=drawn))
        if sum(len(each.content) for each in self.pictures) > MOST_PICTURE_BYTES:
            raise RefusedFile(TOO_MANY_PICTURES)
        return len(self.pictures)

    def _part(self, kind: str) -> etree._Element | None:
        return self.package.xml(self._name(kind))

    def _name(self, kind: str) -> str:
        """The name of the part of this kind that the document points at."""
        named = (each.target for each in self._relations.values() if each.kind == kind and not each.is_external)
        return next(named, "")


def numbered_title(title: str, label: str) -> tuple[str, str]:
    """A heading's number and its words. The number was typed, or Word counts it as `label`, such as "4.1."."""
    if found := _NUMBER.match(title):
        return found[1], title[found.end() :]
    number = label.rstrip(".):")
    if re.fullmatch(r"\d{1,3}(\.\d{1,3}){0,4}", number):
        return number, title
    return "", f"{label} {title}".strip()


def _texts(draft: _Draft) -> Iterator[str]:
    """The section's text in pieces that each fit one block, cut between paragraphs and rather before a heading."""
    part: list[str] = []
    size = tags = 0
    for piece in _with_waiting(draft.flow.finished(), draft.waiting):
        length, more_tags = len(re.sub("<[^>]*>", "", piece)), piece.count("<")
        is_full = size + length > LONGEST_TEXT or tags + more_tags > MOST_TAGS
        if part and (is_full or (size > LONGEST_TEXT // 2 and re.match("<h[3-6]>", piece))):
            yield from _cleaned(part, draft)
            part, size, tags = [], 0, 0
        part.append(piece)
        size, tags = size + length, tags + more_tags
        if size > LONGEST_TEXT or tags > MOST_TAGS or len(piece) > LONGEST_HTML:
            raise RefusedFile(
                f"One paragraph, list or table in “{draft}” is too long for the portal. Split it in Word, then send "
                "the file again."
            )
    yield from _cleaned(part, draft)


def _with_waiting(pieces: list[str], waiting: str) -> list[str]:
    """The pieces with the notes of the heading at the end of the first paragraph."""
    if not waiting:
        return pieces
    if pieces and pieces[0].startswith("<p>"):
        return [pieces[0].removesuffix("</p>") + waiting + "</p>", *pieces[1:]]
    return [f"<p>{waiting}</p>", *pieces]


def _cleaned(part: list[str], draft: _Draft) -> Iterator[str]:
    if text := clean("".join(part)):
        unread = re.findall(r'(?:data-note|alt)="([^"]*)"', text)
        longest = max(map(len, " ".join((plain_text(text), *unread)).split()), default=0)
        if longest > LONGEST_WORD:
            raise RefusedFile(
                f"There is a word of {longest:,} characters in “{draft}”. Take it out in Word, or put spaces into it."
            )
        yield text
