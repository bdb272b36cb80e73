import re
from html import unescape

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from partnership.models import AuditEvent
from partnership.tests.factories import (
    make_alice,
    make_bob,
    make_charlie,
    make_dana,
    make_erin,
    make_frank,
    make_partnership,
    make_person,
)
from priorities import actions
from priorities.choices import UpdateStatus, ValueStatus
from priorities.models import Answer, MeasureValue, QuarterlyUpdate
from priorities.tests.factories import ANSWERS, make_measure, make_update, make_value

pytestmark = pytest.mark.django_db

NOT_STARTED, DRAFT, SUBMITTED, RETURNED, ACCEPTED, REOPENED = UpdateStatus
TEXTS = {name: answer for name, answer in ANSWERS.items() if name != "rag"}
VERBS = ("submit", "accept", "return")


@pytest.fixture(autouse=True)
def partnership():
    return make_partnership()


def url(name, update):
    return reverse(f"priorities:update-{name}", args=[update.pk])


def text(response):
    """The page as it is written, entities resolved."""
    return unescape(response.content.decode())


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def typed(update, *, act="draft", version=None, number="610", answers=ANSWERS, **more):
    """What the browser sends from the form, each of the update's measures answered by `number`."""
    data = {**answers, "version": update.version if version is None else version, "act": act}
    for requested in update.requested_measures.all():
        prefix = f"value-{requested.pk}"
        data |= {f"{prefix}-number": number, f"{prefix}-qualifier": "exact", f"{prefix}-note": ""}
    return data | more


def everything():
    """All that a view could change."""
    return [
        list(model.objects.order_by("pk").values()) for model in (QuarterlyUpdate, Answer, MeasureValue, AuditEvent)
    ]


def error_links(response):
    """The error summary's lines with the ids that they link to."""
    summary = text(response).partition("There is a problem")[2].partition("</ul>")[0]
    return dict((line, target) for target, line in re.findall(r'href="#([^"]+)"[^>]*>([^<]+)<', summary))


@pytest.mark.parametrize(
    ("make", "agencies"),
    [
        (make_alice, {"police", "health"}),
        (make_erin, {"police", "health"}),
        (make_frank, {"police", "health"}),
        (make_bob, {"police"}),
        (make_charlie, {"health"}),
        (make_dana, set()),
    ],
)
def test_the_list_shows_what_one_may_see_and_nothing_else(client, make, agencies):
    make_update(SUBMITTED, agency="police")
    make_update(SUBMITTED, agency="health")
    make_update(DRAFT, agency="education")
    client.force_login(make())

    response = client.get(reverse("priorities:update-list"))

    updates = list(response.context["updates"])
    assert {update.agency.code for update in updates} == agencies
    assert {update.pk for update in updates} == {
        int(pk) for pk in re.findall(r'href="/updates/(\d+)/"', text(response))
    }


def test_the_list_reads_as_many_records_in_as_many_queries(client, django_assert_num_queries):
    client.force_login(make_bob())
    make_update(priority="CE")
    with django_assert_num_queries(6):
        client.get(reverse("priorities:update-list"))

    make_update(priority="DA")
    make_update(priority="EH")
    with django_assert_num_queries(6):
        response = client.get(reverse("priorities:update-list"))

    assert len(response.context["updates"]) == 3


@pytest.mark.parametrize("name", ["list", "detail", "edit", *VERBS])
def test_nobody_comes_in_without_signing_in(client, name):
    update = make_update(SUBMITTED, by=make_bob())
    address = reverse("priorities:update-list") if name == "list" else url(name, update)
    before = everything()

    responses = [client.get(address), client.post(address, typed(update))]

    assert {response.headers["Location"] for response in responses} == {f"{reverse('account_login')}?next={address}"}
    assert everything() == before


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ["detail", "edit", "submit"])
@pytest.mark.parametrize("status", UpdateStatus)
def test_another_agency_s_update_is_not_found(client, status, name, method):
    theirs = make_update(status, agency="health", by=make_charlie())
    ours = make_update(status, agency="police", priority="DA")
    client.force_login(make_bob())
    before = everything()

    found = {update: getattr(client, method)(url(name, update), typed(update)) for update in (theirs, ours)}

    missed = found[theirs]
    # A page that does not take POST says so before it looks for anything.
    expected = 405 if (name, method) in {("detail", "post"), ("submit", "get")} else 404
    assert missed.status_code == expected
    assert ANSWERS["impact"] not in text(missed)
    assert found[ours].status_code != 404
    assert [row for row in everything()[0] if row["id"] == theirs.pk] == [
        row for row in before[0] if row["id"] == theirs.pk
    ]


