"""Every route × every role × GET and POST. A route that nobody declared here fails the suite."""

from dataclasses import dataclass, field
from http.cookies import SimpleCookie

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from partnership.account_urls import OFFERED
from partnership.tests.factories import (
    make_alice,
    make_bob,
    make_charlie,
    make_contribution,
    make_cost,
    make_dana,
    make_erin,
    make_frank,
    make_meeting,
    make_partnership,
    make_person,
)
from partnership.tests.undoing import undone
from priorities.choices import ActionStatus, Topic, UpdateStatus
from priorities.tests.factories import (
    make_action,
    make_duty,
    make_import,
    make_measure,
    make_objective,
    make_plan,
    make_rating,
    make_round,
    make_success_measure,
    make_target,
    make_update,
    make_update_evidence,
    make_value,
)
from reports import publishing
from reports.choices import Kind
from reports.tests.factories import (
    make_block,
    make_comment,
    make_image,
    make_item_answer,
    make_report,
    make_report_import,
    make_section,
    make_sign_off_world,
    make_term,
)
from reviews.choices import RecommendationStatus
from reviews.tests.audit_factories import make_audit_world
from reviews.tests.factories import make_briefing, make_recommendation, make_review, make_theme
from reviews.tests.record_factories import make_record_world
from training.tests.factories import make_attendance, make_evaluation_world, make_licence, make_sheet, sheet_rows

PEOPLE = ("anonymous", "alice", "bob", "charlie", "dana", "erin", "frank", "norole")
"""Alice is an officer, Bob a contributor of the police, Charlie one of another agency, Dana a signatory, Erin the
manager, Frank the chair; norole has an account and nothing else."""

SIGN_IN = 302
BOARD = {"alice", "erin"}
READERS = {"alice", "bob", "charlie", "dana", "erin", "frank"}


@dataclass(frozen=True)
class Route:
    """What a route answers: to whom GET is open, what POST gives to whom, and what the others get."""

    get: dict[str, int] = field(default_factory=dict)
    post: dict[str, int] = field(default_factory=dict)
    get_else: int = 403
    post_else: int = 403
    kwargs: str = ""
    is_public: bool = False


def page(people, *, kwargs="", denied=403):
    """A page to read: GET is open to these people, and nobody can POST to it."""
    return Route(get=dict.fromkeys(people, 200), post=dict.fromkeys(PEOPLE, 405), get_else=denied, kwargs=kwargs)


def form(people, *, kwargs, denied=403, invalid=200):
    """A page with a form: these people may open it, and get it again when they post nothing."""
    return Route(
        get=dict.fromkeys(people, 200),
        post=dict.fromkeys(people, invalid),
        get_else=denied,
        post_else=denied,
        kwargs=kwargs,
    )


def verb(people, *, kwargs, answer=302, **others):
    """Something to do: only by POST, and only for these people."""
    return Route(get=dict.fromkeys(PEOPLE, 405), post={**dict.fromkeys(people, answer), **others}, kwargs=kwargs)


