"""What migrations do with the attendances of a portal that is in use."""

from datetime import date

BEFORE = [("training", "0001_initial")]
AFTER = [("training", "0003_attendance_by_agency")]


def test_attendances_by_type_are_kept_as_they_are(migrate_to):
    old = migrate_to(BEFORE)
    course = old.get_model("training", "Course").objects.create(
        code="NEGLECT", title="Neglect", mode="virtual", kind="thematic"
    )
    session = old.get_model("training", "Session").objects.create(course=course, held_on=date(2022, 5, 1), capacity=30)
    for organisation_type, attended in (("police", 12), ("health", 0)):
        old.get_model("training", "Attendance").objects.create(
            session=session, organisation_type=organisation_type, attended=attended
        )

    new = migrate_to(AFTER)

    rows = new.get_model("training", "Attendance").objects.order_by("pk")
    assert list(rows.values_list("organisation_type", "attended", "agency", "role_group", "booked")) == [
        ("police", 12, None, "", None),
        ("health", 0, None, "", None),
    ]
    assert new.get_model("training", "Session").objects.values_list("capacity", "cost", "venue").get() == (30, None, "")
