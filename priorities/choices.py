from django.db import models


class PriorityKind(models.TextChoices):
    MAIN = "main", "Main priority"
    QUALITY_ASSURANCE = "quality-assurance", "Quality assurance priority"
    OVERARCHING = "overarching", "Overarching priority"
    CROSS_CUTTING = "cross-cutting", "Cross-cutting theme"


class Unit(models.TextChoices):
    CHILDREN = "children", "children"
    FAMILIES = "families", "families"
    PEOPLE = "people", "people"
    PRACTITIONERS = "practitioners", "practitioners"
    OFFICERS = "officers", "officers"
    ATTENDANCES = "attendances", "attendances"
    INCIDENTS = "incidents", "incidents"
    EPISODES = "episodes", "episodes"
    CALLS = "calls", "calls"
    ASSESSMENTS = "assessments", "assessments"
    REVIEWS = "reviews", "reviews"
    INSPECTIONS = "inspections", "inspections"
    RECOMMENDATIONS = "recommendations", "recommendations"
    SETTINGS = "settings", "settings"
    ORGANISATIONS = "organisations", "organisations"
    EVENTS = "events", "events"
    AREAS = "areas", "areas"
    STRANDS = "strands", "strands"
    TYPES = "types", "types"
    PRIORITIES = "priorities", "priorities"
    STANDARDS = "standards", "standards"
    PERCENT = "percent", "per cent"
    FRACTION = "fraction", "as a fraction"
    RATE = "rate", "as a rate"
    POUNDS = "pounds", "pounds"
    HOURS = "hours", "hours"
    DAYS = "days", "days"
    MONTHS = "months", "months"
    YEARS = "years", "years"


class Polarity(models.TextChoices):
    UP = "up", "A rise is good"
    DOWN = "down", "A fall is good"
    CONTEXT = "context", "Needs context"


class MeasureKind(models.TextChoices):
    """The three questions of results-based accountability."""

    HOW_MUCH = "how-much", "How much did we do?"
    HOW_WELL = "how-well", "How well did we do it?"
    BETTER_OFF = "better-off", "Is anyone better off?"


class DisclosureRule(models.TextChoices):
    SUPPRESS_SMALL = "suppress-small", "Counts people: 1 to 5 are hidden"
    NOT_PEOPLE = "not-people", "Does not count people: always shown"
    AGREED_EXCEPTION = "agreed-exception", "Small numbers shown by agreement, with a reason"


class ValueCode(models.TextChoices):
    """What stands in place of a number, as the Department for Education's statistics write it."""

    SUPPRESSED = "c", "hidden to protect people"
    NOT_APPLICABLE = "z", "not applicable"
    NOT_AVAILABLE = "x", "not available"
    UNRELIABLE = "u", "too unreliable to show"
    LOW = "low", "rounds to zero"


class Qualifier(models.TextChoices):
    EXACT = "exact", "exactly"
    ABOUT = "about", "around"
    OVER = "over", "over"
    ALMOST = "almost", "almost"
    UNDER = "under", "under"


class ValueStatus(models.TextChoices):
    DRAFT = "draft", "In a draft update"
    PROVISIONAL = "provisional", "Submitted, not yet accepted"
    AGREED = "agreed", "Agreed"
    SUPERSEDED = "superseded", "Replaced by a later value"


class ComparatorKind(models.TextChoices):
    ENGLAND = "england", "England"
    REGION = "region", "Region"
    NEIGHBOURS = "neighbours", "Statistical neighbours"
    TARGET = "target", "Target"
    OTHER = "other", "Other"


class Rag(models.TextChoices):
    """Progress against the plan; always shown with its words and a reason, never as colour alone."""

    BLUE = "blue", "Complete and evidenced"
    GREEN = "green", "On track"
    AMBER = "amber", "At risk"
    RED = "red", "Off track"


class UpdateStatus(models.TextChoices):
    NOT_STARTED = "not-started", "Not started"
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    RETURNED = "returned", "Returned"
    ACCEPTED = "accepted", "Accepted"
    REOPENED = "reopened", "Reopened"


GIVEN_BACK_STATUSES = (UpdateStatus.RETURNED, UpdateStatus.REOPENED)
"""While the agency has it again, with the board team's reason: it stays so until it is submitted again."""

