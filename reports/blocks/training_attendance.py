"""Attendances at training by organisation type, drawn from the training records of the report's year."""

from decimal import Decimal

from priorities.choices import DisclosureRule
from priorities.disclosure import Shown, disclose, protect_total
from priorities.wording import in_words, people_in_words
from reports import document
from reports.blocks.kind import BlockKind, HeadingForm
from reports.choices import Kind
from reports.models import Block
from reports.reader import Reader
from training.choices import OrganisationType
from training.figures import AttendanceByOrganisation

UNIT = "attendances"


def read(block: Block, reader: Reader) -> document.ChartBlock:
    attendance = reader.records.attendances.get(
        reader.records.report.period.code, AttendanceByOrganisation(counts={}, caveats=())
    )
    shown = _disclosed(attendance)
    names = [str(OrganisationType(kind).label) for kind in shown]
    caption = block.heading or "Attendances at training by organisation type"
    total = people_in_words(attendance.total, unit=UNIT)
    texts = [in_words(cell, unit=UNIT) for cell in shown.values()]
    return document.ChartBlock(
        id=block.pk,
        heading=block.heading,
        heading_level=reader.heading_level,
        caption=caption,
        form="rows",
        unit=UNIT,
        category_name="Organisation type",
        categories=tuple(names),
        series=(
            document.Series(
                name="Attendances",
                values=tuple(None if cell.number is None else float(cell.number) for cell in shown.values()),
                texts=tuple(texts),
            ),
        ),
        alt=_alt(caption, names, texts, total),
        note=" ".join(attendance.caveats),
        total=total,
    )


def _disclosed(attendance: AttendanceByOrganisation) -> dict[str, Shown]:
    """The counts as they may be shown beside their total, largest first."""
    counts = sorted(attendance.counts.items(), key=lambda item: -item[1])
    numbers = [Decimal(count) for _, count in counts]
    cells = [disclose(number, rule=DisclosureRule.SUPPRESS_SMALL) for number in numbers]
    return dict(zip((kind for kind, _ in counts), protect_total(cells, numbers), strict=True))


def _alt(caption: str, names: list[str], texts: list[str], total: str) -> str:
    if not names:
        return f"{caption}: no attendances are recorded."
    facts = [f"Bar chart. {caption}. {total} attendances in all.", f"Most came from {names[0].lower()}: {texts[0]}."]
    if len(names) > 1:
        facts.append(f"Fewest came from {names[-1].lower()}: {texts[-1]}.")
    return " ".join(facts)


KIND = BlockKind(
    kind=Kind.TRAINING_ATTENDANCE,
    form=HeadingForm,
    read=read,
    advice="Drawn from the training records; nothing is typed here but the heading.",
)
