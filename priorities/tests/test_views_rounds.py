import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from partnership.choices import PeriodKind
from partnership.models import AuditEvent, ReportingPeriod
from partnership.tests.factories import (
    make_agency,
    make_alice,
    make_bob,
    make_charlie,
    make_erin,
    make_frank,
    make_partnership,
    make_period,
)
from priorities import actions, rounds
from priorities.choices import UpdateStatus
from priorities.models import QuarterlyUpdate, ReportingDuty, UpdateRound
from priorities.tests.factories import (
    ANSWERS,
    make_duty,
    make_measure,
    make_priority,
    make_round,
    make_round_before,
    make_update,
)

pytestmark = pytest.mark.django_db

NOT_STARTED, DRAFT, SUBMITTED, RETURNED, ACCEPTED, REOPENED = UpdateStatus


@pytest.fixture(autouse=True)
def partnership():
    return make_partnership()


def url(name, *args):
    return reverse(f"priorities:{name}", args=args)


def text(response):
    """The page as it is written, entities resolved."""
    return unescape(response.content.decode())


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def error_links(response):
    """The error summary's lines with the ids that they link to."""
    summary = text(response).partition("There is a problem")[2].partition("</ul>")[0]
    return dict((line, target) for target, line in re.findall(r'href="#([^"]+)"[^>]*>([^<]+)<', summary))


def everything():
    return [
        list(model.objects.order_by("pk").values())
        for model in (UpdateRound, ReportingDuty, QuarterlyUpdate, ReportingPeriod, AuditEvent)
    ]


def measures(*pairs):
    """What the browser sends for the measures of a duty."""
    data = {"measures-TOTAL_FORMS": len(pairs) + 1, "measures-INITIAL_FORMS": 0}
    data |= {f"measures-{len(pairs)}-measure": "", f"measures-{len(pairs)}-period": ""}
    for number, (measure, period) in enumerate(pairs):
        data[f"measures-{number}-measure"] = measure.pk
        data[f"measures-{number}-period"] = period.pk if period else ""
    return data


def a_round(**more):
    return {"title": "Quarter 1", "period": make_period().pk, "opens_on": "2023-04-01", "due_on": "2023-04-30", **more}


@pytest.mark.parametrize("agencies", [1, 12])
def test_the_grid_s_page_takes_the_same_queries_whatever_its_size(client, agencies, django_assert_num_queries):
    for agency in range(agencies):
        for priority in ("CE", "NEGLECT"):
            make_update(agency=f"agency-{agency}", priority=priority)
    address = url("round-detail", make_round().pk)
    client.force_login(make_alice())

    with django_assert_num_queries(10):
        response = client.get(address)

    assert (len(response.context["grid"].rows), response.context["grid"].late_count) == (agencies, 2 * agencies)


def test_the_grid_is_a_table_with_headers_and_links_to_what_can_be_read(client):
    readable, draft = make_update(SUBMITTED), make_update(DRAFT, agency="health", by=make_charlie())
    client.force_login(make_alice())

    page = text(client.get(url("round-detail", make_round().pk)))

    assert '<th scope="col">Priority CE</th>' in page
    assert '<th scope="row">Police</th>' in page
    assert (f'href="{url("update-detail", readable.pk)}"' in page, url("update-detail", draft.pk) in page) == (
        True,
        False,
    )
    assert ", Police on Priority CE</span>" in page


def test_nothing_of_a_draft_leaks_into_the_grid(client):
    make_update(DRAFT)
    client.force_login(make_frank())

    page = text(client.get(url("round-detail", make_round().pk)))

    assert ">Draft<" in page
    assert [answer for answer in (*ANSWERS.values(), "On track") if answer in page] == []


def test_who_is_late_stands_above_the_grid(client):
    make_update(DRAFT)
    client.force_login(make_alice())

    page = text(client.get(url("round-detail", make_round().pk)))

    assert "1 update late, from 1 agency" in page
    assert page.index("1 update late") < page.index("<table>")


