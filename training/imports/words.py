"""What attendance sheets call their columns and what they write in them. Pure functions."""

import re

from training.choices import Outcome, RoleGroup

COLUMNS = {
    "course": ("course", "course title", "course name", "course code", "training", "training course", "event"),
    "date": (
        "date",
        "session date",
        "course date",
        "event date",
        "training date",
        "date of session",
        "date of course",
        "held on",
        "start date",
        "completed on",
        "completion date",
        "date completed",
    ),
    "organisation": (
        "organisation",
        "organization",
        "organisation name",
        "agency",
        "agency name",
        "employer",
        "workplace",
        "setting",
        "service",
    ),
    "person": (
        "person",
        "name",
        "full name",
        "first name",
        "forename",
        "surname",
        "last name",
        "attendee",
        "attendee name",
        "delegate",
        "delegate name",
        "participant",
        "participant name",
        "learner",
        "learner name",
    ),
    "email": ("email", "e mail", "email address", "e mail address", "work email"),
    "role": ("role", "role group", "job title", "job role", "job", "post", "position", "occupation"),
    "status": ("status", "attendance", "attendance status", "booking status", "attended", "present", "outcome"),
}
"""The words for each column. A person may stand in several: first name and surname."""

OUTCOMES = {
    Outcome.ATTENDED: ("attended", "present", "yes", "y", "true", "1", "x", "✓", "completed", "complete", "passed"),
    Outcome.NO_SHOW: (
        "no show",
        "noshow",
        "did not attend",
        "dna",
        "absent",
        "no",
        "n",
        "false",
        "0",
        "non attendance",
    ),
    Outcome.LATE_CANCELLED: ("late cancellation", "late cancelled", "cancelled late", "late cancel"),
    Outcome.UNSCHEDULED: ("unscheduled", "came without a booking", "not booked", "walk in", "unbooked", "drop in"),
    Outcome.CANCELLED: ("cancelled", "canceled", "cancelled in good time", "withdrawn", "cancellation"),
}
OUTCOME_OF = {word: outcome for outcome, words in OUTCOMES.items() for word in words}

ROLE_WORDS = (
    (RoleGroup.SAFEGUARDING_LEAD, r"safeguarding|\bdsl\b|designated|named (nurse|doctor|gp|midwife)"),
    (RoleGroup.VOLUNTEER, r"volunteer|trustee|governor"),
    (RoleGroup.MANAGER, r"manag|supervis|\bhead|director|chief|inspector|sergeant|matron|\blead"),
    (
        RoleGroup.DIRECT,
        r"work(s|er)\b|teach|nurse|visitor|practi|midwi|officer|constable|doctor|\bgp\b|paediatric|consultant|therap|"
        r"psycholog|assistant|support|tutor|nursery|early years|childmind|carer|direct",
    ),
)
"""Which words of a job title put it into which group; the first that fits counts."""


def plain(words: str) -> str:
    """The words in small letters, without marks and with single spaces."""
    return " ".join(re.sub(r"[-_.:*?/()]", " ", words.casefold()).split())


def column_of(heading: str) -> str:
    """The column that a heading names, or nothing where it is of no use here."""
    return next((column for column, words in COLUMNS.items() if plain(heading) in words), "")


def role_group_of(job: str) -> str:
    """The group of a job title: one that is not known is among the others, an empty one is not recorded."""
    words = job.casefold()
    if not words:
        return ""
    if job in RoleGroup.values or job in RoleGroup.labels:
        return next(group.value for group in RoleGroup if job in (group.value, group.label))
    return next((group.value for group, pattern in ROLE_WORDS if re.search(pattern, words)), RoleGroup.OTHER.value)
