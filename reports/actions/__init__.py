"""Changes to the report; every verb writes its line in the record of changes."""

from reports.actions.outline import add_block, add_section
from reports.actions.reports import create_report, record_paper_signature, send_for_sign_off
from reports.actions.saving import BlockSave, DoesNotFit, StaleSection, bring_in, save_section

__all__ = [
    "BlockSave",
    "DoesNotFit",
    "StaleSection",
    "add_block",
    "add_section",
    "bring_in",
    "create_report",
    "record_paper_signature",
    "save_section",
    "send_for_sign_off",
]
