import csv
import io
from datetime import date, timedelta
from html import unescape

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.urls import reverse

from partnership import actions as partnership_actions
from partnership.choices import Role
from partnership.models import AuditEvent
from partnership.tests.factories import (
    make_agency,
    make_alice,
    make_bob,
    make_charlie,
    make_dana,
    make_partnership,
    make_person,
)
from priorities import actions
from priorities.choices import ActionStatus, PriorityKind, Rag
from priorities.models import AgreedAction, DateChange
from priorities.tests.factories import make_action, make_objective, make_priority, slip

pytestmark = pytest.mark.django_db

TODAY = date(2023, 6, 1)

ANSWERS = {
    "action-change": {"text": "Other words", "serves": "", "owner": "", "owner_post": "", "themes": []},
    "action-rate": {"rag": "amber", "reason": "A post is vacant.", "evidence": ""},
    "action-complete": {"evidence": "An audit of 20 cases."},
    "action-change-due-date": {"due_on": "2023-09-30", "reason": "A post is vacant."},
    "action-withdraw": {"reason": "Another has taken its place."},
    "action-reopen": {"reason": "The audit was wrong."},
}


@pytest.fixture(autouse=True)
def partnership():
    with time_machine.travel(TODAY):
        yield make_partnership()


def url(name, *args):
    return reverse(f"plan:{name}", args=args)


def text(response):
    return unescape(response.content.decode())


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def answers(name, action):
    more = {"owner": action.owner_id} if name == "action-change" else {}
    return {"version": action.version, **ANSWERS[name], **more}


def make_for(name):
    return make_action(ActionStatus.COMPLETED if name == "action-reopen" else ActionStatus.OPEN)


def everything():
    return [list(model.objects.order_by("pk").values()) for model in (AgreedAction, DateChange, AuditEvent)]


def listed(response):
    return [action.text for action in response.context["page"].object_list]


def agree(**more):
    return {
        "text": "Audit 20 cases",
        "serves": "",
        "themes": [],
        "owner": make_agency().pk,
        "owner_post": "Head of service",
        "due_on": "2023-12-31",
        **more,
    }


def test_the_board_agrees_an_action_for_an_objective(client):
    objective, theme = make_objective(), make_priority("VOICE", PriorityKind.CROSS_CUTTING)
    alice = make_alice()
    client.force_login(alice)

    response = client.post(url("action-agree"), agree(serves=f"objective-{objective.pk}", themes=[theme.pk]))

    action = AgreedAction.objects.get()
    assert response.url == url("action-detail", action.pk)
    assert (action.text, action.objective, action.priority) == ("Audit 20 cases", objective, objective.priority)
    assert (list(action.themes.all()), action.due_on, action.agreed_by) == ([theme], date(2023, 12, 31), alice)


@pytest.mark.parametrize(
    ("field", "typed", "error"),
    [
        ("text", "", "Enter what will be done"),
        ("text", "x" * 4001, "4000"),
        ("text", "a\0b", "Null characters"),
        ("owner", "", "Choose the agency that does it"),
        ("owner", "9" * 40, "Select a valid choice"),
        ("due_on", "", "Enter the date by which it will be done"),
        ("due_on", "ongoing", "Enter a valid date"),
        ("due_on", "9999-12-31", "Enter a date within 10 years of today"),
        ("due_on", "0001-01-01", "Enter a date within 10 years of today"),
        ("serves", "objective-999", "Select a valid choice"),
        ("serves", "priority-1 or 1=1", "Select a valid choice"),
        ("themes", ["999"], "Select a valid choice"),
    ],
)
def test_what_cannot_be_agreed_is_said_beside_the_field(client, field, typed, error):
    client.force_login(make_alice())

    response = client.post(url("action-agree"), agree(**{field: typed}))

    assert list(response.context["form"].errors) == [field]
    assert error in response.context["form"].errors[field][0]
    assert ("<title>Error: " in text(response), AgreedAction.objects.count()) == (True, 0)


def test_from_a_page_of_the_plan_what_it_serves_is_chosen_already(client):
    objective, theme = make_objective(), make_priority("VOICE", PriorityKind.CROSS_CUTTING)
    client.force_login(make_alice())

    response = client.get(url("action-agree"), {"serves": f"objective-{objective.pk}", "themes": theme.pk})

    page = text(response)
    assert f'<option value="objective-{objective.pk}" selected>' in page
    assert f'value="priority-{theme.pk}"' not in page
    assert response.context["form"]["themes"].initial == [str(theme.pk)]


