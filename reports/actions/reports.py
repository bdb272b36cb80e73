"""A year's report as a whole."""

from django.db import transaction

from partnership import audit
from partnership.models import ReportingPeriod, User
from reports.actions.guidance import take_guidance
from reports.models import AnnualReport


@transaction.atomic
def create_report(*, period: ReportingPeriod, title: str = "Annual report", by: User) -> AnnualReport:
    """Begin a year's report, which answers the statutory guidance in force for that year."""
    report = AnnualReport(period=period, title=title)
    take_guidance(report)
    report.save()
    audit.record("report.created", target=report, by=by)
    return report
