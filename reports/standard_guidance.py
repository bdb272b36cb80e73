"""The editions of Working Together that every installation begins with, and what each asks of a yearly report.

The items are in our own words, after domain.md 1.1; the board corrects them against the guidance in the portal.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from partnership.years import first_day_of
from reports.choices import Duty

ACT = "Children Act 2004, as amended"
TO_BE_CHECKED = "paragraph to be checked"


@dataclass(frozen=True)
class StandardItem:
    code: str
    title: str
    text: str
    duty: Duty = Duty.SHOULD
    source: str = ""


@dataclass(frozen=True)
class StandardGuidance:
    title: str
    starts_on: date
    """The first day of the first year whose report answers it."""
    is_confirmed: bool
    items: tuple[StandardItem, ...]


MUST = (
    StandardItem(
        "M1",
        "What the partners did",
        "What the safeguarding partners did under their arrangements during the year, child safeguarding practice "
        "reviews included.",
        Duty.MUST,
        ACT,
    ),
    StandardItem(
        "M2",
        "How effective it was",
        "How well the arrangements worked in practice.",
        Duty.MUST,
        ACT,
    ),
)

SINCE_2018 = (
    StandardItem(
        "A1",
        "Impact on children and families",
        "Evidence of what the work of partners and relevant agencies, training included, changed for children and "
        "families, from early help to children in care and care leavers.",
    ),
    StandardItem(
        "A2",
        "Where there was little progress",
        "An analysis of agreed priorities on which there is little or no evidence of progress.",
    ),
    StandardItem(
        "A3",
        "Recommendations of reviews",
        "What was decided, done or planned on the recommendations of local and national child safeguarding practice "
        "reviews, and what improved.",
    ),
    StandardItem(
        "A4",
        "Feedback from children and families",
        "How partners asked children and families for their views, and how they used them.",
    ),
    StandardItem(
        "A5",
        "Independent scrutiny",
        "What independent scrutiny observed.",
    ),
    StandardItem(
        "A6",
        "Review of restraint",
        "Where children are held in a secure establishment in the area, a review of how restraint is used there.",
    ),
)

SINCE_2023 = (
    StandardItem(
        "B1",
        "Contribution of each partner",
        "What each safeguarding partner contributed to how the arrangements work and are built.",
    ),
    StandardItem(
        "B2",
        "Themes of scrutiny",
        "Themes that reviews, the work of scrutineers and multi-agency audits have in common.",
    ),
    StandardItem(
        "B3",
        "Costs of the arrangements",
        "What the arrangements cost, by partner and relevant agency, what changed, and why the total is right.",
    ),
    StandardItem(
        "B4",
        "Education",
        "How education settings are represented, in strategy and in daily work.",
    ),
    StandardItem(
        "B5",
        "Data and information sharing",
        "How data is used to learn, and evidence that sharing information improved practice and outcomes.",
    ),
    StandardItem(
        "B6",
        "Impact of independent scrutiny",
        "What independent scrutiny changed, and what was learned from it.",
    ),
    StandardItem(
        "B7",
        "Changes to the arrangements",
        "Updates to the published arrangements, and by when they are made.",
    ),
    StandardItem(
        "B8",
        "National reforms",
        "Evidence that national reforms were put into practice, what was decided, and what stood in the way.",
    ),
)


def _from(source: str, items: Iterable[StandardItem]) -> tuple[StandardItem, ...]:
    return tuple(replace(item, source=item.source or source) for item in items)


STANDARD_GUIDANCE = (
    StandardGuidance(
        "Working Together 2018",
        first_day_of(2018),
        is_confirmed=True,
        items=_from("Working Together 2018, chapter 3", (*MUST, *SINCE_2018)),
    ),
    StandardGuidance(
        "Working Together 2023",
        first_day_of(2023),
        is_confirmed=True,
        items=_from(f"Working Together 2023, chapter 2, {TO_BE_CHECKED}", (*MUST, *SINCE_2018, *SINCE_2023)),
    ),
    # Its paragraph on the yearly report has not been seen: what 2023 asks stands in its place until it is confirmed.
    StandardGuidance(
        "Working Together 2026",
        first_day_of(2025),
        is_confirmed=False,
        items=_from(f"Working Together 2026, {TO_BE_CHECKED}", (*MUST, *SINCE_2018, *SINCE_2023)),
    ),
)