@pytest.mark.parametrize("status", [NOT_STARTED, DRAFT])
@pytest.mark.parametrize("name", ["detail", "accept", "return"])
def test_the_board_does_not_find_what_was_not_handed_in(client, name, status):
    update = make_update(status)
    client.force_login(make_alice())
    before = everything()

    response = (client.get if name == "detail" else client.post)(url(name, update), {"reason": "Because."})

    assert response.status_code == 404
    assert everything() == before


@pytest.mark.parametrize(
    ("make", "names"),
    [
        (make_alice, ["edit", "submit"]),
        (make_erin, ["edit", "submit"]),
        (make_frank, ["edit", "submit", "accept", "return"]),
        (make_dana, ["edit", "submit", "accept", "return"]),
        (make_bob, ["accept", "return"]),
        (lambda: make_person("Grace", None), ["detail", "edit", "submit", "accept", "return"]),
    ],
)
def test_those_without_the_right_are_told_so_and_change_nothing(client, make, names):
    update = make_update(SUBMITTED)
    client.force_login(make())
    before = everything()

    for name in names:
        response = (client.get if name == "detail" else client.post)(
            url(name, update), typed(update, reason="Because.")
        )
        assert (name, response.status_code) == (name, 403)
        assert ANSWERS["impact"] not in text(response)

    assert everything() == before


@pytest.mark.parametrize("name", VERBS)
def test_looking_at_the_address_of_a_verb_changes_nothing(client, name):
    update = make_update(SUBMITTED, by=make_bob())
    client.force_login(make_alice())
    before = everything()

    assert client.get(url(name, update)).status_code == 405
    assert everything() == before


def test_an_update_shows_its_answers_and_values(client):
    measure = make_measure()
    make_value(measure, 508)
    update = make_update(SUBMITTED, measures=(measure,), number=610)
    client.force_login(make_alice())

    response = client.get(url("detail", update))

    page = text(response)
    assert [
        answer for answer in [*TEXTS.values(), "On track", "Mace children", "610", "508"] if answer not in page
    ] == []


@pytest.mark.parametrize(
    ("make", "status", "can_write", "can_decide"),
    [
        (make_bob, NOT_STARTED, True, False),
        (make_bob, DRAFT, True, False),
        (make_bob, SUBMITTED, False, False),
        (make_bob, RETURNED, True, False),
        (make_bob, ACCEPTED, False, False),
        (make_alice, SUBMITTED, False, True),
        (make_alice, RETURNED, False, False),
        (make_alice, ACCEPTED, False, False),
        (make_erin, SUBMITTED, False, True),
        (make_frank, SUBMITTED, False, False),
    ],
)
def test_an_update_offers_what_one_may_do_now(client, make, status, can_write, can_decide):
    update = make_update(status)
    client.force_login(make())

    response = client.get(url("detail", update))

    page = text(response)
    assert (response.context["can_write"], response.context["can_decide"]) == (can_write, can_decide)
    assert [url(name, update) in page for name in ("edit", "accept", "return")] == [can_write, can_decide, can_decide]


def test_a_complete_draft_offers_submitting_and_an_incomplete_one_says_what_is_missing(client):
    complete, incomplete = make_update(DRAFT), make_update(NOT_STARTED, priority="DA")
    client.force_login(make_bob())

    pages = [client.get(url("detail", update)) for update in (complete, incomplete)]

    assert [page.context["missing"] for page in pages] == [[], actions.missing_answers(incomplete)]
    assert [
        url("submit", update) in text(page) for update, page in zip((complete, incomplete), pages, strict=True)
    ] == [
        True,
        False,
    ]


def test_an_update_tells_what_happened_to_it_and_to_no_other(client):
    update = make_update(RETURNED)
    make_update(ACCEPTED, priority="DA")
    client.force_login(make_bob())

    response = client.get(url("detail", update))

    assert [event.verb for event in response.context["events"]] == [
        "update.returned",
        "update.submitted",
        "update.saved",
        "update.requested",
    ]
    assert "Say what changed for children." in text(response)


