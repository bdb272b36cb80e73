from reports.models.blocks import Block, ListItem, MeasureOnBlock, Quotation
from reports.models.publications import Publication
from reports.models.reports import AnnualReport, Section, SectionVersion, Signature

__all__ = [
    "AnnualReport",
    "Block",
    "ListItem",
    "MeasureOnBlock",
    "Publication",
    "Quotation",
    "Section",
    "SectionVersion",
    "Signature",
]
