from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from partnership import jobs
from partnership.models import Evidence
from partnership.tests.factories import make_evidence

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


class Bell:
    """Stands for a task: what was rung, and for which row."""

    def __init__(self):
        self.rung = []

    def delay(self, pk):
        self.rung.append(pk)


def claim(row, given_up=None):
    return jobs.claim(Evidence, row.pk, give_up=(given_up if given_up is not None else []).append)


@pytest.fixture
def row(db, settings):
    settings.JOB_LEASE_SECONDS = 60
    return make_evidence()


def test_one_worker_gets_the_row_until_its_lease_runs_out(row):
    with time_machine.travel(NOON, tick=False) as clock:
        first = claim(row)
        clock.shift(timedelta(seconds=60))
        assert claim(row) is None
        clock.shift(timedelta(seconds=1))
        second = claim(row)

    assert (first.attempts, first.lease_until, second.attempts) == (1, NOON + timedelta(seconds=60), 2)
    assert first.claim != second.claim


def test_row_whose_attempts_are_used_up_is_given_up(row):
    Evidence.objects.update(attempts=Evidence.MAX_ATTEMPTS)
    given_up = []

    assert claim(row, given_up) is None
    assert given_up == [row]


def test_row_is_held_by_the_worker_who_has_it_in_that_state_only(row):
    old = claim(row)
    assert jobs.held(Evidence.objects, old, status=row.status) == row
    with pytest.raises(jobs.LostClaim):
        jobs.held(Evidence.objects, old, status="another")

    Evidence.objects.update(lease_until=NOON)
    claim(row)

    with pytest.raises(jobs.LostClaim):
        jobs.held(Evidence.objects, old, status=row.status)


def test_rows_that_wait_are_rung_for_again_and_those_at_work_are_not(row):
    claim(row)
    waiting, bell = make_evidence(), Bell()

    assert jobs.ring_again(Evidence, bell) == 1
    assert bell.rung == [waiting.pk]