def test_when_all_is_handed_in_the_page_says_so(client):
    make_update(SUBMITTED)
    client.force_login(make_alice())

    assert "Nobody is late: everything is handed in." in text(client.get(url("round-detail", make_round().pk)))


def test_a_round_to_come_shows_what_it_will_ask_for(client):
    make_duty(measures=[(make_measure(), None)])
    today = timezone.localdate()
    round = actions.open_round(
        title="Next", period=make_period(), opens_on=today + timedelta(3), due_on=today + timedelta(9), by=make_erin()
    )
    client.force_login(make_alice())

    page = text(client.get(url("round-detail", round.pk)))

    assert [words for words in ("What it will ask for", "Mace children", "in 3 days") if words not in page] == []


def test_a_round_is_opened_for_a_period_of_the_list(client):
    make_duty()
    client.force_login(make_alice())

    response = client.post(url("round-open"), a_round())

    round = UpdateRound.objects.get()
    assert response.headers["Location"] == url("round-detail", round.pk)
    assert (round.title, round.period, round.opens_on, round.due_on) == (
        "Quarter 1",
        make_period(),
        date(2023, 4, 1),
        date(2023, 4, 30),
    )
    assert said(response) == ["Quarter 1 is open. 1 update asked for."]


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "kind"),
    [
        ("2023-04-01", "2023-06-30", PeriodKind.QUARTER),
        ("2023-04-01", "2024-03-31", PeriodKind.FINANCIAL_YEAR),
        ("2023-09-01", "2024-08-31", PeriodKind.CUSTOM),
        ("2023-04-02", "2023-07-01", PeriodKind.CUSTOM),
    ],
)
def test_a_round_is_opened_for_a_period_made_from_its_dates(client, starts_on, ends_on, kind):
    client.force_login(make_alice())
    dates = {"period": "", "label": "Summer 2023", "starts_on": starts_on, "ends_on": ends_on}

    client.post(url("round-open"), a_round(**dates))

    period = UpdateRound.objects.get().period
    assert (period.code, period.label, period.kind) == ("summer-2023", "Summer 2023", kind)
    assert (f"{period.starts_on}", f"{period.ends_on}") == (starts_on, ends_on)


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"title": ""}, {"Enter a title": "id_title"}),
        ({"title": "quarter 4"}, {"There is a round with this title already": "id_title"}),
        ({"period": ""}, {"Choose a period, or enter its name and dates below": "id_period"}),
        ({"label": "Summer"}, {"Choose a period or enter dates, not both": "id_period"}),
        (
            {"period": "", "label": "Summer"},
            {"Enter the period's first day": "id_starts_on", "Enter the period's last day": "id_ends_on"},
        ),
        (
            {"period": "", "label": "Summer", "starts_on": "2023-06-30", "ends_on": "2023-04-01"},
            {"The last day cannot be before the first": "id_ends_on"},
        ),
        (
            {"period": "", "label": "2022-23", "starts_on": "2023-04-01", "ends_on": "2023-06-30"},
            {"There is a period with this name already: choose it above": "id_label"},
        ),
        (
            {"period": "", "label": "…", "starts_on": "2023-04-01", "ends_on": "2023-06-30"},
            {"Use letters or digits in the period's name": "id_label"},
        ),
        ({"due_on": "2023-03-31"}, {"The due date cannot be before the opening day": "id_due_on"}),
        ({"due_on": "soon"}, {"Due date must be a real date": "id_due_on"}),
    ],
)
def test_a_round_that_cannot_be_is_refused_in_words(client, typed, errors):
    make_round()
    client.force_login(make_alice())
    before = everything()

    response = client.post(url("round-open"), a_round(**typed))

    assert error_links(response) == errors
    assert everything() == before