def test_what_an_action_serves_stays_on_offer_when_it_has_ended(client):
    objective, theme = make_objective(), make_priority("VOICE", PriorityKind.CROSS_CUTTING)
    action, alice = make_action(objective=objective, themes=[theme]), make_alice()
    for part in (objective, objective.priority, theme):
        actions.end_part(part=part, by=alice)
    client.force_login(alice)
    typed = {**answers("action-change", action), "serves": f"objective-{objective.pk}", "themes": [theme.pk]}

    client.post(url("action-change", action.pk), typed)

    action.refresh_from_db()
    assert (action.text, action.objective, list(action.themes.all())) == ("Other words", objective, [theme])


@pytest.mark.parametrize("name", ANSWERS)
def test_each_page_does_its_verb(client, name):
    action = make_for(name)
    client.force_login(make_alice())
    assert client.get(url(name, action.pk)).status_code == 200

    response = client.post(url(name, action.pk), answers(name, action))

    assert (response.url, len(said(response))) == (url("action-detail", action.pk), 1)
    assert AgreedAction.objects.get().version == action.version + 1


@pytest.mark.parametrize("name", ANSWERS)
def test_a_colleague_s_change_is_shown_and_everything_typed_stays(client, name):
    action = make_for(name)
    client.force_login(make_alice())
    typed = answers(name, action)
    if name == "action-reopen":
        again = actions.reopen_action(action=action, version=1, reason="Not yet.", by=make_bob())
        actions.complete_action(action=again, version=2, evidence="Now it is.", by=make_bob())
    else:
        actions.rate_action(action=action, version=0, rag=Rag.RED, reason="Nobody has begun.", by=make_bob())
    before = everything()

    response = client.post(url(name, action.pk), typed)

    page = text(response)
    assert (response.status_code, everything()) == (409, before)
    assert "Somebody else has changed this action since you opened it" in page
    assert [value for value in ANSWERS[name].values() if isinstance(value, str) and value not in page] == []
    assert name == "action-reopen" or "Nobody has begun." in page

    client.post(url(name, action.pk), {**typed, "version": response.context["form"]["version"].value()})
    assert AgreedAction.objects.get().version == before[0][0]["version"] + 1


@pytest.mark.parametrize("name", ANSWERS)
def test_a_page_whose_time_has_passed_leads_back(client, name):
    action = make_action() if name == "action-reopen" else make_action(ActionStatus.WITHDRAWN)
    client.force_login(make_alice())
    before = everything()

    assert client.get(url(name, action.pk)).url == url("action-detail", action.pk)
    assert client.post(url(name, action.pk), answers(name, action)).status_code == 409
    assert everything() == before


@pytest.mark.parametrize(
    ("name", "field", "error"),
    [
        ("action-rate", "reason", "Enter the reason for the rating"),
        ("action-complete", "evidence", "Enter what shows that it is done"),
        ("action-change-due-date", "reason", "Enter why the due date changes"),
        ("action-withdraw", "reason", "Enter why it is withdrawn"),
        ("action-reopen", "reason", "Enter why it is open again"),
    ],
)
def test_every_verb_needs_its_reason(client, name, field, error):
    action = make_for(name)
    client.force_login(make_alice())

    response = client.post(url(name, action.pk), {**answers(name, action), field: "  "})

    assert response.context["form"].errors == {field: [error]}
    assert AgreedAction.objects.get().version == action.version


def test_nobody_rates_an_action_blue(client):
    action = make_action()
    client.force_login(make_alice())

    response = client.post(url("action-rate", action.pk), {**answers("action-rate", action), "rag": "blue"})

    assert list(response.context["form"].errors) == ["rag"]


def test_the_same_due_date_is_no_change(client):
    action = make_action()
    client.force_login(make_alice())
    typed = {**answers("action-change-due-date", action), "due_on": "2023-06-30"}

    response = client.post(url("action-change-due-date", action.pk), typed)

    assert response.context["form"].errors == {"due_on": ["This is the due date already"]}


def test_the_owner_s_people_rate_and_complete_their_own(client):
    action = make_action(agency="police")
    client.force_login(make_bob())

    client.post(url("action-rate", action.pk), answers("action-rate", action))
    client.post(url("action-complete", action.pk), {"version": 1, "evidence": "An audit."})

    assert AgreedAction.objects.get().status == ActionStatus.COMPLETED


@pytest.mark.parametrize(
    ("make", "name", "status"),
    [
        (make_charlie, "action-rate", 404),
        (make_charlie, "action-complete", 404),
        (make_bob, "action-change-due-date", 403),
        (make_bob, "action-withdraw", 403),
        (make_dana, "action-rate", 403),
        (lambda: make_person("Grace", Role.SIGNATORY, "police"), "action-complete", 403),
    ],
)
def test_others_change_nothing(client, make, name, status):
    action = make_action(agency="police")
    client.force_login(make())
    before = everything()

    response = client.post(url(name, action.pk), answers(name, action))

    assert (response.status_code, everything()) == (status, before)


