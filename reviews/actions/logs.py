"""Changes to the challenge log and the risk log."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from partnership import audit
from partnership.models import Agency, User
from partnership.states import WrongState
from reviews.actions.withdrawals import locked, save
from reviews.models import PartnerChallenge, Risk, RiskScore


@transaction.atomic
def record_partner_challenge(
    *,
    raised_by: Agency,
    raised_to: Agency,
    raised_on: date,
    title: str,
    text: str,
    raised_by_post: str = "",
    response: str = "",
    responded_on: date | None = None,
    outcome: str = "",
    closed_on: date | None = None,
    changed: str = "",
    kept: Iterable[str] = (),
    by: User,
) -> PartnerChallenge:
    """Add a challenge of one agency to another, with what came of it so far. The database holds its days in order."""
    _require_another(raised_by, raised_to)
    challenge = PartnerChallenge.objects.create(
        raised_by=raised_by,
        raised_by_post=raised_by_post,
        raised_to=raised_to,
        raised_on=raised_on,
        title=title,
        text=text,
        response=response,
        responded_on=responded_on,
        outcome=outcome,
        closed_on=closed_on,
        changed=changed,
    )
    audit.record("partner-challenge.recorded", target=challenge, by=by, detail="\n".join(kept))
    return challenge


@transaction.atomic
def change_partner_challenge(
    *, challenge: PartnerChallenge, version: int, fields: Mapping[str, Any], kept: Iterable[str] = (), by: User
) -> PartnerChallenge:
    """Add to a challenge or correct it: `fields` by name. Raises `StaleSave` if it was changed since `version`."""
    challenge = locked(challenge, version)
    _require_another(fields.get("raised_by", challenge.raised_by), fields.get("raised_to", challenge.raised_to))
    before = challenge.state
    save(challenge, fields)
    moved = [f"{before.label}, then: {challenge.state.label}"] if challenge.state != before else []
    audit.record("partner-challenge.changed", target=challenge, by=by, detail="\n".join([*moved, *kept]))
    return challenge


@transaction.atomic
def record_risk(
    *,
    code: str,
    title: str,
    category: str,
    owner: Agency,
    owner_post: str,
    controls_work: str,
    treatment: str,
    initial: tuple[int, int],
    target: tuple[int, int],
    recorded_on: date,
    review_due_on: date,
    causes: str = "",
    consequences: str = "",
    controls: str = "",
    kept: Iterable[str] = (),
    by: User,
) -> Risk:
    """Put a risk on the log; a score is a likelihood and an impact, each 1 to 5. The first score is the initial one."""
    risk = Risk.objects.create(
        code=code,
        title=title,
        category=category,
        owner=owner,
        owner_post=owner_post,
        causes=causes,
        consequences=consequences,
        controls=controls,
        controls_work=controls_work,
        treatment=treatment,
        initial_likelihood=initial[0],
        initial_impact=initial[1],
        target_likelihood=target[0],
        target_impact=target[1],
        review_due_on=review_due_on,
    )
    RiskScore.objects.create(risk=risk, on=recorded_on, likelihood=initial[0], impact=initial[1], by=by)
    audit.record("risk.recorded", target=risk, by=by, detail="\n".join(kept))
    return risk


@transaction.atomic
def change_risk(*, risk: Risk, version: int, fields: Mapping[str, Any], kept: Iterable[str] = (), by: User) -> Risk:
    """Change what is said of a risk: `fields` by name, never a score. Raises `StaleSave` if changed since `version`."""
    risk = _open_risk(risk, version)
    save(risk, fields)
    audit.record("risk.changed", target=risk, by=by, detail="\n".join(kept))
    return risk


@transaction.atomic
def review_risk(
    *,
    risk: Risk,
    version: int,
    on: date,
    likelihood: int,
    impact: int,
    controls_work: str,
    note: str,
    review_due_on: date,
    kept: Iterable[str] = (),
    by: User,
) -> RiskScore:
    """Score a risk anew and say when it is looked at next. Scores before it stay as its history.

    Raises `WrongState` for a day before the last review, `StaleSave` if the risk was changed since `version`.
    """
    risk = _open_risk(risk, version)
    if on < risk.current.on:
        raise WrongState(f"The last review was on {risk.current.on:%-d %B %Y}, which is later.")
    score = RiskScore.objects.create(risk=risk, on=on, likelihood=likelihood, impact=impact, note=note, by=by)
    save(risk, {"controls_work": controls_work, "review_due_on": review_due_on})
    audit.record("risk.reviewed", target=risk, by=by, detail="\n".join([str(score), *kept]))
    return score


@transaction.atomic
def close_risk(
    *, risk: Risk, version: int, closed_on: date, closed_reason: str, kept: Iterable[str] = (), by: User
) -> Risk:
    """End a risk with the reason, such as that it has come down to its target for good."""
    risk = _open_risk(risk, version)
    save(risk, {"closed_on": closed_on, "closed_reason": closed_reason})
    audit.record("risk.closed", target=risk, by=by, detail="\n".join([closed_reason, *kept]))
    return risk


@transaction.atomic
def reopen_risk(*, risk: Risk, by: User) -> Risk:
    """Take a closed risk up again, with its scores so far; raises `WrongState` if it is not closed."""
    risk = locked(risk)
    if not risk.closed_on:
        raise WrongState(f"{risk} is not closed.")
    before = f"Was closed on {risk.closed_on:%-d %B %Y}: {risk.closed_reason}"
    save(risk, {"closed_on": None, "closed_reason": ""})
    audit.record("risk.reopened", target=risk, by=by, detail=before)
    return risk


def _require_another(raised_by: Agency, raised_to: Agency) -> None:
    if raised_by == raised_to:
        raise WrongState("An agency does not challenge itself.")


def _open_risk(risk: Risk, version: int) -> Risk:
    risk = locked(risk, version)
    if risk.closed_on:
        raise WrongState(f"{risk} is closed. Reopen it first.")
    return risk
