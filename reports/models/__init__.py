from reports.models.blocks import Block, BlockRevision, ListItem, MeasureOnBlock, Quotation
from reports.models.comments import Comment, Reply
from reports.models.editions import Edition, Receipt, Recipient, Signature, SigningPlace
from reports.models.images import ReportImage
from reports.models.imports import ReportImport
from reports.models.presence import Presence
from reports.models.publications import Publication
from reports.models.reports import AnnualReport, Section, SectionVersion
from reports.models.statutory import Guidance, ItemAnswer, StatutoryItem
from reports.models.terms import Term

__all__ = [
    "AnnualReport",
    "Block",
    "BlockRevision",
    "Comment",
    "Edition",
    "Guidance",
    "ItemAnswer",
    "ListItem",
    "MeasureOnBlock",
    "Presence",
    "Publication",
    "Quotation",
    "Receipt",
    "Recipient",
    "Reply",
    "ReportImage",
    "ReportImport",
    "Section",
    "SectionVersion",
    "Signature",
    "SigningPlace",
    "StatutoryItem",
    "Term",
]
