"""Changes to the report; every verb writes its line in the record of changes."""

from reports.actions.answering import add_item_answer, change_item_answer, remove_item_answer
from reports.actions.arranging import add_block, mark_block, move_block, place_block, put_back_block, remove_block
from reports.actions.beginning import begin_report
from reports.actions.comments import (
    NoSuchPassage,
    add_comment,
    assign_comment,
    reopen_comment,
    reply_to_comment,
    resolve_comment,
)
from reports.actions.deciding import approve_section, return_section, submit_section
from reports.actions.editions import (
    begin_correction,
    publish_edition,
    send_for_sign_off,
    take_back_edition,
    void_if_changed,
    void_what_changed,
    withdraw_edition,
)
from reports.actions.guidance import (
    add_guidance,
    add_statutory_item,
    change_guidance,
    change_statutory_item,
    choose_guidance,
    put_back_statutory_item,
    remove_statutory_item,
    withdraw_statutory_item,
)
from reports.actions.images import keep_image
from reports.actions.importing import drop_report_import, import_report, keep_report_import
from reports.actions.outline import (
    add_section,
    change_section,
    choose_numbering,
    move_section,
    put_back_section,
    remove_section,
)
from reports.actions.presence import GONE_AFTER, SomebodyElsesWindow, be_present, forget_who_left, leave_section
from reports.actions.recipients import add_recipient, record_receipt, remove_recipient, send_receipt
from reports.actions.reports import create_report
from reports.actions.restoring import restore_version
from reports.actions.rolling import check_block, roll_forward
from reports.actions.saving import (
    BlockSave,
    DoesNotFit,
    SavedBlock,
    StaleSection,
    bring_in,
    save_block,
    save_section,
)
from reports.actions.signatures import (
    add_signing_place,
    give_signature,
    make_statement,
    record_signature,
    refuse_signature,
    remove_signing_place,
)
from reports.actions.terms import add_term, change_term, remove_term
from reports.actions.thinning import thin_revisions

__all__ = [
    "GONE_AFTER",
    "BlockSave",
    "DoesNotFit",
    "NoSuchPassage",
    "SavedBlock",
    "SomebodyElsesWindow",
    "StaleSection",
    "add_block",
    "add_comment",
    "add_guidance",
    "add_item_answer",
    "add_recipient",
    "add_section",
    "add_signing_place",
    "add_statutory_item",
    "add_term",
    "approve_section",
    "assign_comment",
    "be_present",
    "begin_correction",
    "begin_report",
    "bring_in",
    "change_guidance",
    "change_item_answer",
    "change_section",
    "change_statutory_item",
    "change_term",
    "check_block",
    "choose_guidance",
    "choose_numbering",
    "create_report",
    "drop_report_import",
    "forget_who_left",
    "give_signature",
    "import_report",
    "keep_image",
    "keep_report_import",
    "leave_section",
    "make_statement",
    "mark_block",
    "move_block",
    "move_section",
    "place_block",
    "publish_edition",
    "put_back_block",
    "put_back_section",
    "put_back_statutory_item",
    "record_receipt",
    "record_signature",
    "refuse_signature",
    "remove_block",
    "remove_item_answer",
    "remove_recipient",
    "remove_section",
    "remove_signing_place",
    "remove_statutory_item",
    "remove_term",
    "reopen_comment",
    "reply_to_comment",
    "resolve_comment",
    "restore_version",
    "return_section",
    "roll_forward",
    "save_block",
    "save_section",
    "send_for_sign_off",
    "send_receipt",
    "submit_section",
    "take_back_edition",
    "thin_revisions",
    "void_if_changed",
    "void_what_changed",
    "withdraw_edition",
    "withdraw_statutory_item",
]
