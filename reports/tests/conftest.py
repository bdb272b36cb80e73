"""The demo's report, assembled once for the tests that only read it; a page with the editor in a browser."""

import pytest
from django.core.management import call_command

from partnership.tests.undoing import undone
from reports.assemble import assemble
from reports.models import AnnualReport


@pytest.fixture(scope="session")
def demo_document(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), undone():
        call_command("load_demo", verbosity=0)
        return assemble(AnnualReport.objects.get())


@pytest.fixture
def console(page):
    """What the browser complains of: errors in scripts, and all that the content security policy stops."""
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type != "log" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


@pytest.fixture
def editing(page, live_server, console):
    page.goto(live_server.url)
    page.wait_for_selector("[role=textbox]")
    return page
