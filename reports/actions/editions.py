"""An edition from freezing to publishing, and what ends it.

Every verb locks the report's row first, so that of two people one comes after the other.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from partnership import audit
from partnership.actions import close_period, reopen_period
from partnership.models import User
from partnership.states import WrongState
from reports import emails
from reports.assemble import assemble
from reports.choices import EditionStatus, Format, ReportStatus, SigningOrder
from reports.document import Document, content_hash, signed_hash, to_json
from reports.models import AnnualReport, Edition, Publication, Receipt, Recipient, Signature
from reports.retelling import retold, told
from reports.signing import has_changed, to_publish

CHANGED = "The report was changed after it was put to sign-off."
NOT_THE_SAME = (
    "The report has changed since it was put to sign-off, so this version can no longer be signed or published."
)


@transaction.atomic
def send_for_sign_off(
    *, report: AnnualReport, order: str = SigningOrder.IN_PARALLEL, correction_note: str = "", by: User
) -> Edition:
    """Freeze the report as it stands, and ask those with a place below it; the cover then says "Final draft".

    A version after the first needs a note that says what it corrects. Raises `WrongState` where nobody is to sign.
    """
    report = AnnualReport.objects.select_for_update(of=("self",)).select_related("period").get(pk=report.pk)
    places = list(report.signing_places.all())
    if not any(place.is_partner for place in places):
        raise WrongState("Say first who signs the report for the safeguarding partners.")
    last = report.editions.public().aggregate(last=Max("number"))["last"] or 0
    if last and not correction_note:
        raise WrongState("Say what this version corrects.")
    report.move_to(ReportStatus.IN_SIGN_OFF)
    report.save()
    document = assemble(report)
    edition = Edition.objects.create(
        report=report,
        number=last + 1,
        order=order,
        document=to_json(document),
        signed_hash=signed_hash(document),
        correction_note=correction_note if last else "",
        frozen_by=by,
    )
    Signature.objects.bulk_create(
        Signature(edition=edition, agency_id=place.agency_id, post=place.post, kind=place.kind, order=place.order)
        for place in places
    )
    audit.record("report.sent-for-sign-off", target=edition, by=by)
    transaction.on_commit(lambda: emails.send_asked(edition), robust=True)
    return edition


@transaction.atomic
def take_back_edition(*, edition: Edition, reason: str, by: User) -> Edition:
    """Take the report out of sign-off: what was signed is void, and those who signed are told why."""
    return _void(_locked(edition), reason, by=by)


@transaction.atomic
def void_if_changed(*, edition: Edition) -> bool:
    """Make the edition void where the report says something else now; gives whether it is void."""
    edition = _locked(edition)
    if edition.is_open and has_changed(edition):
        _void(edition, CHANGED, by=None)
    return edition.status == EditionStatus.VOID


def void_what_changed() -> None:
    """Every edition in sign-off, or signed, against its report: done each minute."""
    for edition in Edition.objects.open():
        void_if_changed(edition=edition)


@transaction.atomic
def publish_edition(*, edition: Edition, by: User) -> Edition:
    """Publish the signed edition for ever, and have its files made; raises `WrongState` where the report has changed.

    The version before is superseded. Who is sent every report has until so many days after today.
    """
    edition = require_unchanged(_locked(edition))
    edition.move_to(EditionStatus.PUBLISHED)
    document = to_publish(edition)
    edition.published, edition.published_at, edition.published_by = to_json(document), timezone.now(), by
    for earlier in edition.report.editions.filter(status=EditionStatus.PUBLISHED):
        earlier.move_to(EditionStatus.SUPERSEDED)
        earlier.save()
        audit.record("edition.superseded", target=earlier, by=by, detail=f"By version {edition.number}")
    edition.save()
    _move_report(edition, ReportStatus.PUBLISHED)
    _ask_for_files(edition, document, by=by)
    _owe_to_recipients(edition)
    audit.record("edition.published", target=edition, by=by)
    return edition


@transaction.atomic
def withdraw_edition(*, edition: Edition, reason: str, by: User) -> Edition:
    """Withdraw a published version: its address stays, and says why."""
    edition = _locked(edition)
    is_current = edition.status == EditionStatus.PUBLISHED
    edition.move_to(EditionStatus.WITHDRAWN)
    edition.reason, edition.ended_at = reason, timezone.now()
    edition.save()
    if is_current and edition.report.status == ReportStatus.PUBLISHED:
        _move_report(edition, ReportStatus.WITHDRAWN)
    audit.record("edition.withdrawn", target=edition, by=by, detail=reason)
    return edition


@transaction.atomic
def begin_correction(*, report: AnnualReport, by: User) -> AnnualReport:
    """Draft a published report again, for a corrected version; what is published stays as it is.

    The year's records can be mended again, until the corrected version is signed.
    """
    report = AnnualReport.objects.select_for_update(of=("self",)).select_related("period").get(pk=report.pk)
    if not report.editions.public().exists():
        raise WrongState(f"{report} was not published: there is nothing to correct.")
    report.move_to(ReportStatus.DRAFTING)
    report.save()
    _reopen(report, "A corrected version is begun.", by=by)
    audit.record("correction.begun", target=report, by=by)
    return report


# What several verbs share


def _locked(edition: Edition) -> Edition:
    """The edition as it stands now, with its report locked."""
    AnnualReport.objects.select_for_update().get(pk=edition.report_id)
    return Edition.objects.select_related("report__period").get(pk=edition.pk)


def require_unchanged(edition: Edition) -> Edition:
    """The edition, if the report still says what was frozen; raises `WrongState`."""
    if edition.status == EditionStatus.VOID:
        raise WrongState(f"{edition} is void: {edition.reason}")
    if edition.is_open and has_changed(edition):
        raise WrongState(NOT_THE_SAME)
    return edition


def sign_edition_where_complete(edition: Edition, *, by: User) -> None:
    """After the last partner's signature: the edition and its report are signed, and the year is closed."""
    if edition.signatures.missing().exists():
        return
    edition.move_to(EditionStatus.SIGNED)
    edition.save()
    _move_report(edition, ReportStatus.SIGNED)
    close_period(period=edition.report.period, by=by)
    audit.record("edition.signed", target=edition, by=by)


