"""The page on which an agency answers: further questions, carrying over, how an impact is known, colleagues at once."""

import csv
import io
import re
from html import unescape

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils.html import escape

from partnership.tests.factories import make_alice, make_bob, make_charlie, make_frank, make_partnership, make_person
from priorities import actions
from priorities.actions import HowImpactIsKnown, KnownBy
from priorities.choices import HowKnown, Topic, UpdateStatus
from priorities.models import QuarterlyUpdate
from priorities.tests.factories import ANSWERS, make_measure, make_round_before, make_update

pytestmark = pytest.mark.django_db

NOT_STARTED, DRAFT, SUBMITTED, RETURNED, ACCEPTED, REOPENED = UpdateStatus
ALL_BEFORE = {**ANSWERS, "barriers": "Last year's barriers.", "workforce": "Three posts were vacant."}


@pytest.fixture(autouse=True)
def partnership():
    return make_partnership()


def url(name, update, *more):
    return reverse(f"priorities:update-{name}", args=[update.pk, *more])


def text(response):
    return unescape(response.content.decode())


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def loaded(client, update):
    """The marks and the version that the page gives to the browser."""
    page = client.get(url("edit", update)).content.decode()
    return {
        "loaded": unescape(re.search(r'name="loaded" value="([^"]*)"', page)[1]),
        "version": re.search(r'name="version" value="(\d+)"', page)[1],
        "known-is_shown": "yes",
    }


def save(client, update, act="draft", **typed):
    return client.post(url("edit", update), {**loaded(client, update), **ANSWERS, "act": act, **typed})


def kept(update):
    return {answer.question.name: answer.text for answer in QuarterlyUpdate.objects.get(pk=update.pk).answers.all()}


def now_and_before(status=NOT_STARTED):
    bob = make_bob()
    make_update(ACCEPTED, round=make_round_before(), answers=ALL_BEFORE, by=bob)
    return bob, make_update(status, by=bob)


def test_the_page_asks_the_further_questions_below_the_required_ones(client):
    update = make_update()
    client.force_login(make_bob())

    page = text(client.get(url("edit", update)))

    names = re.findall(r'<textarea name="(\w+)"', page)
    assert [name for name in names if not name.startswith("known")] == [
        "progress",
        "rag_reason",
        "impact",
        "barriers",
        "next_steps",
        "evidence",
        "child_voice",
        "practitioner_voice",
        "workforce",
        "support",
        "risks",
    ]
    assert (
        page.index('name="next_steps"')
        < page.index("Anything else the board should know")
        < page.index('name="evidence"')
    )


def test_further_answers_are_kept_and_shown_and_may_be_left_out(client):
    update = make_update()
    client.force_login(make_bob())

    save(client, update, act="check", workforce="Two <i>posts</i> are vacant.")
    client.post(url("submit", update))

    client.force_login(make_alice())
    page = text(client.get(url("detail", update)))
    assert "Two <i>posts</i> are vacant." in page
    assert "Voice of the child" not in page


def test_a_question_of_one_s_own_is_asked_and_missed(client):
    bob, update = make_bob(), make_update()
    question = actions.add_question(
        round=update.round, topic=Topic.OTHER, words="What about the summer?", is_required=True, by=bob
    )
    client.force_login(bob)

    response = save(client, update, act="check")
    assert "Answer “What about the summer?”" in text(response)

    save(client, update, **{question.name: "It was hot."})
    assert kept(update)[question.name] == "It was hot."


def test_an_empty_box_takes_the_answer_of_the_quarter_before(client):
    bob, update = now_and_before()
    client.force_login(bob)
    page = client.get(url("edit", update))
    assert re.findall(r'value="carry:(\w+)"', text(page)) == [
        "progress",
        "impact",
        "barriers",
        "next_steps",
        "workforce",
    ]

    response = save(client, update, act="carry:barriers", barriers="", progress="New words.")

    assert response.headers["Location"] == f"{url('edit', update)}#div_id_barriers"
    assert said(response) == ["The answer for The year before is in the form again. Check that it still holds."]
    assert (kept(update)["barriers"], kept(update)["progress"]) == ("Last year's barriers.", "New words.")
    assert update.answers.get(question__topic="barriers").is_unchecked
    page = text(client.get(url("edit", update)))
    assert ("Carried over, not checked" in page, 'name="checked-barriers"' in page) == (True, True)
    assert "Carried over, not checked" in text(client.get(url("detail", update)))


def test_what_is_typed_already_stays_above_what_is_carried(client):
    bob, update = now_and_before()
    client.force_login(bob)

    save(client, update, act="carry:barriers", barriers="Typed already.")

    assert kept(update)["barriers"] == "Typed already.\n\nLast year's barriers."


def test_carrying_keeps_all_that_was_typed_even_what_is_wrong(client):
    bob = make_bob()
    make_update(ACCEPTED, round=make_round_before(), answers=ALL_BEFORE, by=bob)
    update = make_update(measures=(make_measure(),))
    client.force_login(bob)
    number = f"value-{update.requested_measures.get().pk}-number"

    response = save(client, update, act="carry:barriers", barriers="", **{number: "many"})

    page = text(response)
    assert ('value="many"' in page, "Last year's barriers." in page) == (True, True)
    assert "Carried over, not checked" in page


