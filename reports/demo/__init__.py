"""The demo partnership's report of 2022/23: its outline, the text of its sections, its signatures."""

import tomllib
from datetime import date
from pathlib import Path

from partnership.demo import ACCOUNTS
from partnership.demo import periods as demo_periods
from partnership.models import Agency, Group, ReportingPeriod, User
from priorities.models import Measure, Priority
from reports import actions
from reports.actions import BlockSave
from reports.content import BlockContent, ItemContent, MeasureContent, QuotationContent
from reports.models import AnnualReport, Section
from reports.richtext import clean, clean_inline

HERE = Path(__file__).parent
YEAR = "2022-23"

SIGNED_ON = {
    "council.signatory": date(2023, 11, 14),
    "icb.signatory": date(2023, 11, 16),
    "police.signatory": None,
    "chair": date(2023, 11, 21),
}
"""The days of signing are illustrative; one signature is still awaited, as befits a final draft."""


def load(people: dict[str, User]) -> None:
    officer = people["board.officer"]
    periods = demo_periods()
    report = actions.create_report(period=periods[YEAR], by=people["board.manager"])
    sections: dict[str, Section] = {}
    for path in sorted((HERE / YEAR).glob("*.toml")):
        row = tomllib.loads(path.read_text())
        chapter, _, is_below = row["number"].rpartition(".")
        parent = sections[chapter] if is_below and chapter else None
        sections[row["number"]] = _load_section(row, report, parent, periods, by=officer)
    _load_signatures(report, people)
    actions.send_for_sign_off(report=report, by=people["board.manager"])


def _load_section(
    row: dict, report: AnnualReport, parent: Section | None, periods: dict[str, ReportingPeriod], *, by: User
) -> Section:
    section = actions.add_section(
        report=report,
        parent=parent,
        number=row["number"],
        title=row["title"],
        owner=Agency.objects.get(code=row["owner"]),
        priority=Priority.objects.get(code=row["priority"]) if "priority" in row else None,
        group=Group.objects.get(code=row["group"]) if "group" in row else None,
        by=by,
    )
    measures = dict(Measure.objects.values_list("code", "pk"))
    saves = {}
    for block_row in row["block"]:
        block = actions.add_block(section=section, kind=block_row["kind"], by=by)
        saves[block.pk] = BlockSave(block.version, _content(block_row, measures, periods))
    actions.save_section(section=section, saves=saves, by=by)
    return section


def _content(row: dict, measures: dict[str, int], periods: dict[str, ReportingPeriod]) -> BlockContent:
    return BlockContent(
        heading=row.get("heading", ""),
        body=clean(row.get("body", "")),
        source=row.get("source", ""),
        items=tuple(_point(item) for item in row.get("items", ())),
        quotations=tuple(QuotationContent(**quote) for quote in row.get("quotes", ())),
        measures=tuple(
            MeasureContent(measures[measure["code"]], periods[measure["period"]].pk)
            for measure in row.get("measures", ())
        ),
    )


def _point(item: str | dict) -> ItemContent:
    """A point by its words alone, or with how it is known."""
    row = {"text": item} if isinstance(item, str) else item
    return ItemContent(**row | {"text": clean_inline(row["text"])})


def _load_signatures(report: AnnualReport, people: dict[str, User]) -> None:
    accounts = {account.address: account for account in ACCOUNTS}
    for address, signed_on in SIGNED_ON.items():
        account = accounts[address]
        actions.record_paper_signature(
            report=report,
            agency=Agency.objects.get(code=account.agency),
            post=account.post,
            name=account.name if signed_on else "",
            signed_on=signed_on,
            by=people["board.manager"],
        )
