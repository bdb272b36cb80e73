import pytest

from partnership.tests.factories import make_period
from reports.choices import Kind
from reports.tests.factories import read_new
from reviews.choices import AssessmentStatus
from reviews.tests.audit_factories import make_assessment, make_audit, make_case_audit

pytestmark = pytest.mark.django_db

SIGNED_OFF = AssessmentStatus.SIGNED_OFF


def rows(table):
    return [(row.head, row.detail, row.cells) for row in table.rows]


def test_without_results_it_says_so():
    make_assessment(AssessmentStatus.DRAFT)

    block = read_new(Kind.AUDIT_RESULTS)

    assert (block.intro, block.tables) == ("No audit has results for 2022/23.", ())


def test_agencies_are_counted_by_grade_and_none_is_named():
    audit_round = make_audit()
    for agency, ranks in (("police", "12"), ("health", "13"), ("school", "22")):
        make_assessment(SIGNED_OFF, audit_round=audit_round, agency=agency, ranks=ranks)
    make_assessment(AssessmentStatus.DRAFT, audit_round=audit_round, agency="probation", ranks="33")

    (table,) = read_new(Kind.AUDIT_RESULTS).tables

    assert table.caption == "Section 11 audit 2022: agencies by grade (3 of 4 signed off)"
    assert table.heads == ("Standard", "Met", "Partly met", "Not met")
    assert rows(table) == [
        ("Listening to children", "", ("2", "1", "0")),
        ("Escalation", "", ("0", "2", "1")),
    ]


def test_the_round_before_stands_in_brackets():
    before = make_audit("Section 11 audit 2021", period=make_period("2021-22"))
    make_assessment(SIGNED_OFF, audit_round=before, ranks="23")
    now = make_audit(follows=before)
    make_assessment(SIGNED_OFF, audit_round=now, ranks="12")

    (table,) = read_new(Kind.AUDIT_RESULTS).tables

    assert table.caption.endswith("with the round before in brackets")
    assert rows(table) == [
        ("Listening to children", "", ("1 (0)", "0 (1)", "0 (0)")),
        ("Escalation", "", ("0 (0)", "1 (0)", "0 (1)")),
    ]


def test_multi_agency_audits_stand_with_what_they_found_and_hide_few_cases():
    make_case_audit()
    make_case_audit("Exploitation", cases=3, good_practice="", findings=["Plans lacked dates.", "Voice was missing."])

    (table,) = read_new(Kind.AUDIT_RESULTS).tables

    assert rows(table) == [
        (
            "Exploitation",
            "November 2022",
            ("hidden to protect people", "Plans lacked dates. Voice was missing."),
        ),
        (
            "Neglect",
            "November 2022",
            ("8", "Chronologies were missing. Good practice: Workers knew the children well."),
        ),
    ]