def test_the_form_asks_for_every_answer_and_value(client):
    update = make_update(measures=(make_measure(),))
    client.force_login(make_bob())

    page = text(client.get(url("edit", update)))

    names = {name for name in typed(update) if name != "act"} | {
        f"value-{update.requested_measures.get().pk}-is_missing"
    }
    assert {name for name in names if f'name="{name}"' not in page} == set()


def test_a_draft_is_saved_and_comes_back(client):
    update = make_update(measures=(make_measure(),))
    client.force_login(make_bob())
    answers = {**ANSWERS, "impact": "", "rag": "amber", "progress": "We <b>met</b> & talked."}

    response = client.post(url("edit", update), typed(update, answers=answers, number="1,234"))

    assert response.headers["Location"] == url("edit", update)
    assert said(response) == ["Your draft is saved. You can close this page and come back to it."]
    update.refresh_from_db()
    assert (update.status, update.version) == (DRAFT, 1)
    assert update.values.values_list("number", "status").get() == (1234, ValueStatus.DRAFT)
    back = client.get(url("edit", update))
    form, [value_form] = back.context["form"], back.context["value_forms"]
    assert {name: form[name].value() for name in answers} == answers
    assert (form["version"].value(), value_form["number"].value()) == (1, "1234")
    assert "We <b>met</b> & talked." in text(back)
    assert b"<b>met</b>" not in back.content


def test_a_draft_with_a_wrong_number_keeps_the_rest_and_shows_all_that_was_typed(client):
    update = make_update(measures=(make_measure(),))
    client.force_login(make_bob())

    response = client.post(url("edit", update), typed(update, number="about 600"))

    requested = update.requested_measures.get()
    page = text(response)
    assert error_links(response) == {
        "“about 600” is not a number. Write it in digits, such as 1,234 or 7.5.": f"id_value-{requested.pk}-number"
    }
    assert [answer for answer in [*TEXTS.values(), 'value="about 600"'] if answer not in page] == []
    assert "<title>Error: " in page
    assert "Your answers are saved as a draft, except those with an error below." in page
    update.refresh_from_db()
    assert (update.status, update.answer("progress"), update.values.count()) == (DRAFT, ANSWERS["progress"], 0)


def test_a_wrong_number_leaves_the_one_that_was_kept_before(client):
    update = make_update(measures=(make_measure(),))
    client.force_login(make_bob())
    client.post(url("edit", update), typed(update, number="500"))
    update.refresh_from_db()

    client.post(url("edit", update), typed(update, number="about 600"))

    assert update.values.get().number == 500


def test_a_check_with_missing_answers_names_each_and_keeps_what_was_typed(client):
    update = make_update(measures=(make_measure(),))
    client.force_login(make_bob())
    answers = {"progress": "Panels met.", "barriers": "Two posts are vacant.", "next_steps": "We will review."}

    response = client.post(url("edit", update), typed(update, act="check", number="", answers=answers))

    requested = update.requested_measures.get()
    links = error_links(response)
    assert links == {
        "Choose how it is going": "id_rag_0",
        "Enter the reason for the rating": "id_rag_reason",
        "Enter what changed for children, or that nothing is known to have changed yet": "id_impact",
        "Enter the number for “Mace children”, or say that you cannot give it": f"id_value-{requested.pk}-number",
    }
    page = text(response)
    assert [target for target in links.values() if f'id="{target}"' not in page] == []
    assert [answer for answer in answers.values() if answer not in page] == []
    assert "<title>Error: " in page
    update.refresh_from_db()
    assert (update.status, update.answer("progress"), update.answer("impact")) == (DRAFT, answers["progress"], "")


def test_a_check_of_a_complete_update_saves_it_and_leads_to_submitting(client):
    update = make_update(measures=(make_measure(),))
    client.force_login(make_bob())

    response = client.post(url("edit", update), typed(update, act="check"), follow=True)

    assert response.redirect_chain == [(url("detail", update), 302)]
    assert response.context["missing"] == []
    assert url("submit", update) in text(response)
    update.refresh_from_db()
    assert update.status == DRAFT


