"""Changes to rounds of audits: their grades and standards, until the first answer, and their opening."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from partnership import audit
from partnership.models import Agency, ReportingPeriod, User
from partnership.states import WrongState
from priorities.choices import Rag
from reviews.models import AuditRound, Descriptor, Grade, SelfAssessment, Standard, StandardAnswer


@dataclass(frozen=True)
class NamedGrade:
    """A grade as the board team writes it."""

    name: str
    meaning: str = ""


MET = (
    NamedGrade("Met", "The agency does this everywhere and can show it."),
    NamedGrade("Partly met", "The agency does some of this, or cannot show all of it."),
    NamedGrade("Not met", "The agency does not do this yet, or cannot show it."),
)
"""The grades in common use (domain.md 3.3)."""


@transaction.atomic
def prepare_audit(
    *,
    kind: str,
    title: str,
    period: ReportingPeriod,
    opens_on: date,
    due_on: date,
    grades: Sequence[NamedGrade] = MET,
    follows: AuditRound | None = None,
    by: User,
) -> AuditRound:
    """Begin a round. Grades, standards and descriptors come from the round that it `follows`, where it follows one."""
    audit_round = AuditRound.objects.create(
        kind=kind, title=title, period=period, opens_on=opens_on, due_on=due_on, follows=follows
    )
    if follows:
        _carry_forward(follows, audit_round)
    else:
        _write_grades(audit_round, grades)
    audit.record("audit.prepared", target=audit_round, by=by, detail=f"Follows {follows}" if follows else "")
    return audit_round


@transaction.atomic
def change_audit(
    *,
    audit_round: AuditRound,
    title: str,
    opens_on: date,
    due_on: date,
    grades: Sequence[NamedGrade] | None = None,
    by: User,
) -> AuditRound:
    """Change a round's name or dates, at any time; its grades (None: as they are) until the first answer."""
    audit_round = _locked(audit_round)
    if grades is not None and list(grades) != grades_of(audit_round):
        require_no_answers(audit_round)
        _write_grades(audit_round, grades)
    audit_round.title, audit_round.opens_on, audit_round.due_on = title, opens_on, due_on
    audit_round.save()
    audit.record("audit.changed", target=audit_round, by=by, detail=f"Due {due_on:%-d %B %Y}")
    return audit_round


@transaction.atomic
def open_audit(*, audit_round: AuditRound, agencies: Iterable[Agency], by: User) -> AuditRound:
    """Ask agencies to assess themselves; more can be asked later. Asking one twice does nothing.

    Raises `WrongState` before its first day, and while it has no standard.
    """
    audit_round = _locked(audit_round)
    if timezone.localdate() < audit_round.opens_on:
        raise WrongState(f"{audit_round} opens on {audit_round.opens_on:%-d %B %Y}. Change that date to open it now.")
    if not audit_round.standards.exists():
        raise WrongState("Add a standard first.")
    there = set(audit_round.assessments.values_list("agency_id", flat=True))
    asked = [agency for agency in agencies if agency.pk not in there]
    SelfAssessment.objects.bulk_create(SelfAssessment(round=audit_round, agency=agency) for agency in asked)
    if audit_round.opened_at is None:
        audit_round.opened_at, audit_round.opened_by = timezone.now(), by
        audit_round.save()
    audit.record("audit.opened", target=audit_round, by=by, detail="\n".join(agency.name for agency in asked))
    return audit_round


@transaction.atomic
def add_standard(
    *,
    audit_round: AuditRound,
    code: str,
    title: str,
    guidance: str = "",
    link: str = "",
    descriptors: Mapping[Grade, str] | None = None,
    by: User,
) -> Standard:
    """Add a standard at the end, with what each grade looks like in it."""
    audit_round = _locked(audit_round)
    require_no_answers(audit_round)
    last = audit_round.standards.last()
    standard = Standard.objects.create(
        round=audit_round,
        code=code,
        position=last.position + 1 if last else 1,
        title=title,
        guidance=guidance,
        link=link,
    )
    _write_descriptors(standard, descriptors or {})
    audit.record("standard.added", target=audit_round, by=by, detail=str(standard))
    return standard


