"""What the blocks of a section are read with: figures in prose become words, notes get their numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.html import format_html, urlize

from partnership.models import ReportingPeriod
from priorities.figurebook import SHOWS, Computed, Entry, Figure, FigureBook
from priorities.models import Measure
from reports.document import Note, Problem
from reports.models import AnnualReport, Block, MeasureOnBlock, Section, Signature
from reports.richtext import FigureToken, resolve
from reviews.yearly import YearOfLearning
from training.evaluation import EvaluatedYear
from training.figures import AttendanceByOrganisation
from training.models import Quotation

NO_FIGURE = "[no figure]"


@dataclass(frozen=True)
class Records:
    """All that a report is made from besides its sections, read once."""

    report: AnnualReport
    figures: FigureBook
    computed: Computed
    """What is counted from records, before disclosure: only blocks that disclose it themselves use this."""
    counted_by: Mapping[tuple[str, str], Measure]
    """The measure of a calculation and what it is of, where there is one: its disclosure rule holds for the count."""
    attendances: Mapping[str, AttendanceByOrganisation]
    evaluation: Mapping[str, EvaluatedYear]
    training_quotes: Sequence[Quotation]
    """What people said of the year's training, released by the board."""
    periods: Sequence[ReportingPeriod]
    learning: YearOfLearning
    signatures: tuple[Signature, ...]
    used: dict[tuple[str, str, str], Figure] = field(default_factory=dict)
    """Every figure shown so far, in order of first use."""
    problems: dict[Problem, None] = field(default_factory=dict)
    """What could not be resolved, each once, in order."""


@dataclass
class Reader:
    """Reads the blocks of one section; `level` is the section's, 1 for a chapter."""

    records: Records
    section: Section
    level: int
    notes: list[Note] = field(default_factory=list)

    @property
    def heading_level(self) -> int:
        """Where a block's heading stands: below the section's, which is below the report's title."""
        return min(self.level + 2, 6)

    def prose(self, block: Block, html: str) -> str:
        """Rich text for the report; its headings stand below the block's own heading, if it has one."""
        return resolve(
            html,
            figure=lambda token: self._figure(block, token),
            note=self._note,
            heading_level=min(self.heading_level + bool(block.heading), 6),
        )

    def entry(self, block: Block, row: MeasureOnBlock) -> Entry | None:
        """The measure and period of a table's row or a chart's bar; None, and a problem, where there is no value."""
        code, period_code = row.measure.code, row.period.code
        figure = self.records.figures.figure(code, period_code, "value")
        if figure is None:
            self.report_problem(block, f"There is no value of {code} for {period_code}.")
            return None
        self.use(figure)
        return self.records.figures.entry(code, period_code)

    def use(self, figure: Figure) -> None:
        """Remember that the report shows this figure."""
        self.records.used.setdefault((figure.code, figure.period_code, figure.show), figure)

    def report_problem(self, block: Block, message: str) -> None:
        """Name something that cannot be resolved, so that the section's page can show it."""
        problem = Problem(section_id=self.section.pk, section=str(self.section), block_id=block.pk, message=message)
        self.records.problems.setdefault(problem)

    def _figure(self, block: Block, token: FigureToken) -> str:
        figure = self.records.figures.figure(token.code, token.period, token.show)
        if figure is None:
            kind = SHOWS.get(token.show, token.show).lower()
            self.report_problem(block, f"There is no {kind} of {token.code} for {token.period}.")
            return format_html('<span class="figure figure--missing">{}</span>', NO_FIGURE)
        self.use(figure)
        return format_html('<span class="figure" data-figure="{}">{}</span>', figure.code, figure.text)

    def _note(self, text: str) -> str:
        number = len(self.notes) + 1
        note = Note(id=f"{self.section.anchor}-note-{number}", number=number, html=urlize(text, autoescape=True))
        self.notes.append(note)
        return format_html(
            '<sup class="note-ref"><a id="{0}-ref" href="#{0}" role="doc-noteref" aria-label="Note {1}">{1}</a></sup>',
            note.id,
            note.number,
        )