def test_a_role_at_one_agency_rates_nothing_of_another():
    of_police, of_board = make_action(agency="police"), make_action(agency="council")
    grace = make_person("Grace", Role.CONTRIBUTOR, "police")
    partnership_actions.give_role(user=grace, agency=make_agency("council"), role=Role.SIGNATORY, by=None)

    assert list(AgreedAction.objects.writable_by(grace)) == [of_police]
    assert set(AgreedAction.objects.visible_to(grace)) == {of_police, of_board}


def test_an_action_says_how_often_it_slipped_and_to_when(client):
    action = slip(make_action(), date(2023, 7, 31), date(2023, 9, 30), date(2023, 12, 31))
    client.force_login(make_dana())

    page = text(client.get(url("action-detail", action.pk)))

    assert 'id="slips">Slipped 3 times<' in page
    assert "<strong>30 June 2023 to 31 July 2023</strong>" in page


def test_the_tracker_puts_first_what_needs_attention(client):
    make_action(text="later", due_on=date(2024, 1, 1))
    red = make_action(text="red", due_on=date(2025, 1, 1))
    actions.rate_action(action=red, version=0, rag=Rag.RED, reason="Late.", by=make_alice())
    make_action(text="overdue", due_on=TODAY - timedelta(days=1))
    make_action(ActionStatus.COMPLETED, text="done")
    client.force_login(make_dana())

    assert listed(client.get(url("action-list"))) == ["overdue", "red", "later"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["overdue", "slipped"]),
        ({"show": "overdue"}, ["overdue"]),
        ({"show": "slipped"}, ["slipped"]),
        ({"show": "slipped-often"}, []),
        ({"show": "completed"}, ["done"]),
        ({"show": "withdrawn"}, ["given up"]),
        ({"show": "all"}, ["overdue", "slipped", "done", "given up"]),
        ({"agency": "own"}, ["slipped"]),
        ({"rating": "none"}, ["overdue", "slipped"]),
        ({"rating": "red"}, []),
        ({"priority": "DA"}, ["overdue"]),
        ({"show": "nonsense", "agency": "\0", "priority": "9" * 40, "rating": "x"}, ["overdue", "slipped"]),
    ],
)
def test_the_tracker_is_narrowed_down_and_its_files_with_it(client, asked, found):
    make_action(text="overdue", agency="council", priority="DA", due_on=date(2023, 5, 1))
    slip(make_action(text="slipped"), date(2023, 9, 30))
    make_action(ActionStatus.COMPLETED, text="done", agency="council")
    make_action(ActionStatus.WITHDRAWN, text="given up", agency="council")
    if asked.get("priority") == "DA":
        asked = {"priority": make_priority("DA").pk}
    client.force_login(make_bob())

    response = client.get(url("action-list"), asked)
    content = client.get(url("action-export", "csv"), asked).content.decode("utf-8-sig")

    assert sorted(listed(response)) == sorted(found)
    assert sorted(row["Action"] for row in csv.DictReader(io.StringIO(content))) == sorted(found)


def test_the_file_says_what_the_action_s_page_says(client):
    action = slip(make_action(text="=1+1", owner_post="Head"), date(2023, 9, 30), date(2023, 8, 31))
    actions.rate_action(action=action, version=2, rag=Rag.AMBER, reason="A post is vacant.", by=make_alice())
    client.force_login(make_dana())

    content = client.get(url("action-export", "csv")).content.decode("utf-8-sig")

    (row,) = csv.DictReader(io.StringIO(content))
    assert (row["Action"], row["Agency"], row["Rating"]) == ("'=1+1", "County Police", "At risk")
    assert (row["First due on"], row["Due on"], row["Times slipped"]) == ("2023-06-30", "2023-08-31", "1")


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "args", "queries"), [("action-list", (), 12), ("action-export", ("csv",), 7)])
def test_queries_do_not_grow(client, count, name, args, queries, django_assert_num_queries):
    for number in range(count):
        objective, theme = make_objective(f"P{number}"), make_priority(f"T{number}", PriorityKind.CROSS_CUTTING)
        slip(make_action(agency=f"agency-{number}", objective=objective, themes=[theme]), date(2023, 9, 30))
    client.force_login(make_alice())

    with django_assert_num_queries(queries):
        client.get(url(name, *args))


def test_a_partner_sees_its_open_actions_at_home(client):
    make_action(due_on=date(2023, 5, 1))
    make_action(agency="council")
    client.force_login(make_bob())

    page = text(client.get(reverse("home")))

    assert ("1 agreed action open" in page, "1 overdue" in page) == (True, True)


def test_without_actions_of_its_own_home_says_nothing_of_them(client):
    make_action(agency="council")
    make_action(ActionStatus.COMPLETED)
    client.force_login(make_bob())

    assert "agreed action" not in text(client.get(reverse("home")))
