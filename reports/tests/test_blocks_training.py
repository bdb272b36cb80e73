import csv
import io
import re
from datetime import date

import pytest
import time_machine
from django.urls import reverse
from django.utils.html import strip_tags

from partnership.tests.factories import make_alice, make_partnership
from priorities.choices import DisclosureRule, Unit
from priorities.tests.factories import make_measure
from reports.assemble import assemble
from reports.choices import Kind
from reports.rendering.charts import chart_uri
from reports.rendering.html import report_html
from reports.tests.factories import make_block, make_report, make_section, read_new
from training import actions
from training.choices import Moment, OrganisationType
from training.counting import Counts
from training.models import Session
from training.tests.factories import (
    answer,
    make_course,
    make_evaluated,
    make_evaluation,
    make_invitations,
    make_session,
)

pytestmark = pytest.mark.django_db

SIX = [(2, 4), (3, 3), (1, 4), (4, 5), (3, 4), (2, 3)]
TOKEN = '<span data-figure="{}" data-period="2022-23" data-show="{}"></span>'


@pytest.fixture(autouse=True)
def later():
    with time_machine.travel(date(2023, 6, 1), tick=False):
        yield


def record(course="NEGLECT", held_on=date(2022, 5, 1), capacity=393, attended=304, booked=318):
    """The issue's data set, unless told otherwise: 304 of 318 bookings, 304 of 393 places."""
    missed = booked - attended
    actions.record_attendance(
        session=make_session(make_course(course), held_on=held_on, capacity=capacity),
        organisation_type=OrganisationType.HEALTH,
        counts=Counts(attended=attended, booked=booked, late_cancelled=0, no_show=missed, unscheduled=0),
        by=make_alice(),
    )


def rows(block):
    return [(row.head, *row.cells) for table in block.tables for row in table.rows]


def test_courses_show_both_rates_each_with_what_it_is_a_share_of():
    record()
    record("OTHER", capacity=None, attended=100, booked=110)

    assert rows(read_new(Kind.TRAINING_COURSES)) == [
        ("Recognising neglect", "304", "95.6% of bookings", "77.4% of places"),
        ("Recognising other", "100", "90.9% of bookings", "not available"),
        ("All courses", "404", "94.4% of bookings", "77.4% of places"),
    ]


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_both_rates_of_one_data_set_come_out_named_wherever_they_are_told(client):
    record()
    make_partnership()
    client.force_login(make_alice())
    course, session = make_course(), Session.objects.get()
    computed_measure("A", "training.share_of_bookings")
    computed_measure("B", "training.share_of_places")
    report = make_report()
    section = make_section(report)
    make_block(section, Kind.TEXT, body=f"<p>{TOKEN.format('A', 'value')}, {TOKEN.format('B', 'value')}</p>")
    make_block(section, Kind.TRAINING_COURSES)
    make_block(section, Kind.TRAINING_YEARS)
    on_course = words(client.get(reverse("training:course-detail", args=[course.pk])))
    on_session = words(client.get(reverse("training:session-detail", args=[session.pk])))
    file = client.get(reverse("training:story-export", args=[course.pk, "csv"])).content.decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(file))
    prose, courses, years = assemble(report).sections[0].blocks

    assert "95.6% 304 of 318 bookings 77.4% 304 of 393 places" in on_course
    assert "Attendance, share of bookings 95.6% (304 of 318 bookings)" in on_session
    assert "Attendance, share of places 77.4% (304 of 393 places)" in on_session
    assert strip_tags(prose.html) == "95.6% of bookings, 77.4% of places"
    assert rows(courses)[0][2:] == ("95.6% of bookings", "77.4% of places")
    assert rows(years)[0][2:4] == ("95.6% of bookings", "77.4% of places")
    assert (row["Attendance, share of bookings"], row["Attendance, share of places"]) == ("95.6%", "77.4%")


def test_evaluation_says_what_a_reader_must_know_of_its_sessions():
    session = make_evaluation(*SIX)
    Session.objects.filter(pk=session.pk).update(caveat="Illustrative.")

    assert read_new(Kind.TRAINING_EVALUATION).intro.endswith(
        "The change is the mean difference of the same people’s marks. Illustrative."
    )


def test_a_small_course_cannot_be_worked_out_from_the_total():
    for code, attended in (("BIG", 300), ("MIDDLE", 40), ("SMALL", 3)):
        record(code, capacity=None, attended=attended, booked=attended + 10)
    hidden = "hidden to protect people"

    assert rows(read_new(Kind.TRAINING_COURSES))[1:3] == [
        ("Recognising middle", hidden, hidden, hidden),
        ("Recognising small", hidden, hidden, hidden),
    ]