@pytest.mark.parametrize("status", [SUBMITTED, ACCEPTED])
def test_what_was_handed_in_cannot_be_changed(client, status):
    update = make_update(status)
    client.force_login(make_bob())
    before = everything()

    looked, posted = client.get(url("edit", update)), client.post(url("edit", update), typed(update))

    assert looked.headers["Location"] == url("detail", update)
    assert said(looked)[-1] == f"This update is {status}, so it cannot be changed now."
    assert posted.status_code == 409
    assert everything() == before


def test_a_stale_save_is_refused_and_shows_both_texts(client):
    measure = make_measure()
    update = make_update(measures=(measure,))
    bob, beth = make_bob(), make_person("Beth", "contributor", "police")
    client.force_login(beth)
    theirs = {**ANSWERS, "progress": "Beth wrote this.", "rag": "amber"}
    client.post(url("edit", update), typed(update, answers=theirs, number="500"))
    before = everything()
    client.force_login(bob)
    mine = {**ANSWERS, "progress": "Bob wrote that.", "rag": "green"}

    response = client.post(url("edit", update), typed(update, version=0, answers=mine, number="610"))

    assert response.status_code == 409
    assert response.context["theirs"] == [
        ("Progress this quarter", "Beth wrote this."),
        ("How is it going?", "At risk"),
        ("Mace children, 2022/23", "500"),
    ]
    page = text(response)
    assert [words for words in ("Beth wrote this.", "Bob wrote that.", 'value="610"') if words not in page] == []
    assert everything() == before


def test_after_a_stale_save_one_s_own_text_can_be_saved(client):
    update = make_update(measures=(make_measure(),))
    client.force_login(make_bob())
    client.post(url("edit", update), typed(update, answers={**ANSWERS, "progress": "First."}))
    stale = client.post(url("edit", update), typed(update, version=0, answers={**ANSWERS, "progress": "Second."}))
    assert re.findall(r'name="version" value="(\d+)"', text(stale)) == ["1"]

    client.post(url("edit", update), typed(update, version=1, answers={**ANSWERS, "progress": "Second."}))

    update.refresh_from_db()
    assert (update.answer("progress"), update.version) == ("Second.", 2)


def test_a_submission_is_thanked_for(client):
    update = make_update(DRAFT)
    client.force_login(make_bob())

    response = client.post(url("submit", update))

    assert response.headers["Location"] == url("detail", update)
    assert said(response) == ["Your update is submitted. Thank you."]
    update.refresh_from_db()
    assert (update.status, update.submitted_by.name) == (SUBMITTED, "Bob")


def test_an_incomplete_update_is_not_submitted(client):
    update = make_update(NOT_STARTED)
    client.force_login(make_bob())
    before = everything()

    response = client.post(url("submit", update))

    assert said(response) == [
        "Police on priority ce, Quarter 4 is not complete: Progress this quarter, Impact on children, "
        "Barriers and challenges, Next steps, rating, reason for the rating."
    ]
    assert everything() == before


def test_submitting_twice_is_one_submission(client):
    update = make_update(DRAFT)
    client.force_login(make_bob())
    client.post(url("submit", update))
    before = everything()

    response = client.post(url("submit", update))

    assert said(response)[-1] == "Police on priority ce, Quarter 4 is submitted: this can no longer be done."
    assert everything() == before
    assert AuditEvent.objects.filter(verb="update.submitted").count() == 1


def test_an_officer_accepts_and_the_values_are_in_force(client):
    update = make_update(SUBMITTED, measures=(make_measure(),), number=610)
    client.force_login(make_alice())

    response = client.post(url("accept", update), {"version": update.version})

    assert response.headers["Location"] == url("detail", update)
    assert said(response) == ["The update is accepted, and its figures are in force."]
    update.refresh_from_db()
    assert (update.status, update.decided_by.name) == (ACCEPTED, "Alice")
    assert list(MeasureValue.objects.in_force().values_list("number", flat=True)) == [610]


