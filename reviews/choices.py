from django.db import models


class ReviewKind(models.TextChoices):
    SERIOUS_INCIDENT = "serious-incident", "Serious incident notification"
    RAPID_REVIEW = "rapid-review", "Rapid review"
    LCSPR = "lcspr", "Local child safeguarding practice review"
    THEMATIC = "thematic", "Thematic review"
    DHR = "dhr", "Domestic homicide review"


class ReviewStage(models.TextChoices):
    AWARE = "aware", "To be notified"
    NOTIFIED = "notified", "Notified"
    TO_START = "to-start", "To start"
    IN_PROGRESS = "in-progress", "In progress"
    PANEL = "panel", "With the panel"
    DRAFTING = "drafting", "Being drafted"
    FINAL_DRAFT = "final-draft", "Final draft"
    COMPLETED = "completed", "Completed"
    AWAITING_PUBLICATION = "awaiting-publication", "Completed, awaiting publication"
    PUBLISHED = "published", "Published"
    CLOSED = "closed", "Closed"


STEP_WORDS = {
    ReviewStage.AWARE: "Council became aware",
    ReviewStage.NOTIFIED: "National panel notified",
    ReviewStage.TO_START: "Review commissioned",
    ReviewStage.IN_PROGRESS: "Review started",
    ReviewStage.PANEL: "Review panel met",
    ReviewStage.DRAFTING: "Drafting began",
    ReviewStage.FINAL_DRAFT: "Final draft ready",
    ReviewStage.COMPLETED: "Rapid review completed and decided",
    ReviewStage.AWAITING_PUBLICATION: "Review completed",
    ReviewStage.PUBLISHED: "Published",
    ReviewStage.CLOSED: "Closed",
}
"""What happened on the day on which a review came to a stage."""

FULL_REVIEW = {
    ReviewStage.TO_START: frozenset({ReviewStage.IN_PROGRESS}),
    ReviewStage.IN_PROGRESS: frozenset({ReviewStage.DRAFTING, ReviewStage.FINAL_DRAFT}),
    ReviewStage.DRAFTING: frozenset({ReviewStage.FINAL_DRAFT}),
    ReviewStage.FINAL_DRAFT: frozenset({ReviewStage.AWAITING_PUBLICATION, ReviewStage.PUBLISHED}),
    ReviewStage.AWAITING_PUBLICATION: frozenset({ReviewStage.PUBLISHED, ReviewStage.CLOSED}),
    ReviewStage.PUBLISHED: frozenset({ReviewStage.CLOSED}),
    ReviewStage.CLOSED: frozenset[ReviewStage](),
}

REVIEW_TRANSITIONS = {
    ReviewKind.SERIOUS_INCIDENT: {
        ReviewStage.AWARE: frozenset({ReviewStage.NOTIFIED}),
        ReviewStage.NOTIFIED: frozenset({ReviewStage.CLOSED}),
        ReviewStage.CLOSED: frozenset[ReviewStage](),
    },
    ReviewKind.RAPID_REVIEW: {
        ReviewStage.IN_PROGRESS: frozenset({ReviewStage.PANEL, ReviewStage.COMPLETED}),
        ReviewStage.PANEL: frozenset({ReviewStage.COMPLETED}),
        ReviewStage.COMPLETED: frozenset[ReviewStage](),
    },
    ReviewKind.LCSPR: FULL_REVIEW,
    ReviewKind.THEMATIC: FULL_REVIEW,
    ReviewKind.DHR: FULL_REVIEW,
}
"""For each kind its stages in their order, and where each may move to."""

FOLLOWS = {ReviewKind.RAPID_REVIEW: ReviewKind.SERIOUS_INCIDENT, ReviewKind.LCSPR: ReviewKind.RAPID_REVIEW}
"""What a kind of review comes from: one line for a case."""


class Decision(models.TextChoices):
    """What a rapid review decided (Working Together 2018, chapter 4)."""

    LCSPR = "lcspr", "Local child safeguarding practice review"
    OTHER = "other", "Other learning, such as a thematic review or an audit"
    NONE = "none", "No further review"


class DelayReason(models.TextChoices):
    CRIMINAL_PROCEEDINGS = "criminal-proceedings", "Criminal proceedings"
    INQUEST = "inquest", "Inquest"
    OTHER_PROCESS = "other-process", "Another process running alongside"
    CAPACITY = "capacity", "Capacity of people or agencies"
    FAMILY = "family", "Time for the family to take part"
    OTHER = "other", "Other"


class RecommendationSource(models.TextChoices):
    """What made a recommendation."""

    REVIEW = "review", "Review"
    INSPECTION = "inspection", "Inspection"
    AUDIT = "audit", "Audit"
    CHILD_DEATH = "child-death", "Child death overview"
    SCRUTINEER = "scrutineer", "Independent scrutineer"
    NATIONAL_PANEL = "national-panel", "National panel"
    CHALLENGE = "challenge", "Challenge between agencies"


class RecommendationStatus(models.TextChoices):
    """Signed off is closed, and closed is not embedded: it is looked at again later (issue 4)."""

    OPEN = "open", "Open"
    SIGNED_OFF = "awaiting-check", "Signed off"
    EMBEDDED = "embedded", "Embedded"
    WITHDRAWN = "withdrawn", "Withdrawn"


