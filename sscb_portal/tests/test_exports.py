"""Every list of the portal leaves it as CSV and as Excel: what the page shows, and nothing that a spreadsheet runs."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from lxml import html
from openpyxl import load_workbook

from partnership import actions as partnership_actions
from partnership.choices import AgencyKind, GroupKind, Role
from partnership.models import AuditEvent, Group
from partnership.spreadsheets import CONTENT_TYPES, neutralised
from partnership.tests.factories import (
    make_agency,
    make_area,
    make_contribution,
    make_cost,
    make_erin,
    make_meeting,
    make_partnership,
    make_period,
    make_person,
)
from partnership.tests.undoing import undone
from priorities.choices import UpdateStatus
from priorities.tests.factories import (
    make_action,
    make_duty,
    make_measure,
    make_priority,
    make_round,
    make_round_before,
    make_update,
    make_value,
)
from reports import actions as report_actions
from reports.choices import Duty
from reports.models import AnnualReport, Section
from reports.tests.factories import make_item_answer, make_report, make_returned_section, make_section
from reviews import actions as review_actions
from reviews.choices import ReviewKind, ReviewStage
from reviews.tests.audit_factories import make_audit, make_case_audit
from reviews.tests.factories import make_recommendation
from reviews.tests.record_factories import (
    make_establishment,
    make_feedback,
    make_partner_challenge,
    make_restraint,
    make_risk,
)
from sscb_portal.tests.test_access import names
from training import actions as training_actions
from training.choices import CourseKind, CourseMode, OrganisationType
from training.tests.factories import make_licence

BAD = '=HYPERLINK("x")'
SMALL = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class List:
    """Where a list stands, where its files are, and which heading of a file holds what the page shows of each row."""

    page: str
    export: str
    heading: str
    shown: Callable
    """What the page shows below that heading, from the page's context."""
    at: Callable = lambda: ()
    """Gives what the addresses of both need."""


