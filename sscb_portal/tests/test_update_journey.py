"""A partner's update in a real browser: from the reminder's link to accepted, together, and when interrupted."""

import re
from datetime import timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from partnership.models import AuditEvent
from partnership.tests.factories import make_alice, make_bob, make_erin, make_partnership, make_period
from priorities import actions, tasks
from priorities.choices import Unit, UpdateStatus, ValueStatus
from priorities.models import QuarterlyUpdate, UpdateRound
from priorities.tests.factories import ANSWERS, make_duty, make_measure, make_update

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "a-long-password"
MOST_ACTIONS = 12

WRITTEN = {
    "Progress this quarter": "Panels met every month.",
    "Reason for the rating": "All actions are on time.",
    "Impact on children": "Children told us that they feel safer.",
    "Barriers and challenges": "Two posts are vacant.",
    "Next steps": "We will review the panels.",
}


class Newcomer:
    """Somebody at a browser whose clicks and keys are counted, as long as they do more than write."""

    def __init__(self, page):
        self.page = page
        self.actions = []

    def open(self, address):
        self.actions.append(f"opens {address}")
        self.page.goto(address)

    def click(self, role, name):
        self.actions.append(f"clicks {name}")
        self.page.get_by_role(role, name=name).click()

    def choose(self, label):
        self.actions.append(f"chooses {label}")
        self.page.get_by_label(label).check()

    def write(self, label, text):
        self.page.get_by_label(label, exact=True).fill(text)

    def sign_in(self, user):
        self.write("Email", user.email)
        self.write("Password", PASSWORD)
        self.click("button", "Sign in")


@pytest.fixture(autouse=True)
def partnership(transactional_db):
    cache.clear()  # which counts how often people sign in from one address
    return make_partnership()


@pytest.fixture
def portal(live_server):
    with override_settings(PORTAL_URL=live_server.url):
        yield live_server.url


@pytest.fixture(params=[True, False], ids=["with-javascript", "without-javascript"])
def page(request, browser, portal):
    context = browser.new_context(base_url=portal, locale="en-GB", java_script_enabled=request.param)
    yield context.new_page()
    context.close()


@pytest.fixture
def another_browser(browser, portal):
    context = browser.new_context(base_url=portal, locale="en-GB")
    yield context.new_page()
    context.close()


def edit(update):
    return reverse("priorities:update-edit", args=[update.pk])


def open_round():
    """A round that opens today, on what the police report: two figures, one of them a share."""
    children = make_measure(name="Children discussed")
    share = make_measure("SEEN_IN_TIME", unit=Unit.PERCENT, name="Seen in time")
    make_duty(measures=[(children, None), (share, None)])
    today = timezone.localdate()
    return actions.open_round(
        title="Quarter 4", period=make_period(), opens_on=today, due_on=today + timedelta(30), by=make_erin()
    )


def link_in(email):
    """The first address in an email, as somebody would copy it from the text."""
    return re.search(r"https?://\S+", email.body)[0]


def test_a_newcomer_goes_from_the_email_to_a_submitted_update_and_the_board_accepts_it(page, portal, another_browser):
    bob, alice = make_bob(), make_alice()
    open_round()
    tasks.send_reminders()
    [email] = mail.outbox
    newcomer = Newcomer(page)

    newcomer.open(link_in(email))
    newcomer.sign_in(bob)
    expect(page.get_by_role("heading", level=1)).to_have_text("Priority CE")
    for label, words in WRITTEN.items():
        newcomer.write(label, words)
    newcomer.choose("Green: on track")
    newcomer.page.get_by_role("group", name="Children discussed").get_by_label("Number of children").fill("647")
    share = newcomer.page.get_by_role("group", name="Seen in time")
    share.get_by_label("How many", exact=True).fill("45")
    share.get_by_label("Out of how many").fill("60")
    newcomer.click("button", "Save and check")
    newcomer.click("button", "Submit to the board team")
    expect(page.get_by_text("Your update is submitted. Thank you.")).to_be_visible()

    print(f"{len(newcomer.actions)} actions: {'; '.join(newcomer.actions)}")
    assert len(newcomer.actions) <= MOST_ACTIONS
    update = QuarterlyUpdate.objects.get()
    assert (update.status, update.submitted_by, update.answers.count()) == (UpdateStatus.SUBMITTED, bob, 4)
    assert numbers(update) == [("MACE_CHILDREN", Decimal(647)), ("SEEN_IN_TIME", Decimal(75))]

    board_accepts(another_browser, alice)
    update.refresh_from_db()
    assert (update.status, update.decided_by) == (UpdateStatus.ACCEPTED, alice)
    assert set(update.values.values_list("status", flat=True)) == {ValueStatus.AGREED}
    assert [(sent.to, sent.subject.partition(":")[0]) for sent in mail.outbox] == [
        ([bob.email], "Reminder"),
        ([bob.email], "Received"),
    ]


