"""Changes to the courses of the training programme."""

from typing import Any

from django.db import transaction

from partnership import audit
from partnership.actions.changing import change
from partnership.models import User
from partnership.states import require_version
from priorities.models import Priority
from training.models import Course


@transaction.atomic
def add_course(
    *,
    code: str,
    title: str,
    mode: str,
    kind: str,
    priority: Priority | None = None,
    learning_outcomes: str = "",
    is_offered: bool = True,
    by: User,
) -> Course:
    """Add a course to the programme."""
    course = Course.objects.create(
        code=code,
        title=title,
        mode=mode,
        kind=kind,
        priority=priority,
        learning_outcomes=learning_outcomes,
        is_offered=is_offered,
    )
    audit.record("course.added", target=course, by=by)
    return course


@transaction.atomic
def change_course(*, course: Course, version: int, by: User, **fields: Any) -> Course:
    """Change what is said of a course; its code stays. Raises `StaleSave` if it was changed since `version`."""
    course = Course.objects.select_for_update().get(pk=course.pk)
    require_version(course, version)
    change(course, fields, verb="course.changed", by=by)
    return course
