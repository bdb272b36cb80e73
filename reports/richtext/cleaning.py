"""Any HTML, however hostile or sloppy, made into the canonical shape."""

import re
from dataclasses import dataclass, replace
from html import escape
from html.parser import HTMLParser

import nh3

from reports.richtext.shape import EDGE, SPACES, Block, Cell, List, Picture, Quote, Run, Table, Text, words_in_a_row

MAX_TAGS = 10_000
"""A text with more tags than this is refused: parsing deeply nested elements takes the square of their number."""

MAX_LIST_DEPTH = 2
MAX_SPAN = 50

_WORDS = {"strong", "em", "a", "br", "span"}
_BLOCKS = {
    "p", "h3", "h4", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "blockquote", "figure", "img",
    "figcaption",
}  # fmt: skip
_VOID = {"br", "hr", "img"}
_SAME_AS = {"b": "strong", "i": "em"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
# Not kept, but one ends where another begins: without them "<div>one</div><div>two</div>" would read "onetwo".
_BREAKS = {
    "address", "article", "aside", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "footer", "form", "header", "hr", "legend", "main", "nav", "option", "pre", "section", "summary", "tfoot",
}  # fmt: skip
_DROPPED_WITH_CONTENT = {
    "head", "iframe", "math", "noembed", "noframes", "noscript", "object", "script", "style", "svg", "template",
    "textarea", "title", "xml",
}  # fmt: skip
_SCHEMES = {"http", "https", "mailto"}
_ATTRIBUTES = {
    "*": {"lang"},
    "a": {"href"},
    "span": {"data-figure", "data-period", "data-show", "data-note", "data-ref"},
    "img": {"data-image", "alt"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}

_PARSE = nh3.Cleaner(
    tags=_WORDS | _BLOCKS | _HEADINGS | _BREAKS | set(_SAME_AS),
    clean_content_tags=_DROPPED_WITH_CONTENT,
    attributes=_ATTRIBUTES,
    url_schemes=_SCHEMES,
    link_rel=None,
)
_ALLOW = nh3.Cleaner(
    tags=_WORDS | _BLOCKS,
    attributes={name: kept for name, kept in _ATTRIBUTES.items() if name != "*"}
    | {"span": _ATTRIBUTES["span"] | {"lang"}, "th": {"scope", "colspan", "rowspan"}},
    url_schemes=_SCHEMES,
    link_rel=None,
)

_LINE_ENDS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_EMOJI = "\u2190-\u2bff\U0001f000-\U0001faff"
# Control characters, zero-width characters and marks that turn the direction of writing, tags, halves of characters;
# but an emoji is kept whole: one that is joined of several, and the flags of England, Scotland and Wales.
_INVISIBLE = re.compile(
    "(?P<flag>\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f)"
    f"|(?<![{_EMOJI}\ufe0f\u20e3])\u200d|\u200d(?![{_EMOJI}])"
    "|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e007f\ud800-\udfff]"
)
_CODE = re.compile(r"[A-Za-z0-9][\w.-]{0,79}", re.ASCII)
_PERIOD = re.compile(r"[\w./-]{1,40}", re.ASCII)
_SHOW = re.compile(r"[a-z][a-z-]{0,39}")
_KEY = re.compile(r"[1-9][0-9]{0,9}")
_REFERENCE = re.compile(rf"(?:section|block):{_KEY.pattern}")
_LANGUAGE = re.compile(r"([a-z]{2,3})((?:-[a-z0-9]{2,8}){0,3})", re.IGNORECASE)
_HREF = re.compile(r"(?:https?://|mailto:)[^\s<>\"]+", re.IGNORECASE)


class TooMuchMarkup(ValueError):
    """The text has more than `MAX_TAGS` tags; no text written by a person has."""


def clean(html: str) -> str:
    """Any HTML as canonical rich text; the empty string where no words, figures, notes or pictures are left.

    Scripts, styles and attributes go, and so do pictures that the report does not keep; words stay. Headings: the
    highest level used becomes h3, deeper ones h4. `b` and `i` become `strong` and `em`; a list deeper than two joins
    the second; a table within a table becomes paragraphs; the first rows of header cells become the table's head; a
    picture in a list or a table stands after it. Raises `TooMuchMarkup`.
    """
    blocks = _read(html)
    _level_headings(blocks)
    return _ALLOW.clean("\n".join(filter(None, (block.html() for block in blocks))))


def clean_inline(html: str) -> str:
    """Any HTML as one run of words, with figures, notes and cross-references; paragraphs become spaces."""
    return _ALLOW.clean(words_in_a_row(_read(html)))


def visible(text: str) -> str:
    """Text without characters that nobody sees."""
    return _INVISIBLE.sub(lambda match: match["flag"] or "", _LINE_ENDS.sub(" ", text))


def _level_headings(blocks: list[Block]) -> None:
    """Make the highest heading h3 and deeper ones h4; one that would stand below nothing is h3 too."""
    headings = [block for block in blocks if isinstance(block, Text) and block.tag in _HEADINGS and block.words()]
    highest = min((heading.tag for heading in headings), default="h3")
    is_below = False
    for heading in headings:
        heading.tag = "h4" if is_below and heading.tag > highest else "h3"
        is_below = True


@dataclass(frozen=True)
class _Place:
    """Where the reader is: what words look like here and where blocks go."""

    blocks: list[Block] | None
    """None directly in a list, between its items."""
    tag: str = "p"
    href: str = ""
    lang: str = ""
    """Empty for the language of the report."""
    is_strong: bool = False
    is_em: bool = False
    is_silent: bool = False
    is_quote: bool = False
    since_figure: int | None = None
    """Within a figure, how many blocks there were before it."""
    items: list[list[Block]] | None = None
    depth: int = 0
    rows: list[list[Cell]] | None = None
    row: list[Cell] | None = None


class _Reader(HTMLParser):
    """Builds blocks from well-formed HTML. Every start tag enters a place, every end tag returns to the one before."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._here = _Place(self.blocks)
        self._before: list[_Place] = []
        self._text: Text | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = _SAME_AS.get(tag, tag)
        if tag not in _WORDS:
            self._text = None
        if tag == "br":
            self._add(Run("br", ""))
        elif tag == "img":
            self._add_picture(dict(attrs))
        elif tag not in _VOID:
            self._before.append(self._here)
            self._here = self._enter(tag, dict(attrs))
            self._here = replace(self._here, lang=_language(dict(attrs).get("lang") or "", self._here.lang))

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if _SAME_AS.get(tag, tag) not in _WORDS:
            self._text = None
        self._here = self._before.pop()

    def handle_data(self, data: str) -> None:
        if self._text is not None or data.strip(" \t\n\r"):
            self._add(Run("text", data))

    def _enter(self, tag: str, attrs: dict[str, str | None]) -> _Place:
        here = self._here
        match tag:
            case "strong":
                return replace(here, is_strong=True)
            case "em":
                return replace(here, is_em=True)
            case "a":
                return replace(here, href=_href(attrs.get("href") or ""))
            case "span":
                return self._span(attrs)
            case "ul" | "ol":
                return self._list(tag)
            case "li" if here.items is not None:
                item: list[Block] = []
                here.items.append(item)
                return replace(here, blocks=item)
            case "table" if here.blocks is self.blocks:
                table = Table()
                self.blocks.append(table)
                return replace(here, blocks=table.before, rows=table.rows)
            case "tr" if here.rows is not None:
                row: list[Cell] = []
                here.rows.append(row)
                return replace(here, row=row)
            case "td" | "th" if here.row is not None:
                cell = Cell(tag, _spans(attrs))
                here.row.append(cell)
                return replace(here, blocks=cell.blocks, rows=None, row=None, tag="p")
            case "blockquote" if here.blocks is self.blocks:
                quote = Quote()
                self.blocks.append(quote)
                return replace(here, blocks=quote.blocks, tag="p", is_quote=True)
            case "figure":
                return replace(here, since_figure=len(self.blocks))
            case "figcaption" if picture := self._picture_of_figure():
                return _Place(picture.caption, depth=MAX_LIST_DEPTH)
            case _ if tag in _HEADINGS and here.blocks is self.blocks:
                return replace(here, tag=tag)
        return here

    def _picture_of_figure(self) -> Picture | None:
        """The latest picture of the figure that the reader is in."""
        since = self._here.since_figure
        last = self.blocks[-1] if since is not None and len(self.blocks) > since else None
        return last if isinstance(last, Picture) else None

    def _list(self, tag: str) -> _Place:
        here = self._here
        if here.depth == MAX_LIST_DEPTH or here.is_quote:
            return here
        new = List(tag)
        self._place().append(new)
        return replace(here, blocks=None, items=new.items, depth=here.depth + 1, tag="p")

    def _span(self, attrs: dict[str, str | None]) -> _Place:
        here = self._here
        if html := _figure_html(attrs):
            self._add(Run("span", html))
        elif html := _note_html(attrs) or _reference_html(attrs):
            # A link of its own in the report, so it cannot stand in another
            self._here = replace(here, href="")
            self._add(Run("span", html))
            self._here = here
        return replace(here, is_silent=True) if html else here

    def _add(self, run: Run) -> None:
        here = self._here
        if here.is_silent:
            return
        if self._text is None:
            self._text = Text(here.tag)
            self._place().append(self._text)
        self._text.runs.append(replace(run, marks=_marks(here)))

    def _add_picture(self, attrs: dict[str, str | None]) -> None:
        image = attrs.get("data-image") or ""
        if _KEY.fullmatch(image) and not self._here.is_silent:
            self.blocks.append(Picture(image, SPACES.sub(" ", attrs.get("alt") or "").strip(EDGE)))

    def _place(self) -> list[Block]:
        """The list of blocks that the next one joins; directly in a list, its last item."""
        if self._here.blocks is not None:
            return self._here.blocks
        assert self._here.items is not None
        if not self._here.items:
            self._here.items.append([])
        return self._here.items[-1]


def _read(html: str) -> list[Block]:
    if html.count("<") > MAX_TAGS:
        raise TooMuchMarkup(f"more than {MAX_TAGS:,} tags")
    reader = _Reader()
    # Twice, because an invisible character may also be written as &#8203;
    reader.feed(visible(_PARSE.clean(visible(html))))
    reader.close()
    return reader.blocks


def _marks(place: _Place) -> tuple[tuple[str, str], ...]:
    link = (("a", f' href="{escape(place.href)}"'),) if place.href else ()
    language = (("span", f' lang="{place.lang}"'),) if place.lang else ()
    return link + language + (("strong", ""),) * place.is_strong + (("em", ""),) * place.is_em


def _language(given: str, around: str) -> str:
    """The language of words, as BCP 47 writes it; what is no language changes nothing, and English is the report's."""
    found = _LANGUAGE.fullmatch(given)
    if not found:
        return around
    language = found[1].lower()
    return "" if language == "en" else language + found[2]


def _href(address: str) -> str:
    address = address.strip()
    return address if _HREF.fullmatch(address) else ""


def _figure_html(attrs: dict[str, str | None]) -> str:
    code, period, show = (attrs.get(f"data-{name}") or "" for name in ("figure", "period", "show"))
    if not (_CODE.fullmatch(code) and _PERIOD.fullmatch(period) and _SHOW.fullmatch(show)):
        return ""
    return f'<span data-figure="{code}" data-period="{period}" data-show="{show}"></span>'


def _note_html(attrs: dict[str, str | None]) -> str:
    text = SPACES.sub(" ", attrs.get("data-note") or "").strip(EDGE)
    return f'<span data-note="{escape(text)}"></span>' if text else ""


def _reference_html(attrs: dict[str, str | None]) -> str:
    target = attrs.get("data-ref") or ""
    return f'<span data-ref="{target}"></span>' if _REFERENCE.fullmatch(target) else ""


def _spans(attrs: dict[str, str | None]) -> dict[str, int]:
    spans = {name: attrs.get(name) or "" for name in ("colspan", "rowspan")}
    return {
        name: int(number)
        for name, number in spans.items()
        if re.fullmatch("[0-9]{1,3}", number) and 1 < int(number) <= MAX_SPAN
    }
