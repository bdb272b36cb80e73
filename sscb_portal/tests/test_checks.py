import pytest

from sscb_portal.checks import TIMES, job_times_are_in_order


def test_times_of_a_job_are_in_order_by_default():
    assert job_times_are_in_order(None) == []


@pytest.mark.parametrize("name", TIMES[:-1])
def test_time_as_long_as_the_next_one_is_named(settings, name):
    longer = TIMES[TIMES.index(name) + 1]
    setattr(settings, name, getattr(settings, longer))

    errors = job_times_are_in_order(None)

    assert [error.id for error in errors] == ["portal.E001"]
    assert errors[0].msg.startswith(f"{longer} (")
