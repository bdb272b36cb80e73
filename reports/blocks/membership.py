"""Who sat on which group in the report's year, and how often they came."""

from partnership.attendance import DEFINITION
from partnership.models import Seat
from partnership.queries import GroupYear
from reports import document
from reports.blocks.records import records_block, records_kind
from reports.choices import Kind
from reports.models import Block
from reports.reader import Reader


def read(block: Block, reader: Reader) -> document.RecordsBlock:
    """A table of attendance for each group whose meetings are recorded, and one of the members of the others."""
    groups = [year for year in reader.records.partnership.groups if year.members]
    period = reader.records.report.period
    met = [year for year in groups if year.held]
    return records_block(
        block,
        reader,
        empty=f"No members of groups are recorded for {period}.",
        intro=DEFINITION if met else "",
        tables=(*(_attendance(year) for year in met), _members([year for year in groups if not year.held], bool(met))),
        lists=(
            document.PointList(
                title="Meetings that were cancelled",
                points=tuple(point for year in groups for point in _cancelled(year)),
            ),
        ),
    )


def _attendance(year: GroupYear) -> document.Table:
    """With a column of posts where any is known."""
    count = len(year.held)
    has_posts = any(member.seat.post for member in year.members)
    return document.Table(
        caption=f"{year.group}: {count} meeting{'' if count == 1 else 's'}",
        heads=("Member", *(["Post"] if has_posts else []), "Meetings attended"),
        rows=tuple(
            document.TableRow(
                head=member.seat.agency.name,
                detail=_days(year, member.seat),
                cells=(*([member.seat.post or "not recorded"] if has_posts else []), str(member.attended)),
            )
            for member in year.members
        ),
    )


def _days(year: GroupYear, seat: Seat) -> str:
    """What somebody must know of a member that was there for a part of the year only."""
    joined = f"from {seat.from_on:%-d %B %Y}" if seat.from_on and seat.from_on > year.period.starts_on else ""
    left = f"until {seat.until_on:%-d %B %Y}" if seat.until_on and seat.until_on < year.period.ends_on else ""
    days = " ".join(filter(None, [joined, left]))
    return f"Member {days}." if days else ""


def _members(years: list[GroupYear], has_others: bool) -> document.Table:
    return document.Table(
        caption="Members of the other groups" if has_others else "Members of the groups",
        heads=("Group", "Members"),
        rows=tuple(
            document.TableRow(
                head=year.group.name, cells=(", ".join(member.seat.agency.short_name for member in year.members),)
            )
            for year in years
        ),
        is_prose=True,
    )


def _cancelled(year: GroupYear) -> list[str]:
    return [f"{year.group}, {meeting.held_on:%-d %B %Y}: {meeting.cancelled_reason}" for meeting in year.cancelled]


KIND = records_kind(Kind.MEMBERSHIP, read, records="partnership:partnership-detail")
