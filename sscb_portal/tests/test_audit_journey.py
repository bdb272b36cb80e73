"""A Section 11 audit of 4 standards and 15 agencies in a real browser, from opening to results and the next year."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from partnership.choices import Role
from partnership.tests.factories import make_agency, make_erin, make_partnership, make_period, make_person
from reviews.choices import AssessmentStatus
from reviews.models import AuditRound, SelfAssessment
from reviews.tests.audit_factories import make_assessment
from sscb_portal.tests.test_journey import is_accessible

pytestmark = [pytest.mark.browser, pytest.mark.journey]

STANDARDS = ("Listening to children", "Challenge and escalation", "Sharing information", "Training staff")
AGENCIES = tuple(f"agency-{number:02}" for number in range(1, 16))
IN_BROWSER = AGENCIES[:3]
"""The third of them without JavaScript."""
GRADES = {1: "Met", 2: "Partly met", 3: "Not met"}


@pytest.fixture
def portal(browser, live_server, transactional_db):
    """Gives a page for a person who is signed in, with JavaScript or without."""
    make_partnership()
    contexts = []

    def page_of(person, *, has_scripts=True):
        context = browser.new_context(base_url=live_server.url, locale="en-GB", java_script_enabled=has_scripts)
        context.set_default_timeout(30_000)
        contexts.append(context)
        client = Client()  # one session for each person
        client.force_login(person)
        context.add_cookies(
            [{"name": name, "value": each.value, "url": live_server.url} for name, each in client.cookies.items()]
        )
        return context.new_page()

    yield page_of
    for context in contexts:
        context.close()


def test_a_section_11_audit_from_opening_to_results_and_carried_forward(portal):
    erin, period = make_erin(), make_period()
    for code in AGENCIES:
        make_agency(code)
    people = [make_person(code.title(), Role.CONTRIBUTOR, code) for code in IN_BROWSER]
    board = portal(erin)

    prepare(board, "Section 11 audit 2022", period)
    for number, title in enumerate(STANDARDS, start=1):
        add_standard(board, number, title)
    open_round(board)
    audit_round = AuditRound.objects.get()
    for number, person in enumerate(people):
        assess(portal(person, has_scripts=number < 2), audit_round, ranks=(1, 1, 2, 3))
    for code in AGENCIES[3:]:
        make_assessment(AssessmentStatus.SIGNED_OFF, audit_round=audit_round, agency=code, ranks="1112", by=erin)

    others_answers_stay_hidden(portal(people[0]), audit_round)
    results(board, audit_round)

    prepare(board, "Section 11 audit 2023", make_period("2023-24"), follows="Section 11 audit 2022")
    expect(board.get_by_role("heading", name="4 Training staff")).to_be_visible()
    open_round(board)
    following = AuditRound.objects.get(follows=audit_round)
    carried_answers_are_checked(portal(people[0]), following)
    board.goto(reverse("reviews:audit-results", args=[following.pk]))
    expect(board.get_by_text("1 of 15 agencies signed off.")).to_be_visible()
    expect(row(board, "1 Listening to children", "Met")).to_contain_text("1 of 1 (100%)")
    expect(row(board, "1 Listening to children", "Met")).to_contain_text("15 of 15 (100%)")


def prepare(page, title, period, *, follows=""):
    page.goto("/learning/")
    page.get_by_role("link", name="Audits", exact=True).click()
    is_accessible(page)
    page.get_by_role("button", name="Prepare an audit").click()
    page.get_by_role("button", name="Prepare").click()
    page.get_by_role("alert").get_by_role("link", name="Choose the kind of audit").click()
    is_accessible(page)
    page.get_by_label("Section 11", exact=True).check()
    page.get_by_label("Name of the round").fill(title)
    if follows:
        page.get_by_label("Carry standards and grades forward from").select_option(label=follows)
    page.get_by_label("Which period does it count in?").select_option(label=str(period))
    page.get_by_label("Opens on").fill("2022-07-01")
    page.get_by_label("Due on").fill(date(2022, 7, 29).isoformat())
    page.get_by_role("button", name="Prepare").click()
    expect(page.get_by_text(f"{title} is prepared.")).to_be_visible()
    is_accessible(page)


def add_standard(page, number, title):
    page.get_by_role("button", name="Add a standard").click()
    page.get_by_label("Number").fill(str(number))
    page.get_by_label("Standard", exact=True).fill(title)
    page.get_by_label("What does “Met” look like?").fill(f"{title}: every team does it and can show it.")
    if number == 1:
        is_accessible(page)
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", name=f"{number} {title}")).to_be_visible()


def open_round(page):
    page.get_by_role("button", name="Open the round").click()
    for code in AGENCIES:
        page.get_by_label(f"County {code.title()}").check()
    is_accessible(page)
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_role("table", name="Assessments by agency").locator("tbody tr")).to_have_count(15)


def assess(page, audit_round, *, ranks):
    """Answer every standard and sign off."""
    page.goto(reverse("reviews:audit-detail", args=[audit_round.pk]))
    page.get_by_role("table", name="Assessments by agency").get_by_role("link").click()
    page.get_by_role("link", name="Answer standard 1").click()
    for number, rank in enumerate(ranks, start=1):
        page.get_by_label(GRADES[rank], exact=True).check()
        page.get_by_label("Why this grade, and how do you know?").fill(f"What we do for standard {number}.")
        onward = f"Save and go on to standard {number + 1}" if number < len(ranks) else "Save"
        page.get_by_role("button", name=onward, exact=True).click()
    expect(page.get_by_text("What we do for standard 4.")).to_be_visible()
    sign_off(page)


def sign_off(page):
    page.get_by_role("button", name="Sign off").click()
    page.get_by_label("Who signs it off?").fill("The head")
    page.get_by_label("Their job title").fill("Head of safeguarding")
    page.get_by_label("I confirm that this person has read the answers and agrees with them").check()
    page.get_by_role("button", name="Sign off").click()
    expect(page.get_by_text("Your assessment is signed off. Thank you.")).to_be_visible()


def others_answers_stay_hidden(page, audit_round):
    """A contributor sees its own agency's answers, and finds nothing under the others' addresses."""
    page.goto(reverse("reviews:audit-detail", args=[audit_round.pk]))
    expect(page.get_by_role("table", name="Assessments by agency").locator("tbody tr")).to_have_count(1)
    statuses = set()
    for assessment in SelfAssessment.objects.exclude(agency__code=AGENCIES[0]):
        for name, args in (
            ("assessment-detail", [assessment.pk]),
            ("assessment-export", [assessment.pk, "csv"]),
            ("answer-edit", [assessment.pk, audit_round.standards.first().pk]),
        ):
            statuses.add(page.request.get(reverse(f"reviews:{name}", args=args)).status)
    assert statuses == {404}
    assert page.request.get(reverse("reviews:audit-results", args=[audit_round.pk])).status == 403


def results(page, audit_round):
    page.goto(reverse("reviews:audit-detail", args=[audit_round.pk]))
    page.get_by_role("link", name="Results").click()
    expect(page.get_by_text("15 of 15 agencies signed off.")).to_be_visible()
    told = {
        standard: [row(page, standard, grade).locator("td").first.inner_text() for grade in GRADES.values()]
        for standard in ("1 Listening to children", "3 Sharing information", "4 Training staff")
    }
    assert told == {
        "1 Listening to children": ["15 of 15 (100%)", "0 of 15 (0%)", "0 of 15 (0%)"],
        "3 Sharing information": ["12 of 15 (80%)", "3 of 15 (20%)", "0 of 15 (0%)"],
        "4 Training staff": ["0 of 15 (0%)", "12 of 15 (80%)", "3 of 15 (20%)"],
    }
    is_accessible(page)


def row(page, standard, grade):
    section = page.get_by_role("region", name=standard)
    return section.get_by_role("row").filter(has=page.get_by_role("rowheader", name=grade, exact=True))


def carried_answers_are_checked(page, audit_round):
    page.goto(reverse("reviews:audit-detail", args=[audit_round.pk]))
    page.get_by_role("table", name="Assessments by agency").get_by_role("link").click()
    page.get_by_role("button", name="Bring in your answers from the round before").click()
    expect(page.get_by_text("4 answers are in the assessment again.")).to_be_visible()
    expect(page.get_by_role("button", name="Sign off")).to_have_count(0)
    is_accessible(page)
    page.get_by_role("link", name="Change standard 1").click()
    for number in range(1, 5):
        expect(page.get_by_label("Why this grade, and how do you know?")).to_have_value(
            f"What we do for standard {number}."
        )
        if number == 1:
            is_accessible(page)
        page.get_by_label("I have checked this answer: it still holds").check()
        onward = f"Save and go on to standard {number + 1}" if number < 4 else "Save"
        page.get_by_role("button", name=onward, exact=True).click()
    sign_off(page)
