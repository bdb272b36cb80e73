"""Changes to agreed actions. Each verb locks, checks the version that was read and the state, and writes its line."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from partnership import audit
from partnership.models import Agency, User
from partnership.states import StaleSave
from priorities.choices import OPEN_RAGS, ActionStatus, Rag
from priorities.models import AgreedAction, DateChange, Objective, Priority


@transaction.atomic
def agree_action(
    *,
    text: str,
    owner: Agency,
    due_on: date,
    owner_post: str = "",
    priority: Priority | None = None,
    objective: Objective | None = None,
    themes: Iterable[Priority] = (),
    kept: Iterable[str] = (),
    by: User,
) -> AgreedAction:
    """Agree that an agency does something by a day. An objective brings its priority with it.

    `kept` says what looked like an identifier and was kept, here as in the other verbs.
    """
    action = AgreedAction.objects.create(
        text=text,
        owner=owner,
        owner_post=owner_post,
        due_on=due_on,
        priority=objective.priority if objective else priority,
        objective=objective,
        agreed_by=by,
    )
    action.themes.set(themes)
    audit.record("action.agreed", target=action, by=by, detail="\n".join([f"{owner}, due {_day(due_on)}", *kept]))
    return action


@transaction.atomic
def change_action(
    *,
    action: AgreedAction,
    version: int,
    text: str,
    owner: Agency,
    owner_post: str,
    priority: Priority | None,
    objective: Objective | None,
    themes: Iterable[Priority],
    kept: Iterable[str] = (),
    by: User,
) -> AgreedAction:
    """Say an open action otherwise, or give it to another agency. Its due date has a verb of its own.

    `version` is the one that was read, here as everywhere in this file; raises `StaleSave` if it is no longer the
    latest.
    """
    action = _open(action, version)
    detail = "" if action.text == text else f"It was: {action.text}"
    action.text, action.owner, action.owner_post = text, owner, owner_post
    action.priority, action.objective = (objective.priority if objective else priority), objective
    action.themes.set(themes)
    _save(action, "action.changed", by=by, detail=detail, kept=kept)
    return action


@transaction.atomic
def rate_action(
    *, action: AgreedAction, version: int, rag: str, reason: str, evidence: str = "", kept: Iterable[str] = (), by: User
) -> AgreedAction:
    """Say how far an open action is, why, and what shows it so far. Blue comes with `complete_action` only."""
    if rag not in OPEN_RAGS:
        raise ValueError(f"An open action is not rated {rag or 'without a rating'}.")
    action = _open(action, version)
    action.rag, action.rag_reason, action.evidence = rag, reason, evidence
    action.rated_at, action.rated_by = timezone.now(), by
    _save(action, "action.rated", by=by, detail=f"{Rag(rag).name.capitalize()}: {reason}", kept=kept)
    return action


@transaction.atomic
def change_due_date(
    *, action: AgreedAction, version: int, due_on: date, reason: str, kept: Iterable[str] = (), by: User
) -> AgreedAction:
    """Give an open action another due date. Every date that it had stays; put off, it has slipped."""
    action = _open(action, version)
    before, action.due_on = action.due_on, due_on
    change = DateChange.objects.create(action=action, from_on=before, to_on=due_on, reason=reason, changed_by=by)
    _save(action, "action.due-date-changed", by=by, detail=f"{change}: {reason}", kept=kept)
    return action


@transaction.atomic
def complete_action(
    *, action: AgreedAction, version: int, evidence: str, kept: Iterable[str] = (), by: User
) -> AgreedAction:
    """Close an action that is done, with what shows that it is; it is blue from then on (domain.md 3.3)."""
    action = _locked(action, version)
    action.move_to(ActionStatus.COMPLETED)
    action.rag, action.rag_reason, action.evidence = Rag.BLUE, "", evidence
    action.rated_at = action.closed_at = timezone.now()
    action.rated_by = action.closed_by = by
    _save(action, "action.completed", by=by, detail=evidence, kept=kept)
    return action


@transaction.atomic
def withdraw_action(
    *, action: AgreedAction, version: int, reason: str, kept: Iterable[str] = (), by: User
) -> AgreedAction:
    """Give up an open action, with the reason; its rating stays as it was."""
    action = _locked(action, version)
    action.move_to(ActionStatus.WITHDRAWN)
    action.closed_at, action.closed_by, action.status_reason = timezone.now(), by, reason
    _save(action, "action.withdrawn", by=by, detail=reason, kept=kept)
    return action


@transaction.atomic
def reopen_action(
    *, action: AgreedAction, version: int, reason: str, kept: Iterable[str] = (), by: User
) -> AgreedAction:
    """Take a completed action up again, with the reason; it has to be rated anew."""
    action = _locked(action, version)
    action.move_to(ActionStatus.OPEN)
    action.closed_at = action.closed_by = action.rated_at = action.rated_by = None
    action.rag, action.status_reason = "", reason
    _save(action, "action.reopened", by=by, detail=reason, kept=kept)
    return action


def _open(action: AgreedAction, version: int) -> AgreedAction:
    action = _locked(action, version)
    action.require_open()
    return action


def _locked(action: AgreedAction, version: int) -> AgreedAction:
    action = AgreedAction.objects.select_for_update(of=("self",)).select_related("priority", "owner").get(pk=action.pk)
    if action.version != version:
        raise StaleSave("Somebody else has changed this action since you opened it. Read it again, then decide.")
    return action


def _save(action: AgreedAction, verb: str, *, by: User, detail: str, kept: Iterable[str]) -> None:
    action.version += 1
    action.save()
    audit.record(verb, target=action, by=by, detail="\n".join([detail, *kept]))


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"