def numbers(update):
    return list(update.values.order_by("measure__code").values_list("measure__code", "number"))


def board_accepts(page, alice):
    """A board officer looks where the agencies are, from the round to the year to the update."""
    page.goto(reverse("priorities:round-detail", args=[UpdateRound.objects.get().pk]))
    Newcomer(page).sign_in(alice)
    page.get_by_role("link", name="The whole year").click()
    assert [found["id"] for found in Axe().run(page).response["violations"]] == []
    page.get_by_role("link", name="Quarter 4: submitted, impact is activity only").click()
    page.get_by_role("button", name="Accept this update").click()
    expect(page.get_by_text("The update is accepted")).to_be_visible()


def colleagues(page, another_browser, *people):
    """The same update open in two browsers."""
    update = make_update()
    for each, person in zip((page, another_browser), people, strict=True):
        each.goto(edit(update))
        Newcomer(each).sign_in(person)
        expect(each.get_by_label("Progress this quarter")).to_be_visible()
    return update


def test_two_colleagues_who_write_different_answers_at_once_both_keep_theirs(page, another_browser):
    update = colleagues(page, another_browser, make_bob(), make_bob())

    page.get_by_label("Progress this quarter").fill("Panels met.")
    another_browser.get_by_label("Next steps").fill("Review the panels.")
    page.get_by_role("button", name="Save as draft").last.click()
    expect(page.get_by_text("Your draft is saved.")).to_be_visible()
    another_browser.get_by_role("button", name="Save as draft").last.click()
    expect(another_browser.get_by_text("Their changes stay too: “Progress this quarter”")).to_be_visible()

    assert texts(update) == {"progress": "Panels met.", "next_steps": "Review the panels."}
    expect(another_browser.get_by_label("Progress this quarter")).to_have_value("Panels met.")


def test_two_colleagues_who_write_the_same_answer_see_both_texts_and_one_joins_them(page, another_browser):
    update = colleagues(page, another_browser, make_bob(), make_bob())

    page.get_by_label("Progress this quarter").fill("Panels met.")
    another_browser.get_by_label("Progress this quarter").fill("A worker was hired.")
    page.get_by_role("button", name="Save as draft").last.click()
    expect(page.get_by_text("Your draft is saved.")).to_be_visible()
    another_browser.get_by_role("button", name="Save as draft").last.click()

    expect(another_browser.get_by_role("alert")).to_contain_text("Panels met.")
    expect(another_browser.get_by_label("Progress this quarter")).to_have_value("A worker was hired.")
    assert texts(update) == {"progress": "Panels met."}
    another_browser.get_by_label("Progress this quarter").fill("Panels met. A worker was hired.")
    another_browser.get_by_role("button", name="Save as draft").last.click()
    expect(another_browser.get_by_text("Your draft is saved.")).to_be_visible()
    assert texts(update) == {"progress": "Panels met. A worker was hired."}


def texts(update):
    return {answer.question.name: answer.text for answer in update.answers.select_related("question")}


def test_back_after_a_save_brings_the_form_and_nothing_is_lost(page):
    update = make_update()
    page.goto(edit(update))
    Newcomer(page).sign_in(make_bob())
    page.get_by_label("Progress this quarter").fill("Panels met.")
    page.get_by_role("button", name="Save and check").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")

    page.go_back()
    expect(page.get_by_label("Progress this quarter")).to_be_visible()
    page.get_by_label("Next steps").fill("Review the panels.")
    page.get_by_role("button", name="Save as draft").last.click()
    expect(page.get_by_text("Your draft is saved.")).to_be_visible()

    assert texts(update) == {"progress": "Panels met.", "next_steps": "Review the panels."}


INTERRUPTIONS = {
    "the session ended": lambda page: Session.objects.all().delete(),
    "all cookies are gone": lambda page: page.context.clear_cookies(),
}


