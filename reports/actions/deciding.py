"""Handing a section in, and the board's decision on it: approve it, or return it with a reason."""

from django.db import transaction
from django.db.models import Max

from partnership import audit
from partnership.models import User
from partnership.states import StaleSave
from reports.actions.versions import keep_act, lock_section
from reports.assemble import assemble_with_figures
from reports.changed_figures import as_approved
from reports.choices import SectionStatus, VersionAct
from reports.models import Section


@transaction.atomic
def submit_section(*, section: Section, by: User) -> Section:
    """Hand a section in to the board team as it stands now."""
    section = lock_section(section)
    section.move_to(SectionStatus.SUBMITTED)
    section.save()
    keep_act(section, act=VersionAct.SUBMITTED, by=by)
    audit.record("section.submitted", target=section, by=by)
    return section


@transaction.atomic
def approve_section(*, section: Section, seen: int, by: User) -> Section:
    """Approve what was handed in, and keep the figures as they read now, so that a later change can be told.

    `seen` is the number of the latest version when the person read it: raises `StaleSave` where another came since.
    """
    section = lock_section(section)
    _require_seen(section, seen)
    section.move_to(SectionStatus.APPROVED)
    section.save()
    _, figures = assemble_with_figures(section.report)
    keep_act(section, act=VersionAct.APPROVED, by=by, figures=as_approved(figures.get(section.pk, ())))
    audit.record("section.approved", target=section, by=by)
    return section


@transaction.atomic
def return_section(*, section: Section, reason: str, seen: int, by: User) -> Section:
    """Ask the writer to change what was handed in; `seen` as in `approve_section`."""
    section = lock_section(section)
    _require_seen(section, seen)
    section.move_to(SectionStatus.RETURNED)
    section.save()
    keep_act(section, act=VersionAct.RETURNED, by=by, reason=reason)
    audit.record("section.returned", target=section, by=by, detail=reason)
    return section


def _require_seen(section: Section, seen: int) -> None:
    if section.versions.aggregate(last=Max("number"))["last"] != seen:
        raise StaleSave(f"{section} has changed since you opened it. Read it again before you decide.")
