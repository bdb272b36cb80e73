"""The demo's report, assembled once for the tests that only read it."""

import pytest
from django.core.management import call_command
from django.db import transaction

from reports.assemble import assemble
from reports.models import AnnualReport


@pytest.fixture(scope="session")
def demo_document(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", verbosity=0)
        document = assemble(AnnualReport.objects.get())
        transaction.set_rollback(True)
    return document
