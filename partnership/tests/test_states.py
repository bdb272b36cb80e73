import pytest

from partnership.states import Moves, WrongState


class Door(Moves):
    TRANSITIONS = {"open": frozenset({"shut"}), "shut": frozenset({"open", "locked"}), "locked": frozenset()}

    def __init__(self, status):
        self.status = status

    def __str__(self):
        return "The front door"

    def get_status_display(self):
        return self.status.title()


@pytest.mark.parametrize(("before", "after"), [("open", "shut"), ("shut", "open"), ("shut", "locked")])
def test_a_move_in_the_table_is_made(before, after):
    door = Door(before)

    door.move_to(after)

    assert door.status == after


@pytest.mark.parametrize(
    ("before", "after"), [("open", "open"), ("open", "locked"), ("locked", "open"), ("shut", "painted")]
)
def test_any_other_move_is_refused_and_leaves_the_state(before, after):
    door = Door(before)

    with pytest.raises(WrongState):
        door.move_to(after)

    assert door.status == before


def test_a_refusal_can_be_shown_to_the_user():
    with pytest.raises(WrongState) as refusal:
        Door("locked").move_to("open")

    assert str(refusal.value) == "The front door is locked: this can no longer be done."