LISTS = (
    List(
        "partnership:partnership-detail",
        "partnership:agency-export",
        "Agency",
        lambda page: [agency.name for agency in page["agencies"]],
    ),
    List(
        "partnership:partnership-detail",
        "partnership:group-export",
        "Group",
        lambda page: [group.name for group in page["groups"]],
    ),
    List(
        "partnership:partnership-detail",
        "partnership:neighbour-export",
        "Local authority",
        lambda page: [neighbour.name for neighbour in page["neighbours"]],
    ),
    List(
        "partnership:group-detail",
        "partnership:meeting-export",
        "Why it was cancelled",
        lambda page: [meeting.cancelled_reason for meeting in page["year"].meetings],
        at=lambda: (Group.objects.get(code="board").pk,),
    ),
    List(
        "partnership:funding-detail",
        "partnership:contribution-export",
        "What is given",
        lambda page: [each.words for each in page["funding"].contributions],
    ),
    List(
        "partnership:funding-detail",
        "partnership:cost-export",
        "What for",
        lambda page: [each.words for each in page["funding"].costs],
    ),
    List(
        "partnership:person-list",
        "partnership:person-export",
        "Name",
        lambda page: [person.name for person in page["people"]],
    ),
    List(
        "partnership:change-list",
        "partnership:change-export",
        "Of what",
        lambda page: list(AuditEvent.objects.values_list("target_label", flat=True)),  # the page has the latest of them
    ),
    List(
        "priorities:round-list",
        "priorities:round-export",
        "Round",
        lambda page: [round.title for round in page["rounds"]],
    ),
    List(
        "priorities:duty-list",
        "priorities:duty-export",
        "Agency",
        lambda page: [duty.agency.name for part in ("in_force", "ended") for duty in page[part]],
    ),
    List(
        "priorities:update-list",
        "priorities:update-export",
        "Agency",
        lambda page: [update.agency.name for update in page["updates"]],
    ),
    List(
        "plan:action-list",
        "plan:action-export",
        "Action",
        lambda page: [action.text for action in page["page"]],
    ),
    List(
        "training:session-list",
        "training:session-export",
        "Course",
        lambda page: [row["session"].course.title for row in page["rows"]],
    ),
    List(
        "training:course-list",
        "training:course-export",
        "Course",
        lambda page: [course.title for course in page["courses"]],
    ),
    List(
        "training:licence-list",
        "training:licence-export",
        "Agency",
        lambda page: [row["licence"].agency.name for row in page["rows"]],
    ),
    List(
        "training:cost-list",
        "training:cost-export",
        "Course",
        lambda page: [row.course.title for year in page["years"] for row in year.rows],
    ),
    List(
        "training:coverage",
        "training:coverage-export",
        "Agency",
        lambda page: [row.agency.name for row in page["coverage"].rows],
    ),
    List(
        "reviews:review-list",
        "reviews:review-export",
        "Reference",
        lambda page: [row.review.reference for row in page["rows"]],
    ),
    List(
        "reviews:theme-list",
        "reviews:theme-export",
        "Theme",
        lambda page: [history.theme.name for history in page["histories"]],
    ),
    List(
        "reviews:recommendation-list",
        "reviews:recommendation-export",
        "Recommendation",
        lambda page: [row.recommendation.text for row in page["page"].object_list],
    ),
    List(
        "reviews:audit-list",
        "reviews:audit-export",
        "Round",
        lambda page: [audit_round.title for audit_round in page["rounds"]],
    ),
    List(
        "reviews:case-audit-list",
        "reviews:case-audit-export",
        "Topic",
        lambda page: [row["audit"].topic for row in page["rows"]],
    ),
    List(
        "reviews:inspection-list",
        "reviews:inspection-export",
        "Subject",
        lambda page: [inspection.subject for chain in page["chains"] for inspection in chain],
    ),
    List(
        "reviews:child-deaths-list",
        "reviews:child-deaths-export",
        "Area",
        lambda page: [area.name for area, rows in page["areas"] for _ in rows],
    ),
    List(
        "reviews:restraint-list",
        "reviews:restraint-export",
        "Findings",
        lambda page: [row["scrutiny"].findings for row in page["rows"]],
    ),
    List(
        "reviews:feedback-list",
        "reviews:feedback-export",
        "About",
        lambda page: [row["feedback"].title for row in page["rows"]],
    ),
    List(
        "reviews:partner-challenge-list",
        "reviews:partner-challenge-export",
        "About",
        lambda page: [challenge.title for challenge in page["challenges"]],
    ),
    List(
        "reviews:risk-list",
        "reviews:risk-export",
        "Risk",
        lambda page: [row.risk.title for row in page["rows"]],
    ),
    List(
        "reports:measure-list",
        "reports:measure-export",
        "Measure",
        lambda page: [row["measure"].name for row in page["rows"]],
    ),
    List(
        "reports:report-list",
        "reports:report-export",
        "Report",
        lambda page: [report.title for report in page["reports"]],
    ),
    List(
        "reports:recipient-list",
        "reports:recipient-export",
        "Name",
        lambda page: [recipient.name for recipient in page["recipients"]],
    ),
    List(
        "reports:term-list",
        "reports:term-export",
        "What it stands for",
        lambda page: [term.meaning for term in page["terms"]],
    ),
    List(
        "reports:report-detail",
        "reports:outline-export",
        "Section",
        lambda page: [row.section.title for row in page["rows"]],
        at=lambda: ("2022-23",),
    ),
    List(
        "reports:coverage-detail",
        "reports:coverage-export",
        "Item",
        lambda page: [row.item.title for row in page["coverage"].rows for _ in row.answers or (None,)],
        at=lambda: ("2022-23",),
    ),
    List(
        "reports:guidance-list",
        "reports:guidance-export",
        "Edition",
        lambda page: [edition.title for edition in page["editions"] for _ in range(edition.asked)],
    ),
    List(
        "reports:version-list",
        "reports:version-export",
        "What was done",
        lambda page: [row["version"].get_act_display() for row in page["rows"]],
        at=lambda: (Section.objects.get(title="Returned").pk,),
    ),
)
FURTHER = {
    "reviews:audit-results-export": "a page computed from many records, with tests of its own",
    "reviews:assessment-export": "one agency's answers, with tests of its own",
    "training:story-export": "a course's years, computed from its sessions, with tests of its own",
    "reports:scorecard-export": "a page computed from many records, with tests of its own",
    "reports:scorecard-of-priority-export": "the same for one priority",
}
"""Exports that are no list's, and why."""
FOR_READERS = {"reports:edition-list"}
"""Lists for everybody, of what has files of its own."""


@pytest.fixture(scope="module")
def made_world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), undone():
        yield make_world()


@pytest.fixture
def world(made_world, db):
    """The manager, in a partnership with two or three of each record; what a test does to them is taken back."""
    return made_world


def make_world():
    """One of each record has a name that a spreadsheet would run."""
    make_partnership()
    erin = make_erin()
    who_we_are(erin)
    what_we_promised(erin)
    what_we_learned(erin)
    make_section(make_report("2021-22"), title=BAD, priority=None)
    make_returned_section(AnnualReport.objects.get(period__code="2021-22"), title="Returned", reason=BAD)
    report = make_report()
    report.title = BAD
    report.save()
    for name in ("National panel", BAD):
        report_actions.add_recipient(name=name, by=erin)
    for abbreviation, meaning in (("MACE", "Panels"), ("BAD", BAD)):
        report_actions.add_term(abbreviation=abbreviation, meaning=meaning, by=erin)
    for number, title in enumerate(("Foreword", BAD), start=1):
        make_section(report, number=str(number), title=title, priority=None)
    asked = {"code": "X", "title": "Anything", "text": BAD, "duty": Duty.SHOULD, "by": erin}
    report_actions.add_statutory_item(guidance=report.guidance, **asked)
    make_item_answer(report.sections.first(), evidence=BAD)
    return erin


