"""What each agency gave towards the arrangements in the report's year, what they cost, and what is left.

Working Together 2023 asks for a breakdown of costs for each partner, and for what has changed.
"""

from partnership.funding import Amount, YearOfFunding
from reports import document
from reports.blocks.records import records_block, records_kind
from reports.choices import Kind
from reports.models import Block
from reports.reader import Reader


def read(block: Block, reader: Reader) -> document.RecordsBlock:
    funding = reader.records.partnership.funding
    period = reader.records.report.period
    empty = f"No contributions or costs are recorded for {period}."
    if funding.is_empty:
        return records_block(block, reader, empty=empty)
    return records_block(
        block,
        reader,
        empty=empty,
        intro="Amounts are in pounds. What is given in kind is not counted in them.",
        tables=(
            _table(f"Income, {period}", "Agency", funding.income, funding.total_income, funding),
            _table(f"Spending, {period}", "Heading", funding.spending, funding.total_spending, funding),
            document.Table(
                caption=f"What is left, {period}",
                heads=("Balance", "Amount"),
                rows=tuple(document.TableRow(head=name, cells=(amount,)) for name, amount in funding.balance),
            ),
        ),
        lists=(
            document.PointList(
                title="Given in kind", points=tuple(f"{each.agency}: {each.told}" for each in funding.in_kind)
            ),
        ),
    )


def _table(
    caption: str, noun: str, amounts: tuple[Amount, ...], total: Amount, funding: YearOfFunding
) -> document.Table:
    """With the year before and the change, where anything is recorded of that year."""
    before = funding.before
    return document.Table(
        caption=caption,
        heads=(noun, str(funding.period), *([str(before), "Change"] if before else [])),
        rows=tuple(
            document.TableRow(
                head=each.name,
                cells=(each.now_text, *([each.before_text, each.change] if before else [])),
                is_total=each is total,
            )
            for each in (*amounts, *([total] if amounts else []))
        ),
    )


KIND = records_kind(Kind.CONTRIBUTIONS, read, records="partnership:funding-detail")
