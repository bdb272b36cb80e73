import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from partnership.tests.factories import make_alice, make_bob, make_charlie, make_frank, make_partnership
from priorities.choices import Unit, UpdateStatus
from priorities.tests.factories import make_measure, make_update

FEW = "Mace children, 2022/23: 3"
HIDDEN = "Mace children, 2022/23: hidden to protect people"


def rows(client, kind="csv"):
    make_partnership()
    content = client.get(reverse("priorities:update-export", args=[kind])).content
    if kind == "csv":
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    heading, *lines = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    return [dict(zip(heading, line, strict=True)) for line in lines]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_update_is_a_line(client, db, kind):
    client.force_login(make_alice())
    make_update(UpdateStatus.SUBMITTED, measures=(make_measure(),), answers={"progress": "=1+1"})

    (row,) = rows(client, kind)

    assert (row["Agency"], row["Round"], row["State"]) == ("County Police", "Quarter 4", "Submitted")
    assert row["Progress this quarter"] == "'=1+1"
    assert row["Figures"] == "Mace children, 2022/23: 610"


@pytest.mark.parametrize(
    ("person", "figures"),
    [(make_alice, [FEW]), (make_bob, [FEW]), (make_frank, [HIDDEN]), (make_charlie, [])],
)
def test_each_person_gets_what_the_pages_show(client, db, person, figures):
    make_update(UpdateStatus.SUBMITTED, measures=(make_measure(),), number=3)
    client.force_login(person())

    assert [row["Figures"] for row in rows(client)] == figures


def test_draft_is_its_agencys_alone(client, db):
    make_update(UpdateStatus.DRAFT)
    client.force_login(make_alice())

    assert rows(client) == []


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow(client, db, django_assert_num_queries, count):
    make_partnership()
    client.force_login(make_alice())
    measure = make_measure()
    for number in range(count):
        make_update(UpdateStatus.SUBMITTED, priority=f"P{number}", measures=(measure,))

    with django_assert_num_queries(11):
        client.get(reverse("priorities:update-export", args=["csv"]))


def test_other_kinds_of_file_are_not_there(client, db):
    client.force_login(make_alice())

    assert client.get(reverse("priorities:update-export", args=["pdf"])).status_code == 404


@pytest.mark.parametrize(
    ("person", "numerator", "figures"),
    [
        (make_alice, 3, "Mace children, 2022/23: 23% (3 of 80)"),
        (make_frank, 3, "Mace children, 2022/23: hidden to protect people"),
        (make_frank, 77, "Mace children, 2022/23: hidden to protect people"),
        (make_frank, 18, "Mace children, 2022/23: 23% (18 of 80)"),
    ],
)
def test_a_share_leaves_with_its_counts_for_those_who_may_see_them(client, db, person, numerator, figures):
    update = make_update(UpdateStatus.SUBMITTED, measures=(make_measure(unit=Unit.PERCENT),), number=23)
    update.values.update(numerator=numerator, denominator=80)
    client.force_login(person())

    assert [row["Figures"] for row in rows(client)] == [figures]
