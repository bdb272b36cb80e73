"""What of a report comes along into a later year's, and as what.

Texts and tables come along to be checked. Lists of what was done or stood in the way begin empty, quotes and case
studies stay with their year, and the focus comes back as what was said.

A figure moves with the years: to the same period so many years later, or, where nobody has made that period, to the
new report's year, so that a number which is not there yet is missing instead of being last year's. Two things stay: a
period longer than a year, such as a plan's; and a figure of an earlier year in a paragraph that names that year ("the
figure for 2021/22 was"). Pure functions: no database, no request.
"""

import calendar
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from partnership.models import ReportingPeriod
from partnership.years import year_of
from reports.choices import STANDING_LISTS, Kind
from reports.content import BlockContent, ItemContent, MeasureContent, content_of, text_of
from reports.models import Block, Section
from reports.richtext import FigureToken, Reference, clean_inline, plain_text, resolve

LEFT_BEHIND = (Kind.QUOTES, Kind.CASE_STUDY, Kind.SAID_AND_DID)
"""Kinds whose blocks do not come along; what was said a year ago makes room for what was said last year."""

LONGEST_YEAR = 366

_FIGURE = re.compile(r'(?<=<span data-figure=")([^"]*)(" data-period=")([^"]*)(?=")')
_REFERENCE = re.compile(r'(?<=<span data-ref=")([^"]*)(?=")')


def years_later(day: date, years: int) -> date:
    """The same day so many years later; the last day of February stays the last."""
    year = day.year + years
    is_last = day.day == calendar.monthrange(day.year, day.month)[1]
    last = calendar.monthrange(year, day.month)[1]
    return day.replace(year=year, day=last if is_last else min(day.day, last))


class YearsOn:
    """How the periods of a report become those of the report of a later year."""

    def __init__(self, old: ReportingPeriod, new: ReportingPeriod, periods: Sequence[ReportingPeriod]):
        self.old, self.new = old, new
        self.years = year_of(new.starts_on) - year_of(old.starts_on)
        self._by_code = {period.code: period for period in periods}
        self._by_pk = {period.pk: period for period in periods}
        self._by_days = {(period.kind, period.starts_on, period.ends_on): period for period in reversed(periods)}

    def period(self, period: ReportingPeriod) -> ReportingPeriod:
        """What takes a period's place."""
        if (period.ends_on - period.starts_on).days > LONGEST_YEAR:
            return period
        days = (years_later(period.starts_on, self.years), years_later(period.ends_on, self.years))
        is_of_the_year = year_of(period.starts_on) == year_of(self.old.starts_on)
        return self._by_days.get((period.kind, *days)) or (self.new if is_of_the_year else period)

    def rows(self, rows: Sequence[MeasureContent]) -> tuple[MeasureContent, ...]:
        """The rows of a table or chart; two that would become the same become one."""
        moved = (replace(row, period_id=self.period(self._by_pk[row.period_id]).pk) for row in rows)
        return tuple(dict.fromkeys(moved))

    def text(self, html: str) -> str:
        """Clean rich text with its figures moved."""
        return "\n".join(self._line(line) for line in html.split("\n"))

    def _line(self, line: str) -> str:
        words = plain_text(line) if "data-figure" in line else ""
        return _FIGURE.sub(lambda found: f"{found[1]}{found[2]}{self._code(found[3], words)}", line)

    def _code(self, code: str, words: str) -> str:
        period = self._by_code.get(code)
        if period is None or (period.starts_on < self.old.starts_on and _names(words, period)):
            return code
        return self.period(period).code


def _names(words: str, period: ReportingPeriod) -> bool:
    """Whether words name a period, such as "2021/22" or "2021-22"."""
    return any(period.label.replace("/", mark) in words for mark in "/-–")


def names_year(content: BlockContent, year: ReportingPeriod) -> bool:
    """Whether what is written names the year, so that a text of the year after it may not hold any more."""
    return _names(text_of(content), year)


def parts_of_next(blocks: Sequence[Block]) -> list[tuple[str, Block | None]]:
    """The parts that a section begins the later report with: each part's kind, and the block it comes from.

    Last year's focus comes back before the first of the standing lists.
    """
    parts: list[tuple[str, Block | None]] = []
    is_due = bool(focus_of(blocks))
    for block in blocks:
        if is_due and (block.kind in STANDING_LISTS or block.kind == Kind.SAID_AND_DID):
            parts.append((Kind.SAID_AND_DID, None))
            is_due = False
        if block.kind not in LEFT_BEHIND:
            parts.append((block.kind, block))
    return parts


def focus_of(blocks: Sequence[Block]) -> list[str]:
    """The points of the section's focus, in their order."""
    focus = (block for block in blocks if block.kind == Kind.FOCUS and block.is_in_report)
    return [item.text for block in focus for item in block.items.all() if item.text]


def carried_content(block: Block, on: YearsOn, renamed: Mapping[str, str]) -> BlockContent:
    """What of a block stands in its place in the later report; `renamed` says where cross-references lead there."""
    if block.kind in STANDING_LISTS:
        return BlockContent()
    content = content_of(block)
    body = _REFERENCE.sub(lambda found: renamed.get(found[1], found[1]), on.text(content.body))
    return replace(content, body=body, items=(), quotations=(), measures=on.rows(content.measures))


def said(
    points: Sequence[str], *, figure: Callable[[FigureToken], str], reference: Callable[[Reference], str]
) -> tuple[ItemContent, ...]:
    """Points of a focus as they were printed, to be answered: figures and cross-references in words, without notes."""
    printed = (
        resolve(
            point,
            figure=figure,
            reference=reference,
            note=lambda text: "",
            picture=lambda picture: "",
            heading_level=3,
        )
        for point in points
    )
    return tuple(ItemContent("", said=clean_inline(point)) for point in printed)


@dataclass(frozen=True, kw_only=True)
class Coming:
    """What comes along of one section, and what does not."""

    section: Section
    level: int
    to_check: int
    """Texts, tables and charts that somebody reads again."""
    drawn: int
    """Parts that show the new year's records by themselves."""
    promises: int
    """Points of the focus that come back to be answered."""
    left: int
    """Quotes and case studies."""


def coming_of(section: Section, level: int, blocks: Sequence[Block]) -> Coming:
    kept = [block for _, block in parts_of_next(blocks) if block and block.kind not in STANDING_LISTS]
    to_check = sum(is_to_check(content_of(block)) for block in kept)
    return Coming(
        section=section,
        level=level,
        to_check=to_check,
        drawn=len(kept) - to_check,
        promises=len(focus_of(blocks)),
        left=sum(block.kind in (Kind.QUOTES, Kind.CASE_STUDY) for block in blocks),
    )


def is_to_check(content: BlockContent) -> bool:
    """Whether anything was carried over that may not hold any more."""
    return content != BlockContent()
