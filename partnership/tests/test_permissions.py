import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from partnership import actions
from partnership.choices import ROLES, Permission, Role, permissions_of
from partnership.permissions import requires
from partnership.tests.factories import make_agency, make_alice, make_bob, make_person

TABLE = """
                          board-manager  board-officer    contributor          chair      signatory
REPORT_READ                         yes            yes            yes            yes            yes
SECTION_EDIT                        yes            yes              -              -              -
SECTION_EDIT_ASSIGNED                 -              -            yes              -              -
SECTION_APPROVE                     yes            yes              -              -              -
REPORT_ARRANGE                      yes            yes              -              -              -
COMMENT_WRITE                       yes            yes            yes            yes            yes
PUBLICATION_MAKE                    yes            yes              -            yes            yes
SIGN_OFF_MANAGE                     yes            yes              -              -              -
SIGNATURE_GIVE                        -              -              -              -            yes
STATEMENT_MAKE                        -              -              -            yes              -
EDITION_PUBLISH                     yes              -              -              -              -
UPDATE_READ_OWN                       -              -            yes              -            yes
UPDATE_READ_ALL                     yes            yes              -            yes              -
UPDATE_WRITE                          -              -            yes              -              -
APPROVAL_CHOOSE                     yes              -            yes              -              -
UPDATE_DECIDE                       yes            yes              -              -              -
PLAN_MANAGE                         yes            yes              -              -              -
ACTION_RATE                         yes            yes            yes              -              -
ROUND_MANAGE                        yes            yes              -              -              -
MEASURE_MANAGE                      yes            yes              -              -              -
MEASURE_IMPORT                      yes            yes              -              -              -
NEIGHBOURS_SET                      yes            yes              -              -              -
REVIEW_READ_ALL                     yes            yes              -            yes              -
REVIEW_MANAGE                       yes            yes              -              -              -
TRAINING_MANAGE                     yes            yes              -              -              -
RISK_READ                           yes            yes              -            yes            yes
AUDIT_MANAGE                        yes            yes              -              -              -
ASSESSMENT_READ_OWN                   -              -            yes              -            yes
ASSESSMENT_READ_ALL                 yes            yes              -            yes              -
ASSESSMENT_WRITE                      -              -            yes              -              -
GROUP_MANAGE                        yes            yes              -              -              -
FUNDING_MANAGE                      yes              -              -              -              -
PEOPLE_MANAGE                       yes              -              -              -              -
AUDIT_READ                          yes            yes              -              -              -
"""


def printed(roles):
    """Who may do what, a line for each permission."""
    lines = [" " * 24 + "".join(f"{role:>15}" for role in roles).rstrip()]
    for permission in Permission:
        cells = ("yes" if permission in roles[role] else "-" for role in roles)
        lines.append(f"{permission.name:24}" + "".join(f"{cell:>15}" for cell in cells))
    return "\n" + "\n".join(lines) + "\n"


def test_each_role_may_do_what_the_table_says():
    assert printed(ROLES) == TABLE


def test_every_role_is_in_the_table():
    assert list(ROLES) == list(Role)


def test_several_roles_together_allow_what_any_of_them_allows():
    together = permissions_of([Role.CONTRIBUTOR, Role.CHAIR])

    assert together == ROLES[Role.CONTRIBUTOR] | ROLES[Role.CHAIR]


def test_no_role_allows_nothing():
    assert permissions_of([]) == frozenset()


def test_an_unknown_role_is_an_error_and_not_a_blank_cheque():
    with pytest.raises(ValueError, match="caretaker"):
        permissions_of(["caretaker"])


def test_a_person_may_do_what_their_roles_allow(db):
    person = make_person("Grace", Role.CONTRIBUTOR, "police")
    actions.give_role(user=person, agency=make_agency("board"), role=Role.CHAIR, by=None)

    assert person.permissions == ROLES[Role.CONTRIBUTOR] | ROLES[Role.CHAIR]
    assert [person.may(permission) for permission in (Permission.UPDATE_WRITE, Permission.SECTION_EDIT)] == [
        True,
        False,
    ]


def test_a_person_without_a_role_may_do_nothing(db):
    person = make_person("Grace", None)

    assert [permission for permission in Permission if person.may(permission)] == []


def test_a_person_who_has_left_may_do_nothing(db):
    alice = make_alice()
    alice.is_active = False

    assert [permission for permission in Permission if alice.may(permission)] == []


def test_a_role_counts_only_at_its_own_agency(db):
    person = make_person("Grace", Role.CONTRIBUTOR, "police")
    actions.give_role(user=person, agency=make_agency("council"), role=Role.SIGNATORY, by=None)

    may_read = person.agency_ids_where(Permission.UPDATE_READ_OWN)
    may_write = person.agency_ids_where(Permission.UPDATE_WRITE)

    assert set(may_read) == {make_agency("police").pk, make_agency("council").pk}
    assert may_write == [make_agency("police").pk]


def test_a_person_who_has_left_acts_for_no_agency(db):
    bob = make_bob()
    bob.is_active = False

    assert bob.agency_ids_where(Permission.UPDATE_WRITE) == []


@require_GET
@requires(Permission.AUDIT_READ)
def door(request, name):
    """Who comes in."""
    return HttpResponse(f"Come in, {name}.")


def test_those_with_the_permission_come_in(db, rf):
    request = rf.get("/")
    request.user = make_alice()

    assert door(request, name="Alice").content == b"Come in, Alice."


def test_those_without_it_are_told_whom_the_page_is_for(db, rf):
    request = rf.get("/")
    request.user = make_bob()

    with pytest.raises(PermissionDenied) as refusal:
        door(request, name="Bob")

    assert str(refusal.value) == "This page is for people who read the record of changes."


def test_a_guarded_view_says_what_it_asks_for():
    assert (door.permission, door.__name__, door.__doc__) == (Permission.AUDIT_READ, "door", "Who comes in.")
