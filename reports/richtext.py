"""Rich text: the little HTML in which sections, notes and points are stored, and what can be read from it.

Whatever comes in (from the editor, from Word, from another system) is rebuilt from nothing into one canonical shape, so
that the same text is always stored as the same characters, and a comparison of two versions shows words, not mark-up:

    text   p, h3, h4, ul, ol, table, one to a line
    item   li: words, or several p; at most one list inside a list
    cell   th or td: words, or several p and lists; header rows stand in thead
    words  a > strong > em in this order, br, and two empty spans:
           <span data-figure="CODE" data-period="2022-23" data-show="value"></span>  a figure
           <span data-note="Its text"></span>  a note

Pure functions: no database, no request.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from html import escape
from html.parser import HTMLParser

import lxml.html
import nh3

MAX_TAGS = 10_000
"""A text with more tags than this is refused: parsing deeply nested elements takes the square of their number."""

MAX_LIST_DEPTH = 2
MAX_SPAN = 50

_WORDS = {"strong", "em", "a", "br", "span"}
_BLOCKS = {"p", "h3", "h4", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"}
_SAME_AS = {"b": "strong", "i": "em"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
# Not kept, but one ends where another begins: without them "<div>one</div><div>two</div>" would read "onetwo".
_BREAKS = {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "legend", "main", "nav", "option", "pre",
    "section", "summary", "tfoot",
}  # fmt: skip
_DROPPED_WITH_CONTENT = {
    "head", "iframe", "math", "noembed", "noframes", "noscript", "object", "script", "style", "svg", "template",
    "textarea", "title", "xml",
}  # fmt: skip
_SCHEMES = {"http", "https", "mailto"}
_ATTRIBUTES = {
    "a": {"href"},
    "span": {"data-figure", "data-period", "data-show", "data-note"},
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
    attributes=_ATTRIBUTES | {"th": {"scope", "colspan", "rowspan"}},
    url_schemes=_SCHEMES,
    link_rel=None,
)

_LINE_ENDS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
# Control characters, zero-width characters and marks that turn the direction of writing, tags, halves of characters
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e007f\ud800-\udfff]"
)
_SPACES = re.compile("[ \t\n\r]+")
_EDGE = " \xa0"
_CODE = re.compile(r"[A-Za-z0-9][\w.-]{0,79}", re.ASCII)
_PERIOD = re.compile(r"[\w./-]{1,40}", re.ASCII)
_SHOW = re.compile(r"[a-z][a-z-]{0,39}")
_HREF = re.compile(r"(?:https?://|mailto:)[^\s<>\"]+", re.IGNORECASE)


class TooMuchMarkup(ValueError):
    """The text has more than `MAX_TAGS` tags; no text written by a person has."""


@dataclass(frozen=True)
class FigureToken:
    """A figure placed in prose: which measure, of which period, and what of it is shown."""

    code: str
    period: str
    show: str


def clean(html: str) -> str:
    """Any HTML as canonical rich text; the empty string where no words, figures or notes are left.

    Scripts, styles, pictures and attributes go, words stay. Headings: the highest level used becomes h3, deeper ones
    h4. `b` and `i` become `strong` and `em`; a list deeper than two joins the second; a table within a table becomes
    paragraphs; the first rows of header cells become the table's head. Raises `TooMuchMarkup`.
    """
    blocks = _read(html)
    _level_headings(blocks)
    return _ALLOW.clean("\n".join(filter(None, (block.html() for block in blocks))))


def clean_inline(html: str) -> str:
    """Any HTML as one run of words: strong, em, a, figures and notes. Paragraphs and line breaks become spaces."""
    words: list[_Run] = []
    space = _Run("text", " ")
    for text in _texts(_read(html)):
        words += [*(space if run.kind == "br" else run for run in _tidy(text.runs)), space]
    return _ALLOW.clean(_words_html(_tidy(words)))


def figure_tokens(html: str) -> list[FigureToken]:
    """The figures of clean rich text in reading order, repeated as often as they are used."""
    return [_token(span) for span in _tree(html).iter("span") if span.get("data-figure")]


def plain_text(html: str) -> str:
    """The words of clean rich text: a line for each block, tabs between cells, no notes.

    A figure that is not resolved stands as its code in brackets; after `resolve`, its words stand.
    """
    lines = "".join(_plain(_tree(html))).split("\n")
    return "\n".join(filter(None, (line.strip(" \t") for line in lines)))


def word_count(html: str) -> int:
    """How many words the clean rich text has. A figure counts as one, dashes and bullets as none, notes not at all."""
    return sum(any(map(str.isalnum, word)) for word in plain_text(html).split())


def resolve(html: str, *, figure: Callable[[FigureToken], str], note: Callable[[str], str], heading_level: int) -> str:
    """Clean rich text made ready to be shown.

    `figure` is given each figure and `note` each note's text, in reading order; what they return is HTML that is put
    in their place as it is. Headings move to `heading_level` and the one below it, never deeper than h6.
    """
    tree = _tree(html)
    for element in list(tree.iter("h3", "h4")):
        element.tag = f"h{min(heading_level + (element.tag == 'h4'), 6)}"
    for span in list(tree.iter("span")):
        if span.get("data-figure"):
            _put(figure(_token(span)), span)
        elif span.get("data-note"):
            _put(note(span.get("data-note")), span)
    children = (lxml.html.tostring(child, encoding="unicode") for child in tree)
    return escape(tree.text or "", quote=False) + "".join(children)


# Reading clean rich text


def _tree(html: str) -> lxml.html.HtmlElement:
    return lxml.html.fragment_fromstring(html, create_parent="div")


def _token(span: lxml.html.HtmlElement) -> FigureToken:
    return FigureToken(span.get("data-figure"), span.get("data-period", ""), span.get("data-show", ""))


def _put(html: str, span: lxml.html.HtmlElement) -> None:
    pieces = _tree(html)
    pieces.tail = span.tail
    span.getparent().replace(span, pieces)
    pieces.drop_tag()


def _plain(element: lxml.html.HtmlElement) -> Iterator[str]:
    """The text of an element and its children; what follows the element itself is its parent's."""
    is_block = element.tag not in _WORDS
    if is_block:
        yield "\t" if element.tag in {"td", "th"} else "\n"
    if element.tag == "br":
        yield "\n"
    yield element.text or (f"[{element.get('data-figure')}]" if element.get("data-figure") and not len(element) else "")
    for child in element:
        yield from _plain(child)
        yield child.tail or ""
    if is_block and element.tag not in {"td", "th"}:
        yield "\n"