@pytest.mark.parametrize("name", ["", "rag", "risks", "nonsense", "question-9"])
def test_what_cannot_be_carried_is_only_saved(client, name):
    bob, update = now_and_before()
    client.force_login(bob)

    response = save(client, update, act=f"carry:{name}")

    assert response.status_code == 302
    assert kept(update) == {key: value for key, value in ANSWERS.items() if not key.startswith("rag")}


def test_a_carried_answer_is_checked_before_it_can_be_submitted(client):
    bob, update = now_and_before()
    client.force_login(bob)
    save(client, update, act="carry:barriers", barriers="")
    same = {"barriers": "Last year's barriers."}

    refused = save(client, update, act="check", **same)
    assert 'href="#id_checked-barriers"' in text(refused)
    assert "Check the answer to “Barriers and challenges”, or change it" in text(refused)

    passed = save(client, update, act="check", **same, **{"checked-barriers": "on"})
    assert passed.headers["Location"] == url("detail", update)
    assert said(client.post(url("submit", update)))[-1] == "Your update is submitted. Thank you."


def test_the_board_sees_that_an_answer_says_the_same_words_as_before(client):
    bob, update = now_and_before(DRAFT)
    client.force_login(bob)
    save(client, update, act="check", barriers="Last year's  barriers.")
    client.post(url("submit", update))
    client.force_login(make_alice())

    page = text(client.get(url("detail", update)))

    marked = re.findall(r"Same words as The year before", page)
    # Progress, impact and next steps are as the factory writes them in every round.
    assert len(marked) == 4


def test_colleagues_who_change_different_answers_are_both_kept(client):
    bob, beth = make_bob(), make_person("Beth", "contributor", "police")
    update = make_update(DRAFT, by=bob)
    client.force_login(bob)
    marks = loaded(client, update)
    client.force_login(beth)
    save(client, update, barriers="Beth wrote this.", rag="red")
    client.force_login(bob)

    response = client.post(url("edit", update), {**ANSWERS, **marks, "act": "draft", "impact": "Bob wrote that."})

    assert response.status_code == 302
    assert said(response)[-2:] == [
        "A colleague saved this update while you were writing. Their changes stay too: "
        "“How is it going?”, “Barriers and challenges”.",
        "Your draft is saved. You can close this page and come back to it.",
    ]
    update.refresh_from_db()
    assert (kept(update)["barriers"], kept(update)["impact"]) == ("Beth wrote this.", "Bob wrote that.")
    assert (update.rag, update.version) == ("red", 3)


def test_colleagues_who_change_the_same_answer_see_both_texts_and_the_rest_is_put_together(client):
    bob, beth = make_bob(), make_person("Beth", "contributor", "police")
    update = make_update(DRAFT, by=bob)
    client.force_login(bob)
    marks = loaded(client, update)
    client.force_login(beth)
    save(client, update, barriers="Beth wrote this.", impact="Beth's impact.")
    client.force_login(bob)

    response = client.post(url("edit", update), {**ANSWERS, **marks, "act": "draft", "impact": "Bob's impact."})

    assert response.status_code == 409
    assert response.context["theirs"] == [("Impact on children", "Beth's impact.")]
    form = response.context["form"]
    assert (form["impact"].value(), form["barriers"].value()) == ("Bob's impact.", "Beth wrote this.")
    assert kept(update)["impact"] == "Beth's impact."
    # What the page holds now can be saved: Bob has read what stood there.
    again = {"version": form["version"].value(), "loaded": response.context["loaded"]}
    joined = {"impact": "Beth's impact. Bob's impact.", "barriers": "Beth wrote this."}
    client.post(url("edit", update), {**ANSWERS, **again, **joined, "act": "draft"})
    assert (kept(update)["impact"], kept(update)["barriers"]) == (joined["impact"], joined["barriers"])


def test_how_the_impact_is_known_is_kept_and_shown(client):
    update = make_update()
    client.force_login(make_bob())

    save(client, update, **{"known-kinds": ["audit"], "known-audit": "The audit of May: plans name wishes."})

    page = text(client.get(url("detail", update)))
    assert "An audit: The audit of May: plans name wishes." in page
    assert "Activity only" not in page


def test_an_error_in_how_it_is_known_stands_beside_it_and_keeps_the_rest(client):
    update = make_update()
    client.force_login(make_bob())

    response = save(client, update, progress="We met.", **{"known-kinds": ["evaluation"]})

    page = text(response)
    assert 'href="#id_known-evaluation"' in page
    assert 'id="id_known-evaluation"' in page
    assert re.search(r'value="evaluation" checked', page)
    assert kept(update)["progress"] == "We met."


def test_nothing_shows_it_is_remembered(client):
    update = make_update()
    client.force_login(make_bob())

    save(client, update, **{"known-kinds": ["nothing"]})

    assert re.search(r'value="nothing" checked', text(client.get(url("edit", update))))
    page = text(client.get(url("detail", update)))
    assert ("The agency says that nothing yet shows it." in page, "Activity only" in page) == (True, True)


