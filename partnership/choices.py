from collections.abc import Iterable
from enum import StrEnum

from django.db import models


class AgencyKind(models.TextChoices):
    SAFEGUARDING_PARTNER = "safeguarding-partner", "Safeguarding partner"
    COUNCIL = "council", "Council service"
    HEALTH = "health", "Health"
    EDUCATION = "education", "Education"
    VOLUNTARY = "voluntary", "Voluntary sector"
    JUSTICE = "justice", "Justice"
    CUSTODY = "custody", "Custody"
    NEIGHBOUR = "neighbour", "Neighbouring partnership"
    BOARD = "board", "Board team"


class GroupKind(models.TextChoices):
    BOARD = "board", "Board"
    SUB_GROUP = "sub-group", "Sub-group"
    PANEL = "panel", "Panel"
    FORUM = "forum", "Forum"
    EXTERNAL = "external", "Linked partnership"


class Attendance(models.TextChoices):
    """Whether somebody was at a meeting for an agency."""

    PRESENT = "present", "Present"
    DEPUTY = "deputy", "Deputy came"
    APOLOGIES = "apologies", "Sent apologies"
    ABSENT = "absent", "Absent"


class ContributionKind(models.TextChoices):
    CASH = "cash", "Money"
    IN_KIND = "in-kind", "In kind"


class CostHeading(models.TextChoices):
    STAFF = "staff", "Staff"
    SCRUTINY = "scrutiny", "Independent scrutiny"
    TRAINING = "training", "Training"
    REVIEWS = "reviews", "Practice reviews"
    VOICE = "voice", "Children’s participation"
    SYSTEMS = "systems", "Website and systems"
    OTHER = "other", "Other costs"


class PeriodKind(models.TextChoices):
    FINANCIAL_YEAR = "financial-year", "Financial year"
    QUARTER = "quarter", "Quarter"
    ACADEMIC_YEAR = "academic-year", "Academic year"
    CUSTOM = "custom", "Other dates"


class Role(models.TextChoices):
    """What a person does for an agency; what each may do stands in `ROLES`."""

    BOARD_MANAGER = "board-manager", "Board manager"
    BOARD_OFFICER = "board-officer", "Board officer"
    CONTRIBUTOR = "contributor", "Contributor"
    CHAIR = "chair", "Independent chair and scrutineer"
    SIGNATORY = "signatory", "Safeguarding partner signatory"


class FileKind(models.TextChoices):
    """What a file is by its content, whatever it is called."""

    PDF = "pdf", "PDF"
    WORD = "docx", "Word document"
    EXCEL = "xlsx", "Excel workbook"
    OPEN_TEXT = "odt", "OpenDocument text"
    OPEN_SHEET = "ods", "OpenDocument spreadsheet"
    JPEG = "jpg", "JPEG picture"
    PNG = "png", "PNG picture"
    CSV = "csv", "CSV file"
    TEXT = "txt", "Text file"


class EvidenceStatus(models.TextChoices):
    WAITING = "waiting", "Being checked"
    CLEAN = "clean", "Checked"
    REFUSED = "refused", "Not accepted"
    WITHDRAWN = "withdrawn", "Removed"


EVIDENCE_TRANSITIONS = {
    EvidenceStatus.WAITING: frozenset({EvidenceStatus.CLEAN, EvidenceStatus.REFUSED, EvidenceStatus.WITHDRAWN}),
    EvidenceStatus.CLEAN: frozenset({EvidenceStatus.WITHDRAWN}),
    EvidenceStatus.REFUSED: frozenset({EvidenceStatus.WITHDRAWN}),
    EvidenceStatus.WITHDRAWN: frozenset[EvidenceStatus](),
}
"""From each status, those it may move to."""


