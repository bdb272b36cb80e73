import pytest
from django.core.management import CommandError, call_command

from partnership.choices import Permission
from partnership.models import Partnership, User
from partnership.tests.factories import make_partnership

ARGUMENTS = ("Northshire Safeguarding Children Partnership", "NSCP", "Northshire", "erin@example.org", "Erin")


def test_empty_portal_gets_its_partnership_and_first_manager(db, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        call_command("set_up_partnership", *ARGUMENTS)

    assert (Partnership.objects.get().name, Partnership.objects.get().area.name) == (ARGUMENTS[0], "Northshire")
    assert User.objects.get().may(Permission.PEOPLE_MANAGE)
    assert [mail.to for mail in mailoutbox] == [["erin@example.org"]]


def test_partnership_is_not_set_up_twice(db):
    make_partnership()

    with pytest.raises(CommandError, match="already"):
        call_command("set_up_partnership", *ARGUMENTS)
