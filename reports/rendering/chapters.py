"""A report taken apart at its chapters, so that each can be laid out by itself and its pages be kept.

A chapter begins on a new page, so its pages are the same by themselves as in the whole, once they know the number of
the first and the words at their foot. The contents get the page numbers as plain digits, after everything else is laid
out. A document that is not a whole report is not taken apart.
"""

import re
from dataclasses import dataclass

REPORT = re.compile(r'<div class="report"([^>]*)style="([^"]*)">')
CHAPTER = re.compile(r'(?=<section class="report-section report-section--level-1")')
END = re.compile(r"</section>\s*((?:</\w+>\s*)+)\Z")
RUNNING = re.compile(r'data-running="([^"]*)"')
LINK = re.compile(r'(<a class="contents-link" href="#([^"]+)")')
NUMBERED = "<style>.report .contents-link::after { content: attr(data-page) !important }</style>"


@dataclass(frozen=True, kw_only=True)
class Parts:
    """A whole report as HTML: what stands around everything, what stands before the chapters, and the chapters."""

    head: str
    report: str
    """The opening tag of the element that the styles hang on."""
    front: str
    chapters: tuple[str, ...]
    tail: str

    def front_html(self, pages: dict[str, int]) -> str:
        """Cover and contents, with the pages on which their links' targets stand."""
        front = LINK.sub(lambda link: f'{link[1]} data-page="{pages.get(link[2], "")}"', self.front)
        return self._document(NUMBERED, self.report, front)

    def chapter_html(self, chapter: str, *, first_page: int) -> str:
        """A chapter that begins on this page."""
        number = f"<style>@page :first {{ counter-reset: page {first_page} }}</style>"
        running = RUNNING.search(self.front)
        words = running[1] if running else ""
        report = REPORT.sub(
            rf'<div class="report"\1style="\2;string-set: report attr(data-running)" data-running="{words}">',
            self.report,
        )
        return self._document(number, report, chapter)

    def _document(self, style: str, report: str, body: str) -> str:
        return f"{self.head.replace('</head>', f'{style}</head>', 1)}{report}{body}{self.tail}"


def parts_of(html: str) -> Parts | None:
    """The parts of a whole report; None for anything else."""
    report, end = REPORT.search(html), END.search(html)
    if not report or not end:
        return None
    front, *chapters = CHAPTER.split(html[report.end() : end.start(1)])
    if not chapters or not LINK.search(front):
        return None
    return Parts(head=html[: report.start()], report=report[0], front=front, chapters=tuple(chapters), tail=end[1])
