"""Who signs the report, and what they say of an edition: signed, refused, commented, or given on paper."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from partnership import audit
from partnership.models import Agency, User
from partnership.states import WrongState
from reports import emails
from reports.actions.editions import require_unchanged, sign_edition_where_complete
from reports.choices import EditionStatus, PlaceKind, ReportStatus, SignatureStatus, SigningOrder
from reports.models import AnnualReport, Edition, Signature, SigningPlace


@transaction.atomic
def add_signing_place(
    *, report: AnnualReport, agency: Agency, post: str, kind: str = PlaceKind.PARTNER, by: User
) -> SigningPlace:
    """Add a place below the report for somebody's name, after the others; raises `WrongState` while it is signed."""
    report = _to_arrange(report)
    if report.signing_places.filter(agency=agency, post=post).exists():
        raise WrongState(f"{post}, {agency} is in the list already.")
    last = report.signing_places.aggregate(last=Max("order"))["last"]
    place = SigningPlace.objects.create(
        report=report, agency=agency, post=post, kind=kind, order=0 if last is None else last + 1
    )
    audit.record("signing-place.added", target=place, by=by)
    return place


@transaction.atomic
def remove_signing_place(*, place: SigningPlace, by: User) -> None:
    """Take a place off the report; raises `WrongState` while it is signed."""
    _to_arrange(place.report)
    audit.record("signing-place.removed", target=place, by=by)
    place.delete()


@transaction.atomic
def give_signature(*, signature: Signature, name: str, by: User) -> Signature:
    """Sign the edition for a safeguarding partner, in turn; the last signature makes it signed and closes the year.

    The name, the post asked for and the time are bound to the edition's hash. Raises `WrongState` where the edition is
    void, was changed, or somebody else has to sign first.
    """
    signature = _locked(signature)
    _require_sign_off(signature.edition)
    _require_turn(signature)
    _give(signature, name=name, signed_on=timezone.localdate(), by=by)
    audit.record("signature.given", target=signature, by=by, detail=f"{name}, {signature.signed_hash[:16]}")
    _go_on(signature, by=by)
    return signature


@transaction.atomic
def record_signature(*, signature: Signature, name: str, signed_on: date, by: User) -> Signature:
    """Record a signature that was given on paper, with the day on it; whose turn it is stands on the paper too."""
    signature = _locked(signature)
    _require_sign_off(signature.edition)
    signature.is_on_paper = True
    _give(signature, name=name, signed_on=signed_on, by=by)
    audit.record("signature.recorded", target=signature, by=by, detail=f"On paper: {name}, {signed_on:%-d %B %Y}")
    _go_on(signature, by=by)
    return signature


@transaction.atomic
def refuse_signature(*, signature: Signature, reason: str, by: User) -> Signature:
    """Say that the partner does not sign this edition, and why: the board team decides what becomes of it."""
    signature = _locked(signature)
    _require_sign_off(signature.edition)
    signature.move_to(SignatureStatus.REFUSED)
    signature.reason, signature.acted_at, signature.acted_by = reason, timezone.now(), by
    signature.save()
    audit.record("signature.refused", target=signature, by=by, detail=reason)
    return signature


@transaction.atomic
def make_statement(*, signature: Signature, name: str, comment: str, by: User) -> Signature:
    """The chair's name below the report, with what they say of it; nobody waits for it, and it may come last."""
    signature = _locked(signature)
    require_unchanged(signature.edition)
    if not signature.edition.is_open:
        raise WrongState(f"{signature.edition} is {signature.edition.get_status_display().lower()}.")
    signature.comment = comment
    _give(signature, name=name, signed_on=timezone.localdate(), by=by)
    audit.record("statement.made", target=signature, by=by)
    return signature


def _to_arrange(report: AnnualReport) -> AnnualReport:
    report = AnnualReport.objects.select_for_update().get(pk=report.pk)
    if report.status != ReportStatus.DRAFTING:
        raise WrongState(f"{report} is {report.get_status_display().lower()}: who signs it can no longer be changed.")
    return report


def _locked(signature: Signature) -> Signature:
    """The signature as it stands now, with the report locked."""
    AnnualReport.objects.select_for_update().get(pk=signature.edition.report_id)
    return Signature.objects.select_related("edition__report__period", "agency").get(pk=signature.pk)


def _require_sign_off(edition: Edition) -> None:
    require_unchanged(edition)
    if edition.status != EditionStatus.IN_SIGN_OFF:
        raise WrongState(f"{edition} is {edition.get_status_display().lower()}: this can no longer be done.")


def _require_turn(signature: Signature) -> None:
    if signature.edition.order != SigningOrder.IN_ORDER:
        return
    first = signature.edition.signatures.missing().filter(order__lt=signature.order).first()
    if first:
        raise WrongState(f"{first} signs first.")


def _give(signature: Signature, *, name: str, signed_on: date, by: User) -> None:
    signature.move_to(SignatureStatus.GIVEN)
    signature.name, signature.signed_on, signature.reason = name, signed_on, ""
    signature.signed_hash = signature.edition.signed_hash
    signature.acted_at, signature.acted_by = timezone.now(), by
    signature.save()


def _go_on(signature: Signature, *, by: User) -> None:
    """Once a partner has signed: the edition may be complete, or somebody else's turn come."""
    if signature.kind == PlaceKind.CHAIR:
        return
    edition = signature.edition
    sign_edition_where_complete(edition, by=by)
    if edition.order == SigningOrder.IN_ORDER:
        transaction.on_commit(lambda: emails.send_next(edition), robust=True)
