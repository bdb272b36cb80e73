"""Every change to the plan, its measures and the partners' updates, a file for each noun."""

from partnership.states import StaleSave
from priorities.actions.agreed import (
    agree_action,
    change_action,
    change_due_date,
    complete_action,
    rate_action,
    reopen_action,
    withdraw_action,
)
from priorities.actions.answers import HowImpactIsKnown, KnownBy
from priorities.actions.approvals import choose_approval
from priorities.actions.decisions import accept_update, reopen_update, return_update
from priorities.actions.evidence import (
    add_evidence,
    withdraw_evidence,
)
from priorities.actions.exceptions import (
    agree_exception,
    drop_exception,
    propose_exception,
)
from priorities.actions.imports import (
    choose_import,
    drop_import,
    import_measures,
    keep_import,
)
from priorities.actions.measures import (
    change_measure,
    compare,
    correct_value,
    define_measure,
    record_value,
    set_disclosure,
)
from priorities.actions.plan import (
    add_objective,
    add_plan,
    add_priority,
    add_success_measure,
    change_objective,
    change_plan,
    change_priority,
    change_success_measure,
    end_part,
    resume_part,
)
from priorities.actions.questions import (
    add_question,
    ask_question_again,
    change_question,
    end_question,
    move_question,
    remove_question,
)
from priorities.actions.rounds import ask_for_updates, open_round, request_update
from priorities.actions.targets import (
    rate_measure,
    remove_rating,
    remove_target,
    set_target,
)
from priorities.actions.updates import (
    Approval,
    ReturnedValue,
    missing_answers,
    save_update,
    submit_update,
)

__all__ = [
    "Approval",
    "HowImpactIsKnown",
    "KnownBy",
    "ReturnedValue",
    "StaleSave",
    "accept_update",
    "add_evidence",
    "add_objective",
    "add_plan",
    "add_priority",
    "add_question",
    "add_success_measure",
    "agree_action",
    "agree_exception",
    "ask_for_updates",
    "ask_question_again",
    "change_action",
    "change_due_date",
    "change_measure",
    "change_objective",
    "change_plan",
    "change_priority",
    "change_question",
    "change_success_measure",
    "choose_approval",
    "choose_import",
    "compare",
    "complete_action",
    "correct_value",
    "define_measure",
    "drop_exception",
    "drop_import",
    "end_part",
    "end_question",
    "import_measures",
    "keep_import",
    "missing_answers",
    "move_question",
    "open_round",
    "propose_exception",
    "rate_action",
    "rate_measure",
    "record_value",
    "remove_question",
    "remove_rating",
    "remove_target",
    "reopen_action",
    "reopen_update",
    "request_update",
    "resume_part",
    "return_update",
    "save_update",
    "set_disclosure",
    "set_target",
    "submit_update",
    "withdraw_action",
    "withdraw_evidence",
]
