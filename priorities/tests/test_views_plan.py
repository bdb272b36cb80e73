from datetime import date
from html import unescape

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.urls import reverse

from partnership.models import AuditEvent
from partnership.tests.factories import make_agency, make_alice, make_bob, make_charlie, make_dana, make_partnership
from priorities import actions
from priorities.choices import ActionStatus, PriorityKind, UpdateStatus
from priorities.models import BusinessPlan, Objective, Priority, SuccessMeasure
from priorities.tests.factories import (
    make_action,
    make_duty,
    make_measure,
    make_objective,
    make_plan,
    make_priority,
    make_success_measure,
    make_update,
    make_value,
    slip,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def partnership():
    with time_machine.travel(date(2023, 6, 1)):
        yield make_partnership()


def url(name, *args):
    return reverse(f"plan:{name}", args=args)


def text(response):
    return unescape(response.content.decode())


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def everything():
    models = (BusinessPlan, Priority, Objective, SuccessMeasure, AuditEvent)
    return [list(model.objects.order_by("pk").values()) for model in models]


def a_priority(**more):
    return {
        "title": "Neglect",
        "code": "NEGLECT",
        "kind": "main",
        "aim": "",
        "sponsor": make_agency().pk,
        "order": 1,
        **more,
    }


def test_without_a_plan_the_page_says_what_to_do(client):
    client.force_login(make_alice())
    assert url("plan-add") in text(client.get(url("plan-current")))

    client.force_login(make_bob())
    assert url("plan-add") not in text(client.get(url("plan-current")))


def test_the_plan_in_force_stands_with_its_priorities_and_how_they_go(client):
    make_action(ActionStatus.COMPLETED)
    make_action(due_on=date(2023, 5, 1))
    later = actions.add_plan(title="The next plan", starts_on=date(2025, 4, 1), ends_on=date(2028, 3, 31), by=None)
    client.force_login(make_dana())

    page = text(client.get(url("plan-current")))

    assert '<h1 class="govuk-heading-xl">Plan 2022 to 2025</h1>' in page
    assert "Year 2 of 3. 38% of its time has passed." in page
    assert [words for words in ("1 complete", "1 not rated yet", "1 overdue") if words not in page] == []
    assert url("plan-detail", later.pk) in page


def test_a_board_officer_makes_a_plan_from_nothing(client):
    client.force_login(make_alice())
    measure = make_measure()

    client.post(url("plan-add"), {"title": "Plan", "starts_on": "2025-04-01", "ends_on": "2028-03-31"})
    plan = BusinessPlan.objects.get()
    client.post(url("priority-add", plan.pk), a_priority())
    priority = Priority.objects.get()
    client.post(url("objective-add", priority.pk), {"title": "Neglect is seen early", "order": 1})
    objective = Objective.objects.get()
    client.post(url("success-measure-add", objective.pk), {"looks_like": "Fewer plans", "measure": measure.pk})

    success = SuccessMeasure.objects.get()
    assert (success.objective.priority.plan, success.measure) == (plan, measure)


@pytest.mark.parametrize(
    ("typed", "field", "error"),
    [
        ({"title": ""}, "title", "Enter a title"),
        ({"ends_on": "2025-04-01"}, "ends_on", "The last day must be after the first"),
        ({"ends_on": "9999-12-31"}, "ends_on", "A plan of more than 10 years cannot be kept: check the years"),
        ({"starts_on": "soon"}, "starts_on", "Enter a valid date."),
    ],
)
def test_years_that_make_no_sense_are_said_beside_the_field(client, typed, field, error):
    client.force_login(make_alice())

    response = client.post(
        url("plan-add"), {"title": "Plan", "starts_on": "2025-04-01", "ends_on": "2028-03-31", **typed}
    )

    assert (response.context["form"].errors, BusinessPlan.objects.count()) == ({field: [error]}, 0)


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"code": "ce"}, "Use capital letters, digits, - and _ only"),
        ({"code": "CE"}, "“Priority CE” of the Plan 2022 to 2025 has this code. Choose another, such as CE2"),
        ({"kind": "other"}, "Select a valid choice. other is not one of the available choices."),
        ({"order": "-1"}, "Ensure this value is greater than or equal to 0."),
        ({"order": "99999999999999999999"}, "Ensure this value is less than or equal to 999."),
        ({"title": "a\0"}, "Null characters are not allowed."),
    ],
)
def test_a_priority_that_cannot_be_kept(client, typed, error):
    plan = make_priority("CE").plan
    client.force_login(make_alice())

    response = client.post(url("priority-add", plan.pk), a_priority(**typed))

    assert response.context["form"].errors == {next(iter(typed)): [error]}
    assert Priority.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "make", "typed"),
    [
        ("plan-change", make_plan, {"title": "Other", "starts_on": "2022-04-01", "ends_on": "2025-03-31"}),
        ("priority-change", make_priority, {"title": "Other", "kind": "main", "aim": "", "order": 3}),
        ("objective-change", make_objective, {"title": "Other", "order": 3}),
        ("success-measure-change", make_success_measure, {"looks_like": "Other", "measure": ""}),
    ],
)
def test_what_was_written_is_changed(client, name, make, typed):
    record = make()
    client.force_login(make_alice())
    assert str(record) in text(client.get(url(name, record.pk)))
    if name == "priority-change":
        typed = {**typed, "sponsor": make_agency("council").pk}

    assert client.post(url(name, record.pk), typed).status_code == 302

    assert str(type(record).objects.get(pk=record.pk)) == "Other"