def test_years_stand_below_each_other_the_latest_first():
    record()
    record(held_on=date(2021, 5, 1), capacity=400, attended=200, booked=250)
    record(held_on=date(2023, 5, 1))
    make_evaluation(*SIX, session=make_evaluated(make_course("OTHER")))
    make_report("2021-22")

    said = "+1.3 points: 6 of the 20 people asked (30%)"
    assert rows(read_new(Kind.TRAINING_YEARS)) == [
        ("2022/23", "304", "95.6% of bookings", "77.4% of places", said),
        ("2021/22", "200", "80.0% of bookings", "50.0% of places", "not available"),
    ]


@pytest.mark.parametrize("kind", [Kind.TRAINING_COURSES, Kind.TRAINING_YEARS, Kind.TRAINING_EVALUATION])
def test_without_records_a_block_says_so(kind):
    block = read_new(kind)

    assert (block.tables, block.lists, block.intro != "") == ((), (), True)


def test_evaluation_shows_each_result_with_its_people():
    make_evaluation(*SIX, done=6)

    assert rows(read_new(Kind.TRAINING_EVALUATION)) == [
        ("Recognising neglect", "+1.3 points", "100% of 6 people", "6 of the 20 people asked (30%)")
    ]


def test_evaluation_below_the_threshold_is_left_out():
    make_evaluation(*SIX[:5], done=5)

    block = read_new(Kind.TRAINING_EVALUATION)

    assert (rows(block), block.intro) == ([], "No evaluation of training in 2022/23 can be told yet.")


def test_only_released_quotes_are_shown():
    one, two = make_invitations(2)
    quoted = answer(one, Moment.AFTER, will_do="Listen.", can_be_quoted=True)
    answer(two, Moment.AFTER, will_do="Wait.", can_be_quoted=True)
    actions.release_quote(answer=quoted, question="will_do", by=make_alice())

    [said] = read_new(Kind.TRAINING_EVALUATION).lists

    assert (said.title, said.points) == ("What people said", ("“Listen.”",))


def computed_measure(code, calculation, unit=Unit.PERCENT, of="NEGLECT"):
    return make_measure(
        code,
        name="Attendance rate",
        calculation=calculation,
        calculation_of=of,
        unit=unit,
        decimals=1,
        disclosure=DisclosureRule.NOT_PEOPLE,
    )


def test_no_rate_stands_bare_in_prose_whatever_the_board_calls_its_measure():
    record()
    record(held_on=date(2021, 5, 1), capacity=400, attended=200, booked=250)
    make_report("2021-22")
    computed_measure("A", "training.share_of_bookings")
    computed_measure("B", "training.share_of_places")
    body = f"<p>{TOKEN.format('A', 'value')}, {TOKEN.format('B', 'value')}, {TOKEN.format('A', 'change')}</p>"

    block = make_block(kind=Kind.TEXT, body=body)

    html = assemble(block.section.report).sections[0].blocks[0].html
    assert html == (
        '<p><span class="figure" data-figure="A">95.6% of bookings</span>, '
        '<span class="figure" data-figure="B">77.4% of places</span>, '
        '<span class="figure" data-figure="A">15.6 points (of bookings)</span></p>'
    )


def test_a_change_in_confidence_says_in_prose_how_many_it_stands_on():
    make_evaluation(*SIX)
    computed_measure("C", "training.confidence_change", Unit.PEOPLE)
    block = make_block(kind=Kind.TEXT, body=f"<p>{TOKEN.format('C', 'value')}</p>")

    html = assemble(block.section.report).sections[0].blocks[0].html

    words = "1.3 points on a scale of 1 to 5 (6 people who answered both times, of 20 asked)"
    assert html == f'<p><span class="figure" data-figure="C">{words}</span></p>'


def attend(**counts):
    actions.record_session(
        course=make_course(), held_on=date(2022, 5, 1), capacity=None, attended=counts, by=make_alice()
    )


def test_the_chart_by_organisation_says_its_three_main_facts_and_has_its_table():
    attend(schools=4000, health=900, police=40)

    block = read_new(Kind.TRAINING_ATTENDANCE)

    assert block.alt == (
        "Bar chart. Attendances at training by organisation type. 4,940 attendances in all. "
        "Most came from schools and colleges: 4,000. Fewest came from police: 40."
    )
    assert list(zip(block.categories, block.series[0].texts, strict=True)) == [
        ("Schools and colleges", "4,000"),
        ("Health", "900"),
        ("Police", "40"),
    ]
    assert block.total == "4,940"


def test_page_and_pdf_show_chart_and_table_of_one_source():
    attend(schools=4000, health=900)
    report = make_report()
    make_block(make_section(report), Kind.TRAINING_ATTENDANCE)
    document = assemble(report)

    [chart] = document.sections[0].blocks
    for made in (report_html(document, for_pdf=False), report_html(document, for_pdf=True)):
        assert made.count(f'src="{chart_uri(chart, document.accent)}" alt="{chart.alt}"') == 1
        assert [made.count(f"<td>{number}</td>") for number in ("4,000", "900", "4,900")] == [1, 1, 1]
