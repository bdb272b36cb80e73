import csv
import re
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from partnership.tests.factories import make_bob, make_partnership, make_period
from priorities.choices import MeasureKind
from priorities.tests.factories import make_measure, make_priority, make_rating, make_target, make_value
from reports.tests.factories import make_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def bob(client):
    bob = make_bob()
    make_partnership()
    client.force_login(bob)
    return bob


def make_row(number, *, code="REPEAT_PLANS", target=8, **fields):
    measure = make_measure(code, polarity="down", kind=MeasureKind.BETTER_OFF, **fields)
    make_value(measure, number)
    make_target(measure, target)
    return measure


def words(page):
    text = re.sub(r"<(script|style).*?</\1>", "", page.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_page_shows_value_target_rating_and_reason(client, bob):
    make_row(9, name="Repeat plans")

    text = words(client.get(reverse("reports:scorecard")))

    assert "Scorecard, 2022/23" in text
    assert "Repeat plans 9 children Target: 8 Off track 1 above the target of 8, where less is better." in text


def test_board_s_judgement_stands_beside_what_the_target_says(client, bob):
    make_rating(make_row(9))

    text = words(client.get(reverse("reports:scorecard")))

    assert "where less is better. The board judges: At risk Two posts are vacant. Erin" in text


def test_small_number_shows_neither_itself_nor_a_rating(client, bob):
    make_rating(make_row(4, target=3))

    page = client.get(reverse("reports:scorecard"))

    row = words(page).partition("Rating and reason")[2]
    assert "Repeat plans hidden to protect people Target: 3 Not rated The value is hidden" in row
    assert "The board judges" not in row
    assert not re.search(r"\b4\b", row.partition("Download")[0])


def test_scorecard_of_a_priority_holds_its_measures_only(client, bob):
    make_row(9, code="OURS", priority=make_priority("CE"))
    make_row(9, code="THEIRS", priority=make_priority("DA"))

    page = client.get(reverse("reports:scorecard-of-priority", args=["CE"]))

    assert [row.measure.code for row in page.context["scorecard"].rows] == ["OURS"]
    assert client.get(reverse("reports:scorecard-of-priority", args=["XX"])).status_code == 404


def test_period_is_chosen(client, bob):
    measure = make_row(9)
    make_value(measure, 12, period=make_period("2021-22"))

    page = client.get(reverse("reports:scorecard"), {"period": "2021-22"})

    assert [row.entry.with_unit for row in page.context["scorecard"].rows] == ["12 children"]
    assert client.get(reverse("reports:scorecard"), {"period": "1999-00\0"}).status_code == 404


def test_the_year_of_the_latest_report_comes_first(client, bob):
    measure = make_measure()
    make_value(measure, 600)
    make_value(measure, 700, period=make_period("2023-24"))
    make_report()

    page = client.get(reverse("reports:scorecard"))

    assert page.context["scorecard"].period.code == "2022-23"


def test_without_figures_the_page_says_so(client, bob):
    assert "No figure yet" in words(client.get(reverse("reports:scorecard")))


@pytest.mark.parametrize("size", [1, 3])
def test_page_takes_the_same_queries_whatever_its_size(client, bob, django_assert_num_queries, size):
    for number in range(size):
        measure = make_row(9, code=f"MEASURE_{number}", priority=make_priority(f"P{number}"))
        make_value(measure, 12, period=make_period("2021-22"))
        make_rating(measure)
    client.get(reverse("reports:scorecard"))

    with django_assert_num_queries(29):
        page = client.get(reverse("reports:scorecard"))

    assert len(page.context["scorecard"].rows) == size


def test_file_holds_what_the_page_shows(client, bob):
    make_row(9, name="=HYPERLINK(1)")
    make_row(4, code="SMALL")
    address = reverse("reports:scorecard-export", args=["csv"])

    rows = list(csv.DictReader(StringIO(client.get(address).content.decode("utf-8-sig"))))

    assert [(row["Measure"], row["Value"], row["Target"], row["Rating"]) for row in rows] == [
        ("'=HYPERLINK(1)", "9 children", "8", "Off track"),
        ("Small", "hidden to protect people", "8", "Not rated"),
    ]


def test_workbook_of_a_priority_opens(client, bob):
    make_row(9, priority=make_priority("CE"))

    response = client.get(reverse("reports:scorecard-of-priority-export", args=["CE", "xlsx"]))

    sheet = load_workbook(BytesIO(response.content)).active
    assert [cell.value for cell in sheet[2]][1:6] == [
        "Repeat plans",
        "REPEAT_PLANS",
        "Priority CE",
        "2022/23",
        "9 children",
    ]


def test_no_other_kind_of_file_is_offered(client, bob):
    assert client.get(reverse("reports:scorecard-export", args=["exe"])).status_code == 404
