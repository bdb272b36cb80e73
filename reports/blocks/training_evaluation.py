"""What training changes, in the words of those who came: change in confidence with its people, and quotes."""

from reports import document
from reports.blocks.records import records_block, records_kind
from reports.choices import Kind
from reports.models import Block
from reports.reader import Reader
from training.evaluation import Evaluated

INTRO = (
    "People marked their own confidence from 1 to 5 before the training and 6 to 12 weeks after it. The change is the "
    "mean difference of the same people’s marks."
)


def read(block: Block, reader: Reader) -> document.RecordsBlock:
    period = reader.records.report.period
    year = reader.records.evaluation.get(period.code)
    rows = [_row(found.title, found) for found in year.by_course.values() if found.is_told] if year else []
    if year and len(rows) > 1:
        rows.append(_row("All these courses", year.all_courses, is_total=True))
    quotes = tuple(f"“{quote.words}”" for quote in reader.records.training_quotes)
    return records_block(
        block,
        reader,
        empty=f"No evaluation of training in {period} can be told yet.",
        intro=" ".join([INTRO, *year.all_courses.caveats]) if year and rows else "",
        tables=(
            document.Table(
                caption=f"What training changed, {period}",
                heads=("Course", "Change in confidence", "Did something differently", "Who answered both times"),
                rows=tuple(rows),
            ),
        ),
        lists=(document.PointList(title="What people said", points=quotes),),
    )


def _row(title: str, found: Evaluated, *, is_total: bool = False) -> document.TableRow:
    change = found.later["confidence"]
    return document.TableRow(
        head=title, cells=(change.text, found.did.text_with_base, change.base.text), is_total=is_total
    )


KIND = records_kind(Kind.TRAINING_EVALUATION, read, records="training:course-list")