def test_an_officer_returns_with_a_reason_that_the_partner_reads(client):
    update = make_update(SUBMITTED)
    client.force_login(make_alice())

    response = client.post(url("return", update), {"version": update.version, "reason": "Say how you know."})

    assert said(response) == ["The update is returned to County Police."]
    update.refresh_from_db()
    assert (update.status, update.return_reason, update.decided_by.name) == (RETURNED, "Say how you know.", "Alice")
    client.force_login(make_bob())
    assert ["Say how you know." in text(client.get(url(name, update))) for name in ("detail", "edit")] == [True, True]


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_return_without_a_reason_says_what_is_missing(client, reason):
    update = make_update(SUBMITTED)
    client.force_login(make_alice())
    before = everything()

    response = client.post(url("return", update), {"version": update.version, "reason": reason})

    assert error_links(response) == {"Enter what needs to change": "id_reason"}
    page = text(response)
    assert ('id="id_reason"' in page, "<title>Error: " in page) == (True, True)
    assert everything() == before


def test_a_return_with_too_long_a_reason_keeps_it(client):
    update = make_update(SUBMITTED)
    client.force_login(make_alice())

    response = client.post(url("return", update), {"version": update.version, "reason": "x" * 4001})

    assert list(error_links(response).values()) == ["id_reason"]
    assert "x" * 4001 in text(response)


@pytest.mark.parametrize("first", ["accept", "return"])
@pytest.mark.parametrize("second", ["accept", "return"])
def test_a_decision_is_taken_once(client, first, second):
    update = make_update(SUBMITTED)
    client.force_login(make_alice())
    client.post(url(first, update), {"version": update.version, "reason": "Say how you know."})
    before = everything()

    response = client.post(url(second, update), {"version": update.version, "reason": "Another."})

    update.refresh_from_db()
    assert said(response)[-1] == (f"Police on priority ce, Quarter 4 is {update.status}: this can no longer be done.")
    assert everything() == before


def test_a_returned_update_is_changed_and_submitted_again(client):
    update = make_update(RETURNED, measures=(make_measure(),))
    client.force_login(make_bob())

    client.post(url("edit", update), typed(update, act="check", number="620"))
    client.post(url("submit", update))

    update.refresh_from_db()
    assert (update.status, update.values.get().number) == (SUBMITTED, 620)
    assert update.values.get().status == ValueStatus.PROVISIONAL


def test_text_typed_while_a_colleague_submits_stays_on_the_page(client, db):
    bob = make_bob()
    client.force_login(bob)
    update = make_update(UpdateStatus.DRAFT, by=bob)
    actions.submit_update(update=update, by=bob)

    response = client.post(
        url("edit", update), {**ANSWERS, "version": "1", "progress": "Typed meanwhile", "act": "draft"}
    )

    assert response.status_code == 409
    assert "Typed meanwhile" in text(response)
    assert "can no longer be changed" in text(response)
    update.refresh_from_db()
    assert update.answer("progress") == ANSWERS["progress"]


def test_small_counts_are_told_to_the_agency_and_the_board_but_not_to_the_chair(client, db):
    bob = make_bob()
    update = make_update(UpdateStatus.SUBMITTED, measures=(make_measure("SMALL"),), number=4, by=bob)

    seen = {}
    for person in (bob, make_alice(), make_frank()):
        client.force_login(person)
        seen[person.name] = client.get(url("detail", update)).context["requested"][0].value_text

    assert seen == {"Bob": "4", "Alice": "4", "Frank": "hidden to protect people"}


@pytest.mark.parametrize("decision", ["accept", "return"])
def test_nobody_decides_on_what_they_have_not_read(client, decision):
    bob = make_bob()
    update = make_update(SUBMITTED, by=bob)
    read = update.version
    actions.return_update(update=update, reason="Say how you know.", by=make_erin())
    changed = actions.save_update(
        update=update, version=read, answers={**ANSWERS, "progress": "Changed"}, values=[], by=bob
    )
    actions.submit_update(update=changed, by=bob)
    client.force_login(make_alice())

    response = client.post(url(decision, update), {"version": read, "reason": "As before."})

    assert said(response)[-1].endswith("Read it again before you decide.")
    update.refresh_from_db()
    assert update.status == SUBMITTED


def test_an_update_that_was_given_back_is_seen_until_its_agency_changes_it(client):
    bob = make_bob()
    update = make_update(RETURNED, by=bob)
    client.force_login(make_frank())
    before = client.get(url("detail", update)).status_code

    actions.save_update(update=update, version=update.version, answers={"progress": "Not sent yet"}, values=[], by=bob)

    assert (before, client.get(url("detail", update)).status_code) == (200, 404)
