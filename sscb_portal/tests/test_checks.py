import pytest

from sscb_portal.checks import (
    TIMES,
    job_times_are_in_order,
    theme_can_be_used,
    virus_scanner_has_an_address,
    virus_scanner_is_set,
)


def test_times_of_a_job_are_in_order_by_default():
    assert job_times_are_in_order(None) == []


@pytest.mark.parametrize("name", TIMES[:-1])
def test_time_as_long_as_the_next_one_is_named(settings, name):
    longer = TIMES[TIMES.index(name) + 1]
    setattr(settings, name, getattr(settings, longer))

    errors = job_times_are_in_order(None)

    assert [error.id for error in errors] == ["portal.E001"]
    assert errors[0].msg.startswith(f"{longer} (")


def test_virus_scanner_that_is_missing_is_a_warning_in_production(settings):
    settings.CLAMAV_URL = ""

    assert [warning.id for warning in virus_scanner_is_set(None)] == ["portal.W001"]
    assert virus_scanner_has_an_address(None) == []


def test_virus_scanner_with_a_good_address_is_fine(settings):
    settings.CLAMAV_URL = "unix:/run/clamd.sock"

    assert (virus_scanner_is_set(None), virus_scanner_has_an_address(None)) == ([], [])


def test_virus_scanner_with_a_bad_address_stops_the_portal(settings):
    settings.CLAMAV_URL = "clamd:3310"

    assert [error.id for error in virus_scanner_has_an_address(None)] == ["portal.E002"]


def test_theme_that_cannot_be_used_stops_the_portal_with_what_to_change(settings, tmp_path):
    settings.THEME_FILE = str(tmp_path / "theme.toml")
    (tmp_path / "theme.toml").write_text('colour = "red"')

    assert [(error.id, error.msg) for error in theme_can_be_used(None)] == [
        ("portal.E003", "Theme: Write colour as # and six digits, such as #1d4f76, not 'red'.")
    ]
