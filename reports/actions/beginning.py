"""Beginning a year's report, with an outline to write into."""

from django.db import transaction

from partnership.actions import add_period
from partnership.choices import PeriodKind
from partnership.models import Agency, Partnership, ReportingPeriod, User
from partnership.states import WrongState
from partnership.years import code_of, first_day_of, label_of, last_day_of
from priorities.choices import PriorityKind
from priorities.models import BusinessPlan, Priority
from reports.actions.arranging import add_block
from reports.actions.outline import add_section
from reports.actions.reports import create_report
from reports.choices import Numbering
from reports.models import AnnualReport, Section
from reports.standard_outline import StandardSection, standard_outline

NUMBER_BY_PLACE = "1"
"""Stands for a number until the portal gives the section that of its place."""


@transaction.atomic
def begin_report(*, year: int, title: str, has_standard_outline: bool, owner: Agency, by: User) -> AnnualReport:
    """Begin the report of the financial year that begins in `year`, numbered by the portal.

    It is empty, or has the standard outline, whose sections are `owner`'s. The year is made where it is missing.
    Raises `WrongState` where it has a report.
    """
    Partnership.objects.select_for_update().first()  # one at a time
    period = _period(year, by=by)
    if AnnualReport.objects.filter(period=period).exists():
        raise WrongState(f"There is a report of {period} already.")
    report = create_report(period=period, title=title, by=by)
    report.numbering = Numbering.AUTOMATIC
    report.save()
    if has_standard_outline:
        for standard in standard_outline(_priorities(period)):
            _add(standard, report=report, parent=None, owner=owner, by=by)
    return report


def _period(year: int, *, by: User) -> ReportingPeriod:
    return ReportingPeriod.objects.filter(code=code_of(year)).first() or add_period(
        code=code_of(year),
        label=label_of(year),
        kind=PeriodKind.FINANCIAL_YEAR,
        starts_on=first_day_of(year),
        ends_on=last_day_of(year),
        by=by,
    )


def _priorities(period: ReportingPeriod) -> dict[int, str]:
    """The priorities that the year's report tells of, by id, in the order of the plan."""
    plan = BusinessPlan.objects.current(period.ends_on)
    if plan is None:
        return {}
    found = plan.priorities.in_force().exclude(kind=PriorityKind.CROSS_CUTTING)
    return {priority.pk: priority.title for priority in found}


def _add(standard: StandardSection, *, report: AnnualReport, parent: Section | None, owner: Agency, by: User) -> None:
    section = add_section(
        report=report,
        parent=parent,
        number=NUMBER_BY_PLACE if standard.has_number else "",
        title=standard.title,
        owner=owner,
        priority=Priority.objects.get(pk=standard.priority_id) if standard.priority_id else None,
        by=by,
    )
    for kind in standard.kinds if not standard.below else ():
        add_block(section=section, kind=kind, by=by)
    for each in standard.below:
        _add(each, report=report, parent=section, owner=owner, by=by)
