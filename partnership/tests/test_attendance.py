from partnership.attendance import attended
from partnership.choices import Attendance


def test_a_deputy_counts_and_apologies_do_not():
    assert str(attended(Attendance)) == "2 of 4"


def test_without_a_meeting_there_is_nothing_to_be_counted():
    assert str(attended([])) == "no meetings"
