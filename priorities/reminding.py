"""Reminders: deciding them, claiming and handing them over; asking for one; who wants which (docs/decisions/0007).

The row is the job. Whatever happens to a scheduler, a person gets each reminder at most once.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from partnership import audit
from partnership.choices import Permission, roles_that_may
from partnership.models import Membership, User
from partnership.states import WrongState
from priorities.choices import EmailsWanted, Occasion, ReminderStatus
from priorities.models import EmailChoice, QuarterlyUpdate, Reminder
from priorities.reminders import DueReminder, due_reminder, is_wanted, wait_after

LEASE = timedelta(minutes=5)
"""After this a scheduler that took reminders counts as gone. Longer than a mail server may take to answer."""


@dataclass(frozen=True)
class Reminded:
    """An update and those who will get an email about it."""

    update: QuarterlyUpdate
    people: Sequence[User]

    @property
    def names(self) -> str:
        return ", ".join(person.name for person in self.people)


@transaction.atomic
def decide_reminders() -> None:
    """Write down every reminder whose day has come; five queries at most. Two at once write each once."""
    today = timezone.localdate()
    updates = QuarterlyUpdate.objects.awaited(today).filter(agency__is_active=True).select_related("round")
    due = {update: reminder for update in updates if (reminder := _due(update, today))}
    if not due:
        return
    days = {reminder.falls_on for reminder in due.values()}
    decided = set(
        Reminder.objects.filter(update__in=updates, falls_on__in=days).values_list(
            "update_id", "person_id", "occasion", "falls_on"
        )
    )
    people = _writers({update.agency_id for update in due})
    wanted = _wanted_by(person for writers in people.values() for person in writers)
    Reminder.objects.bulk_create(
        [
            Reminder(
                update=update,
                person=person,
                occasion=reminder.occasion,
                falls_on=reminder.falls_on,
                status=ReminderStatus.WAITING
                if is_wanted(wanted[person.pk], today=today, due_on=update.round.due_on)
                else ReminderStatus.UNWANTED,
            )
            for update, reminder in due.items()
            for person in people[update.agency_id]
            if (update.pk, person.pk, reminder.occasion, reminder.falls_on) not in decided
        ],
        ignore_conflicts=True,  # another scheduler was quicker
    )


def waiting_people(now: datetime) -> list[int]:
    """The keys of those for whom there is something to send, who have waited longest first."""
    return list(dict.fromkeys(Reminder.objects.claimable(now).order_by("pk").values_list("person_id", flat=True)))


@transaction.atomic
def claim_reminders(person_id: int, *, now: datetime) -> str | None:
    """Take all that waits for a person, until the lease runs out; gives the claim, None where another was quicker."""
    waiting = Reminder.objects.claimable(now).filter(person=person_id)
    # Locked in one order, so that two schedulers get all or nothing, and never wait for each other.
    rows = list(waiting.order_by("pk").select_for_update().values_list("pk", flat=True))
    token = uuid4().hex
    taken = waiting.filter(pk__in=rows).update(
        status=ReminderStatus.CLAIMED, claim=token, lease_until=now + LEASE, attempts=F("attempts") + 1
    )
    return token if taken else None


@transaction.atomic
def hand_over(claim: str) -> list[Reminder]:
    """The reminders of a claim that are to be sent at once, one of each update, by due date.

    From here on they are never claimed again. What is not needed any more is dropped: the update was handed in
    meanwhile, the person left or wants no emails, or a later occasion took the place. Empty where another scheduler has
    taken the claim over.
    """
    rows = list(
        Reminder.objects.select_for_update(of=("self",))
        .filter(claim=claim, status=ReminderStatus.CLAIMED)
        .select_related("update__round", "update__agency", "update__priority", "person")
        .order_by("falls_on", "pk")
    )
    if not rows:
        return []
    today = timezone.localdate()
    wanted = _wanted_by([rows[0].person])[rows[0].person_id]
    writers = _writers({row.update.agency_id for row in rows})
    latest = {row.update_id: row for row in rows}
    kept = [
        row
        for row in latest.values()
        if row.update.is_open
        and row.person in writers[row.update.agency_id]
        and is_wanted(wanted, today=today, due_on=row.update.round.due_on)
    ]
    held = Reminder.objects.filter(claim=claim, status=ReminderStatus.CLAIMED)
    held.filter(pk__in=[row.pk for row in kept]).update(
        status=ReminderStatus.SENDING, lease_until=timezone.now() + LEASE
    )
    held.update(status=ReminderStatus.DROPPED)
    return sorted(kept, key=lambda row: (row.update.round.due_on, str(row.update)))


def keep_as_sent(claim: str) -> None:
    """The mail server took the email."""
    Reminder.objects.filter(claim=claim, status=ReminderStatus.SENDING).update(
        status=ReminderStatus.SENT, sent_at=timezone.now()
    )


@transaction.atomic
def put_back(claim: str) -> None:
    """The mail server did not take the email: try again later, each time after a longer while."""
    rows = Reminder.objects.filter(claim=claim, status__in=[ReminderStatus.CLAIMED, ReminderStatus.SENDING])
    attempts = max(rows.values_list("attempts", flat=True), default=0)
    if attempts:
        later = timezone.now() + wait_after(attempts)
        # One number of attempts and one time, so that they go in one email again.
        rows.update(status=ReminderStatus.WAITING, attempts=attempts, not_before=later, claim="", lease_until=None)


def end_unclear(now: datetime) -> int:
    """End what a scheduler was sending when it disappeared: perhaps it was sent, and nobody gets it twice."""
    return Reminder.objects.unclear(now).update(status=ReminderStatus.UNCLEAR)


@transaction.atomic
def remind(*, update: QuarterlyUpdate, by: User) -> Reminded:
    """Ask for an update by email, at most once a day; raises `WrongState` where that is not possible, and says why."""
    update = (
        QuarterlyUpdate.objects.select_for_update(of=("self",))
        .select_related("round", "agency", "priority")
        .get(pk=update.pk)
    )
    today = timezone.localdate()
    if not update.is_open:
        raise WrongState(f"{update} is {update.get_status_display().lower()}: there is nothing to remind of.")
    if today < update.round.opens_on:
        raise WrongState(
            f"{update.round} opens on {update.round.opens_on:%-d %B %Y}: there is nothing to remind of yet."
        )
    if update.reminders.meant_for_sending().filter(decided_at__date=today).exists():
        raise WrongState(f"{update} has had its reminder today. You can send another one tomorrow.")
    people = _writers({update.agency_id})[update.agency_id] if update.agency.is_active else []
    wanted = _wanted_by(people)
    asked = [person for person in people if is_wanted(wanted[person.pk], today=today, due_on=update.round.due_on)]
    if not asked:
        raise WrongState(f"Nobody at {update.agency} gets emails about this now. Please call or write to them.")
    Reminder.objects.bulk_create(
        Reminder(update=update, person=person, occasion=Occasion.ASKED, falls_on=today, asked_by=by) for person in asked
    )
    reminded = Reminded(update, asked)
    audit.record("update.reminded", target=update, by=by, detail=f"To {reminded.names}")
    return reminded


@transaction.atomic
def remind_late(*, by: User) -> list[Reminded]:
    """Ask for all late updates that have had no reminder today; those whose agency gets no emails are left out."""
    done = []
    for update in QuarterlyUpdate.objects.late(timezone.localdate()).order_by("pk"):
        try:
            done.append(remind(update=update, by=by))
        except WrongState:
            continue
    return done


@transaction.atomic
def set_email_choice(*, wanted: str, by: User) -> EmailChoice:
    """Choose which reminders one gets oneself."""
    choice, _ = EmailChoice.objects.update_or_create(person=by, defaults={"wanted": wanted})
    audit.record("email-choice.set", target=choice, by=by, detail=EmailsWanted(wanted).label)
    return choice


def _due(update: QuarterlyUpdate, today: date) -> DueReminder | None:
    return due_reminder(today=today, opens_on=update.round.opens_on, due_on=update.round.due_on, status=update.status)


def _writers(agency_ids: Iterable[int]) -> dict[int, list[User]]:
    """Those who may write each agency's updates, by name."""
    memberships = Membership.objects.filter(
        agency__in=agency_ids, role__in=roles_that_may(Permission.UPDATE_WRITE), user__is_active=True
    )
    people: dict[int, list[User]] = defaultdict(list)
    for membership in memberships.select_related("user").order_by("user__name", "user"):
        if membership.user not in people[membership.agency_id]:
            people[membership.agency_id].append(membership.user)
    return people


def _wanted_by(people: Iterable[User]) -> dict[int, str]:
    """What each of them chose."""
    chosen: dict[int, str] = defaultdict(lambda: EmailsWanted.ALL)
    chosen.update(EmailChoice.objects.filter(person__in=list(people)).values_list("person_id", "wanted"))
    return chosen