def test_a_title_that_names_a_child_is_asked_about_beside_it(client):
    client.force_login(make_alice())

    response = client.post(url("round-open"), a_round(title="Ryan Clark"))

    page = response.content.decode()
    assert list(response.context["form"].errors) == ["title"]
    assert page.index('name="title"') < page.index('name="title_keep"') < page.index('name="period"')
    assert not UpdateRound.objects.exists()


def test_the_due_date_is_changed_with_a_reason(client):
    round = make_round()
    client.force_login(make_alice())

    response = client.post(
        url("round-change-due-date", round.pk), {"due_on": "2023-05-14", "reason": "The Board moved."}, follow=True
    )

    round.refresh_from_db()
    assert round.due_on == date(2023, 5, 14)
    assert "From 30 April 2023 to 14 May 2023: The Board moved." in text(response)


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"due_on": "2023-05-14", "reason": " "}, {"Enter why the due date changes": "id_reason"}),
        (
            {"due_on": "2023-03-31", "reason": "A slip."},
            {"The due date cannot be before the opening day": "id_due_on"},
        ),
        ({"due_on": "2023-04-30", "reason": "A slip."}, {"This is the due date already": "id_due_on"}),
    ],
)
def test_a_due_date_that_cannot_be_is_refused_in_words(client, typed, errors):
    round = make_round()
    client.force_login(make_alice())
    before = everything()

    response = client.post(url("round-change-due-date", round.pk), typed)

    assert error_links(response) == errors
    assert everything() == before


def test_a_duty_is_added_with_its_measures(client):
    measure, other, period = make_measure(), make_measure("OTHER"), make_period("2021-22")
    client.force_login(make_alice())
    data = {"agency": make_agency().pk, "priority": make_priority().pk, **measures((measure, None), (other, period))}

    response = client.post(url("duty-add"), data, follow=True)

    duty = ReportingDuty.objects.get()
    assert [(each.measure, each.period) for each in duty.duty_measures.all()] == [(measure, None), (other, period)]
    page = text(response)
    assert [words for words in ("Mace children", "Other, 2021/22") if words not in page] == []


def test_a_duty_twice_is_refused_in_words(client):
    make_duty()
    client.force_login(make_alice())
    before = everything()

    response = client.post(url("duty-add"), {"agency": make_agency().pk, "priority": make_priority().pk, **measures()})

    assert error_links(response) == {"Police reports on this priority already": "id_priority"}
    assert everything() == before


def test_a_measure_twice_is_refused_in_words(client):
    duty, measure = make_duty(), make_measure()
    client.force_login(make_alice())

    response = client.post(url("duty-change", duty.pk), measures((measure, None), (measure, None)))

    assert "“Mace children” is chosen twice for the same period" in text(response)
    assert duty.duty_measures.count() == 0


def test_measures_that_are_computed_are_not_asked_for(client):
    make_measure("COMPUTED", calculation="training.attendances")
    make_measure("RETURNED")
    client.force_login(make_alice())

    page = text(client.get(url("duty-add")))

    assert (">Returned<" in page, ">Computed<" in page) == (True, False)


def test_a_duty_is_changed_and_its_present_measures_stand_in_the_form(client):
    first, second = make_measure("FIRST"), make_measure("SECOND")
    duty = make_duty(measures=[(first, None)])
    client.force_login(make_alice())

    shown = client.get(url("duty-change", duty.pk)).context["measures"].forms[0]
    client.post(url("duty-change", duty.pk), measures((second, None)))

    assert shown["measure"].value() == first.pk
    assert [each.measure for each in duty.duty_measures.all()] == [second]