# The canonical shape


@dataclass(frozen=True)
class _Run:
    """A piece of words in one manner: text, a line break, or a span that stands for something."""

    kind: str
    text: str
    marks: tuple[tuple[str, str], ...] = ()
    """The tags around it with their attributes, always in the same order."""


@dataclass
class _Text:
    tag: str
    runs: list[_Run] = field(default_factory=list)

    def words(self) -> str:
        return _words_html(_tidy(self.runs))

    def html(self) -> str:
        return _wrap(self.tag, self.words())


@dataclass
class _List:
    tag: str
    items: list[list["_Block"]] = field(default_factory=list)

    def html(self) -> str:
        return _wrap(self.tag, "".join(_wrap("li", _contents(item)) for item in self.items))


@dataclass
class _Cell:
    tag: str
    spans: dict[str, int]
    blocks: list["_Block"] = field(default_factory=list)

    def html(self, scope: str) -> str:
        attributes = f' scope="{scope}"' if self.tag == "th" else ""
        attributes += "".join(f' {name}="{number}"' for name, number in self.spans.items())
        return f"<{self.tag}{attributes}>{_contents(self.blocks)}</{self.tag}>"


@dataclass
class _Table:
    before: list["_Block"] = field(default_factory=list)
    """What stood in the table outside its cells, such as a caption."""
    rows: list[list[_Cell]] = field(default_factory=list)

    def html(self) -> str:
        rows = [row for row in self.rows if row]
        heads = self._heads(rows)
        head = "".join(_wrap("tr", "".join(cell.html("col") for cell in row)) for row in rows[:heads])
        body = "".join(_wrap("tr", "".join(cell.html("row") for cell in row)) for row in rows[heads:])
        table = _wrap("table", _wrap("thead", head) + _wrap("tbody", body))
        return "\n".join(filter(None, [*(block.html() for block in self.before), table]))

    def _heads(self, rows: list[list[_Cell]]) -> int:
        """How many rows are the head: header cells only, none of them reaching below, and something left below."""
        heads = next((i for i, row in enumerate(rows) if any(cell.tag == "td" for cell in row)), 1)
        reach = max((i + cell.spans.get("rowspan", 1) for i, row in enumerate(rows[:heads]) for cell in row), default=0)
        return heads if reach <= heads else 0