CHECKABLE_STATUSES = (RecommendationStatus.SIGNED_OFF, RecommendationStatus.EMBEDDED)
"""Once it is signed off, it can be checked whether it lasts."""

RECOMMENDATION_TRANSITIONS = {
    RecommendationStatus.OPEN: frozenset({RecommendationStatus.SIGNED_OFF, RecommendationStatus.WITHDRAWN}),
    RecommendationStatus.SIGNED_OFF: frozenset({RecommendationStatus.EMBEDDED, RecommendationStatus.OPEN}),
    RecommendationStatus.EMBEDDED: frozenset({RecommendationStatus.OPEN}),
    RecommendationStatus.WITHDRAWN: frozenset[RecommendationStatus](),
}
"""From each status, those it may move to."""


LEAST_DAYS_TO_A_CHECK = 28
"""Whether what was signed off lasts cannot be seen sooner."""


class EmbeddedOutcome(models.TextChoices):
    """What a check of a signed-off recommendation found."""

    EMBEDDED = "embedded", "Embedded: it is how people work now"
    PARTLY = "partly", "Partly: in some places or some of the time"
    NOT_YET = "not-yet", "Not yet"
    CANNOT_TELL = "cannot-tell", "Cannot tell"


NO_LONGER_EMBEDDED = (EmbeddedOutcome.PARTLY, EmbeddedOutcome.NOT_YET)
"""What a check can find of something that was embedded, so that it is open again."""


class AuditKind(models.TextChoices):
    """Whom a round of audits asks, and under which duty."""

    SECTION_11 = "section-11", "Section 11"
    SECTION_175 = "section-175", "Section 175/157"
    MULTI_AGENCY = "multi-agency", "Multi-agency case audit"


class AssessmentStatus(models.TextChoices):
    NOT_STARTED = "not-started", "Not started"
    DRAFT = "draft", "Draft"
    SIGNED_OFF = "signed-off", "Signed off"
    REOPENED = "reopened", "Reopened"


ASSESSMENT_TRANSITIONS = {
    AssessmentStatus.NOT_STARTED: frozenset({AssessmentStatus.DRAFT}),
    AssessmentStatus.DRAFT: frozenset({AssessmentStatus.SIGNED_OFF}),
    AssessmentStatus.SIGNED_OFF: frozenset({AssessmentStatus.REOPENED}),
    AssessmentStatus.REOPENED: frozenset({AssessmentStatus.SIGNED_OFF}),
}
"""From each status, those it may move to."""


class FeedbackSource(models.TextChoices):
    CHILDREN = "children", "Children and young people"
    FAMILIES = "families", "Families and carers"
    PRACTITIONERS = "practitioners", "Practitioners"


class FeedbackMethod(models.TextChoices):
    SURVEY = "survey", "Survey"
    INTERVIEW = "interview", "Interview or conversation"
    GROUP = "group", "Group or forum"
    ADVOCATE = "advocate", "Through an advocate"
    VISIT = "visit", "Visit or walk round"
    COMPLAINT = "complaint", "Complaint or compliment"
    OTHER = "other", "Other"


class ChallengeState(models.TextChoices):
    OPEN = "open", "Waits for a response"
    ANSWERED = "answered", "Answered"
    CLOSED = "closed", "Closed"


class RiskCategory(models.TextChoices):
    PRACTICE = "practice", "Practice with children and families"
    WORKFORCE = "workforce", "Workforce"
    FINANCE = "finance", "Money"
    INFORMATION = "information", "Information and data sharing"
    PARTNERSHIP = "partnership", "Working together"
    LAW = "law", "Law and guidance"


class RiskTreatment(models.TextChoices):
    TREAT = "treat", "Reduce it"
    TOLERATE = "tolerate", "Accept it"
    TRANSFER = "transfer", "Share or pass it on"
    TERMINATE = "terminate", "Stop what causes it"


class ControlsWork(models.TextChoices):
    """How far what is done about a risk works."""

    WELL = "well", "They work well"
    PARTLY = "partly", "They work in part"
    NOT = "not", "They do not work"
    UNTESTED = "untested", "Not tested yet"


class Likelihood(models.IntegerChoices):
    RARE = 1, "1: rare"
    UNLIKELY = 2, "2: unlikely"
    POSSIBLE = 3, "3: possible"
    LIKELY = 4, "4: likely"
    ALMOST_CERTAIN = 5, "5: almost certain"


class Impact(models.IntegerChoices):
    SLIGHT = 1, "1: slight"
    MINOR = 2, "2: minor"
    MODERATE = 3, "3: moderate"
    MAJOR = 4, "4: major"
    SEVERE = 5, "5: severe"


class RiskLevel(models.TextChoices):
    """How bad a risk is, by its likelihood times its impact."""

    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"
    VERY_HIGH = "very-high", "Very high"


RISK_LEVELS = ((16, RiskLevel.VERY_HIGH), (10, RiskLevel.HIGH), (5, RiskLevel.MEDIUM), (1, RiskLevel.LOW))
"""The least score of each level, the worst first."""


class AgeBand(models.TextChoices):
    """How long ago a recommendation was made."""

    NEW = "under-3-months", "Under 3 months"
    QUARTER = "3-to-6-months", "3 to 6 months"
    HALF = "6-to-12-months", "6 to 12 months"
    OLD = "over-a-year", "Over a year"
