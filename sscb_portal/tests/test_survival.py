"""A job outlives its worker and its broker: real processes, killed for real."""

import pytest

from sscb_portal.tests.stack import postgresql_and_redis, wait_for

pytestmark = pytest.mark.journey

SHORT_LEASE = {"RENDER_WALL_SECONDS": "25", "JOB_LEASE_SECONDS": "60", "SWEEP_SECONDS": "2"}

ASK = """
from django.db import transaction
from partnership.models import User
from reports.models import AnnualReport
from reports.publishing import ask_for_publication
from reports.tasks import ring
with transaction.atomic():
    chair = User.objects.get(email="chair@example.org")
    publication = ask_for_publication(report=AnnualReport.objects.get(), by=chair)
    ring(publication)
"""
LOOK = """
from reports.models import Publication
for publication in Publication.objects.all():
    print(publication.status, publication.attempts, bool(publication.file))
"""
PASS = """
from datetime import timedelta
from django.conf import settings
from django.db.models import F
from reports.models import Publication
Publication.objects.update(lease_until=F("lease_until") - timedelta(seconds=settings.JOB_LEASE_SECONDS))
"""
"""As if the time of the lease had passed."""
COUNT = """
from partnership.models import AuditEvent
print(AuditEvent.objects.filter(verb="publication.made").count())
"""


@pytest.fixture
def stack(tmp_path, postgresql_demo):
    with postgresql_and_redis(tmp_path, postgresql_demo, **SHORT_LEASE) as stack:
        yield stack


def shell(stack, code):
    return stack.manage("shell", "-v0", "-c", code).strip()


def test_job_of_a_killed_worker_is_taken_up_again_and_ends_once(stack):
    stack.start_worker()
    shell(stack, ASK)
    wait_for(lambda: shell(stack, LOOK) == "rendering 1 False", "the worker to begin", patience=20)

    stack.kill("worker")
    assert shell(stack, LOOK) == "rendering 1 False"
    shell(stack, PASS)
    stack.start_worker()

    wait_for(lambda: shell(stack, LOOK) == "ready 2 True", "the job to be taken up again")
    assert shell(stack, COUNT) == "1"


def test_job_waiting_in_an_emptied_redis_is_found_and_ends_once(stack):
    shell(stack, ASK)
    assert shell(stack, LOOK) == "queued 0 False"

    stack.empty_redis()
    stack.start_worker()

    wait_for(lambda: shell(stack, LOOK) == "ready 1 True", "the sweep to find the job")
    assert shell(stack, COUNT) == "1"
