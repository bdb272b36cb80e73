"""Every change to the plan, its measures and the partners' updates, a file for each noun."""

from partnership.states import StaleSave
from priorities.actions.imports import (
    drop_import,
    import_measures,
    keep_import,
)
from priorities.actions.measures import (
    add_plan,
    add_priority,
    compare,
    define_measure,
    record_value,
    set_disclosure,
)
from priorities.actions.updates import (
    ReturnedValue,
    accept_update,
    ask_for_updates,
    missing_answers,
    open_round,
    reopen_update,
    request_update,
    return_update,
    save_update,
    submit_update,
)

__all__ = [
    "ReturnedValue",
    "StaleSave",
    "accept_update",
    "add_plan",
    "add_priority",
    "ask_for_updates",
    "compare",
    "define_measure",
    "drop_import",
    "import_measures",
    "keep_import",
    "missing_answers",
    "open_round",
    "record_value",
    "reopen_update",
    "request_update",
    "return_update",
    "save_update",
    "set_disclosure",
    "submit_update",
]
