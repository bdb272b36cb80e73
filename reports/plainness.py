"""How plainly the children's version is written: hints for its writers, which hold nothing back.

A sentence of about a dozen short words is read with ease at ten years. Pure functions: no database, no request.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from reports.choices import Variant
from reports.document import Block, Document, Section
from reports.findings import Finding

WORDS_OF_A_SENTENCE = 14
"""On average; of more, the text is hard going."""
LONGEST_SENTENCE = 25
LONG_WORD = 11
"""Letters."""
LONG_WORDS = 0.06
"""So large a part of all words may be long."""
MOST_NAMED = 6
FIRST_WORDS = 5

_END_OF_LINE = re.compile(r"</(?:p|li|h[1-6]|td|th|figcaption|blockquote)>|<br>")
_TAG = re.compile(r"<[^>]+>")
_NOTE = re.compile(r'<sup class="note-ref">.*?</sup>')
_END_OF_SENTENCE = re.compile(r"(?<=[.!?])[”’\"')]*\s+|\n")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


@dataclass(frozen=True)
class Hint:
    """What would make one part of the children's version easier to read."""

    section_id: int
    section: str
    block_id: int
    words: str


def hints(section: Section) -> list[Hint]:
    """What would make a section easier to read for children, part by part."""
    return [
        Hint(section.id, section.title, block.id, words)
        for block in section.blocks
        for words in hints_on("\n".join(_texts(block)))
    ]


def hard_to_read(document: Document) -> list[Finding]:
    """The hints for a children's version, as its file's page shows them; none for anything else."""
    if document.variant != Variant.CHILDRENS:
        return []
    return [
        Finding(
            words=f"{hint.words} Section {hint.section}", section=hint.section_id, block=hint.block_id, is_content=True
        )
        for section in document.sections
        for hint in hints(section)
    ]


def hints_on(html: str) -> list[str]:
    """What makes a rich text hard to read, in sentences; usually nothing."""
    sentences = [words for sentence in _sentences(html) if (words := _WORD.findall(sentence))]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return []
    found = []
    average = len(words) / len(sentences)
    if average > WORDS_OF_A_SENTENCE:
        found.append(f"Sentences have {average:.0f} words on average. Up to {WORDS_OF_A_SENTENCE} are easy to read.")
    longest = max(sentences, key=len)
    if len(longest) > LONGEST_SENTENCE:
        found.append(f"One sentence has {len(longest)} words: “{' '.join(longest[:FIRST_WORDS])} …”.")
    long_words = [word for word in words if len(word) >= LONG_WORD]
    if len(long_words) > LONG_WORDS * len(words):
        named = list(dict.fromkeys(word.lower() for word in long_words))[:MOST_NAMED]
        found.append(f"Many long words: {', '.join(named)}.")
    return found


def _sentences(html: str) -> list[str]:
    lines = _TAG.sub("", _END_OF_LINE.sub("\n", _NOTE.sub("", html)))
    return _END_OF_SENTENCE.split(unescape(lines))


def _texts(block: Block) -> Iterator[str]:
    """What somebody wrote into a block for others to read."""
    for name in ("intro_html", "html"):
        yield getattr(block, name, "")
    yield from (f"{item}<br>" for item in getattr(block, "items", ()))
    yield from (quote.text for quote in getattr(block, "quotes", ()))
