"""Evaluation in a real browser: the link in each email, its questions, and what the course's page says of them."""

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from partnership.actions import add_period
from partnership.choices import PeriodKind
from partnership.tests.factories import make_alice, make_partnership
from training.choices import Moment
from training.models import Invitation
from training.tasks import send_letters
from training.tests.factories import answer, make_evaluated, make_evaluation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "a-long-password"
BEFORE_AND_LATER = [(2, 4), (3, 3), (1, 4), (4, 5), (3, 4)]
"""Five who have answered both times: one more, and the result may be told."""


@pytest.fixture(autouse=True)
def partnership(transactional_db):
    return make_partnership()


@pytest.fixture(params=[True, False], ids=["with-javascript", "without-javascript"])
def page(request, browser, live_server):
    with override_settings(PORTAL_URL=live_server.url):
        context = browser.new_context(
            base_url=live_server.url, locale="en-GB", java_script_enabled=request.param, viewport=VIEWPORT
        )
        page = context.new_page()
        page.is_scripted = request.param
        yield page
        context.close()


VIEWPORT = {"width": 375, "height": 800}


@pytest.fixture
def session():
    """A session of an evaluated course, in a reporting year that holds today and the months around it."""
    today = timezone.localdate()
    days = {"starts_on": today - timedelta(200), "ends_on": today + timedelta(200)}
    add_period(code="now", label="This year", kind=PeriodKind.FINANCIAL_YEAR, **days, by=None)
    return make_evaluated(held_on=today + timedelta(10))


def move_to(session, days):
    """Move the session so that today is so many days after it: a browser's own clock cannot be moved."""
    session.held_on = timezone.localdate() - timedelta(days)
    session.save()


def violations(page):
    """What axe finds; it needs scripts itself."""
    if not page.is_scripted:
        return []
    return [found["id"] for found in Axe().run(page).response["violations"]]


def follow_link(page):
    """The link of the latest email, as somebody would follow it."""
    send_letters()
    email = mail.outbox.pop()
    assert mail.outbox == []
    link = re.search(r"https?://\S+", email.body)[0]
    page.goto(link)
    assert violations(page) == []
    return link


def mark(page, confidence, knowledge):
    page.get_by_role("group", name="How confident are you").get_by_label(confidence).check()
    page.get_by_role("group", name="How much do you know").get_by_label(knowledge).check()


def send(page):
    page.get_by_role("button", name="Send my answers").click()


def course_page(page, session, alice):
    page.goto(reverse("training:course-detail", args=[session.course_id]))
    if page.get_by_label("Email", exact=True).count():
        sign_in(page, alice)
    expect(page.get_by_role("heading", name="What the training changes")).to_be_visible()
    assert violations(page) == []


def sign_in(page, alice):
    page.get_by_label("Email", exact=True).fill(alice.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def invite_in_browser(page, session, alice):
    page.goto(reverse("training:evaluation-invite", args=[session.pk]))
    sign_in(page, alice)
    page.get_by_label("Email addresses").fill("Ann Example <ann@example.org>, ann@example.org")
    page.get_by_role("button", name="Invite them").click()
    expect(page.get_by_text("1 person is invited.")).to_be_visible()
    expect(page.get_by_text("invited once: ann@example.org")).to_be_visible()


def test_from_the_link_to_the_change_on_the_course_s_page(page, session):
    alice = make_alice()
    make_evaluation(*BEFORE_AND_LATER, asked=19, session=session, done=5)
    Invitation.objects.update(email="")
    invite_in_browser(page, session, alice)
    link = follow_link(page)
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("Choose how confident you are, from 1 to 5")
    mark(page, "2", "2")
    send(page)
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    page.goto(link)
    expect(page.get_by_role("heading", name="You have answered already")).to_be_visible()

    move_to(session, 2)
    follow_link(page)
    mark(page, "4", "4")
    page.get_by_label("What will you do differently?").fill("I will ask twice.")
    page.get_by_label("My words may be quoted").check()
    send(page)
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()

    move_to(session, 45)
    course_page(page, session, alice)
    expect(page.get_by_text("Hidden to protect people: too few answered").first).to_be_visible()
    expect(page.get_by_text("+1.3 points")).to_have_count(0)

    follow_link(page)
    mark(page, "3", "4")
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("What did you do?").fill("I met a boy called Jayden.")
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("looks like a child's name")
    page.get_by_label("What did you do?").fill("I asked twice.")
    page.get_by_label("What did it change for a child?").fill("Help came sooner.")
    send(page)
    expect(page.get_by_text("We have deleted your address.")).to_be_visible()

    course_page(page, session, alice)
    expect(page.get_by_text("Not told before the time to answer is over")).to_be_visible()
    expect(page.get_by_text("+1.3 points")).to_have_count(0)

    move_to(session, 85)
    course_page(page, session, alice)
    expect(page.get_by_text("+1.3 points")).to_be_visible()
    expect(page.get_by_text("6 of the 20 people asked (30%)").first).to_be_visible()
    assert Invitation.objects.exclude(email="").count() == 0


@pytest.mark.parametrize(
    ("moment", "heading"), [(Moment.AFTER, "You have answered already"), (None, "This link does not work")]
)
def test_a_link_that_is_used_up_or_unknown_says_what_to_do(page, session, moment, heading):
    invite_in_browser(page, session, make_alice())
    move_to(session, 2)
    link = follow_link(page)
    if moment:
        answer(Invitation.objects.get(), moment)
    else:
        link = link[:-6]

    page.goto(link)

    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    assert violations(page) == []
