from django.db import models


class ReportStatus(models.TextChoices):
    DRAFTING = "drafting", "Drafting"
    IN_SIGN_OFF = "in-sign-off", "In sign-off"


REPORT_TRANSITIONS = {
    ReportStatus.DRAFTING: frozenset({ReportStatus.IN_SIGN_OFF}),
    ReportStatus.IN_SIGN_OFF: frozenset({ReportStatus.DRAFTING}),
}

PRINTED_STATUS = {ReportStatus.DRAFTING: "Draft", ReportStatus.IN_SIGN_OFF: "Final draft"}
"""What the report's cover says of its status."""


class Numbering(models.TextChoices):
    FREE = "free", "Numbers as typed"
    AUTOMATIC = "automatic", "Numbered by the portal"


class SectionStatus(models.TextChoices):
    NOT_STARTED = "not-started", "Not started"
    DRAFTING = "drafting", "Drafting"
    SUBMITTED = "submitted", "Submitted"
    RETURNED = "returned", "Returned"
    APPROVED = "approved", "Approved"


SECTION_TRANSITIONS = {
    SectionStatus.NOT_STARTED: frozenset({SectionStatus.DRAFTING, SectionStatus.SUBMITTED}),
    SectionStatus.DRAFTING: frozenset({SectionStatus.DRAFTING, SectionStatus.SUBMITTED}),
    SectionStatus.SUBMITTED: frozenset({SectionStatus.DRAFTING, SectionStatus.RETURNED, SectionStatus.APPROVED}),
    SectionStatus.RETURNED: frozenset({SectionStatus.DRAFTING, SectionStatus.SUBMITTED}),
    SectionStatus.APPROVED: frozenset({SectionStatus.DRAFTING}),
}
"""Every edit leads to drafting: of what was submitted or approved, nobody has seen the edited text yet."""


class VersionAct(models.TextChoices):
    """Why a version of a section was kept: a sitting, or an act."""

    CREATED = "created", "Created"
    SAVED = "saved", "Written"
    BROUGHT_IN = "brought-in", "Text brought in from an update"
    ARRANGED = "arranged", "Parts added, moved or removed"
    SUBMITTED = "submitted", "Submitted"
    RETURNED = "returned", "Returned"
    APPROVED = "approved", "Approved"
    RESTORED = "restored", "Restored"
    CARRIED = "carried", "Carried over from the report before"
    IMPORTED = "imported", "Imported from a Word file"


class Kind(models.TextChoices):
    """The kinds of block; each has its file in `blocks/`."""

    TEXT = "text", "Text"
    MEASURES_TABLE = "measures-table", "Table of measures"
    CHART = "chart", "Chart"
    DELIVERABLES = "deliverables", "Key deliverables"
    DIFFERENCE = "difference", "What difference have we made?"
    BARRIERS = "barriers", "Barriers and challenges"
    FOCUS = "focus", "Focus for next year"
    QUOTES = "quotes", "Quotes"
    CASE_STUDY = "case-study", "Case study"
    TRAINING_ATTENDANCE = "training-attendance", "Training attendance"
    TRAINING_COURSES = "training-courses", "Training by course"
    TRAINING_YEARS = "training-years", "Training over the years"
    TRAINING_EVALUATION = "training-evaluation", "What training changes"
    PRACTICE_REVIEWS = "practice-reviews", "Reviews and recommendations"
    INSPECTIONS = "inspections", "Inspections"
    CHILD_DEATHS = "child-deaths", "Child deaths"
    RESTRAINT = "restraint", "Review of restraint"
    AUDIT_RESULTS = "audit-results", "Audit results"
    THEMES = "themes", "Themes over the years"
    VOICE = "voice", "Voice"
    SIGNATURES = "signatures", "Signatures"


STANDING_LISTS = (Kind.DELIVERABLES, Kind.DIFFERENCE, Kind.BARRIERS, Kind.FOCUS)


class Format(models.TextChoices):
    PDF = "pdf", "PDF"


class PublicationStatus(models.TextChoices):
    QUEUED = "queued", "Waiting"
    RENDERING = "rendering", "Being made"
    READY = "ready", "Ready"
    FAILED = "failed", "Failed"


PUBLICATION_TRANSITIONS = {
    PublicationStatus.QUEUED: frozenset({PublicationStatus.RENDERING, PublicationStatus.FAILED}),
    PublicationStatus.RENDERING: frozenset(
        {PublicationStatus.RENDERING, PublicationStatus.READY, PublicationStatus.FAILED}
    ),
    PublicationStatus.READY: frozenset(),
    PublicationStatus.FAILED: frozenset({PublicationStatus.QUEUED}),
}


class Stage(models.TextChoices):
    """How far a rendering has come, in the words of `rendering.pdf` and of the job's page."""

    WAITING = "waiting", "Waiting for its turn"
    CHARTS = "charts", "Drawing the charts"
    READING = "reading", "Reading the report"
    SETTING = "setting", "Setting the text"
    LAYING_OUT = "laying-out", "Laying out the pages"
    WRITING = "writing", "Writing the PDF"
    KEEPING = "keeping", "Keeping the file"
    DONE = "done", "Done"