@pytest.mark.parametrize("interruption", INTERRUPTIONS.values(), ids=INTERRUPTIONS)
def test_what_was_typed_survives_being_signed_out(page, interruption):
    update, bob = make_update(measures=(make_measure(),)), make_bob()
    page.goto(edit(update))
    Newcomer(page).sign_in(bob)
    page.get_by_label("Progress this quarter").fill("Panels met.")
    page.get_by_label("Amber: at risk").check()
    page.get_by_label("Number of children").fill("647")

    interruption(page)
    page.get_by_role("button", name="Save as draft").last.click()
    expect(page.get_by_text("You were signed out. What you typed is kept")).to_be_visible()
    assert texts(update) == {}
    Newcomer(page).sign_in(bob)

    expect(page.get_by_text("Everything you typed stands below")).to_be_visible()
    expect(page.get_by_label("Progress this quarter")).to_have_value("Panels met.")
    expect(page.get_by_label("Amber: at risk")).to_be_checked()
    expect(page.get_by_label("Number of children")).to_have_value("647")
    page.get_by_role("button", name="Save as draft").last.click()
    expect(page.get_by_text("Your draft is saved.")).to_be_visible()
    expect(page.get_by_text("Everything you typed stands below")).to_have_count(0)
    assert (texts(update), numbers(update)) == ({"progress": "Panels met."}, [("MACE_CHILDREN", Decimal(647))])


def test_what_was_typed_survives_signing_in_again_elsewhere(page):
    update, bob = make_update(), make_bob()
    page.goto(edit(update))
    Newcomer(page).sign_in(bob)
    page.get_by_label("Progress this quarter").fill("Panels met.")

    Session.objects.all().delete()
    other_tab = page.context.new_page()
    other_tab.goto("/")
    Newcomer(other_tab).sign_in(bob)
    page.get_by_role("button", name="Save as draft").last.click()

    expect(page.get_by_label("Progress this quarter")).to_have_value("Panels met.")
    page.get_by_role("button", name="Save as draft").last.click()
    expect(page.get_by_text("Your draft is saved.")).to_be_visible()
    assert texts(update) == {"progress": "Panels met."}


def test_what_a_colleague_saved_meanwhile_is_not_lost_when_one_signs_in_again(page):
    update, bob = make_update(), make_bob()
    page.goto(edit(update))
    Newcomer(page).sign_in(bob)
    page.get_by_label("Progress this quarter").fill("Panels met.")
    Session.objects.all().delete()
    save(update, progress="A worker was hired.", next_steps="Review.")

    page.get_by_role("button", name="Save as draft").last.click()
    Newcomer(page).sign_in(bob)
    page.get_by_role("button", name="Save as draft").last.click()

    expect(page.get_by_text("A worker was hired.")).to_be_visible()
    expect(page.get_by_label("Progress this quarter")).to_have_value("Panels met.")
    assert texts(update) == {"progress": "A worker was hired.", "next_steps": "Review."}


def save(update, **answers):
    actions.save_update(update=update, version=0, answers=answers, values=(), by=make_bob())


def test_the_next_person_at_a_shared_computer_does_not_get_what_was_typed(page):
    update, bob, colleague = make_update(), make_bob(), make_bob()
    page.goto(edit(update))
    Newcomer(page).sign_in(bob)
    page.get_by_label("Progress this quarter").fill("Only Bob may read this yet.")
    Session.objects.all().delete()
    page.get_by_role("button", name="Save as draft").last.click()

    Newcomer(page).sign_in(colleague)

    expect(page.get_by_label("Progress this quarter")).to_have_value("")
    assert "Only Bob" not in page.content()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer and no row locks")
def test_fifty_presses_of_submit_at_once_make_one_submission_and_one_email(portal):
    bob, update = make_bob(), make_update(UpdateStatus.DRAFT)
    clients = [Client() for _ in range(50)]
    for client in clients:
        client.force_login(bob)
    start, answers = Barrier(len(clients)), []

    def press(client):
        start.wait(timeout=30)
        answers.append(client.post(reverse("priorities:update-submit", args=[update.pk])).status_code)
        connection.close()

    threads = [Thread(target=press, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    update.refresh_from_db()
    submissions = AuditEvent.objects.filter(verb="update.submitted", target_id=update.pk)
    assert (answers, update.status, submissions.count()) == ([302] * 50, UpdateStatus.SUBMITTED, 1)
    [email] = mail.outbox
    assert (email.to, email.subject) == ([bob.email], "Received: update on Priority CE")
    assert reverse("priorities:update-detail", args=[update.pk]) in email.body
    assert [answer for answer in ANSWERS.values() if answer in email.body] == []
