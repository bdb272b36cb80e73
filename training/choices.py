from django.db import models


class CourseMode(models.TextChoices):
    FACE_TO_FACE = "face-to-face", "Face to face"
    VIRTUAL = "virtual", "Virtual"
    E_LEARNING = "e-learning", "E-learning"


class CourseKind(models.TextChoices):
    MANDATORY = "mandatory", "Mandatory"
    THEMATIC = "thematic", "Thematic"


class OrganisationType(models.TextChoices):
    """Where people who attend come from, in the order in which charts show them."""

    SCHOOLS = "schools", "Schools and colleges"
    EARLY_YEARS = "early-years", "Early years"
    HEALTH = "health", "Health"
    COUNCIL = "council", "Council"
    POLICE = "police", "Police"
    VOLUNTARY = "voluntary", "Voluntary sector"
    OTHER = "other", "Other organisations"


class RoleGroup(models.TextChoices):
    """What those who attend do, in the few groups that are never so small as to be a person."""

    DIRECT = "direct", "Works directly with children or families"
    SAFEGUARDING_LEAD = "safeguarding-lead", "Leads on safeguarding"
    MANAGER = "manager", "Manages or supervises"
    VOLUNTEER = "volunteer", "Volunteers, trustees and governors"
    OTHER = "other", "Other roles"


class Outcome(models.TextChoices):
    """What became of one place, as an attendance sheet says it for each person."""

    ATTENDED = "attended", "Attended"
    LATE_CANCELLED = "late-cancelled", "Late cancellation"
    NO_SHOW = "no-show", "No-show"
    UNSCHEDULED = "unscheduled", "Came without a booking"
    CANCELLED = "cancelled", "Cancelled in good time"


class SheetStatus(models.TextChoices):
    SENT = "sent", "Waiting to be read"
    READING = "reading", "Being read"
    READ = "read", "Waiting for you to confirm"
    QUEUED = "queued", "Waiting for a worker"
    COUNTING = "counting", "Being imported"
    IMPORTED = "imported", "Imported"
    FAILED = "failed", "Not imported"
    CANCELLED = "cancelled", "Cancelled"
    TAKEN_BACK = "taken-back", "Taken back"


SHEET_TRANSITIONS = {
    SheetStatus.SENT: frozenset({SheetStatus.READING, SheetStatus.FAILED, SheetStatus.CANCELLED}),
    SheetStatus.READING: frozenset({SheetStatus.READ, SheetStatus.FAILED, SheetStatus.CANCELLED}),
    SheetStatus.READ: frozenset({SheetStatus.QUEUED, SheetStatus.CANCELLED}),
    SheetStatus.QUEUED: frozenset({SheetStatus.COUNTING, SheetStatus.FAILED, SheetStatus.CANCELLED}),
    SheetStatus.COUNTING: frozenset({SheetStatus.IMPORTED, SheetStatus.FAILED, SheetStatus.CANCELLED}),
    SheetStatus.IMPORTED: frozenset({SheetStatus.TAKEN_BACK}),
    SheetStatus.FAILED: frozenset[SheetStatus](),
    SheetStatus.CANCELLED: frozenset[SheetStatus](),
    SheetStatus.TAKEN_BACK: frozenset[SheetStatus](),
}
"""From each status, those it may move to."""

SHEET_UNCONFIRMED = (SheetStatus.SENT, SheetStatus.READING, SheetStatus.READ)
"""Its sender has not said yet that it is to be imported."""

SHEET_OVER = (SheetStatus.IMPORTED, SheetStatus.FAILED, SheetStatus.CANCELLED, SheetStatus.TAKEN_BACK)
"""No worker does anything more with it, and none of its lines are kept."""

SHEET_TAKEN = (SheetStatus.QUEUED, SheetStatus.COUNTING, SheetStatus.IMPORTED)
"""Imported or on the way to it: the same sheet is not taken again."""


class Moment(models.TextChoices):
    """When somebody is asked about a course, in the order in which it happens (domain.md 3.2)."""

    BASELINE = "baseline", "Before the training"
    AFTER = "after", "Straight after"
    FOLLOW_UP = "follow-up", "6 to 12 weeks later"


class Did(models.TextChoices):
    """Whether somebody has done something differently since the training."""

    YES = "yes", "Yes"
    NOT_YET = "not-yet", "Not yet, but I mean to"
    NO = "no", "No"


class QuoteFrom(models.TextChoices):
    """The answers in words; each may be quoted where the person and the board agree."""

    WILL_DO = "will_do", "What they will do"
    DID = "did", "What they did"
    CHANGED = "changed", "What it changed for a child"


class LetterStatus(models.TextChoices):
    WAITING = "waiting", "Waiting to be sent"
    CLAIMED = "claimed", "Taken by a scheduler"
    SENDING = "sending", "Being handed to the mail server"
    SENT = "sent", "Sent"
    DROPPED = "dropped", "Not needed any more"
    UNCLEAR = "unclear", "Perhaps sent: the portal stopped meanwhile"
