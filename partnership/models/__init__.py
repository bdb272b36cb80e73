from partnership.models.audit import AuditEvent
from partnership.models.evidence import Evidence, EvidenceLinkQuerySet
from partnership.models.funding import Contribution, Cost
from partnership.models.meetings import Meeting, MeetingAttendance
from partnership.models.neighbours import StatisticalNeighbour
from partnership.models.organisations import Agency, Area, Group, Partnership, Seat
from partnership.models.people import Membership, User
from partnership.models.periods import ReportingPeriod
from partnership.models.uploads import Upload

__all__ = [
    "Agency",
    "Area",
    "AuditEvent",
    "Contribution",
    "Cost",
    "Evidence",
    "EvidenceLinkQuerySet",
    "Group",
    "Meeting",
    "MeetingAttendance",
    "Membership",
    "Partnership",
    "ReportingPeriod",
    "Seat",
    "StatisticalNeighbour",
    "Upload",
    "User",
]
