"""Changes to the licences that training gives."""

from datetime import date
from typing import Any

from django.db import transaction

from partnership import audit
from partnership.actions.changing import change
from partnership.models import Agency, ReportingPeriod, User
from partnership.states import require_version
from training.models import Course, Licence


@transaction.atomic
def record_licences(
    *,
    course: Course,
    agency: Agency,
    period: ReportingPeriod,
    trained: int,
    licensed: int,
    assessments: int | None = None,
    expires_on: date,
    note: str = "",
    by: User,
) -> Licence:
    """Add a year's licences of an agency; the database refuses a second record of the same."""
    licence = Licence.objects.create(
        course=course,
        agency=agency,
        period=period,
        trained=trained,
        licensed=licensed,
        assessments=assessments,
        expires_on=expires_on,
        note=note,
    )
    audit.record("licences.recorded", target=licence, by=by)
    return licence


@transaction.atomic
def change_licences(*, licence: Licence, version: int, by: User, **fields: Any) -> Licence:
    """Correct a year's licences; raises `StaleSave` if they were changed since `version`."""
    locked = Licence.objects.select_for_update(of=("self",)).select_related("course", "agency", "period")
    licence = locked.get(pk=licence.pk)
    require_version(licence, version)
    change(licence, fields, verb="licences.changed", by=by)
    return licence
