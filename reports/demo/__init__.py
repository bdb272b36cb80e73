"""The demo partnership's report of 2022/23: its outline, the text of its sections, its signatures."""

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from partnership.choices import Role
from partnership.demo import ACCOUNTS
from partnership.demo import periods as demo_periods
from partnership.models import Agency, Group, ReportingPeriod, User
from priorities.models import Measure, Priority
from reports import actions
from reports.actions import BlockSave
from reports.choices import PlaceKind, Variant
from reports.content import BlockContent, ItemContent, MeasureContent, QuotationContent
from reports.demo.picture import picture_of_partners
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

NATIONAL = ("Child Safeguarding Practice Review Panel", "Foundations, What Works Centre for Children & Families")


def load(people: dict[str, User]) -> None:
    periods = demo_periods()
    report = actions.create_report(period=periods[YEAR], by=people["board.manager"])
    sections: dict[str, Section] = {}
    rows: list[tuple[dict, Section]] = []
    for path in sorted((HERE / YEAR).glob("*.toml")):
        row = tomllib.loads(path.read_text())
        chapter, _, is_below = row["number"].rpartition(".")
        parent = sections[chapter] if is_below and chapter else None
        section = _add_section(row, report, parent, people)
        sections[row["number"]] = section
        rows.append((row, section))
    partners = actions.keep_image(report=report, data=picture_of_partners(), by=people["board.officer"])
    named = {f'data-ref="{number}"': f'data-ref="section:{section.pk}"' for number, section in sections.items()}
    named['data-image="partners"'] = f'data-image="{partners.pk}"'
    for row, section in rows:
        _write_section(row, section, named, periods, people)
        _hand_in(row, section, people)
    _load_item_answers(report, sections, people)
    _load_comments(sections, people)
    _load_terms(people)
    _load_recipients(people)
    _load_sign_off(report, people)


def _add_section(row: dict, report: AnnualReport, parent: Section | None, people: dict[str, User]) -> Section:
    """A section as its file has it, without its texts. Due dates are illustrative."""
    return actions.add_section(
        report=report,
        parent=parent,
        number=row["number"],
        title=row["title"],
        owner=Agency.objects.get(code=row["owner"]),
        priority=Priority.objects.get(code=row["priority"]) if "priority" in row else None,
        group=Group.objects.get(code=row["group"]) if "group" in row else None,
        writer=people[row["writer"]] if "writer" in row else None,
        due_on=timezone.localdate() + timedelta(days=row["due_in_days"]) if "due_in_days" in row else None,
        words_wished=row.get("words_wished"),
        by=people["board.officer"],
    )


def _write_section(
    row: dict,
    section: Section,
    named: dict[str, str],
    periods: dict[str, ReportingPeriod],
    people: dict[str, User],
) -> None:
    """The texts of a section, by its writer, else by the board officer; `named` has the keys of what they refer to."""
    by = section.writer or people["board.officer"]
    measures = dict(Measure.objects.values_list("code", "pk"))
    saves = {}
    for block_row in row["block"]:
        variant, *others = block_row.get("stands_in", [Variant.REPORT])
        block = actions.add_block(section=section, kind=block_row["kind"], variant=variant, by=by)
        for other in others:
            actions.mark_block(block=block, variant=other, is_in=True, by=by)
        saves[block.pk] = BlockSave(block.version, _content(_with_keys(block_row, named), measures, periods))
    actions.save_section(section=section, saves=saves, by=by)


def _with_keys(value: Any, named: dict[str, str]) -> Any:
    """Texts, however deep in the file, in which a section stands by its number and a picture by its name."""
    if isinstance(value, dict):
        return {key: _with_keys(part, named) for key, part in value.items()}
    if isinstance(value, list):
        return [_with_keys(part, named) for part in value]
    if isinstance(value, str):
        for name, key in named.items():
            value = value.replace(name, key)
    return value


