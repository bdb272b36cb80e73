"""Every change to who we are, a file for each noun: each verb writes its line in the record of changes."""

from partnership.actions.funding import (
    change_contribution,
    change_cost,
    record_contribution,
    record_cost,
    remove_contribution,
    remove_cost,
)
from partnership.actions.groups import add_group, add_seat, change_seat
from partnership.actions.meetings import change_meeting, record_meeting, remove_meeting
from partnership.actions.organisations import add_agency, add_area, set_neighbours, set_up_partnership
from partnership.actions.people import add_person, close_account, give_role, open_account, take_role
from partnership.actions.periods import (
    add_period,
    add_years,
    close_period,
    reopen_period,
    require_open,
    require_open_on,
    require_open_since,
)

__all__ = [
    "add_agency",
    "add_area",
    "add_group",
    "add_period",
    "add_person",
    "add_seat",
    "add_years",
    "change_contribution",
    "change_cost",
    "change_meeting",
    "change_seat",
    "close_account",
    "close_period",
    "give_role",
    "open_account",
    "record_contribution",
    "record_cost",
    "record_meeting",
    "remove_contribution",
    "remove_cost",
    "remove_meeting",
    "reopen_period",
    "require_open",
    "require_open_on",
    "require_open_since",
    "set_neighbours",
    "set_up_partnership",
    "take_role",
]