ROUTES = {
    "home": page([*READERS, "norole"]),
    "accessibility": Route(get=dict.fromkeys(PEOPLE, 200), post=dict.fromkeys(PEOPLE, 405), is_public=True),
    # A page that was left open asks it; who is signed out is told just that.
    "session-state": Route(get=dict.fromkeys(PEOPLE, 200), post=dict.fromkeys(PEOPLE, 405), is_public=True),
    "signed-in": page([*READERS, "norole"]),
    "partnership:partnership-detail": page(READERS),
    "partnership:agency-export": page(READERS, kwargs="export"),
    "partnership:group-export": page(READERS, kwargs="export"),
    "partnership:neighbour-export": page(READERS, kwargs="export"),
    "partnership:neighbours-set": Route(get=dict.fromkeys(BOARD, 200), post=dict.fromkeys(BOARD, 302)),
    "partnership:group-detail": page(READERS, kwargs="group"),
    "partnership:meeting-export": page(READERS, kwargs="group export"),
    "partnership:meeting-record": form(BOARD, kwargs="group"),
    "partnership:meeting-change": form(BOARD, kwargs="meeting"),
    "partnership:meeting-remove": verb(BOARD, kwargs="meeting"),
    "partnership:seat-add": form(BOARD, kwargs="group"),
    "partnership:seat-change": form(BOARD, kwargs="seat"),
    "partnership:funding-detail": page(READERS),
    "partnership:contribution-export": page(READERS, kwargs="export"),
    "partnership:contribution-record": form({"erin"}, kwargs="year"),
    "partnership:contribution-change": form({"erin"}, kwargs="contribution"),
    "partnership:contribution-remove": verb({"erin"}, kwargs="contribution"),
    "partnership:cost-export": page(READERS, kwargs="export"),
    "partnership:cost-record": form({"erin"}, kwargs="year"),
    "partnership:cost-change": form({"erin"}, kwargs="cost"),
    "partnership:cost-remove": verb({"erin"}, kwargs="cost"),
    "partnership:person-list": page({"erin"}),
    "partnership:person-export": page({"erin"}, kwargs="export"),
    "partnership:person-add": form({"erin"}, kwargs=""),
    "partnership:person-detail": form({"erin"}, kwargs="person"),
    "partnership:account-close": verb({"erin"}, kwargs="person"),
    "partnership:account-open": verb({"erin"}, kwargs="person"),
    "partnership:role-take": verb({"erin"}, kwargs="role"),
    "partnership:change-list": page(BOARD),
    "partnership:change-export": page(BOARD, kwargs="export"),
    "priorities:update-list": page(READERS),
    # Bob's agency owns the update, which is submitted: the board and the chair read it, Charlie's agency must not know.
    "priorities:update-detail": Route(
        get={**dict.fromkeys({"bob", "alice", "erin", "frank"}, 200), "charlie": 404, "dana": 404},
        post=dict.fromkeys(PEOPLE, 405),
        kwargs="submitted",
    ),
    "priorities:update-edit": Route(
        get={"bob": 200, "charlie": 404}, post={"bob": 200, "charlie": 404}, kwargs="draft"
    ),
    "priorities:update-submit": verb({"bob"}, kwargs="draft", charlie=404),
    "priorities:update-accept": verb(BOARD, kwargs="submitted"),
    "priorities:update-return": verb(BOARD, kwargs="submitted", answer=200),
    "priorities:update-reopen": verb(BOARD, kwargs="submitted", answer=200),
    "priorities:update-evidence": Route(
        get={**dict.fromkeys({"bob", "alice", "erin", "frank"}, 200), "charlie": 404, "dana": 404},
        post=dict.fromkeys(PEOPLE, 405),
        kwargs="submitted",
    ),
    "priorities:evidence-add": verb({"bob"}, kwargs="draft", answer=200, charlie=404),
    "priorities:evidence-withdraw": verb({"bob"}, kwargs="evidence", charlie=404),
    # The update is not handed in: only its agency knows of the file, which waits to be checked.
    "priorities:evidence-download": Route(
        get={"bob": 302, **dict.fromkeys({"alice", "erin", "frank", "charlie", "dana"}, 404)},
        post=dict.fromkeys(PEOPLE, 405),
        kwargs="evidence",
    ),
    # The agency's own in any state; what it has not handed in is nobody else's.
    "priorities:update-download": Route(
        get={"bob": 200, **dict.fromkeys({"alice", "erin", "frank", "charlie", "dana"}, 404)},
        post=dict.fromkeys(PEOPLE, 405),
        kwargs="draft export",
    ),
    "priorities:approval-choose": Route(
        get={"bob": 200, "erin": 200, "charlie": 404},
        post={"bob": 200, "erin": 200, "charlie": 404},
        kwargs="agency",
    ),
    "priorities:round-questions": page(BOARD, kwargs="round"),
    "priorities:question-add": form(BOARD, kwargs="round"),
    "priorities:question-change": form(BOARD, kwargs="question"),
    "priorities:question-move": verb(BOARD, kwargs="question"),
    "priorities:question-remove": verb(BOARD, kwargs="question"),
    "priorities:question-end": verb(BOARD, kwargs="question"),
    "priorities:question-ask-again": verb(BOARD, kwargs="question"),
    "priorities:round-list": page(BOARD | {"frank"}),
    "priorities:round-export": page(BOARD | {"frank"}, kwargs="export"),
    "priorities:round-detail": page(BOARD | {"frank"}, kwargs="round"),
    "priorities:round-year": page(BOARD | {"frank"}, kwargs="year of rounds"),
    "priorities:round-open": form(BOARD, kwargs=""),
    "priorities:round-change-due-date": form(BOARD, kwargs="round"),
    "priorities:duty-list": page(BOARD),
    "priorities:duty-export": page(BOARD, kwargs="export"),
    "priorities:duty-add": form(BOARD, kwargs=""),
    "priorities:duty-change": form(BOARD, kwargs="duty"),
    "priorities:duty-end": verb(BOARD, kwargs="duty"),
    "priorities:update-remind": verb(BOARD, kwargs="draft"),
    "priorities:update-remind-late": verb(BOARD, kwargs=""),
    "priorities:email-choice": form([*READERS, "norole"], kwargs=""),
    "priorities:update-export": page(READERS, kwargs="export"),
    "plan:plan-current": page(READERS),
    "plan:plan-add": form(BOARD, kwargs=""),
    "plan:plan-detail": page(READERS, kwargs="plan"),
    "plan:plan-change": form(BOARD, kwargs="plan"),
    "plan:priority-add": form(BOARD, kwargs="plan"),
    "plan:priority-detail": page(READERS, kwargs="priority"),
    "plan:priority-change": form(BOARD, kwargs="priority"),
    "plan:objective-add": form(BOARD, kwargs="priority"),
    "plan:objective-change": form(BOARD, kwargs="objective"),
    "plan:success-measure-add": form(BOARD, kwargs="objective"),
    "plan:success-measure-change": form(BOARD, kwargs="success-measure"),
    "plan:part-end": verb(BOARD, kwargs="part"),
    "plan:part-resume": verb(BOARD, kwargs="part"),
    "plan:action-list": page(READERS),
    "plan:action-export": page(READERS, kwargs="export"),
    "plan:action-agree": form(BOARD, kwargs=""),
    "plan:action-detail": page(READERS, kwargs="action"),
    "plan:action-change": form(BOARD, kwargs="action"),
    # The police own the action: the board and Bob say how it is going, Charlie finds nothing to say it of.
    "plan:action-rate": Route(
        get=dict.fromkeys(BOARD | {"bob"}, 200) | {"charlie": 404},
        post=dict.fromkeys(BOARD | {"bob"}, 200) | {"charlie": 404},
        kwargs="action",
    ),
    "plan:action-complete": Route(
        get=dict.fromkeys(BOARD | {"bob"}, 200) | {"charlie": 404},
        post=dict.fromkeys(BOARD | {"bob"}, 200) | {"charlie": 404},
        kwargs="action",
    ),
    "plan:action-change-due-date": form(BOARD, kwargs="action"),
    "plan:action-withdraw": form(BOARD, kwargs="action"),
    "plan:action-reopen": form(BOARD, kwargs="completed-action"),
    "training:course-list": page(READERS),
    "training:course-add": form(BOARD, kwargs=""),
    "training:course-detail": page(READERS, kwargs="course"),
    "training:evaluation-set": form(BOARD, kwargs="course"),
    "training:evaluation-words": page(BOARD, kwargs="course"),
    "training:evaluation-invite": form(BOARD, kwargs="session"),
    "training:quote-release": verb(BOARD, kwargs="words"),
    "training:quote-take-back": verb(BOARD, kwargs="released words"),
    # Personal links need no account. This one is out of date, which everybody is told.
    "training:evaluation-answer": Route(
        get=dict.fromkeys(PEOPLE, 200), post=dict.fromkeys(PEOPLE, 200), kwargs="link", is_public=True
    ),
    "training:evaluation-decline": Route(
        get=dict.fromkeys(PEOPLE, 405), post=dict.fromkeys(PEOPLE, 200), kwargs="link", is_public=True
    ),
    # Alice has sent the sheet, which is not imported yet: there is nothing to take back.
    "training:sheet-take-back": Route(
        get={"alice": 302, "erin": 404}, post={"alice": 302, "erin": 404}, kwargs="sheet"
    ),
    "training:course-change": form(BOARD, kwargs="course"),
    "training:story-export": page(READERS, kwargs="course export"),
    "training:session-record": form(BOARD, kwargs="course"),
    "training:session-detail": page(READERS, kwargs="session"),
    "training:session-change": form(BOARD, kwargs="session"),
    "training:attendance-record": form(BOARD, kwargs="session"),
    "training:attendance-change": form(BOARD, kwargs="attendance"),
    "training:attendance-remove": verb(BOARD, kwargs="attendance"),
    "training:coverage": page(READERS),
    "training:coverage-export": page(READERS, kwargs="export"),
    "training:cost-list": page(READERS),
    "training:cost-export": page(READERS, kwargs="export"),
    "training:licence-list": page(READERS),
    "training:licence-export": page(READERS, kwargs="export"),
    "training:licence-record": form(BOARD, kwargs=""),
    "training:licence-change": form(BOARD, kwargs="licence"),
    "training:sheet-send": form(BOARD, kwargs=""),
    # Alice has sent the sheet: it is her business alone.
    "training:sheet-detail": Route(get={"alice": 200, "erin": 404}, post=dict.fromkeys(PEOPLE, 405), kwargs="sheet"),
    "training:sheet-names": Route(get={"alice": 200, "erin": 404}, post={"alice": 200, "erin": 404}, kwargs="sheet"),
    # Nobody has said who “Police” is, so it is not imported.
    "training:sheet-confirm": verb({}, kwargs="sheet", alice=409, erin=404),
    "training:sheet-cancel": verb({"alice"}, kwargs="sheet", erin=404),
    "training:session-list": page(READERS),
    "training:session-export": page(READERS, kwargs="export"),
    "training:course-export": page(READERS, kwargs="export"),
    "reviews:learning": page(READERS),
    "reviews:review-list": page(READERS),
    "reviews:review-export": page(READERS, kwargs="export"),
    "reviews:review-timeline": page(READERS),
    "reviews:review-detail": page(READERS, kwargs="review"),
    "reviews:review-record": form(BOARD, kwargs=""),
    "reviews:review-change": form(BOARD, kwargs="review"),
    "reviews:review-move-on": form(BOARD, kwargs="review"),
    "reviews:review-change-dates": form(BOARD, kwargs="review"),
    "reviews:review-take-back": verb(BOARD, kwargs="review"),
    "reviews:review-withdraw": form(BOARD, kwargs="review"),
    "reviews:theme-list": page(READERS),
    "reviews:theme-detail": page(READERS, kwargs="theme"),
    "reviews:theme-add": form(BOARD, kwargs=""),
    "reviews:theme-rename": form(BOARD, kwargs="theme"),
    "reviews:theme-merge": form(BOARD, kwargs="theme"),
    # Of a review that is not published: nobody else may know of it.
    "reviews:briefing-write": form(BOARD, kwargs="review"),
    "reviews:briefing-detail": Route(
        get={**dict.fromkeys({*BOARD, "frank"}, 200), **dict.fromkeys(("bob", "charlie", "dana"), 404)},
        post=dict.fromkeys(PEOPLE, 405),
        kwargs="briefing",
    ),
    "reviews:briefing-clear": verb(BOARD, kwargs="briefing"),
    "reports:briefing-download": Route(
        get={**dict.fromkeys({*BOARD, "frank"}, 200), **dict.fromkeys(("bob", "charlie", "dana"), 404)},
        post=dict.fromkeys(PEOPLE, 405),
        kwargs="briefing",
    ),
    "reviews:recommendation-list": page(READERS),
    "reviews:recommendation-export": page(READERS, kwargs="export"),
    "reviews:recommendation-detail": page(READERS, kwargs="recommendation"),
    "reviews:recommendation-record": form(BOARD, kwargs=""),
    "reviews:recommendation-change": form(BOARD, kwargs="recommendation"),
    "reviews:recommendation-sign-off": form(BOARD, kwargs="recommendation"),
    "reviews:recommendation-check": form(BOARD, kwargs="signed-off recommendation"),
    "reviews:recommendation-reopen": form(BOARD, kwargs="signed-off recommendation"),
    "reviews:recommendation-withdraw": form(BOARD, kwargs="recommendation"),
    "reviews:recommended-action-agree": form(BOARD, kwargs="recommendation"),
    "reviews:recommended-action-link": form(BOARD, kwargs="recommendation"),
    "reviews:audit-list": page(READERS),
    "reviews:audit-export": page(READERS, kwargs="export"),
    "reviews:audit-detail": page(READERS, kwargs="audit"),
    "reviews:audit-prepare": form(BOARD, kwargs=""),
    "reviews:audit-change": form(BOARD, kwargs="audit"),
    "reviews:audit-open": form(BOARD, kwargs="audit"),
    "reviews:audit-results": page(BOARD | {"frank"}, kwargs="audit"),
    "reviews:audit-results-export": page(BOARD | {"frank"}, kwargs="audit export"),
    "reviews:standard-add": form(BOARD, kwargs="audit"),
    "reviews:standard-change": form(BOARD, kwargs="standard"),
    "reviews:standard-remove": verb(BOARD, kwargs="standard"),
    # The police have begun: the board knows that, and reads no answer before it is signed off. Charlie's agency and the
    # chair know nothing of it.
    "reviews:assessment-detail": Route(
        get=dict.fromkeys(BOARD | {"bob"}, 200) | dict.fromkeys({"charlie", "dana", "frank"}, 404),
        post=dict.fromkeys(PEOPLE, 405),
        kwargs="assessment",
    ),
    "reviews:assessment-export": Route(
        get={"bob": 200} | dict.fromkeys(BOARD | {"charlie", "dana", "frank"}, 404),
        post=dict.fromkeys(PEOPLE, 405),
        kwargs="assessment export",
    ),
    "reviews:assessment-carry-forward": verb({"bob"}, kwargs="assessment", charlie=404),
    "reviews:assessment-sign-off": Route(
        get={"bob": 200, "charlie": 404}, post={"bob": 200, "charlie": 404}, kwargs="assessment"
    ),
    **{
        f"reviews:assessment-{name}": Route(
            get=dict.fromkeys(BOARD | {"bob"}, 200) | dict.fromkeys({"charlie", "dana", "frank"}, 404),
            post=dict.fromkeys(BOARD | {"bob"}, answer) | dict.fromkeys({"charlie", "dana", "frank"}, 404),
            kwargs="assessment",
        )
        for name, answer in (("reopen", 200), ("survey", 302))
    },
    "reviews:answer-edit": Route(
        get={"bob": 200, "charlie": 404}, post={"bob": 200, "charlie": 404}, kwargs="standard of assessment"
    ),
    "reviews:answer-evidence": Route(
        get={"bob": 200} | dict.fromkeys(BOARD | {"charlie", "dana", "frank"}, 404),
        post=dict.fromkeys(PEOPLE, 405),
        kwargs="standard of assessment",
    ),
    "reviews:answer-evidence-add": verb({"bob"}, kwargs="standard of assessment", answer=200, charlie=404),
    # The file waits to be checked.
    "reviews:answer-evidence-download": Route(
        get={"bob": 302} | dict.fromkeys(BOARD | {"charlie", "dana", "frank"}, 404),
        post=dict.fromkeys(PEOPLE, 405),
        kwargs="audit file",
    ),
    "reviews:answer-evidence-withdraw": verb({"bob"}, kwargs="audit file", charlie=404),
    "reviews:gap-action-agree": Route(
        get={"bob": 200} | dict.fromkeys(BOARD | {"charlie", "dana", "frank"}, 404),
        post={"bob": 200} | dict.fromkeys(BOARD | {"charlie", "dana", "frank"}, 404),
        kwargs="gap",
    ),
    "reviews:peer-choose": Route(get=dict.fromkeys(BOARD, 200), post=dict.fromkeys(BOARD, 302), kwargs="assessment"),
    # Charlie's agency was chosen to challenge the fire service.
    "reviews:challenge-raise": Route(
        get=dict.fromkeys(BOARD | {"charlie"}, 200) | dict.fromkeys({"bob", "dana", "frank"}, 404),
        post=dict.fromkeys(BOARD | {"charlie"}, 200) | dict.fromkeys({"bob", "dana", "frank"}, 404),
        kwargs="challenged answer",
    ),
    "reviews:challenge-respond": Route(
        get={"bob": 404, "charlie": 404}, post={"bob": 404, "charlie": 404}, kwargs="audit challenge"
    ),
    "reviews:grade-settle": form(BOARD, kwargs="challenged answer"),
    "reviews:case-audit-list": page(READERS),
    "reviews:case-audit-export": page(READERS, kwargs="export"),
    "reviews:case-audit-record": form(BOARD, kwargs=""),
    "reviews:case-audit-detail": page(READERS, kwargs="case audit"),
    "reviews:case-audit-change": form(BOARD, kwargs="case audit"),
    "reviews:finding-add": form(BOARD, kwargs="case audit"),
    "reviews:finding-change": form(BOARD, kwargs="finding"),
    "reviews:finding-recommend": form(BOARD, kwargs="finding"),
    "reviews:inspection-list": page(READERS),
    "reviews:theme-export": page(READERS, kwargs="export"),
    "reviews:inspection-export": page(READERS, kwargs="export"),
    "reviews:child-deaths-list": page(READERS),
    "reviews:child-deaths-export": page(READERS, kwargs="export"),
    "reviews:inspection-detail": page(READERS, kwargs="inspection"),
    "reviews:inspection-record": form(BOARD, kwargs=""),
    "reviews:inspection-change": form(BOARD, kwargs="inspection"),
    "reviews:child-deaths-detail": page(READERS, kwargs="child deaths"),
    "reviews:child-deaths-record": form(BOARD, kwargs=""),
    "reviews:child-deaths-change": form(BOARD, kwargs="child deaths"),
    "reviews:restraint-list": page(READERS),
    "reviews:restraint-export": page(READERS, kwargs="export"),
    "reviews:restraint-detail": page(READERS, kwargs="restraint"),
    "reviews:restraint-record": form(BOARD, kwargs=""),
    "reviews:restraint-change": form(BOARD, kwargs="restraint"),
    "reviews:restraint-ask": form(BOARD, kwargs="restraint"),
    "reviews:restraint-answer": form(BOARD, kwargs="restraint question"),
    "reviews:feedback-list": page(READERS),
    "reviews:feedback-export": page(READERS, kwargs="export"),
    "reviews:feedback-detail": page(READERS, kwargs="feedback"),
    "reviews:feedback-record": form(BOARD, kwargs=""),
    "reviews:feedback-change": form(BOARD, kwargs="feedback"),
    "reviews:feedback-confirm": form(BOARD, kwargs="feedback"),
    "reviews:quote-add": form(BOARD, kwargs="feedback"),
    "reviews:quote-remove": verb(BOARD, kwargs="quote"),
    "reviews:partner-challenge-list": page(READERS),
    "reviews:partner-challenge-export": page(READERS, kwargs="export"),
    "reviews:partner-challenge-detail": page(READERS, kwargs="partner challenge"),
    "reviews:partner-challenge-record": form(BOARD, kwargs=""),
    "reviews:partner-challenge-change": form(BOARD, kwargs="partner challenge"),
    "reviews:risk-list": page(BOARD | {"dana", "frank"}),
    "reviews:risk-export": page(BOARD | {"dana", "frank"}, kwargs="export"),
    "reviews:risk-detail": page(BOARD | {"dana", "frank"}, kwargs="risk"),
    "reviews:risk-record": form(BOARD, kwargs=""),
    "reviews:risk-change": form(BOARD, kwargs="risk"),
    "reviews:risk-review": form(BOARD, kwargs="risk"),
    "reviews:risk-close": form(BOARD, kwargs="risk"),
    "reviews:risk-reopen": verb(BOARD, kwargs="closed risk"),
    "reviews:record-withdraw": form(BOARD, kwargs="record"),
    # With one report, the list leads straight to it.
    "reports:report-list": page(READERS),
    "reports:report-export": page(READERS, kwargs="export"),
    "reports:report-import": form(BOARD, kwargs=""),
    # Alice has sent the file: it waits for her alone.
    "reports:report-import-check": Route(
        get={"alice": 200, "erin": 404}, post=dict.fromkeys(PEOPLE, 405), kwargs="report import"
    ),
    # She has not said which year the report is about; Erin is told that there is nothing any more.
    "reports:report-import-confirm": verb({"erin"}, kwargs="report import", alice=200),
    "reports:report-import-drop": verb(BOARD, kwargs="report import"),
    "reports:report-begin": form(BOARD, kwargs=""),
    "reports:report-detail": page(READERS, kwargs="year"),
    "reports:report-roll-forward": form(BOARD, kwargs="year"),
    "reports:report-outline": page(BOARD, kwargs="year"),
    "reports:numbering-choose": verb(BOARD, kwargs="year"),
    "reports:section-add": form(BOARD, kwargs="year"),
    "reports:section-change": form(BOARD, kwargs="section"),
    "reports:section-move": verb(BOARD, kwargs="section"),
    "reports:section-remove": verb(BOARD, kwargs="section"),
    "reports:section-put-back": verb(BOARD, kwargs="section"),
    # Nobody else was asked to write the section.
    "reports:section-arrange": verb(BOARD, kwargs="section"),
    "reports:section-submit": verb(BOARD, kwargs="section"),
    "reports:section-approve": verb(BOARD, kwargs="section"),
    "reports:section-return": verb(BOARD, kwargs="section", answer=200),
    "reports:coverage-detail": page(READERS, kwargs="year"),
    "reports:coverage-export": page(READERS, kwargs="outline"),
    "reports:guidance-choose": verb(BOARD, kwargs="year"),
    "reports:item-answer-add": form(BOARD, kwargs="year"),
    "reports:item-answer-change": form(BOARD, kwargs="item answer"),
    "reports:item-answer-remove": verb(BOARD, kwargs="item answer"),
    "reports:guidance-list": page(READERS),
    "reports:guidance-export": page(READERS, kwargs="export"),
    "reports:guidance-add": form(BOARD, kwargs=""),
    "reports:guidance-detail": page(READERS, kwargs="guidance"),
    "reports:guidance-change": form(BOARD, kwargs="guidance"),
    "reports:statutory-item-add": form(BOARD, kwargs="guidance"),
    "reports:statutory-item-change": form(BOARD, kwargs="statutory item"),
    "reports:statutory-item-remove": verb(BOARD, kwargs="statutory item"),
    "reports:statutory-item-withdraw": verb(BOARD, kwargs="statutory item"),
    "reports:statutory-item-put-back": verb(BOARD, kwargs="statutory item"),
    "reports:outline-export": page(READERS, kwargs="outline"),
    "reports:report-preview": page(READERS, kwargs="year"),
    "reports:report-retelling": page(READERS, kwargs="retold year"),
    "reports:publication-make": verb(BOARD | {"dana", "frank"}, kwargs="year"),
    "reports:publication-detail": page(READERS, kwargs="publication"),
    # Not ready: back to the job's page.
    "reports:publication-download": Route(
        get=dict.fromkeys(READERS, 302), post=dict.fromkeys(PEOPLE, 405), kwargs="publication"
    ),
    "reports:publication-retry": verb(BOARD | {"dana", "frank"}, kwargs="publication"),
    "reports:sign-off-detail": page(READERS, kwargs="signed year"),
    "reports:report-send": form(BOARD, kwargs="year"),
    "reports:correction-begin": verb(BOARD, kwargs="year"),
    "reports:signing-place-add": verb(BOARD, kwargs="year", answer=200),
    "reports:signing-place-remove": verb(BOARD, kwargs="signing place"),
    # Dana signs for the council, Frank is the chair: everybody else may not, and in another's place it is not there.
    "reports:signature-give": form({"dana"}, kwargs="signature"),
    "reports:signature-refuse": form({"dana"}, kwargs="signature"),
    "reports:signature-record": form(BOARD, kwargs="signature"),
    "reports:statement-make": form({"frank"}, kwargs="statement"),
    "reports:edition-detail": page(READERS, kwargs="edition"),
    "reports:edition-retelling": page(READERS, kwargs="retold edition"),
    "reports:edition-take-back": form(BOARD, kwargs="edition"),
    "reports:edition-publish": verb({"erin"}, kwargs="edition"),
    "reports:edition-withdraw": form({"erin"}, kwargs="edition"),
    "reports:recipient-list": form({"erin"}, kwargs=""),
    "reports:recipient-export": page({"erin"}, kwargs="export"),
    "reports:recipient-remove": verb({"erin"}, kwargs="recipient"),
    "reports:term-list": page(READERS),
    "reports:term-export": page(READERS, kwargs="export"),
    "reports:term-add": form(BOARD, kwargs=""),
    "reports:term-change": form(BOARD, kwargs="term"),
    "reports:term-remove": verb(BOARD, kwargs="term"),
    "reports:receipt-record": form({"erin"}, kwargs="receipt"),
    "reports:receipt-send": verb({"erin"}, kwargs="receipt"),
    # Published in 2021/22: for everybody.
    "reports:edition-list": Route(get=dict.fromkeys(PEOPLE, 200), post=dict.fromkeys(PEOPLE, 405), is_public=True),
    "reports:edition-latest": Route(
        get=dict.fromkeys(PEOPLE, 302), post=dict.fromkeys(PEOPLE, 405), kwargs="published year", is_public=True
    ),
    # There are no pictures in it.
    "reports:edition-image": Route(
        get=dict.fromkeys(PEOPLE, 404), post=dict.fromkeys(PEOPLE, 405), kwargs="published image", is_public=True
    ),
    "reports:edition-public": Route(
        get=dict.fromkeys(PEOPLE, 200), post=dict.fromkeys(PEOPLE, 405), kwargs="published edition", is_public=True
    ),
    "reports:retelling-public": Route(
        get=dict.fromkeys(PEOPLE, 200), post=dict.fromkeys(PEOPLE, 405), kwargs="published retelling", is_public=True
    ),
    # Its files are not made yet.
    "reports:edition-file": Route(
        get=dict.fromkeys(PEOPLE, 404), post=dict.fromkeys(PEOPLE, 405), kwargs="published file", is_public=True
    ),
    "reports:retelling-file": Route(
        get=dict.fromkeys(PEOPLE, 404), post=dict.fromkeys(PEOPLE, 405), kwargs="retelling's file", is_public=True
    ),
    "reports:file-verify": Route(get=dict.fromkeys(PEOPLE, 200), post=dict.fromkeys(PEOPLE, 200), is_public=True),
    "reports:section-detail": page(READERS, kwargs="section"),
    "reports:section-edit": form(BOARD, kwargs="section", invalid=302),
    # Nothing is sent: those who may write are told what is missing.
    "reports:block-save": verb(BOARD, kwargs="block", answer=400),
    "reports:section-heartbeat": verb(BOARD, kwargs="section", answer=400),
    "reports:section-leave": verb(READERS, kwargs="section", answer=400),
    "reports:section-preview": page(READERS, kwargs="section"),
    "reports:section-preview-download": page(READERS, kwargs="section"),
    "reports:section-comments": page(READERS, kwargs="section"),
    "reports:comment-add": form(READERS, kwargs="section"),
    "reports:comment-detail": page(READERS, kwargs="comment"),
    "reports:comment-reply": verb(READERS, kwargs="comment", answer=200),
    # Bob made it; the board writes the section.
    "reports:comment-resolve": verb(BOARD | {"bob"}, kwargs="comment"),
    "reports:comment-reopen": verb(BOARD | {"bob"}, kwargs="comment"),
    "reports:comment-assign": verb(BOARD | {"bob"}, kwargs="comment"),
    "reports:section-updates": page(BOARD, kwargs="section"),
    "reports:section-bring-in": verb(BOARD, kwargs="section"),
    "reports:version-list": page(READERS, kwargs="section"),
    "reports:version-export": page(READERS, kwargs="section export"),
    # Without saying which versions: back to the list.
    "reports:version-compare": Route(
        get=dict.fromkeys(READERS, 302), post=dict.fromkeys(PEOPLE, 405), kwargs="section"
    ),
    "reports:section-version": page(READERS, kwargs="version"),
    "reports:version-restore": Route(get=dict.fromkeys(BOARD, 200), post=dict.fromkeys(BOARD, 302), kwargs="version"),
    "reports:measure-list": page(READERS),
    "reports:measure-detail": page(READERS, kwargs="measure"),
    "reports:figure-search": page(READERS),
    "reports:reference-targets": page(BOARD, kwargs="year"),
    "reports:image-keep": verb(BOARD, kwargs="year", answer=400),
    # Its file has gone with the test that made it.
    "reports:image-file": Route(get=dict.fromkeys(READERS, 404), post=dict.fromkeys(PEOPLE, 405), kwargs="image"),
    "reports:measure-export": page(READERS, kwargs="export"),
    "reports:measure-define": form(BOARD, kwargs=""),
    "reports:measure-change": form(BOARD, kwargs="measure"),
    "reports:value-record": form(BOARD, kwargs="measure"),
    "reports:value-correct": form(BOARD, kwargs="value"),
    "reports:target-set": form(BOARD, kwargs="measure"),
    "reports:target-remove": verb(BOARD, kwargs="target"),
    "reports:measure-rate": form(BOARD, kwargs="measure"),
    "reports:rating-remove": verb(BOARD, kwargs="rating"),
    "reports:exception-propose": form(BOARD, kwargs="measure"),
    "reports:exception-agree": verb(BOARD, kwargs="measure"),
    "reports:exception-drop": verb(BOARD, kwargs="measure"),
    "reports:scorecard": page(READERS),
    "reports:scorecard-export": page(READERS, kwargs="export"),
    "reports:scorecard-of-priority": page(READERS, kwargs="priority of measures"),
    "reports:scorecard-of-priority-export": page(READERS, kwargs="priority export"),
    "reports:measure-import": form(BOARD, kwargs=""),
    # Alice has sent the file: Erin must not see it, and finds nothing to confirm or to take away.
    "reports:measure-import-check": Route(
        get={"alice": 200, "erin": 404}, post=dict.fromkeys(PEOPLE, 405), kwargs="import"
    ),
    "reports:measure-import-choose": Route(
        get={"alice": 200, "erin": 404}, post={"alice": 200, "erin": 404}, kwargs="import"
    ),
    # What Alice has not looked at is not imported.
    "reports:measure-import-confirm": verb({"erin"}, kwargs="import", alice=409),
    "reports:measure-import-drop": verb(BOARD, kwargs="import"),
}

