"""Showing the small numbers of a measure by agreement: one person proposes it, another agrees (domain.md 5)."""

from collections.abc import Iterable

from django.db import transaction

from partnership import audit
from partnership.models import User
from partnership.states import WrongState
from priorities.choices import DisclosureRule
from priorities.models import Measure


@transaction.atomic
def propose_exception(*, measure: Measure, reason: str, kept: Iterable[str] = (), by: User) -> Measure:
    """Ask for a measure's small numbers to be shown. They stay hidden until somebody else agrees."""
    measure = _held(measure)
    if measure.disclosure != DisclosureRule.SUPPRESS_SMALL:
        raise WrongState(f"The small numbers of “{measure}” are shown already.")
    measure.disclosure_reason, measure.disclosure_proposed_by = reason, by
    measure.save(update_fields=["disclosure_reason", "disclosure_proposed_by"])
    audit.record("exception.proposed", target=measure, by=by, detail="\n".join([reason, *kept]))
    return measure


@transaction.atomic
def agree_exception(*, measure: Measure, by: User) -> Measure:
    """Agree that a measure's small numbers are shown, as somebody other than the one who proposed it."""
    measure = _held(measure)
    if not measure.is_exception_proposed:
        raise WrongState("Nobody is asking for these small numbers to be shown any more.")
    if measure.disclosure_proposed_by_id == by.pk:
        raise WrongState("You proposed this yourself. A second person has to agree.")
    measure.disclosure, measure.disclosure_agreed_by = DisclosureRule.AGREED_EXCEPTION, by
    measure.save(update_fields=["disclosure", "disclosure_agreed_by"])
    audit.record("exception.agreed", target=measure, by=by, detail=measure.disclosure_reason)
    return measure


@transaction.atomic
def drop_exception(*, measure: Measure, by: User) -> Measure:
    """Hide a measure's small numbers again, or turn a proposal down."""
    measure = _held(measure)
    if measure.disclosure == DisclosureRule.NOT_PEOPLE or not measure.disclosure_proposed_by_id:
        raise WrongState("There is no exception for this measure any more.")
    reason = measure.disclosure_reason
    measure.disclosure, measure.disclosure_reason = DisclosureRule.SUPPRESS_SMALL, ""
    measure.disclosure_proposed_by = measure.disclosure_agreed_by = None
    measure.save(update_fields=["disclosure", "disclosure_reason", "disclosure_proposed_by", "disclosure_agreed_by"])
    audit.record("exception.dropped", target=measure, by=by, detail=reason)
    return measure


def _held(measure: Measure) -> Measure:
    return Measure.objects.select_for_update().get(pk=measure.pk)