@transaction.atomic
def change_standard(
    *,
    standard: Standard,
    code: str,
    title: str,
    guidance: str,
    link: str,
    descriptors: Mapping[Grade, str],
    by: User,
) -> Standard:
    """Say a standard otherwise; it stays the one that was carried forward."""
    audit_round = _locked(standard.round)
    require_no_answers(audit_round)
    standard.code, standard.title, standard.guidance, standard.link = code, title, guidance, link
    standard.save()
    standard.descriptors.all().delete()
    _write_descriptors(standard, descriptors)
    audit.record("standard.changed", target=audit_round, by=by, detail=str(standard))
    return standard


@transaction.atomic
def remove_standard(*, standard: Standard, by: User) -> AuditRound:
    """Take a standard out of a round that nobody has answered."""
    audit_round = _locked(standard.round)
    require_no_answers(audit_round)
    audit.record("standard.removed", target=audit_round, by=by, detail=str(standard))
    standard.delete()
    return audit_round


def grades_of(audit_round: AuditRound) -> list[NamedGrade]:
    """The grades of a round as they were written, the best first."""
    return [NamedGrade(grade.name, grade.meaning) for grade in audit_round.grades.all()]


def require_uncounted(audit_round: AuditRound, at: datetime | None) -> None:
    """Raise `WrongState` where a signed report counts what was done in a round at that time (decision 0010)."""
    if at is None:
        return
    period = audit_round.period
    closed = ReportingPeriod.objects.filter(
        closed_at__gte=at, starts_on__lte=period.starts_on, ends_on__gte=period.ends_on
    )
    if first := closed.first():
        raise WrongState(f"The report of {first} is signed and counts this, so it stays as it is.")


def is_answered(audit_round: AuditRound) -> bool:
    return StandardAnswer.objects.filter(assessment__round=audit_round).exists()


def require_no_answers(audit_round: AuditRound) -> None:
    """Raise `WrongState` once an agency has answered: what it answered must stay what it was asked."""
    require_uncounted(audit_round, audit_round.opened_at)
    if is_answered(audit_round):
        raise WrongState("An agency has answered already, so grades and standards stay as they are.")


def _locked(audit_round: AuditRound) -> AuditRound:
    return AuditRound.objects.select_for_update(of=("self",)).select_related("period").get(pk=audit_round.pk)


def _write_grades(audit_round: AuditRound, grades: Sequence[NamedGrade]) -> None:
    """Grades that keep their rank keep their descriptors."""
    audit_round.grades.filter(rank__gt=len(grades)).delete()
    for rank in range(1, len(grades) + 1):  # out of the way, so that two can change names
        audit_round.grades.filter(rank=rank).update(name=f"#{rank}")
    for rank, grade in enumerate(grades, start=1):
        Grade.objects.update_or_create(
            round=audit_round,
            rank=rank,
            defaults={"name": grade.name, "meaning": grade.meaning, "rag": _colour(rank, len(grades))},
        )


def _colour(rank: int, of: int) -> str:
    """The best grade is green, the last red, and those between are amber."""
    return Rag.GREEN if rank == 1 else Rag.RED if rank == of else Rag.AMBER


def _write_descriptors(standard: Standard, descriptors: Mapping[Grade, str]) -> None:
    Descriptor.objects.bulk_create(
        Descriptor(standard=standard, grade=grade, text=text) for grade, text in descriptors.items() if text
    )


def _carry_forward(before: AuditRound, audit_round: AuditRound) -> None:
    _write_grades(audit_round, grades_of(before))
    grades = {grade.rank: grade for grade in audit_round.grades.all()}
    for old in before.standards.prefetch_related("descriptors__grade"):
        standard = Standard.objects.create(
            round=audit_round,
            code=old.code,
            position=old.position,
            title=old.title,
            guidance=old.guidance,
            link=old.link,
            carried_from=old,
        )
        _write_descriptors(standard, {grades[each.grade.rank]: each.text for each in old.descriptors.all()})
