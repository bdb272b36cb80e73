from reports.models.blocks import Block, BlockRevision, ListItem, MeasureOnBlock, Quotation
from reports.models.comments import Comment, Reply
from reports.models.images import ReportImage
from reports.models.presence import Presence
from reports.models.publications import Publication
from reports.models.reports import AnnualReport, Section, SectionVersion, Signature

__all__ = [
    "AnnualReport",
    "Block",
    "BlockRevision",
    "Comment",
    "ListItem",
    "MeasureOnBlock",
    "Presence",
    "Publication",
    "Quotation",
    "Reply",
    "ReportImage",
    "Section",
    "SectionVersion",
    "Signature",
]
