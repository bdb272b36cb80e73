from partnership.models.audit import AuditEvent
from partnership.models.evidence import Evidence, EvidenceLinkQuerySet
from partnership.models.neighbours import StatisticalNeighbour
from partnership.models.organisations import Agency, Area, Group, Partnership
from partnership.models.people import Membership, User
from partnership.models.periods import ReportingPeriod
from partnership.models.uploads import Upload

__all__ = [
    "Agency",
    "Area",
    "AuditEvent",
    "Evidence",
    "EvidenceLinkQuerySet",
    "Group",
    "Membership",
    "Partnership",
    "ReportingPeriod",
    "StatisticalNeighbour",
    "Upload",
    "User",
]
