from datetime import date
from decimal import Decimal

import pytest
import time_machine

from partnership import actions as partnership_actions
from partnership.choices import PeriodKind
from partnership.states import WrongState
from partnership.tests.factories import make_alice, make_bob, make_erin, make_period
from reviews import actions
from reviews.choices import AssessmentStatus
from reviews.figures.audits import computed
from reviews.tests.audit_factories import (
    grade,
    make_assessment,
    make_audit,
    make_case_audit,
    make_challenge,
    make_gap,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_day")]

SIGNED_OFF = AssessmentStatus.SIGNED_OFF
KIND = "section-11"


@pytest.fixture
def _day():
    with time_machine.travel("2023-06-01", tick=False):
        yield


def figures(period):
    """Of one period, by what is counted and of what."""
    return {(name.removeprefix("reviews."), of): number for (name, of, _), number in computed([period]).items()}


def settle(assessment):
    make_challenge(make_gap(assessment), agency="fire")
    actions.settle_grade(
        answer=make_gap(assessment), grade=grade(assessment.round, 3), reason="Shown.", by=make_alice()
    )


def test_what_is_signed_off_counts_with_the_grade_that_was_agreed():
    settle(make_assessment(SIGNED_OFF, ranks="12"))
    make_assessment(SIGNED_OFF, agency="health", ranks="11")
    make_assessment(AssessmentStatus.DRAFT, agency="fire", ranks="33")

    assert figures(make_period()) == {
        ("audit_standards", KIND): 2,
        ("audit_agencies", KIND): 2,
        ("audit_answers", KIND): 4,
        ("audit_answers_at_grade", f"{KIND}/met"): 3,
        ("audit_answers_at_grade", f"{KIND}/not-met"): 1,
        ("audit_share_at_grade", f"{KIND}/met"): 75,
        ("audit_share_at_grade", f"{KIND}/not-met"): 25,
    }


def test_a_round_in_preparation_is_no_figure():
    make_audit()

    assert figures(make_period()) == {}


def test_a_round_counts_in_every_period_that_its_own_lies_in():
    july = partnership_actions.add_period(
        code="jul-2022",
        label="July 2022",
        kind=PeriodKind.CUSTOM,
        starts_on=date(2022, 7, 1),
        ends_on=date(2022, 7, 31),
        by=None,
    )
    make_assessment(audit_round=make_audit(period=july))

    counted = {period.code: figures(period) for period in (july, make_period(), make_period("2023-24"))}

    standards = {("audit_standards", KIND): Decimal(2)}
    assert counted == {"jul-2022": standards, "2022-23": standards, "2023-24": {}}


def test_multi_agency_audits_count_by_their_month():
    make_case_audit("Neglect", cases=8, month=date(2023, 3, 31))
    make_case_audit("Exploitation", cases=4)
    make_case_audit("Neglect", cases=9, month=date(2023, 4, 1))

    assert figures(make_period()) == {("case_audits", ""): 2, ("cases_audited", ""): 12}


def test_a_signed_year_counts_what_was_signed_off_and_agreed_before():
    first = make_assessment(SIGNED_OFF, ranks="12")
    case_audit = make_case_audit()
    period = partnership_actions.close_period(period=make_period(), by=make_erin())
    before = figures(period)

    with time_machine.travel("2023-06-02", tick=False):
        with pytest.raises(WrongState, match="The report of 2022/23 is signed"):
            settle(first)
        make_assessment(SIGNED_OFF, agency="health", ranks="11")
        make_case_audit("Exploitation")
        with pytest.raises(WrongState, match="The report of 2022/23 is signed"):
            actions.reopen_assessment(assessment=first, reason="R", by=make_bob())
        with pytest.raises(WrongState, match="The report of 2022/23 is signed"):
            actions.change_case_audit(
                case_audit=case_audit,
                version=0,
                topic="Neglect",
                month=case_audit.month,
                cases=9,
                good_practice="",
                themes=[],
                by=make_alice(),
            )

    assert figures(period) == before
    assert before["audit_answers_at_grade", f"{KIND}/partly-met"] == 1
    reopened = partnership_actions.reopen_period(period=period, reason="Void.", by=make_erin())
    assert figures(reopened)["audit_agencies", KIND] == 2