_Block = _Text | _List | _Table


def _wrap(tag: str, html: str) -> str:
    return f"<{tag}>{html}</{tag}>" if html else ""


def _contents(blocks: list[_Block]) -> str:
    """What stands in an item or cell. Words that are its only paragraph stand there bare."""
    parts = [(block, html) for block in blocks if (html := block.html())]
    texts = [block for block, _ in parts if isinstance(block, _Text)]
    if len(texts) == 1 and parts[0][0] is texts[0]:
        parts[0] = (texts[0], texts[0].words())
    return "".join(html for _, html in parts)


def _level_headings(blocks: list[_Block]) -> None:
    """Make the highest heading h3 and deeper ones h4; one that would stand below nothing is h3 too."""
    headings = [block for block in blocks if isinstance(block, _Text) and block.tag in _HEADINGS and block.words()]
    highest = min((heading.tag for heading in headings), default="h3")
    is_below = False
    for heading in headings:
        heading.tag = "h4" if is_below and heading.tag > highest else "h3"
        is_below = True


def _texts(blocks: Iterable[_Block]) -> Iterator[_Text]:
    for block in blocks:
        match block:
            case _Text():
                yield block
            case _List():
                for item in block.items:
                    yield from _texts(item)
            case _Table():
                yield from _texts(block.before)
                for row in block.rows:
                    for cell in row:
                        yield from _texts(cell.blocks)


def _tidy(runs: list[_Run]) -> list[_Run]:
    """Runs with single spaces, none at the edges, and neighbours of one manner joined."""
    tidy: list[_Run] = []
    for run in runs:
        at_edge = not tidy or tidy[-1].kind == "br"
        if run.kind == "br":
            _trim_end(tidy)
            if not tidy:
                continue
        elif run.kind == "text":
            text = _SPACES.sub(" ", run.text)
            if at_edge:
                text = text.lstrip(_EDGE)
            elif tidy[-1].kind == "text" and tidy[-1].text.endswith(" "):
                text = text.lstrip(" ")
            if not text:
                continue
            if tidy and tidy[-1].kind == "text" and tidy[-1].marks == run.marks:
                text = tidy.pop().text + text
            run = replace(run, text=text)
        tidy.append(run)
    _trim_end(tidy)
    while tidy and tidy[-1].kind == "br":
        tidy.pop()
        _trim_end(tidy)
    return tidy


def _trim_end(runs: list[_Run]) -> None:
    while runs and runs[-1].kind == "text":
        run = runs.pop()
        if text := run.text.rstrip(_EDGE):
            runs.append(replace(run, text=text))
            return


def _words_html(runs: list[_Run]) -> str:
    parts: list[str] = []
    around: tuple[tuple[str, str], ...] = ()
    for run in [*runs, _Run("text", "")]:
        shared = 0
        while shared < min(len(around), len(run.marks)) and around[shared] == run.marks[shared]:
            shared += 1
        parts += [f"</{tag}>" for tag, _ in reversed(around[shared:])]
        parts += [f"<{tag}{attributes}>" for tag, attributes in run.marks[shared:]]
        parts.append({"text": escape(run.text, quote=False), "br": "<br>"}.get(run.kind, run.text))
        around = run.marks
    return "".join(parts)


# Reading any HTML


@dataclass(frozen=True)
class _Place:
    """Where the reader is: what words look like here and where blocks go."""

    blocks: list[_Block] | None
    """None directly in a list, between its items."""
    tag: str = "p"
    href: str = ""
    is_strong: bool = False
    is_em: bool = False
    is_silent: bool = False
    items: list[list[_Block]] | None = None
    depth: int = 0
    rows: list[list[_Cell]] | None = None
    row: list[_Cell] | None = None