class Permission(StrEnum):
    """One thing that a role may do. Which objects it may be done to is `visible_to` of the objects' QuerySet."""

    REPORT_READ = "read the draft report, measures and records"
    SECTION_EDIT = "edit the report's sections"
    SECTION_EDIT_ASSIGNED = "edit the sections of the report that they are asked to write"
    SECTION_APPROVE = "approve the report's sections or return them"
    REPORT_ARRANGE = "change the report's outline, say who writes what, and begin or import a year's report"
    COMMENT_WRITE = "comment on the report"
    PUBLICATION_MAKE = "make the report's PDF"
    SIGN_OFF_MANAGE = "put the report to sign-off, take it back and record signatures given on paper"
    SIGNATURE_GIVE = "sign the report for their agency, or refuse"
    STATEMENT_MAKE = "comment on the report in sign-off as its chair or scrutineer"
    EDITION_PUBLISH = "publish the signed report, withdraw it and record who was sent it"
    UPDATE_READ_OWN = "read their own agency's quarterly updates"
    UPDATE_READ_ALL = "read every agency's quarterly updates once submitted"
    UPDATE_WRITE = "write and submit their agency's quarterly updates"
    APPROVAL_CHOOSE = "say whether somebody approves their agency's updates before they are submitted"
    UPDATE_DECIDE = "accept quarterly updates or return them"
    PLAN_MANAGE = "change the business plan and agree actions"
    ACTION_RATE = "say how far their agency's agreed actions are"
    ROUND_MANAGE = "open rounds of updates and say who reports on what"
    MEASURE_MANAGE = "define measures, set their targets and correct their values"
    MEASURE_IMPORT = "import figures from files"
    NEIGHBOURS_SET = "choose the statistical neighbours"
    REVIEW_READ_ALL = "read all of a practice review before it is published"
    REVIEW_MANAGE = (
        "keep the records of learning: reviews, inspections, child deaths, restraint, children’s voice, "
        "challenges, risks, recommendations and themes"
    )
    TRAINING_MANAGE = "keep the training programme and import attendance sheets"
    RISK_READ = "read the partnership's risk log"
    AUDIT_MANAGE = "run audits: set standards, open rounds, settle grades"
    ASSESSMENT_READ_OWN = "read their own agency's self-assessments"
    ASSESSMENT_READ_ALL = "read every agency's self-assessments once signed off, and the results"
    ASSESSMENT_WRITE = "write and sign off their agency's self-assessments"
    GROUP_MANAGE = "keep who sits on the groups and who was at their meetings"
    FUNDING_MANAGE = "keep what the partnership is given and what it spends"
    PEOPLE_MANAGE = "add people and choose their roles"
    AUDIT_READ = "read the record of changes"


READER = {Permission.REPORT_READ, Permission.COMMENT_WRITE}
BOARD = READER | {
    Permission.SECTION_EDIT,
    Permission.SECTION_APPROVE,
    Permission.REPORT_ARRANGE,
    Permission.PUBLICATION_MAKE,
    Permission.SIGN_OFF_MANAGE,
    Permission.UPDATE_READ_ALL,
    Permission.UPDATE_DECIDE,
    Permission.PLAN_MANAGE,
    Permission.ACTION_RATE,
    Permission.ROUND_MANAGE,
    Permission.MEASURE_MANAGE,
    Permission.MEASURE_IMPORT,
    Permission.NEIGHBOURS_SET,
    Permission.REVIEW_READ_ALL,
    Permission.REVIEW_MANAGE,
    Permission.RISK_READ,
    Permission.TRAINING_MANAGE,
    Permission.AUDIT_MANAGE,
    Permission.ASSESSMENT_READ_ALL,
    Permission.GROUP_MANAGE,
    Permission.AUDIT_READ,
}

ROLES: dict[Role, frozenset[Permission]] = {
    Role.BOARD_MANAGER: frozenset(
        BOARD
        | {
            Permission.APPROVAL_CHOOSE,
            Permission.EDITION_PUBLISH,
            Permission.FUNDING_MANAGE,
            Permission.PEOPLE_MANAGE,
        }
    ),
    Role.BOARD_OFFICER: frozenset(BOARD),
    Role.CONTRIBUTOR: frozenset(
        READER
        | {
            Permission.UPDATE_READ_OWN,
            Permission.UPDATE_WRITE,
            Permission.SECTION_EDIT_ASSIGNED,
            Permission.APPROVAL_CHOOSE,
            Permission.ACTION_RATE,
            Permission.ASSESSMENT_READ_OWN,
            Permission.ASSESSMENT_WRITE,
        }
    ),
    Role.CHAIR: frozenset(
        READER
        | {
            Permission.PUBLICATION_MAKE,
            Permission.STATEMENT_MAKE,
            Permission.UPDATE_READ_ALL,
            Permission.REVIEW_READ_ALL,
            Permission.RISK_READ,
            Permission.ASSESSMENT_READ_ALL,
        }
    ),
    Role.SIGNATORY: frozenset(
        READER
        | {
            Permission.PUBLICATION_MAKE,
            Permission.SIGNATURE_GIVE,
            Permission.UPDATE_READ_OWN,
            Permission.ASSESSMENT_READ_OWN,
            Permission.RISK_READ,
        }
    ),
}


def permissions_of(roles: Iterable[str]) -> frozenset[Permission]:
    """Everything that any of the roles allows."""
    return frozenset[Permission]().union(*(ROLES[Role(role)] for role in roles))


def roles_that_may(permission: Permission) -> list[Role]:
    """The roles that allow it."""
    return [role for role, permissions in ROLES.items() if permission in permissions]
