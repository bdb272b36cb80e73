from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.evaluation import Base, Change, ShareWhoDid
from training.steps import known_in_steps


def change(people, asked, total=0):
    return Change(base=Base(people=people, asked=asked), total=total)


@pytest.mark.parametrize(
    ("closed", "people", "asked"),
    [
        ([(6, 20)], 6, 20),
        ([(6, 20), (1, 20)], 6, 20),
        ([(6, 20), (1, 20), (5, 20)], 12, 60),
        ([(3, 20), (3, 20)], 6, 40),
        ([(6, 20), (0, 20)], 6, 40),
        ([(6, 7), (6, 20)], 12, 27),
        ([(6, 20), (6, 7)], 6, 20),
    ],
)
def test_what_is_left_over_waits(closed, people, asked):
    known = known_in_steps([change(*each) for each in closed], nothing=Change())

    assert (known.base, known.shown.number is not None) == (Base(people=people, asked=asked), True)


@pytest.mark.parametrize("closed", [[], [(5, 20)], [(0, 20), (5, 20)], [(0, 20), (6, 7)], [(0, 20), (6, 7), (1, 3)]])
def test_without_a_whole_step_nothing_is_told(closed):
    known = known_in_steps([change(*each) for each in closed], nothing=Change())

    assert known.shown.number is None


@dataclass(frozen=True)
class Session:
    people: int
    asked: int
    did: int


sessions = st.integers(0, 30).flatmap(
    lambda asked: st.integers(0, asked).flatmap(
        lambda people: st.builds(Session, st.just(people), st.just(asked + 1), st.integers(0, people))
    )
)


@given(st.lists(sessions, max_size=12))
def test_from_one_day_to_the_next_no_result_tells_of_few(held):
    """However sessions close: what lies between two results that are told could be told by itself."""
    changes = [change(each.people, each.asked) for each in held]
    shares = [ShareWhoDid(base=Base(people=each.people, asked=each.asked), did=each.did) for each in held]
    days = range(len(held) + 1)
    for before, after in pairwise(known_in_steps(changes[:day], nothing=Change()) for day in days):
        if before.shown.number is not None:
            gained = Base(people=after.base.people - before.base.people, asked=after.base.asked - before.base.asked)
            assert gained == Base() or gained.is_step
            assert gained.people == 0 or gained.people >= 6
    for was, now in pairwise(known_in_steps(shares[:day], nothing=ShareWhoDid()) for day in days):
        if was.shown.number is not None:
            people, did = now.base.people - was.base.people, now.did - was.did
            assert [count for count in (people, did, people - did) if 0 < count < 6] == []