def who_we_are(erin):
    partnership_actions.add_agency(code="bad", name=BAD, short_name="Bad", kind=AgencyKind.HEALTH, by=erin)
    for code, name in (("board", "Board"), ("bad", BAD)):
        partnership_actions.add_group(code=code, name=name, kind=GroupKind.BOARD, members=[], by=erin)
    partnership_actions.set_neighbours(neighbours=[("Eastport", "E06000031"), (BAD, "E06000032")], by=erin)
    make_person(BAD, Role.CONTRIBUTOR)
    make_period()
    board = Group.objects.get(code="board")
    for number, words in enumerate(("Flood", BAD), start=1):
        make_meeting(board, date(2022, 5, number), cancelled_reason=words)
        make_contribution(words=words)
        make_cost(words=words)


def what_we_promised(erin):
    make_round()
    make_round_before()
    make_duty("police")
    make_duty("bad")
    first = make_measure("FIRST")
    make_value(first, 610)
    make_update(UpdateStatus.SUBMITTED, measures=(first,))
    make_update(UpdateStatus.SUBMITTED, agency="bad", by=make_person("Hal", Role.CONTRIBUTOR, "bad"))
    round = make_round()
    round.title = BAD
    round.save()
    make_action()
    make_action(text=BAD)
    make_value(make_measure("SECOND", name=BAD), 3)


def what_we_learned(erin):
    for title in ("Neglect", BAD):
        course = training_actions.add_course(
            code=title, title=title, mode=CourseMode.VIRTUAL, kind=CourseKind.MANDATORY, by=erin
        )
        for count in SMALL:
            training_actions.record_session(
                course=course,
                held_on=date(2022, 5, count),
                capacity=None,
                attended={OrganisationType.POLICE: count},
                cost=Decimal(100),
                by=erin,
            )
    for agency in (make_agency(), make_agency("bad")):
        make_licence(agency=agency, note=BAD)
    for reference in ("R1", BAD):
        review_actions.record_review(
            reference=reference,
            kind=ReviewKind.RAPID_REVIEW,
            stage=ReviewStage.IN_PROGRESS,
            themes=["Neglect", BAD],
            by=erin,
        )
    for subject in ("Focussed visit", BAD):
        review_actions.record_inspection(
            body="Ofsted", subject=subject, agency=make_agency(), started_on=date(2022, 5, 1), by=erin
        )
    for text in ("Agree who leads", BAD):
        make_recommendation(text=text, by=erin)
    for title in ("Section 11 audit", BAD):
        make_audit(title, by=erin)
        make_case_audit(title, themes=["Neglect"], cases=5, by=erin)
    for number, text in enumerate(("They listened", BAD)):
        make_restraint(establishment=make_establishment(f"custody-{number}"), findings=text)
        make_feedback(text)
        make_partner_challenge(text)
        make_risk(f"SR{number}", title=text)
    bad = make_area("bad")
    bad.name = BAD
    bad.save()
    for area in (make_area(), bad):
        review_actions.record_child_deaths(
            period=make_period(),
            area=area,
            notified=79,
            unexpected=5,
            reviewed=4,
            modifiable=1,
            themes=["Neglect"],
            by=erin,
        )


def table(response, kind):
    """The file's lines as dicts by heading; no cell of a workbook may be a formula."""
    if kind == "csv":
        return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    heading, *lines = load_workbook(io.BytesIO(response.content)).active.iter_rows()
    assert "f" not in {cell.data_type for line in (heading, *lines) for cell in line}
    return [dict(zip([cell.value for cell in heading], [cell.value for cell in line], strict=True)) for line in lines]


@pytest.mark.parametrize("kind", CONTENT_TYPES)
@pytest.mark.parametrize("each", LISTS, ids=lambda each: each.export)
def test_list_leaves_as_it_is_shown_and_runs_nothing(client, world, each, kind):
    client.force_login(world)
    page = client.get(reverse(each.page, args=each.at()))
    address = reverse(each.export, args=[*each.at(), kind])

    response = client.get(address)

    assert response["Content-Type"] == CONTENT_TYPES[kind]
    assert response["Content-Disposition"].endswith(f'.{kind}"')
    rows = table(response, kind)
    shown = each.shown(page.context)
    assert len(shown) >= 2
    assert [row[each.heading] for row in rows] == [neutralised(name) for name in shown]
    cells = [str(cell) for row in rows for cell in row.values()]
    assert any(cell.startswith("'=HYPERLINK(") for cell in cells)
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []


