"""What measures are meant to reach, and the board's own judgement of them."""

from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from partnership import audit
from partnership.models import ReportingPeriod, User
from priorities.choices import Qualifier, Tolerance
from priorities.models import Measure, MeasureRating, Target


@transaction.atomic
def set_target(
    *,
    measure: Measure,
    period: ReportingPeriod,
    number: Decimal,
    qualifier: str = Qualifier.EXACT,
    tolerance: Decimal | None = None,
    tolerance_kind: str = Tolerance.UNIT,
    label: str = "",
    note: str = "",
    kept: Iterable[str] = (),
    by: User,
) -> Target:
    """Say what a measure is meant to reach in a period, in place of what was said before; it keeps its label."""
    Measure.objects.select_for_update().get(pk=measure.pk)
    before = Target.objects.filter(measure=measure, period=period).first()
    target, _ = Target.objects.update_or_create(
        measure=measure,
        period=period,
        defaults={
            "number": number,
            "qualifier": qualifier,
            "tolerance": tolerance,
            "tolerance_kind": tolerance_kind,
            "label": label or (before.label if before else ""),
            "note": note,
            "set_at": timezone.now(),
            "set_by": by,
        },
    )
    was = f", was {_said(before)}" if before else ""
    detail = f"{_said(target)}{was}. {note}".strip()
    audit.record("target.set", target=target, by=by, detail="\n".join([detail, *kept]))
    return target


@transaction.atomic
def remove_target(*, target: Target, by: User) -> None:
    """Take a target back; the record of changes keeps what it was."""
    audit.record("target.removed", target=target, by=by, detail=_said(target))
    target.delete()


@transaction.atomic
def rate_measure(
    *, measure: Measure, period: ReportingPeriod, rag: str, reason: str, kept: Iterable[str] = (), by: User
) -> MeasureRating:
    """Judge a measure in a period, with the reason, in place of an earlier judgement. What the target says stays."""
    Measure.objects.select_for_update().get(pk=measure.pk)
    rating, _ = MeasureRating.objects.update_or_create(
        measure=measure,
        period=period,
        defaults={"rag": rag, "reason": reason, "rated_at": timezone.now(), "rated_by": by},
    )
    audit.record("measure.rated", target=rating, by=by, detail="\n".join([reason, *kept]))
    return rating


@transaction.atomic
def remove_rating(*, rating: MeasureRating, by: User) -> None:
    """Take a judgement back; the record of changes keeps what it was."""
    audit.record("measure.rating-removed", target=rating, by=by, detail=rating.reason)
    rating.delete()


def _said(target: Target) -> str:
    number = f"{target.qualifier} {target.number.normalize():f}"
    if target.tolerance is None:
        return number
    return (
        f"{number} within {target.tolerance.normalize():f}{'%' if target.tolerance_kind == Tolerance.PERCENT else ''}"
    )
