"""One paragraph: its words as HTML, and what hangs on it: pictures, text boxes."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape

from lxml import etree

from reports.word.losses import Losses
from reports.word.outline import Loss
from reports.word.package import R, Relation, W
from reports.word.styles import Styles, is_on

LONGEST_ADDRESS = 2_000

_FIELD_ADDRESS = re.compile(r'\s*HYPERLINK\s+"([^"]+)"')
_ADDRESS = re.compile(r"(https?://|mailto:)\S+", re.IGNORECASE)


@dataclass
class Words:
    """A paragraph as it was read."""

    html: str = ""
    figures: list[str] = field(default_factory=list)
    """Its pictures, each as HTML."""
    boxes: list[etree._Element] = field(default_factory=list)
    """Its text boxes, of which the paragraphs are not read yet."""


@dataclass(frozen=True)
class _Manner:
    address: str = ""
    language: str = ""
    is_strong: bool = False
    is_em: bool = False

    def html(self, text: str) -> str:
        html = escape(text, quote=False)
        html = f"<em>{html}</em>" if self.is_em else html
        html = f"<strong>{html}</strong>" if self.is_strong else html
        html = f'<span lang="{escape(self.language)}">{html}</span>' if self.language else html
        return f'<a href="{escape(self.address)}">{html}</a>' if self.address else html


@dataclass
class _Field:
    """A field's instruction, such as HYPERLINK "https://…", and then its result, of which the words are kept."""

    instruction: str = ""
    address: str = ""


