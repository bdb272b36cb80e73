"""A year's report as a whole: beginning it, sign-off, signatures."""

from datetime import date

from django.db import transaction
from django.db.models import Max

from partnership import audit
from partnership.models import Agency, ReportingPeriod, User
from reports.choices import ReportStatus
from reports.models import AnnualReport, Signature


@transaction.atomic
def create_report(*, period: ReportingPeriod, title: str = "Annual report", by: User) -> AnnualReport:
    """Begin a year's report."""
    report = AnnualReport.objects.create(period=period, title=title)
    audit.record("report.created", target=report, by=by)
    return report


@transaction.atomic
def send_for_sign_off(*, report: AnnualReport, by: User) -> AnnualReport:
    """Ask the signatories for their signatures; the cover then says "Final draft"."""
    report = AnnualReport.objects.select_for_update().get(pk=report.pk)
    report.move_to(ReportStatus.IN_SIGN_OFF)
    report.save()
    audit.record("report.sent-for-sign-off", target=report, by=by)
    return report


@transaction.atomic
def record_paper_signature(
    *, report: AnnualReport, agency: Agency, post: str, name: str, signed_on: date | None, by: User
) -> Signature:
    """Add a place for a signature, with the name and date if it was given on paper already."""
    last = report.signatures.aggregate(last=Max("order"))["last"]
    signature = Signature.objects.create(
        report=report,
        agency=agency,
        post=post,
        name=name,
        signed_on=signed_on,
        order=0 if last is None else last + 1,
    )
    audit.record("signature.recorded", target=signature, by=by)
    return signature
