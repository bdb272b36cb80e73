"""A year's report as a whole."""

from django.db import transaction

from partnership import audit
from partnership.models import ReportingPeriod, User
from reports.models import AnnualReport


@transaction.atomic
def create_report(*, period: ReportingPeriod, title: str = "Annual report", by: User) -> AnnualReport:
    """Begin a year's report."""
    report = AnnualReport.objects.create(period=period, title=title)
    audit.record("report.created", target=report, by=by)
    return report
