import pytest

from partnership.tests.factories import make_alice, make_bob
from reviews import actions
from reviews.audit_results import results_of
from reviews.choices import AssessmentStatus
from reviews.survey import survey_in_words
from reviews.tests.audit_factories import grade, make_assessment, make_audit, make_challenge, make_gap

pytestmark = pytest.mark.django_db

SIGNED_OFF = AssessmentStatus.SIGNED_OFF


def told(results):
    """By standard and grade: by their own word, after challenge, in the round before."""
    return {
        result.standard.code: [
            (each.grade.name, each.own_in_words, each.final_in_words, each.before_in_words) for each in result.shares
        ]
        for result in results.standards
    }


def settle(assessment, rank):
    gap = make_gap(assessment)
    make_challenge(gap, agency="fire")
    actions.settle_grade(answer=gap, grade=grade(assessment.round, rank), reason="Shown.", by=make_alice())


def test_results_tell_own_word_agreed_grade_and_the_round_before_apart():
    before = make_audit("Section 11 audit 2021")
    make_assessment(SIGNED_OFF, audit_round=before, ranks="33")
    audit_round = make_audit(follows=before)
    settle(make_assessment(SIGNED_OFF, audit_round=audit_round, ranks="12"), 3)
    make_assessment(SIGNED_OFF, audit_round=audit_round, agency="health", ranks="11")
    make_assessment(AssessmentStatus.DRAFT, audit_round=audit_round, agency="fire", ranks="33")

    results = results_of(audit_round)

    assert told(results) == {
        "1": [
            ("Met", "2 of 2 (100%)", "2 of 2 (100%)", "0 of 1 (0%)"),
            ("Partly met", "0 of 2 (0%)", "0 of 2 (0%)", "0 of 1 (0%)"),
            ("Not met", "0 of 2 (0%)", "0 of 2 (0%)", "1 of 1 (100%)"),
        ],
        "2": [
            ("Met", "1 of 2 (50%)", "1 of 2 (50%)", "0 of 1 (0%)"),
            ("Partly met", "1 of 2 (50%)", "0 of 2 (0%)", "0 of 1 (0%)"),
            ("Not met", "0 of 2 (0%)", "1 of 2 (50%)", "1 of 1 (100%)"),
        ],
    }
    assert [(row.agency.code, [cell.final_in_words for cell in row.cells]) for row in results.agencies] == [
        ("health", ["Met", "Met"]),
        ("police", ["Met", "Not met"]),
    ]
    assert (results.answered, results.asked) == (2, 3)


def test_a_standard_that_was_not_asked_before_says_so():
    audit_round = make_assessment(SIGNED_OFF).round

    assert {share[3] for shares in told(results_of(audit_round)).values() for share in shares} == {"Not asked"}


def test_a_round_without_answers_has_no_shares():
    assert told(results_of(make_audit()))["1"][0] == ("Met", "None", "None", "Not asked")


@pytest.mark.parametrize("size", [3, 12])
def test_reading_results_takes_eight_queries_whatever_the_size(size, django_assert_num_queries):
    before = make_audit("Section 11 audit 2021")
    audit_round = make_audit(follows=before)
    bob = make_bob()
    for number in range(size):
        for each in (before, audit_round):
            make_assessment(SIGNED_OFF, audit_round=each, agency=f"agency-{number}", by=bob)

    with django_assert_num_queries(8):
        results = results_of(audit_round)
        told(results)
        cells = [cell.final_in_words for row in results.agencies for cell in row.cells if row.agency.short_name]
        words = [str(each) for result in results.standards for each in result.standard.descriptors.all()]

    assert (len(cells), len(words)) == (size * 2, 6)


@pytest.mark.parametrize(
    ("asked", "answered", "agreeing", "words"),
    [
        (120, 80, 60, "Staff survey: 120 asked, 80 answered. Share who agreed: 75%."),
        (120, 80, 4, "Staff survey: 120 asked, 80 answered. Share who agreed: hidden to protect people."),
        (5, 0, 0, "Staff survey: hidden to protect people asked, 0 answered. Share who agreed: nobody answered."),
    ],
)
def test_a_survey_is_told_without_small_counts(asked, answered, agreeing, words):
    assert survey_in_words(asked=asked, answered=answered, agreeing=agreeing) == words