class _Reader(HTMLParser):
    """Builds blocks from well-formed HTML. Every start tag enters a place, every end tag returns to the one before."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.blocks: list[_Block] = []
        self._here = _Place(self.blocks)
        self._before: list[_Place] = []
        self._text: _Text | None = None

    def handle_starttag(self, tag, attrs):
        tag = _SAME_AS.get(tag, tag)
        if tag not in _WORDS:
            self._text = None
        if tag == "br":
            self._add(_Run("br", ""))
        elif tag != "hr":
            self._before.append(self._here)
            self._here = self._enter(tag, dict(attrs))

    def handle_endtag(self, tag):
        if tag in {"br", "hr"}:
            return
        if _SAME_AS.get(tag, tag) not in _WORDS:
            self._text = None
        self._here = self._before.pop()

    def handle_data(self, data):
        if self._text is not None or data.strip(" \t\n\r"):
            self._add(_Run("text", data))

    def _enter(self, tag: str, attrs: dict[str, str]) -> _Place:
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
                here.items.append(item := [])
                return replace(here, blocks=item)
            case "table" if here.blocks is self.blocks:
                self.blocks.append(table := _Table())
                return replace(here, blocks=table.before, rows=table.rows)
            case "tr" if here.rows is not None:
                here.rows.append(row := [])
                return replace(here, row=row)
            case "td" | "th" if here.row is not None:
                here.row.append(cell := _Cell(tag, _spans(attrs)))
                return replace(here, blocks=cell.blocks, rows=None, row=None, tag="p")
            case _ if tag in _HEADINGS and here.blocks is self.blocks:
                return replace(here, tag=tag)
        return here

    def _list(self, tag: str) -> _Place:
        here = self._here
        if here.depth == MAX_LIST_DEPTH:
            return here
        self._place().append(new := _List(tag))
        return replace(here, blocks=None, items=new.items, depth=here.depth + 1, tag="p")

    def _span(self, attrs: dict[str, str]) -> _Place:
        html = _figure_html(attrs) or _note_html(attrs)
        if not html:
            return self._here
        self._add(_Run("span", html))
        return replace(self._here, is_silent=True)

    def _add(self, run: _Run) -> None:
        here = self._here
        if here.is_silent:
            return
        if self._text is None:
            self._text = _Text(here.tag)
            self._place().append(self._text)
        self._text.runs.append(replace(run, marks=_marks(here)))

    def _place(self) -> list[_Block]:
        """The list of blocks that the next one joins; directly in a list, its last item."""
        if self._here.blocks is not None:
            return self._here.blocks
        if not self._here.items:
            self._here.items.append([])
        return self._here.items[-1]


def _read(html: str) -> list[_Block]:
    if html.count("<") > MAX_TAGS:
        raise TooMuchMarkup(f"more than {MAX_TAGS:,} tags")
    reader = _Reader()
    # Twice, because an invisible character may also be written as &#8203;
    reader.feed(_visible(_PARSE.clean(_visible(html))))
    reader.close()
    return reader.blocks


def _visible(text: str) -> str:
    return _INVISIBLE.sub("", _LINE_ENDS.sub(" ", text))


def _marks(place: _Place) -> tuple[tuple[str, str], ...]:
    link = (("a", f' href="{escape(place.href)}"'),) if place.href else ()
    return link + (("strong", ""),) * place.is_strong + (("em", ""),) * place.is_em


def _href(address: str) -> str:
    address = address.strip()
    return address if _HREF.fullmatch(address) else ""


def _figure_html(attrs: dict[str, str]) -> str:
    code, period, show = (attrs.get(f"data-{name}") or "" for name in ("figure", "period", "show"))
    if not (_CODE.fullmatch(code) and _PERIOD.fullmatch(period) and _SHOW.fullmatch(show)):
        return ""
    return f'<span data-figure="{code}" data-period="{period}" data-show="{show}"></span>'


def _note_html(attrs: dict[str, str]) -> str:
    text = _SPACES.sub(" ", attrs.get("data-note") or "").strip(_EDGE)
    return f'<span data-note="{escape(text)}"></span>' if text else ""


def _spans(attrs: dict[str, str]) -> dict[str, int]:
    spans = {name: attrs.get(name) or "" for name in ("colspan", "rowspan")}
    return {
        name: int(number)
        for name, number in spans.items()
        if re.fullmatch("[0-9]{1,3}", number) and 1 < int(number) <= MAX_SPAN
    }