@pytest.mark.parametrize("each", LISTS, ids=lambda each: each.export)
def test_page_offers_its_files_in_the_same_words(client, world, each):
    client.force_login(world)
    addresses = [reverse(each.export, args=[*each.at(), kind]) for kind in CONTENT_TYPES]

    page = html.fromstring(client.get(reverse(each.page, args=each.at())).content)

    offers = [
        paragraph
        for paragraph in page.xpath('//p[@class="portal-downloads"]')
        if [link.get("href") for link in paragraph.xpath(".//a")] == addresses
    ]
    assert len(offers) == 1
    for hidden in offers[0].xpath('.//span[@class="govuk-visually-hidden"]'):
        hidden.text = ""
    assert offers[0].text_content() == "Download this list as CSV or Excel."


@pytest.mark.parametrize("kind", CONTENT_TYPES)
@pytest.mark.parametrize(
    ("export", "headings"),
    [
        ("training:session-export", ["Attendances"]),
        ("training:cost-export", ["Attendances at those sessions", "Cost per attendance"]),
        ("reviews:case-audit-export", ["Cases audited"]),
        ("reviews:child-deaths-export", ["Unexpected", "Reviewed", "Reviewed, with modifiable factors"]),
    ],
)
def test_one_to_five_people_do_not_leave(client, world, export, headings, kind):
    client.force_login(world)

    rows = table(client.get(reverse(export, args=[kind])), kind)

    assert {row[heading] for row in rows for heading in headings} == {"hidden to protect people"}


def test_every_list_and_every_export_is_declared():
    routes = set(names(get_resolver()))

    assert {each.page for each in LISTS} >= {name for name in routes if name.endswith("-list")} - FOR_READERS
    assert {name for name in routes if name.endswith("-export")} == {each.export for each in LISTS} | set(FURTHER)


@pytest.mark.parametrize("each", LISTS, ids=lambda each: each.export)
def test_other_kinds_of_file_are_not_there(client, world, each):
    client.force_login(world)

    assert client.get(reverse(each.export, args=[*each.at(), "pdf"])).status_code == 404


def one_more_of_each(erin):
    agency = partnership_actions.add_agency(code="new", name="New", short_name="New", kind=AgencyKind.HEALTH, by=erin)
    partnership_actions.add_group(
        code="new", name="New", kind=GroupKind.PANEL, members=[agency, make_agency()], by=erin
    )
    board = Group.objects.get(code="board")
    partnership_actions.add_seat(group=board, agency=agency, from_on=date(2022, 4, 1), by=erin)
    make_meeting(board, date(2022, 6, 1))
    make_contribution(agency="new", words="New")
    make_cost(words="New")
    person = make_person("Ivy", Role.CONTRIBUTOR, "new")
    make_duty("new", measures=[(make_measure("THIRD"), None)])
    make_update(UpdateStatus.SUBMITTED, agency="new", by=person, round=make_round(), measures=(make_measure("NEW"),))
    make_action(agency="new")
    make_value(make_measure("FOURTH"), 610)
    course = training_actions.add_course(
        code="new", title="New", mode=CourseMode.VIRTUAL, kind=CourseKind.THEMATIC, priority=make_priority(), by=erin
    )
    training_actions.record_session(
        course=course,
        held_on=date(2022, 6, 1),
        capacity=9,
        attended={OrganisationType.HEALTH: 9},
        cost=Decimal(90),
        by=erin,
    )
    review_actions.record_review(
        reference="R2", kind=ReviewKind.RAPID_REVIEW, stage=ReviewStage.IN_PROGRESS, themes=["New"], by=erin
    )
    review_actions.record_inspection(
        body="Ofsted", subject="Another visit", agency=agency, started_on=date(2022, 7, 1), by=erin
    )
    make_recommendation(agency="new", by=erin)
    review_actions.record_child_deaths(
        period=make_period("2021-22"), area=make_area(), notified=70, themes=["New"], by=erin
    )
    make_restraint(establishment=make_establishment("new-custody"))
    make_feedback(agency=agency)
    make_partner_challenge(raised_to=agency)
    make_risk("NEW", owner=agency)
    section = make_section(AnnualReport.objects.get(period__code="2022-23"), number="3", owner=agency)
    make_item_answer(section)
    make_item_answer(section, "M1")


@pytest.mark.parametrize("each", LISTS, ids=lambda each: each.export)
def test_a_longer_list_takes_the_same_queries(client, world, each):
    client.force_login(world)
    address = reverse(each.export, args=[*each.at(), "csv"])
    client.get(address)
    with CaptureQueriesContext(connection) as before:
        client.get(address)
    one_more_of_each(world)

    with CaptureQueriesContext(connection) as after:
        client.get(address)

    assert len(after) == len(before)