def _void(edition: Edition, reason: str, *, by: User | None) -> Edition:
    edition.move_to(EditionStatus.VOID)
    edition.reason, edition.ended_at = reason, timezone.now()
    edition.save()
    _move_report(edition, ReportStatus.DRAFTING)
    _reopen(edition.report, f"The signatures are void. {reason}", by=by)
    audit.record("edition.voided", target=edition, by=by, detail=reason)
    transaction.on_commit(lambda: emails.send_voided(edition), robust=True)
    return edition


def _move_report(edition: Edition, status: str) -> None:
    edition.report.move_to(status)
    edition.report.save()


def _reopen(report: AnnualReport, reason: str, *, by: User | None) -> None:
    if report.period.closed_at:
        reopen_period(period=report.period, reason=reason, by=by)


def _ask_for_files(edition: Edition, document: Document, *, by: User) -> None:
    """The report in every format, and each of its retellings as PDF."""
    files = [(format, document) for format in Format]
    files += [(Format.PDF, retold(document, variant)) for variant in told(document)]
    Publication.objects.bulk_create(
        Publication(
            report=edition.report,
            edition=edition,
            format=format,
            variant=content.variant,
            content_hash=content_hash(content),
            document=to_json(content),
            asked_by=by,
        )
        for format, content in files
    )


def _owe_to_recipients(edition: Edition) -> None:
    today = timezone.localdate()
    Receipt.objects.bulk_create(
        Receipt(
            edition=edition,
            recipient=recipient,
            name=recipient.name,
            email=recipient.email,
            is_statutory=recipient.is_statutory,
            due_on=None if recipient.within_days is None else today + timedelta(days=recipient.within_days),
        )
        for recipient in Recipient.objects.all()
    )
