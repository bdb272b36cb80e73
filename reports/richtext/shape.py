"""The canonical shape: the parts of a text, and how each is written. What has nothing in it is not written at all."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from html import escape

EDGE = " \xa0"
SPACES = re.compile("[ \t\n\r]+")


@dataclass(frozen=True)
class Run:
    """A piece of words in one manner: text, a line break, or a span that stands for something."""

    kind: str
    text: str
    marks: tuple[tuple[str, str], ...] = ()
    """The tags around it with their attributes, always in the same order."""


@dataclass
class Text:
    tag: str
    runs: list[Run] = field(default_factory=list)

    def words(self) -> str:
        return words_html(tidy(self.runs))

    def html(self) -> str:
        return wrap(self.tag, self.words())


@dataclass
class List:
    tag: str
    items: list[list["Block"]] = field(default_factory=list)

    def html(self) -> str:
        return wrap(self.tag, "".join(wrap("li", _contents(item)) for item in self.items))


@dataclass
class Cell:
    tag: str
    spans: dict[str, int]
    blocks: list["Block"] = field(default_factory=list)

    def html(self, scope: str) -> str:
        attributes = f' scope="{scope}"' if self.tag == "th" else ""
        attributes += "".join(f' {name}="{number}"' for name, number in self.spans.items())
        return f"<{self.tag}{attributes}>{_contents(self.blocks)}</{self.tag}>"


@dataclass
class Table:
    before: list["Block"] = field(default_factory=list)
    """What stood in the table outside its cells, such as a caption."""
    rows: list[list[Cell]] = field(default_factory=list)

    def html(self) -> str:
        rows = [row for row in self.rows if row]
        heads = self._heads(rows)
        head = "".join(wrap("tr", "".join(cell.html("col") for cell in row)) for row in rows[:heads])
        body = "".join(wrap("tr", "".join(cell.html("row") for cell in row)) for row in rows[heads:])
        table = wrap("table", wrap("thead", head) + wrap("tbody", body))
        return "\n".join(filter(None, [*(block.html() for block in self.before), table]))

    def _heads(self, rows: list[list[Cell]]) -> int:
        """How many rows are the head: header cells only, none of them reaching below, and something left below."""
        heads = next((i for i, row in enumerate(rows) if any(cell.tag == "td" for cell in row)), 1)
        reach = max((i + cell.spans.get("rowspan", 1) for i, row in enumerate(rows[:heads]) for cell in row), default=0)
        return heads if reach <= heads else 0


@dataclass
class Quote:
    """Somebody's words, set apart: paragraphs only."""

    blocks: list["Block"] = field(default_factory=list)

    def html(self) -> str:
        return wrap("blockquote", "".join(wrap("p", text.words()) for text in texts(self.blocks)))


@dataclass
class Picture:
    """A picture that the report keeps, by its key; it stands by itself, with words beneath if there are any."""

    image: str
    alt: str
    caption: list["Block"] = field(default_factory=list)

    def html(self) -> str:
        picture = f'<img data-image="{self.image}" alt="{escape(self.alt)}">'
        return wrap("figure", picture + wrap("figcaption", words_in_a_row(self.caption)))


Block = Text | List | Table | Quote | Picture


def wrap(tag: str, html: str) -> str:
    return f"<{tag}>{html}</{tag}>" if html else ""


def _contents(blocks: list[Block]) -> str:
    """What stands in an item or cell. Words that are its only paragraph stand there bare."""
    parts = [(block, html) for block in blocks if (html := block.html())]
    written = [block for block, _ in parts if isinstance(block, Text)]
    if len(written) == 1 and parts[0][0] is written[0]:
        parts[0] = (written[0], written[0].words())
    return "".join(html for _, html in parts)


def texts(blocks: Iterable[Block]) -> Iterator[Text]:
    """All words of these blocks, in reading order."""
    for block in blocks:
        match block:
            case Text():
                yield block
            case List():
                for item in block.items:
                    yield from texts(item)
            case Table():
                yield from texts(block.before)
                for row in block.rows:
                    for cell in row:
                        yield from texts(cell.blocks)
            case Quote():
                yield from texts(block.blocks)
            case Picture():
                yield from texts(block.caption)


def words_in_a_row(blocks: Iterable[Block]) -> str:
    """All words of these blocks as one run: paragraphs and line breaks become spaces."""
    space = Run("text", " ")
    words: list[Run] = []
    for text in texts(blocks):
        words += [*(space if run.kind == "br" else run for run in tidy(text.runs)), space]
    return words_html(tidy(words))


def tidy(runs: list[Run]) -> list[Run]:
    """Runs with single spaces, none at the edges, and neighbours of one manner joined."""
    done: list[Run] = []
    for run in runs:
        at_edge = not done or done[-1].kind == "br"
        if run.kind == "br":
            _trim_end(done)
            if not done:
                continue
        elif run.kind == "text":
            text = SPACES.sub(" ", run.text)
            if at_edge:
                text = text.lstrip(EDGE)
            elif done[-1].kind == "text" and done[-1].text.endswith(" "):
                text = text.lstrip(" ")
            if not text:
                continue
            if done and done[-1].kind == "text" and done[-1].marks == run.marks:
                text = done.pop().text + text
            run = replace(run, text=text)
        done.append(run)
    _trim_end(done)
    while done and done[-1].kind == "br":
        done.pop()
        _trim_end(done)
    return done


def _trim_end(runs: list[Run]) -> None:
    while runs and runs[-1].kind == "text":
        run = runs.pop()
        if text := run.text.rstrip(EDGE):
            runs.append(replace(run, text=text))
            return


def words_html(runs: list[Run]) -> str:
    """Runs as HTML, in which tags that neighbours share stay open."""
    parts: list[str] = []
    around: tuple[tuple[str, str], ...] = ()
    for run in [*runs, Run("text", "")]:
        shared = 0
        while shared < min(len(around), len(run.marks)) and around[shared] == run.marks[shared]:
            shared += 1
        parts += [f"</{tag}>" for tag, _ in reversed(around[shared:])]
        parts += [f"<{tag}{attributes}>" for tag, attributes in run.marks[shared:]]
        parts.append({"text": escape(run.text, quote=False), "br": "<br>"}.get(run.kind, run.text))
        around = run.marks
    return "".join(parts)