LIBRARY = OFFERED
"""Routes of django-allauth, which guards them itself."""


def names(resolver, namespace=""):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from names(entry, inner)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}"


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """One of each object, and one of each person: made once, since nothing that a test does to them stays."""
    with django_db_blocker.unblock(), undone():
        people, objects = make_world()
        yield {name: cookies_of(person) for name, person in people.items()} | {"anonymous": {}}, objects


def cookies_of(person):
    """Those of a browser in which the person has signed in."""
    browser = Client()
    browser.force_login(person)
    return {name: cookie.value for name, cookie in browser.cookies.items()}


def make_world():
    make_partnership()
    bob = make_bob()
    people = {
        "alice": make_alice(),
        "bob": bob,
        "charlie": make_charlie(),
        "dana": make_dana(),
        "erin": make_erin(),
        "frank": make_frank(),
        "norole": make_person("Norole", None),
    }
    measure = make_measure()
    value = make_value(measure, 610)
    report = make_report()
    section = make_section(report, priority=None)
    block = make_block(section, Kind.TEXT, body="<p>Words</p>")
    publication = publishing.ask_for_publication(report=report, by=people["erin"])
    answer = make_item_answer(section)
    objective = make_objective()
    success = make_success_measure(objective, measure)
    draft = make_update(UpdateStatus.DRAFT, by=bob, priority="DA")
    attendance = make_attendance()
    meeting = make_meeting()
    objects = {
        "": {},
        "group": {"pk": meeting.group_id},
        "group export": {"pk": meeting.group_id, "kind": "csv"},
        "meeting": {"pk": meeting.pk},
        "seat": {"pk": meeting.group.seats.first().pk},
        "contribution": {"pk": make_contribution().pk},
        "cost": {"pk": make_cost().pk},
        **make_audit_world(by=bob),
        "course": {"pk": attendance.session.course_id},
        "course export": {"pk": attendance.session.course_id, "kind": "csv"},
        "session": {"pk": attendance.session_id},
        "attendance": {"pk": attendance.pk},
        "licence": {"pk": make_licence().pk},
        "sheet": {"pk": make_sheet(sheet_rows(organisation="Greenfield"), by=people["alice"]).pk},
        **make_evaluation_world(),
        "submitted": {"pk": make_update(UpdateStatus.SUBMITTED, by=bob).pk},
        "draft": {"pk": draft.pk},
        "evidence": {"pk": make_update_evidence(draft, by=bob).pk},
        "draft export": {"pk": draft.pk, "kind": "csv"},
        "agency": {"pk": draft.agency_id},
        "question": {"pk": draft.round.questions.get(topic=Topic.WORKFORCE).pk},
        "round": {"pk": make_round().pk},
        "year of rounds": {"code": "2022-23"},
        "duty": {"pk": make_duty().pk},
        "year": {"year": "2022-23"},
        "section": {"pk": section.pk},
        "block": {"pk": section.pk, "block": block.pk},
        "comment": {"pk": make_comment(section, by=bob).pk},
        "item answer": {"pk": answer.pk},
        "statutory item": {"pk": answer.item_id},
        "guidance": {"pk": answer.item.guidance_id},
        "section export": {"pk": section.pk, "kind": "csv"},
        "version": {"pk": section.pk, "number": 1},
        "publication": {"pk": publication.pk},
        **make_sign_off_world(),
        "image": {"pk": make_image(report).pk},
        "review": {"pk": make_review().pk},
        "theme": {"pk": make_theme().pk},
        **make_record_world(),
        "briefing": {"pk": make_briefing(make_review("LR-2022-09"), is_cleared=True).pk},
        "recommendation": {"pk": make_recommendation().pk},
        "signed-off recommendation": {"pk": make_recommendation(RecommendationStatus.SIGNED_OFF).pk},
        "measure": {"code": measure.code},
        "value": {"pk": value.pk},
        "target": {"pk": make_target(measure, 600).pk},
        "rating": {"pk": make_rating(measure).pk},
        "priority of measures": {"priority": "CE"},
        "priority export": {"priority": "CE", "kind": "csv"},
        "export": {"kind": "csv"},
        "outline": {"year": "2022-23", "kind": "csv"},
        "plan": {"pk": make_plan().pk},
        "priority": {"pk": objective.priority_id},
        "objective": {"pk": objective.pk},
        "success-measure": {"pk": success.pk},
        "part": {"noun": "objective", "pk": objective.pk},
        "action": {"pk": make_action().pk},
        "completed-action": {"pk": make_action(ActionStatus.COMPLETED).pk},
        "import": {"pk": make_import(by=people["alice"]).pk},
        "report import": {"pk": make_report_import(by=people["alice"]).pk},
        "term": {"pk": make_term().pk},
        "person": {"pk": bob.pk},
        "role": {"pk": bob.memberships.get().pk},
    }
    return people, objects


