from datetime import date

import pytest

from partnership.tests.factories import make_alice, make_period
from priorities.figurebook import Defined
from training import actions
from training.choices import Did, Moment
from training.evaluation import Base, Change, evaluated, evaluation_story, quotations, words_of
from training.figures import computed
from training.models import Course
from training.tests.factories import (
    answer,
    days_after,
    make_course,
    make_evaluated,
    make_evaluation,
    make_invitations,
)

pytestmark = pytest.mark.django_db

SIX = [(2, 4), (3, 3), (1, 4), (4, 5), (3, 4), (2, 3)]
LATER = date(2023, 3, 1)


def story(session):
    make_period()
    [year] = evaluation_story(session.course, LATER)
    return year.found


def test_the_change_is_the_mean_difference_of_the_same_people():
    session = make_evaluation(*SIX)
    invitations = make_invitations(20, make_evaluated(session.course, days_after(session, 1)))
    answer(invitations[0], Moment.BASELINE, 1)
    answer(invitations[1], Moment.FOLLOW_UP, 5)

    found = story(session).later["confidence"]

    assert (found.base, found.text) == (Base(people=6, asked=40), "+1.3 points")
    assert found.base.text == "6 of the 40 people asked (15%)"


@pytest.mark.parametrize(
    ("people", "asked", "is_told"),
    [(0, 20, False), (1, 20, False), (5, 20, False), (6, 20, True), (6, 7, False), (15, 20, False), (14, 20, True)],
)
def test_a_result_is_told_only_where_it_tells_of_nobody(people, asked, is_told):
    change = Change(base=Base(people=people, asked=asked), total=10)

    assert (change.base.is_told, change.shown.number is not None) == (is_told, is_told)


def test_everybody_of_a_small_group_is_told_once_they_are_six():
    assert [Base(people=count, asked=count).is_told for count in (1, 5, 6)] == [False, False, True]


def test_a_fall_is_told_with_its_sign():
    assert Change(base=Base(people=10, asked=20), total=-7).text == "\N{MINUS SIGN}0.7 points"


def test_the_share_who_did_something_is_hidden_where_it_tells_of_few():
    told = make_evaluation(*[(2, 4)] * 12, asked=30, done=6)
    hidden = make_evaluation(*[(2, 4)] * 12, asked=30, done=11, session=make_evaluated(make_course("OTHER")))

    assert story(told).did.text == "50%"
    assert story(hidden).did.text == "hidden to protect people"


def test_those_who_were_not_asked_yet_do_not_lower_the_response():
    session = make_evaluation(*SIX, asked=20)
    make_invitations(30, make_evaluated(session.course, date(2023, 2, 20)))

    assert story(session).later["confidence"].base == Base(people=6, asked=20)


def test_while_people_can_answer_nothing_is_told_of_them():
    session = make_evaluation(*SIX)
    make_period()

    known = {
        days: evaluation_story(session.course, days_after(session, days))[0].found.later["confidence"].text
        for days in (42, 84, 85)
    }

    assert known == {42: "not available", 84: "not available", 85: "+1.3 points"}


def test_a_result_grows_by_groups_that_may_be_told_by_themselves():
    first = make_evaluation(*SIX)
    for days in (1, 2, 3):
        make_evaluation((1, 5), (1, 5), session=make_evaluated(first.course, days_after(first, days)))
    make_period()

    def told(days):
        [year] = evaluation_story(first.course, days_after(first, 85 + days))
        change = year.found.later["confidence"]
        return change.base, change.text

    only_six = (Base(people=6, asked=20), "+1.3 points")
    assert [told(days) for days in range(3)] == [only_six] * 3
    assert told(3) == (Base(people=12, asked=80), "+2.7 points")


def test_sessions_that_nobody_answered_lower_the_response():
    session = make_evaluation(*SIX)
    make_invitations(20, make_evaluated(session.course, days_after(session, 1)))

    assert story(session).later["confidence"].base.text == "6 of the 40 people asked (15%)"


def test_all_courses_leave_out_those_that_are_hidden_so_that_nobody_can_subtract():
    make_evaluation(*SIX)
    make_evaluation((1, 5), (1, 5), session=make_evaluated(make_course("SMALL")))

    year = evaluated([make_period()], LATER)["2022-23"]

    assert year.by_course["SMALL"].later["confidence"].shown.number is None
    assert year.all_courses.later["confidence"].base == Base(people=6, asked=20)


def test_figures_carry_the_people_they_stand_on():
    make_evaluation(*SIX, done=6)
    make_evaluation((1, 5), session=make_evaluated(make_course("SMALL")))
    years = evaluated([make_period()], LATER)

    figures = computed({}, years)

    people = "6 people who answered both times, of 20 asked"
    assert {
        (name, of): f"{figure.number} {figure.definition}"
        for (name, of, _), figure in figures.items()
        if isinstance(figure, Defined)
    } == {
        ("training.confidence_change", ""): f"1.3 points on a scale of 1 to 5 ({people})",
        ("training.confidence_change", "NEGLECT"): f"1.3 points on a scale of 1 to 5 ({people})",
        ("training.knowledge_change", ""): f"0.0 points on a scale of 1 to 5 ({people})",
        ("training.knowledge_change", "NEGLECT"): f"0.0 points on a scale of 1 to 5 ({people})",
        ("training.share_who_did", ""): f"100 of {people}",
        ("training.share_who_did", "NEGLECT"): f"100 of {people}",
    }


@pytest.mark.parametrize("courses", [1, 3])
def test_reading_takes_two_queries_whatever_there_is(django_assert_num_queries, courses):
    for number in range(courses):
        make_evaluation(*SIX, session=make_evaluated(make_course(f"COURSE-{number}")))
    period = make_period()

    with django_assert_num_queries(2):
        year = evaluated([period], LATER)["2022-23"]

    assert len(year.by_course) == courses


def test_words_are_shown_to_the_board_once_six_have_answered():
    make_period()
    session = make_evaluated()
    invitations = make_invitations(6, session)
    for each in invitations[:5]:
        answer(each, Moment.AFTER, will_do="Listen.")
    course = Course.objects.get(pk=session.course_id)
    [before] = words_of(course, LATER)

    answer(invitations[5], Moment.FOLLOW_UP, did="Listened.", changed="She spoke.", can_be_quoted=True)
    [year] = words_of(course, LATER)

    assert (before.is_told, before.words) == (False, [])
    assert words_of(course, days_after(session, 14)) == []
    assert [year.is_told for year in words_of(course, days_after(session, 84))] == [False]
    assert sorted((each.question, each.text, each.can_be_quoted) for each in year.words) == [
        ("changed", "She spoke.", True),
        ("did", "Listened.", True),
        *[("will_do", "Listen.", False)] * 5,
    ]


def test_only_released_quotes_of_the_year_are_given():
    alice, period = make_alice(), make_period()
    [one, two] = make_invitations(2)
    quoted = answer(one, Moment.AFTER, will_do="Listen.", can_be_quoted=True)
    answer(two, Moment.AFTER, will_do="Wait.", can_be_quoted=True)

    actions.release_quote(answer=quoted, question="will_do", by=alice)

    assert [quote.words for quote in quotations(period)] == ["Listen."]
    assert quotations(make_period("2021-22")) == []


def test_what_somebody_did_is_counted_only_where_they_say_yes():
    session = make_evaluated()
    invitations = make_invitations(20, session)
    for number, each in enumerate(invitations[:12]):
        answer(each, Moment.BASELINE)
        answer(each, Moment.FOLLOW_UP, has_done=(Did.YES, Did.NO)[number % 2])

    assert story(session).did.text == "50%"
