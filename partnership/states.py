"""One way for every record that moves between states: a table says which moves there are."""

from collections.abc import Mapping
from typing import Any


class WrongState(Exception):
    """A verb was used on a record that is not, or no longer, in a state for it. The text is for the user."""


class StaleSave(Exception):
    """The record was saved by somebody else since it was read; nothing was changed."""


def require_version(record: Any, version: int) -> None:
    """Raises `StaleSave` where a record, locked and read anew, is no longer at the version that somebody read."""
    if record.version != version:
        raise StaleSave(f"{record} was changed by somebody else in the meantime.")


class Moves:
    """For models with a `status`: `move_to` consults the model's `TRANSITIONS`."""

    TRANSITIONS: Mapping[str, frozenset[str]]

    def move_to(self, status: str) -> None:
        """Set the status; raises `WrongState` where the table has no such move. Does not save."""
        if status not in self.TRANSITIONS[self.status]:
            raise WrongState(f"{self} is {self.get_status_display().lower()}: this can no longer be done.")
        self.status = status
