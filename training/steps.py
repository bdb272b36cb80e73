"""In which steps a result of evaluation becomes known, so that comparing two days tells of nobody. Pure functions.

Answers come in one by one. Whoever saw a mean yesterday and sees it today could work out the mark of the person who
answered in between. So a session counts only once nobody can answer about it any more, and sessions join a result only
in groups that could be told by themselves: what comes between two days is then as large as what may be told.
"""

from collections.abc import Iterable
from typing import Protocol, Self, TypeVar

from priorities.disclosure import Shown


class Result(Protocol):
    """Something found of a group of people, which can be added to what was found of another."""

    @property
    def is_step(self) -> bool:
        """Whether a result may grow by it from one day to the next."""

    @property
    def shown(self) -> Shown: ...

    def __add__(self, other: Self) -> Self: ...


R = TypeVar("R", bound=Result)


def known_in_steps(closed: Iterable[R], *, nothing: R) -> R:
    """The result of the sessions that have closed, given one by one in the order in which they did.

    They are taken together until they make a step; those left over wait for more. Since what has closed does not
    change, a result that was told once only grows by whole steps. Where none is told it is what waits, which is hidden.
    """
    told, waiting = nothing, nothing
    for result in closed:
        waiting = waiting + result
        if waiting.is_step:
            told, waiting = told + waiting, nothing
    return told if told.shown.number is not None or waiting is nothing else waiting