def test_the_priority_s_page_shows_what_was_promised_and_how_it_goes(client):
    measure = make_measure()
    make_value(measure, 610)
    objective = make_objective("CE")
    make_success_measure(objective, measure)
    slip(make_action(text="Review the panels", objective=objective), date(2023, 7, 31))
    make_action(text="Not for one objective alone")
    update = make_update(UpdateStatus.SUBMITTED)
    make_duty()
    client.force_login(make_alice())

    response = client.get(url("priority-detail", objective.priority_id))

    page = text(response)
    (row,) = response.context["objectives"]
    assert [each["figure"].with_unit for each in row["success_measures"]] == ["610 children"]
    assert ([action.text for action in row["actions"]], [action.text for action in response.context["others"]]) == (
        ["Review the panels"],
        ["Not for one objective alone"],
    )
    assert ("Slipped once" in page, reverse("priorities:update-detail", args=[update.pk]) in page) == (True, True)


def test_a_small_count_stays_hidden_on_the_priority_s_page(client):
    measure = make_measure()
    make_value(measure, 3)
    success = make_success_measure(measure=measure)
    client.force_login(make_alice())

    response = client.get(url("priority-detail", success.objective.priority_id))

    (row,) = response.context["objectives"]
    assert [each["figure"].text() for each in row["success_measures"]] == ["hidden to protect people"]


def test_another_agency_s_updates_are_not_on_the_priority_s_page(client):
    update = make_update(UpdateStatus.SUBMITTED)
    client.force_login(make_charlie())

    response = client.get(url("priority-detail", update.priority_id))

    assert list(response.context["updates"]) == []


def test_a_theme_s_page_lists_the_actions_that_serve_it(client):
    theme = make_priority("VOICE", PriorityKind.CROSS_CUTTING)
    make_action(priority="CE", themes=[theme])
    client.force_login(make_dana())

    page = text(client.get(url("priority-detail", theme.pk)))

    assert ("Open actions that serve this theme" in page, "Review the panels" in page) == (True, True)


def test_a_text_that_names_a_child_is_asked_about_and_the_record_says_what_was_kept(client):
    client.force_login(make_alice())
    priority = make_priority()
    typed = {"title": "Ryan Clark is seen early", "order": 1}

    asked = client.post(url("objective-add", priority.pk), typed)
    client.post(url("objective-add", priority.pk), {**typed, "title_keep": "Ryan Clark"})

    question = "“Ryan Clark” looks like a child's name. Could a child be told from it?"
    assert asked.context["form"].errors == {"title": [question]}
    assert [objective.title for objective in Objective.objects.all()] == ["Ryan Clark is seen early"]
    added = AuditEvent.objects.get(verb="objective.added")
    assert added.detail == "Kept “Ryan Clark”, which looks like a child's name."


@pytest.mark.parametrize("noun", ["priority", "objective", "success-measure"])
def test_a_part_is_ended_and_taken_up_again(client, noun):
    make = {"priority": make_priority, "objective": make_objective, "success-measure": make_success_measure}
    part = make[noun]()
    client.force_login(make_alice())

    client.post(url("part-end", noun, part.pk))
    part.refresh_from_db()
    assert part.has_ended
    assert client.get(url(f"{noun}-change", part.pk)).status_code == 404

    client.post(url("part-resume", noun, part.pk))
    part.refresh_from_db()
    assert not part.has_ended


def test_a_priority_that_is_reported_on_does_not_end(client):
    duty = make_duty()
    client.force_login(make_alice())
    before = everything()

    response = client.post(url("part-end", "priority", duty.priority_id))

    assert said(response) == ["Agencies still report on “Priority CE”. End their reporting duties first."]
    assert everything() == before


def test_an_action_under_an_objective_that_has_ended_stays_in_sight(client):
    objective = make_objective()
    make_action(objective=objective)
    actions.end_part(part=objective, by=make_alice())
    client.force_login(make_dana())

    response = client.get(url("priority-detail", objective.priority_id))

    assert [action.text for action in response.context["others"]] == ["Review the panels"]


def test_there_are_no_other_parts(client):
    client.force_login(make_alice())

    assert client.post(url("part-end", "plan", make_plan().pk)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_plan_s_queries_do_not_grow(client, count, django_assert_num_queries):
    for number in range(count):
        slip(make_action(priority=f"P{number}"), date(2023, 9, 30))
    client.force_login(make_alice())

    with django_assert_num_queries(10):
        client.get(url("plan-current"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_priority_s_queries_do_not_grow(client, count, django_assert_num_queries):
    for number in range(count):
        objective = make_objective("CE")
        measure = make_measure(f"M{number}")
        make_value(measure, 610)
        make_success_measure(objective, measure)
        slip(make_action(objective=objective, agency=f"agency-{number}"), date(2023, 9, 30))
        make_update(UpdateStatus.SUBMITTED, agency=f"agency-{number}")
        make_duty(f"agency-{number}", measures=[(measure, None)])
    client.force_login(make_alice())

    with django_assert_num_queries(22):
        client.get(url("priority-detail", objective.priority_id))