def test_a_duty_is_ended_once(client):
    duty = make_duty()
    client.force_login(make_alice())

    answers = [said(client.post(url("duty-end", duty.pk))) for _ in range(2)]

    assert answers[0] == ["Police on priority ce: the next round does not ask for it."]
    assert answers[1][-1] == "Police on priority ce has ended: this can no longer be done."
    assert client.get(url("duty-change", duty.pk)).status_code == 404
    assert "ended by Alice" in text(client.get(url("duty-list")))


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", ["duty-list", "round-list"])
def test_lists_read_as_many_records_in_as_many_queries(client, name, count, django_assert_num_queries):
    measure = make_measure()
    for number in range(count):
        make_duty(f"agency-{number}", measures=[(measure, None)])
        rounds.end_duty(duty=make_duty(f"former-{number}"), by=make_erin())
        actions.open_round(
            title=f"Round {number}", period=make_period(), opens_on=date(2023, 4, 1), due_on=date(2023, 4, 30), by=None
        )
    client.force_login(make_alice())

    with django_assert_num_queries({"duty-list": 8, "round-list": 5}[name]):
        response = client.get(url(name))

    assert text(response).count('<th scope="row">') == count


def test_an_accepted_update_is_reopened_with_a_reason_that_its_agency_reads(client):
    update = make_update(ACCEPTED)
    client.force_login(make_alice())

    client.post(url("update-reopen", update.pk), {"reopen-reason": "The force counted again."})

    update.refresh_from_db()
    assert (update.status, update.return_reason) == (REOPENED, "The force counted again.")
    client.force_login(make_bob())
    for name in ("update-detail", "update-edit"):
        page = text(client.get(url(name, update.pk)))
        assert "Why the board team reopened this update" in page
        assert "The force counted again." in page


def test_reopening_without_a_reason_is_refused_in_words(client):
    update = make_update(ACCEPTED)
    client.force_login(make_alice())
    before = everything()

    response = client.post(url("update-reopen", update.pk), {"reopen-reason": ""})

    assert error_links(response) == {"Enter why you reopen this update": "id_reopen-reason"}
    assert everything() == before


@pytest.mark.parametrize("status", UpdateStatus)
def test_reopening_is_offered_for_what_was_handed_in(client, status):
    update = make_update(status)
    client.force_login(make_alice())

    page = text(client.get(url("update-detail", update.pk)))

    assert (url("update-reopen", update.pk) in page) == (status in (SUBMITTED, ACCEPTED))


def before_and_now(status=SUBMITTED, *, agency="police", by=None):
    """The same agency's updates of two rounds, the first accepted with answers of its own."""
    measure, by = make_measure(), by or make_bob()
    before = make_update(round=make_round_before(), agency=agency, measures=(measure,))
    values = [actions.ReturnedValue(requested=before.requested_measures.get(), number=480)]
    answers = {**ANSWERS, "progress": "Last year we began.", "rag": "red"}
    before = actions.save_update(update=before, version=0, answers=answers, values=values, by=by)
    return before, make_update(status, agency=agency, measures=(measure,), by=by)


def test_the_board_compares_with_the_round_before(client):
    before, update = before_and_now()
    actions.submit_update(update=before, by=make_bob())
    client.force_login(make_alice())

    page = text(client.get(url("update-detail", update.pk)))

    assert [
        words for words in ("Last year we began.", "Off track", "480", "The year before") if words not in page
    ] == []


def test_the_board_does_not_see_what_was_not_handed_in_the_round_before(client):
    _, update = before_and_now()
    client.force_login(make_alice())

    page = text(client.get(url("update-detail", update.pk)))

    assert [words for words in ("Last year we began.", "480", "The year before") if words in page] == []


def test_a_partner_sees_its_own_last_answer_beside_each_question(client):
    _, charlies = before_and_now(NOT_STARTED, agency="health", by=make_charlie())
    update = make_update(agency="police")
    client.force_login(make_bob())
    theirs = text(client.get(url("update-edit", update.pk)))
    client.force_login(make_charlie())
    own = text(client.get(url("update-edit", charlies.pk)))

    for words in ("Last year we began.", "Off track", "480"):
        assert (words in own, words in theirs) == (True, False)


def test_a_later_round_is_not_the_one_before(client):
    before, _ = before_and_now()
    client.force_login(make_bob())

    assert client.get(url("update-detail", before.pk)).context["before"] is None