class WordReader:
    """Reads the paragraphs of one part. `note` and `picture` turn what a reference names into HTML."""

    def __init__(
        self,
        *,
        relations: Mapping[str, Relation],
        styles: Styles,
        losses: Losses,
        note: Callable[[str, str], str] = lambda kind, name: "",
        comment: Callable[[str], str] = lambda name: "",
        picture: Callable[[Relation, str], str] = lambda relation, alternative: "",
        keeps_addresses: bool = False,
    ):
        self._relations = relations
        self._styles = styles
        self._losses = losses
        self._note, self._comment, self._picture = note, comment, picture
        self._keeps_addresses = keeps_addresses
        """Whether the address of a link is written out, where a link itself cannot be."""
        self._words = Words()
        self._parts: list[str] = []
        self._fields: list[_Field] = []

    def read(self, paragraph: etree._Element) -> Words:
        self._words, self._parts, self._fields = Words(), [], []
        self._walk(paragraph, _Manner())
        self._words.html = "".join(self._parts)
        return self._words

    def _walk(self, element: etree._Element, manner: _Manner) -> None:
        for child in element:
            match name_of(child):
                case "r":
                    self._run(child, manner)
                case "hyperlink":
                    self._link(child, manner)
                case "ins" | "moveTo":
                    self._losses.add(Loss.TRACKED, text_of(child))
                    self._walk(child, manner)
                case "del" | "moveFrom":
                    self._losses.add(Loss.TRACKED, text_of(child))
                case "sdt" | "sdtContent" | "smartTag" | "customXml" | "bdo" | "dir" | "fldSimple":
                    self._walk(child, manner)
                case "AlternateContent":
                    self._walk(chosen(child), manner)
                case "oMath" | "oMathPara":
                    self._losses.add(Loss.FORMULA, text_of(child))
                    self._parts.append(manner.html(text_of(child)))

    def _run(self, run: etree._Element, around: _Manner) -> None:
        properties = run.find(f"{W}rPr")
        if is_on(properties, "vanish"):
            self._losses.add(Loss.HIDDEN, text_of(run))
            return
        if is_on(properties, "strike") or is_on(properties, "dstrike"):
            self._losses.add(Loss.STRUCK, text_of(run))
        self._in_run(run, self._manner(properties, around))

    def _manner(self, properties: etree._Element | None, around: _Manner) -> _Manner:
        style = None if properties is None else properties.find(f"{W}rStyle")
        spoken = None if properties is None else properties.find(f"{W}lang")
        name = "" if style is None else style.get(f"{W}val", "")
        address = around.address or next((each.address for each in self._fields if each.address), "")
        return _Manner(
            address=address,
            language="" if spoken is None else spoken.get(f"{W}val", ""),
            is_strong=is_on(properties, "b") or (not _is_off(properties, "b") and self._styles.is_strong(name)),
            is_em=is_on(properties, "i") or (not _is_off(properties, "i") and self._styles.is_em(name)),
        )

    def _in_run(self, run: etree._Element, manner: _Manner) -> None:
        for child in run:
            match name_of(child):
                case "t":
                    self._parts.append(manner.html(child.text or ""))
                case "tab" | "ptab":
                    self._parts.append(" ")
                case "br" if child.get(f"{W}type", "textWrapping") == "textWrapping":
                    self._parts.append("<br>")
                case "br":
                    self._parts.append(" ")
                case "cr":
                    self._parts.append("<br>")
                case "noBreakHyphen":
                    self._parts.append("\u2011")
                case "sym":
                    self._symbol(child, manner)
                case "fldChar":
                    self._field(child)
                case "instrText" if self._fields:
                    self._fields[-1].instruction += child.text or ""
                case "footnoteReference" | "endnoteReference" as name:
                    self._parts.append(self._note(name.removesuffix("Reference"), child.get(f"{W}id", "")))
                case "commentReference":
                    self._losses.add(Loss.COMMENT, self._comment(child.get(f"{W}id", "")))
                case "drawing" | "pict" | "object":
                    self._drawing(child)
                case "AlternateContent":
                    self._alternatives(child, manner)
                case "ruby":
                    for each in child.iterfind(f"{W}rubyBase/{W}r"):
                        self._in_run(each, manner)

    def _alternatives(self, alternatives: etree._Element, manner: _Manner) -> None:
        """Of several forms of the same content the first that can be read; the others would double it."""
        for each in alternatives:
            before = self._size()
            self._in_run(each, manner)
            if self._size() != before:
                return

    def _size(self) -> int:
        return len(self._parts) + len(self._words.figures) + len(self._words.boxes) + self._losses.total

    def _symbol(self, symbol: etree._Element, manner: _Manner) -> None:
        code = symbol.get(f"{W}char", "")
        number = int(code, 16) if re.fullmatch("[0-9A-Fa-f]{1,6}", code) else 0
        if 0x20 <= number < 0xE000:
            self._parts.append(manner.html(chr(number)))
        else:
            self._losses.add(Loss.SYMBOL, f"{symbol.get(f'{W}font', '')} {code}")

    def _field(self, char: etree._Element) -> None:
        match char.get(f"{W}fldCharType"):
            case "begin":
                self._fields.append(_Field())
            case "separate" if self._fields:
                if found := _FIELD_ADDRESS.match(self._fields[-1].instruction):
                    self._fields[-1].address = self._kept_address(found[1], "")
            case "end" if self._fields:
                self._fields.pop()

    def _link(self, link: etree._Element, manner: _Manner) -> None:
        relation = self._relations.get(link.get(f"{R}id", ""))
        words = text_of(link)
        if relation is None:
            self._losses.add(Loss.CROSS_REFERENCE, words)
            self._walk(link, manner)
            return
        anchor = link.get(f"{W}anchor")
        address = self._kept_address(relation.target + (f"#{anchor}" if anchor else ""), words)
        self._walk_in(link, address)
        if self._keeps_addresses and address and address not in words:
            self._parts.append(escape(f" ({address})", quote=False))

    def _walk_in(self, link: etree._Element, address: str) -> None:
        self._fields.append(_Field(address=address))
        self._walk(link, _Manner())
        if self._fields:
            self._fields.pop()

    def _kept_address(self, address: str, words: str) -> str:
        if len(address) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(address):
            return address
        self._losses.add(Loss.LINK, words or address)
        return ""

    def _drawing(self, drawing: etree._Element) -> None:
        alternative = ""
        for each in _drawn(drawing):
            match name_of(each):
                case "docPr" | "cNvPr":
                    alternative = each.get("descr", "") or alternative
                case "shape":
                    alternative = each.get("alt", "") or alternative
                case "blip":
                    self._add_picture(each.get(f"{R}embed") or each.get(f"{R}link", ""), alternative)
                    alternative = ""
                case "imagedata":
                    self._add_picture(each.get(f"{R}id", ""), alternative)
                    alternative = ""
                case "chart":
                    self._losses.add(Loss.CHART, alternative)
                case "relIds":
                    self._losses.add(Loss.SMART_ART, alternative)
                case "OLEObject":
                    self._losses.add(Loss.OBJECT, each.get("ProgID", ""))
                case "txbxContent":
                    self._losses.add(Loss.TEXT_BOX, text_of(each))
                    self._words.boxes.append(each)

    def _add_picture(self, name: str, alternative: str) -> None:
        relation = self._relations.get(name)
        if relation is not None and relation.is_external:
            self._losses.add(Loss.LINKED_PICTURE, alternative or relation.target)
        elif relation is not None and (figure := self._picture(relation, " ".join(alternative.split()))):
            self._words.figures.append(figure)


def name_of(element: etree._Element) -> str:
    """The element's name without its namespace."""
    return etree.QName(element).localname


def text_of(element: etree._Element) -> str:
    """The words in an element as they come, without the instructions of fields."""
    names = ("t", "delText")
    return "".join(each.text or "" for each in element.iter() if name_of(each) in names)


def chosen(alternatives: etree._Element) -> etree._Element:
    """Of several forms of the same content the first, which newer programs show; the others would double it."""
    return alternatives[0] if len(alternatives) else alternatives


def _drawn(element: etree._Element) -> Iterator[etree._Element]:
    """What a drawing is made of, in order; what stands in its text boxes is left to those who read them."""
    for child in element:
        if name_of(child) == "AlternateContent":
            yield from _drawn(chosen(child))
        else:
            yield child
            if name_of(child) != "txbxContent":
                yield from _drawn(child)


def _is_off(properties: etree._Element | None, mark: str) -> bool:
    found = None if properties is None else properties.find(f"{W}{mark}")
    return found is not None and not is_on(properties, mark)