@pytest.mark.parametrize("make", [make_bob, make_alice, make_frank])
def test_activity_only_is_said_on_the_update_and_in_the_list(client, make):
    make_update(SUBMITTED)
    known = HowImpactIsKnown(known_by=(KnownBy(kind=HowKnown.AUDIT, description="May."),))
    shown = make_update(SUBMITTED, priority="DA", known=known)
    bare = QuarterlyUpdate.objects.exclude(pk=shown.pk).get()
    client.force_login(make())

    pages = [text(client.get(url("detail", update))) for update in (bare, shown)]
    listed = text(client.get(reverse("priorities:update-list")))

    assert ["Activity only" in page for page in pages] == [True, False]
    assert listed.count("Impact: activity only") == 1


def test_the_round_counts_for_the_board_what_is_activity_only(client):
    update = make_update(SUBMITTED)
    make_update(DRAFT, priority="DA")
    client.force_login(make_alice())

    page = client.get(reverse("priorities:round-detail", args=[update.round_id]))

    assert page.context["unevidenced_count"] == 1


def test_saving_to_add_files_leads_to_the_files(client):
    update = make_update()
    client.force_login(make_bob())

    response = save(client, update, act="files", progress="We met.")

    assert response.headers["Location"] == reverse("priorities:update-evidence", args=[update.pk])
    assert kept(update)["progress"] == "We met."


def test_an_agency_with_an_approver_says_who_approved_it(client):
    bob, update = make_bob(), make_update(DRAFT)
    actions.choose_approval(agency=update.agency, has_approver=True, by=bob)
    client.force_login(bob)

    refused = client.post(url("submit", update), {"approved_by_name": "Grace Hill"})
    assert [
        line
        for line in ("Enter the job title of that person", "Confirm that this person has approved it")
        if line not in text(refused)
    ] == []
    assert 'value="Grace Hill"' in text(refused)

    whole = {"approved_by_name": "Grace Hill", "approved_by_post": "Superintendent", "is_confirmed": "on"}
    client.post(url("submit", update), whole)
    client.force_login(make_alice())
    assert "Approved by Grace Hill, Superintendent" in text(client.get(url("detail", update)))


def test_an_agency_without_an_approver_is_asked_nothing(client):
    update = make_update(DRAFT)
    client.force_login(make_bob())

    assert "Who approved this update?" not in text(client.get(url("detail", update)))


@pytest.mark.parametrize("status", UpdateStatus)
def test_an_agency_downloads_its_own_update_in_every_state(client, status):
    update = make_update(status, measures=(make_measure(),), answers={"workforce": "=1+1"}, number=3)
    client.force_login(make_bob())

    assert url("download", update, "csv") in text(client.get(url("detail", update)))
    content = client.get(url("download", update, "csv")).content
    rows = dict(csv.reader(io.StringIO(content.decode("utf-8-sig"))))

    started = status != NOT_STARTED
    assert rows["State"] == UpdateStatus(status).label
    assert rows["Progress this quarter"] == (ANSWERS["progress"] if started else "")
    assert rows["Workforce"] == ("'=1+1" if started else "")
    assert rows["Figure: Mace children, 2022/23"] == ("3" if started else "not answered yet")


def test_a_download_hides_small_counts_from_those_who_may_not_see_them(client):
    update = make_update(SUBMITTED, measures=(make_measure(),), number=3)
    client.force_login(make_frank())

    content = client.get(url("download", update, "csv")).content.decode()

    assert ("hidden to protect people" in content, ",3" in content) == (True, False)


def test_another_agency_downloads_nothing(client):
    update = make_update(SUBMITTED)
    client.force_login(make_charlie())

    assert client.get(url("download", update, "xlsx")).status_code == 404


@pytest.mark.parametrize(
    "typed",
    [
        {"progress": "\0"},
        {"progress": "x" * 1_000_000},
        {"known-audit": "x" * 1_000_000},
        {"loaded": "[" * 100_000},
        {"version": "-1"},
        {"version": "9" * 30},
        {"act": "carry:\0"},
        {"known-kinds": "\0", "known-measures": "\0"},
    ],
)
def test_bad_input_is_an_error_and_nothing_else(client, typed):
    bob, update = now_and_before(DRAFT)
    client.force_login(bob)
    before = kept(update)

    response = save(client, update, **{"barriers": "Typed <b>words</b>.", **typed})

    assert response.status_code in (200, 302, 409)
    if response.status_code != 302:
        assert escape("Typed <b>words</b>.") in response.content.decode()
    assert kept(update)["progress"] == before["progress"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_form_takes_the_same_queries_whatever_is_asked(client, django_assert_num_queries, count):
    bob, update = now_and_before(DRAFT)
    for number in range(count):
        actions.add_question(round=update.round, topic=Topic.OTHER, words=f"Question {number}?", by=bob)
    client.force_login(bob)

    with django_assert_num_queries(16):
        client.get(url("edit", update))
    with django_assert_num_queries(23):
        client.get(url("detail", update))
