"""What the blocks of a section are read with: figures in prose become words, notes get their numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.html import format_html, urlize

from partnership.models import ReportingPeriod
from partnership.yearly import YearOfPartnership
from priorities.figurebook import SHOWS, Computed, Entry, Figure, FigureBook
from priorities.models import Measure
from reports.coverage import Coverage
from reports.document import Image, Note, Problem, Signature
from reports.models import AnnualReport, Block, MeasureOnBlock, ReportImage, Section
from reports.references import Target
from reports.richtext import FigureToken, Picture, Reference, resolve
from reviews.yearly import YearOfLearning
from training.evaluation import EvaluatedYear
from training.figures import AttendanceByOrganisation
from training.models import Quotation

NO_FIGURE = "[no figure]"
NOT_THERE = {"section": "section", "block": "chart or table"}
"""What a cross-reference without a target named, by its kind."""


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
    coverage: Coverage | None
    """Where the report answers the statutory guidance; read for the block that shows it alone."""
    partnership: YearOfPartnership
    signatures: tuple[Signature, ...]
    targets: Mapping[str, Target]
    """Where the cross-references of the prose lead, by reference."""
    pictures: Mapping[int, ReportImage]
    terms: Mapping[str, str]
    """What the abbreviations mean that the board has explained; read for the glossary alone."""
    used: dict[tuple[str, str, str], Figure] = field(default_factory=dict)
    """Every figure shown so far, in order of first use."""
    used_in: dict[int, dict[tuple[str, str, str], Figure]] = field(default_factory=dict)
    """Likewise those of each section, by its id."""
    images: dict[int, Image] = field(default_factory=dict)
    """Every picture shown so far, by its key, in order of first use."""
    problems: dict[Problem, None] = field(default_factory=dict)
    """What could not be resolved, each once, in order."""


@dataclass
class Reader:
    """Reads the blocks of one section; `level` is the section's, 1 for a chapter."""

    records: Records
    section: Section
    level: int
    notes: list[Note] = field(default_factory=list)
    prefix: str = ""
    """What the identifiers of a retelling begin with, so that it can stand on a page with the section itself."""

    @property
    def anchor(self) -> str:
        return f"{self.prefix}{self.section.anchor}"

    @property
    def heading_level(self) -> int:
        """Where a block's heading stands: below the section's, which is below the report's title."""
        return min(self.level + 2, 6)

    def prose(self, block: Block, html: str) -> str:
        """Rich text for the report; its headings stand below the block's own heading, if it has one."""
        return resolve(
            html,
            figure=lambda token: self._figure_html(block, token),
            note=self._note,
            reference=lambda reference: self._reference(block, reference),
            picture=lambda picture: self._picture(block, picture),
            heading_level=min(self.heading_level + bool(block.heading), 6),
        )

    def entry(self, block: Block, row: MeasureOnBlock) -> Entry | None:
        """The measure and period of a table's row or a chart's bar; None, and a problem, where there is no value."""
        figure = self.figure(block, FigureToken(row.measure.code, row.period.code, "value"))
        return figure and self.records.figures.entry(figure.code, figure.period_code)

    def figure(self, block: Block, token: FigureToken) -> Figure | None:
        """What the report shows for a token, and that it does; None, and a problem, where there is no such figure."""
        figure = self.records.figures.figure(token.code, token.period, token.show)
        if figure is None:
            self._report_missing(block, token)
            return None
        self.use(figure)
        return figure

    def use(self, figure: Figure) -> None:
        """Remember that the report shows this figure."""
        key = (figure.code, figure.period_code, figure.show)
        self.records.used.setdefault(key, figure)
        self.records.used_in.setdefault(self.section.pk, {}).setdefault(key, figure)

    def report_problem(self, block: Block, message: str, *, measure: str = "", period: str = "") -> None:
        """Name something that cannot be resolved, so that the section's page can show it."""
        problem = Problem(
            section_id=self.section.pk,
            section=str(self.section),
            block_id=block.pk,
            message=message,
            measure=measure,
            period=period,
        )
        self.records.problems.setdefault(problem)

    def _report_missing(self, block: Block, token: FigureToken) -> None:
        """Name a figure that is not there in readers' words; a measure or period that nobody knows by its code."""
        book = self.records.figures
        measure = book.measure(token.code)
        period = next((each for each in self.records.periods if each.code == token.period), None)
        kind = SHOWS.get(token.show, token.show).lower()
        message = f"There is no {kind} of {measure or token.code} for {period or token.period}."
        if measure and period and not measure.calculation and book.entry(token.code, token.period) is None:
            self.report_problem(block, message, measure=measure.code, period=period.code)
        else:
            self.report_problem(block, message)

    def _figure_html(self, block: Block, token: FigureToken) -> str:
        figure = self.figure(block, token)
        if figure is None:
            return format_html('<span class="figure figure--missing">{}</span>', NO_FIGURE)
        return format_html('<span class="figure" data-figure="{}">{}</span>', figure.code, figure.text)

    def _reference(self, block: Block, reference: Reference) -> str:
        target = self.records.targets.get(str(reference))
        if target is None:
            noun = NOT_THERE[reference.kind]
            self.report_problem(block, f"A cross-reference leads to a {noun} that is not in the report.")
            return format_html('<span class="figure--missing">[no such {}]</span>', noun)
        return format_html('<a class="cross-reference" href="#{}">{}</a>', target.anchor, target.words)

    def _picture(self, block: Block, picture: Picture) -> str:
        kept = self.records.pictures.get(picture.image)
        if kept is None:
            self.report_problem(block, "A picture is not among the report's pictures. Add it again.")
            return format_html('<span class="figure--missing">[no such picture] {}</span>', picture.alt)
        if not picture.alt:
            self.report_problem(block, "A picture has no alternative text: words for people who cannot see it.")
        image = Image(id=kept.pk, digest=kept.digest, file=kept.file.name, width=kept.width, height=kept.height)
        self.records.images.setdefault(kept.pk, image)
        # rendering/pictures.py puts the address in place of the key
        return format_html(
            '<img data-image="{}" alt="{}" width="{}" height="{}">', kept.pk, picture.alt, kept.width, kept.height
        )

    def _note(self, text: str) -> str:
        number = len(self.notes) + 1
        note = Note(id=f"{self.anchor}-note-{number}", number=number, html=urlize(text, autoescape=True))
        self.notes.append(note)
        return format_html(
            '<sup class="note-ref"><a id="{0}-ref" href="#{0}" role="doc-noteref" aria-label="Note {1}">{1}</a></sup>',
            note.id,
            note.number,
        )