def test_every_route_is_declared():
    assert sorted(names(get_resolver())) == sorted([*ROUTES, *LIBRARY])


@pytest.mark.parametrize("name", ROUTES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_route_answers_each_person_as_declared(db, client, world, name, method):
    cookies, objects = world
    route = ROUTES[name]
    declared, otherwise = (route.get, route.get_else) if method == "get" else (route.post, route.post_else)
    expected = {person: declared.get(person, otherwise) for person in PEOPLE}
    if not route.is_public:
        expected["anonymous"] = SIGN_IN
    address = reverse(name, kwargs=objects[route.kwargs])

    answers = {}
    for person in PEOPLE:
        with undone():
            client.cookies = SimpleCookie(cookies[person])
            response = getattr(client, method)(address)
            answers[person] = response.status_code
            if person == "anonymous" and not route.is_public:
                assert response.url.startswith(reverse("account_login"))

    assert answers == expected


def test_signing_up_is_closed_to_strangers(client, db):
    make_partnership()

    response = client.post(
        reverse("account_signup"),
        {"email": "stranger@example.org", "password1": "a-long-password-1", "password2": "a-long-password-1"},
    )

    assert "account/signup_closed.html" in [template.name for template in response.templates]
    assert client.get(reverse("home")).status_code == SIGN_IN