def _hand_in(row: dict, section: Section, people: dict[str, User]) -> None:
    """Submit the section, and decide on it, as far as its file says."""
    if "handed_in" not in row:
        return
    manager = people["board.manager"]
    actions.submit_section(section=section, by=people[row["writer"]])
    seen = section.versions.latest("number").number
    if row["handed_in"] == "approved":
        actions.approve_section(section=section, seen=seen, by=manager)
    elif row["handed_in"] == "returned":
        actions.return_section(section=section, reason=row["reason"], seen=seen, by=manager)


def _load_item_answers(report: AnnualReport, sections: dict[str, Section], people: dict[str, User]) -> None:
    """Which sections answer what Working Together 2018 asks, and what in them shows it."""
    items = {item.code: item for item in report.guidance.items.all()}
    for row in tomllib.loads((HERE / "statutory.toml").read_text())["answer"]:
        actions.add_item_answer(
            section=sections[row["section"]],
            item=items[row["item"]],
            evidence=row["evidence"],
            by=people["board.officer"],
        )


def _load_comments(sections: dict[str, Section], people: dict[str, User]) -> None:
    """What is said about the draft; days until something is to be settled count from today."""
    for row in tomllib.loads((HERE / "comments.toml").read_text())["comment"]:
        by = people[row["by"]]
        comment = actions.add_comment(
            section=sections[row["section"]],
            passage=row.get("passage", ""),
            text=row["text"],
            mentions=[people[name] for name in row.get("mentions", ())],
            by=by,
        )
        if "assigned_to" in row:
            due_on = timezone.localdate() + timedelta(days=row["due_in_days"])
            actions.assign_comment(comment=comment, to=people[row["assigned_to"]], due_on=due_on, by=by)
        for reply in row.get("reply", ()):
            actions.reply_to_comment(comment=comment, text=reply["text"], by=people[reply["by"]])
        if row.get("is_resolved"):
            actions.resolve_comment(comment=comment, by=by)


def _load_terms(people: dict[str, User]) -> None:
    """What the abbreviations of the report stand for."""
    for abbreviation, meaning in tomllib.loads((HERE / "terms.toml").read_text()).items():
        actions.add_term(abbreviation=abbreviation, meaning=meaning, by=people["board.officer"])


def _content(row: dict, measures: dict[str, int], periods: dict[str, ReportingPeriod]) -> BlockContent:
    return BlockContent(
        heading=row.get("heading", ""),
        body=clean(row.get("body", "")),
        source=row.get("source", ""),
        items=tuple(_point(item) for item in row.get("items", ())),
        quotations=tuple(QuotationContent(**quote) for quote in row.get("quotes", ())),
        measures=tuple(
            MeasureContent(
                measures[measure["code"]],
                periods[measure["period"]].pk,
                measure.get("show", "value"),
                measure.get("words", ""),
            )
            for measure in row.get("measures", ())
        ),
    )


def _point(item: str | dict) -> ItemContent:
    """A point by its words alone, with how it is known, or with what last year's report said of it."""
    row = {"text": item} if isinstance(item, str) else item
    return ItemContent(**row | {name: clean_inline(row[name]) for name in ("text", "said") if name in row})


def _load_sign_off(report: AnnualReport, people: dict[str, User]) -> None:
    """The partners and the chair are asked, and what they signed on paper is recorded as such."""
    accounts = {account.address: account for account in ACCOUNTS}
    manager = people["board.manager"]
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    for address in SIGNED_ON:
        account = accounts[address]
        kind = PlaceKind.CHAIR if account.role == Role.CHAIR else PlaceKind.PARTNER
        agency = agencies[account.agency]
        actions.add_signing_place(report=report, agency=agency, post=account.post, kind=kind, by=manager)
    edition = actions.send_for_sign_off(report=report, by=manager)
    names = {(account.agency, account.post): account for account in ACCOUNTS}
    for signature in edition.signatures.select_related("agency"):
        account = names[signature.agency.code, signature.post]
        if signed_on := SIGNED_ON[account.address]:
            actions.record_signature(signature=signature, name=account.name, signed_on=signed_on, by=manager)


def _load_recipients(people: dict[str, User]) -> None:
    """Those the law names, within the days that are usually given; their addresses are for the board to enter."""
    for name in NATIONAL:
        actions.add_recipient(name=name, is_statutory=True, within_days=7, by=people["board.manager"])
