from django.db import models


class ReportStatus(models.TextChoices):
    DRAFTING = "drafting", "Drafting"
    IN_SIGN_OFF = "in-sign-off", "In sign-off"
    SIGNED = "signed", "Signed"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


REPORT_TRANSITIONS = {
    ReportStatus.DRAFTING: frozenset({ReportStatus.IN_SIGN_OFF}),
    ReportStatus.IN_SIGN_OFF: frozenset({ReportStatus.DRAFTING, ReportStatus.SIGNED}),
    ReportStatus.SIGNED: frozenset({ReportStatus.DRAFTING, ReportStatus.PUBLISHED}),
    ReportStatus.PUBLISHED: frozenset({ReportStatus.DRAFTING, ReportStatus.WITHDRAWN}),
    ReportStatus.WITHDRAWN: frozenset({ReportStatus.DRAFTING}),
}
"""What is published or withdrawn is drafted again for a corrected version; its editions stay as they are."""

PRINTED_STATUS = {
    ReportStatus.DRAFTING: "Draft",
    ReportStatus.IN_SIGN_OFF: "Final draft",
    ReportStatus.SIGNED: "Signed",
    ReportStatus.PUBLISHED: "Published",
    ReportStatus.WITHDRAWN: "Withdrawn",
}
"""What the report's cover says of its status."""


class EditionStatus(models.TextChoices):
    """Those of an edition that is its report's latest are the report's own, by the same values."""

    IN_SIGN_OFF = "in-sign-off", "In sign-off"
    VOID = "void", "Void"
    SIGNED = "signed", "Signed"
    PUBLISHED = "published", "Published"
    SUPERSEDED = "superseded", "Superseded"
    WITHDRAWN = "withdrawn", "Withdrawn"


EDITION_TRANSITIONS = {
    EditionStatus.IN_SIGN_OFF: frozenset({EditionStatus.VOID, EditionStatus.SIGNED}),
    EditionStatus.SIGNED: frozenset({EditionStatus.VOID, EditionStatus.PUBLISHED}),
    EditionStatus.PUBLISHED: frozenset({EditionStatus.SUPERSEDED, EditionStatus.WITHDRAWN}),
    EditionStatus.SUPERSEDED: frozenset({EditionStatus.WITHDRAWN}),
    EditionStatus.VOID: frozenset[EditionStatus](),
    EditionStatus.WITHDRAWN: frozenset[EditionStatus](),
}

OPEN_EDITIONS = (EditionStatus.IN_SIGN_OFF, EditionStatus.SIGNED)
"""In these a change of the report makes the signatures void."""

PUBLIC_EDITIONS = (EditionStatus.PUBLISHED, EditionStatus.SUPERSEDED, EditionStatus.WITHDRAWN)
"""These were published once and stay at their address."""


class SigningOrder(models.TextChoices):
    IN_PARALLEL = "in-parallel", "Everybody can sign at once"
    IN_ORDER = "in-order", "One after the other, in the order of the list"


class PlaceKind(models.TextChoices):
    """What somebody's name below the report stands for."""

    PARTNER = "partner", "Signs for a safeguarding partner"
    CHAIR = "chair", "Comments as chair or scrutineer"


class SignatureStatus(models.TextChoices):
    AWAITED = "awaited", "Awaited"
    GIVEN = "given", "Signed"
    REFUSED = "refused", "Refused"


SIGNATURE_TRANSITIONS = {
    SignatureStatus.AWAITED: frozenset({SignatureStatus.GIVEN, SignatureStatus.REFUSED}),
    SignatureStatus.REFUSED: frozenset({SignatureStatus.GIVEN}),
    SignatureStatus.GIVEN: frozenset[SignatureStatus](),
}
"""Who refused may think better of it; who signed is bound until the edition is void."""


MENDED_LATER = (ReportStatus.DRAFTING,)
"""In these states a file is given out even where its text has a fault that a writer can mend, which its page names."""


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


TO_BE_WRITTEN = (SectionStatus.NOT_STARTED, SectionStatus.DRAFTING, SectionStatus.RETURNED)
"""In these states a section is with its writer."""


HANDED_IN = (SectionStatus.SUBMITTED, SectionStatus.APPROVED)
"""In these states somebody relies on the text as it is: the first change takes it back to drafting."""


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


class Shows(models.TextChoices):
    """What a page shows of a block that it has saved."""

    SAVED = "saved", "What stood there after the save"
    SENT = "sent", "What the page itself sent, without what was merged with it"


class Kind(models.TextChoices):
    """The kinds of block; each has its file in `blocks/`."""

    TEXT = "text", "Text"
    KEY_FIGURES = "key-figures", "Key figures"
    MEASURES_TABLE = "measures-table", "Table of measures"
    CHART = "chart", "Chart"
    DELIVERABLES = "deliverables", "Key deliverables"
    DIFFERENCE = "difference", "What difference have we made?"
    BARRIERS = "barriers", "Barriers and challenges"
    FOCUS = "focus", "Focus for next year"
    SAID_AND_DID = "said-and-did", "What we said, what we did"
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
    STATUTORY_COVERAGE = "statutory-coverage", "Statutory coverage"
    MEMBERSHIP = "membership", "Membership and attendance"
    CONTRIBUTIONS = "contributions", "Contributions and costs"
    SOURCES = "sources", "Sources of every figure"
    GLOSSARY = "glossary", "Glossary"
    SIGNATURES = "signatures", "Signatures"


OF_THE_WHOLE = (Kind.SOURCES, Kind.GLOSSARY)
"""Blocks of these kinds are made of what all the others show."""


class Duty(models.TextChoices):
    """How strongly the statutory guidance asks for something."""

    MUST = "must", "Must"
    SHOULD = "should", "Should"


STANDING_LISTS = (Kind.DELIVERABLES, Kind.DIFFERENCE, Kind.BARRIERS, Kind.FOCUS)


class Variant(models.TextChoices):
    """How the report is told: whole, on two pages, or to children. Each part of a section stands in one at least."""

    REPORT = "report", "Report"
    SHORT = "short", "Short version"
    CHILDRENS = "childrens", "Children’s version"


RETELLINGS = (Variant.SHORT, Variant.CHILDRENS)
"""Those that are made of what is marked for them."""


class Format(models.TextChoices):
    PDF = "pdf", "PDF"
    DOCX = "docx", "Word file"
    CSV = "csv", "Figures (CSV)"
    JSON = "json", "Summary (JSON)"


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
    CHECKING = "checking", "Checking the file"
    MAKING = "making", "Writing the file"
    KEEPING = "keeping", "Keeping the file"
    DONE = "done", "Done"


OF_PDF = tuple(stage for stage in Stage if stage not in (Stage.MAKING, Stage.DONE))
OF_WORD = (Stage.WAITING, Stage.CHARTS, Stage.MAKING, Stage.KEEPING)
OF_DATA = (Stage.WAITING, Stage.MAKING, Stage.KEEPING)
STAGES = {Format.PDF: OF_PDF, Format.DOCX: OF_WORD, Format.CSV: OF_DATA, Format.JSON: OF_DATA}
"""What a file of each kind goes through."""