OPEN_STATUSES = (UpdateStatus.NOT_STARTED, UpdateStatus.DRAFT, *GIVEN_BACK_STATUSES)
"""While the agency has it: it can be written and submitted."""

HANDED_IN_STATUSES = (UpdateStatus.SUBMITTED, UpdateStatus.ACCEPTED, *GIVEN_BACK_STATUSES)
"""Once the agency has submitted it: the board team and the chair may read it."""

UPDATE_TRANSITIONS = {
    UpdateStatus.NOT_STARTED: frozenset({UpdateStatus.DRAFT}),
    UpdateStatus.DRAFT: frozenset({UpdateStatus.DRAFT, UpdateStatus.SUBMITTED}),
    UpdateStatus.SUBMITTED: frozenset({UpdateStatus.RETURNED, UpdateStatus.ACCEPTED, UpdateStatus.REOPENED}),
    UpdateStatus.RETURNED: frozenset({UpdateStatus.SUBMITTED}),
    UpdateStatus.ACCEPTED: frozenset({UpdateStatus.REOPENED}),
    UpdateStatus.REOPENED: frozenset({UpdateStatus.SUBMITTED}),
}
"""From each status, those it may move to. Saving keeps a draft a draft, and leaves one that was given back as it is."""


class Occasion(models.TextChoices):
    """Why a person is reminded of an update."""

    OPENING = "opening", "When the round opens"
    FORTNIGHT = "fortnight", "14 days before the due date"
    THREE_DAYS = "three-days", "3 days before the due date"
    DUE = "due", "On the due date"
    LATE = "late", "A week or more after the due date"
    ASKED = "asked", "When the board team asks"


class ReminderStatus(models.TextChoices):
    WAITING = "waiting", "Waiting to be sent"
    CLAIMED = "claimed", "Taken by a scheduler"
    SENDING = "sending", "Being handed to the mail server"
    SENT = "sent", "Sent"
    DROPPED = "dropped", "Not needed any more"
    UNWANTED = "unwanted", "The person does not want it"
    UNCLEAR = "unclear", "Perhaps sent: the portal stopped meanwhile"


class EmailsWanted(models.TextChoices):
    ALL = "all", "All reminders"
    DUE = "due", "Only on the due date and when an update is overdue"
    NONE = "none", "No reminders"


class Topic(models.TextChoices):
    """What a question of a round is about: reports take answers up by it, whatever the words of the question."""

    PROGRESS = "progress", "Progress this quarter"
    IMPACT = "impact", "Impact on children"
    EVIDENCE = "evidence", "Evidence"
    BARRIERS = "barriers", "Barriers and challenges"
    NEXT_STEPS = "next_steps", "Next steps"
    SUPPORT = "support", "Support or decisions asked of the board"
    CHILD_VOICE = "child_voice", "Voice of the child"
    PRACTITIONER_VOICE = "practitioner_voice", "Voice of practitioners"
    WORKFORCE = "workforce", "Workforce"
    RISKS = "risks", "Risks to raise"
    OTHER = "other", "Something else"


class Tolerance(models.TextChoices):
    """In what the room round a target is given."""

    UNIT = "unit", "In the measure's own unit; points for a percentage"
    PERCENT = "percent", "As a percentage of the target"


class HowKnown(models.TextChoices):
    """By what an impact on children is known. Without any of them it is an activity, not an impact."""

    MEASURE = "measure", "A figure"
    AUDIT = "audit", "An audit"
    FEEDBACK = "feedback", "Feedback from children, families or practitioners"
    EVALUATION = "evaluation", "An evaluation"


class ActionStatus(models.TextChoices):
    OPEN = "open", "Open"
    COMPLETED = "completed", "Completed"
    WITHDRAWN = "withdrawn", "Withdrawn"


ACTION_TRANSITIONS = {
    ActionStatus.OPEN: frozenset({ActionStatus.COMPLETED, ActionStatus.WITHDRAWN}),
    ActionStatus.COMPLETED: frozenset({ActionStatus.OPEN}),
    ActionStatus.WITHDRAWN: frozenset(),
}
"""From each status, those it may move to. What was withdrawn is agreed anew, as another action."""

OPEN_RAGS = (Rag.GREEN, Rag.AMBER, Rag.RED)
"""How an open action can be rated: blue says complete and evidenced, and comes with completing (domain.md 3.3)."""
