"""What migrations do with the groups of a portal that is in use."""

BEFORE = [("partnership", "0005_period_closed")]
AFTER = [("partnership", "0007_members_have_seats")]


def test_every_member_of_a_group_has_a_seat_and_back(migrate_to):
    old = migrate_to(BEFORE)
    group = old.get_model("partnership", "Group").objects.create(code="BOARD", name="Board", kind="board")
    agency = old.get_model("partnership", "Agency").objects.create(code="police", name="Police", kind="justice")
    group.members.add(agency)

    new = migrate_to(AFTER)

    seats = new.get_model("partnership", "Seat").objects.values_list("group__code", "agency__code", "from_on")
    assert list(seats) == [("BOARD", "police", None)]
    back = migrate_to(BEFORE).get_model("partnership", "Group").objects.get()
    assert [agency.code for agency in back.members.all()] == ["police"]
