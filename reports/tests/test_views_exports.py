import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from partnership.tests.factories import make_alice, make_bob, make_erin, make_period
from priorities import actions
from priorities.choices import ComparatorKind, DisclosureRule, Qualifier, Unit, UpdateStatus, ValueCode
from priorities.tests.factories import make_measure, make_update, make_value


def lines(client, kind="csv", **query):
    content = client.get(reverse("reports:measure-export", args=[kind]), query).content
    if kind == "csv":
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    heading, *rows = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    found = [dict(zip(heading, row, strict=True)) for row in rows]
    return [{name: "" if cell is None else str(cell) for name, cell in row.items()} for row in found]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_figure_is_a_line_with_all_that_is_known_of_it(client, db, kind):
    client.force_login(make_bob())
    measure = make_measure("SHARE", name="=Share", unit=Unit.PERCENT, rule=DisclosureRule.NOT_PEOPLE, decimals=1)
    value = make_value(measure, "58.50", qualifier=Qualifier.ABOUT, note="@note")
    actions.compare(value=value, kind=ComparatorKind.ENGLAND, number=60, by=make_erin())

    (line,) = lines(client, kind)

    assert (line["Measure"], line["Code"], line["Period"], line["Value"], line["In words"], line["Note"]) == (
        "'=Share",
        "SHARE",
        "2022/23",
        "58.5",
        "around 58.5%",
        "'@note",
    )
    assert (line["Qualifier"], line["England"], line["Region"]) == ("about", "60", "")


@pytest.mark.parametrize("person", [make_alice, make_bob])
def test_small_numbers_do_not_leave(client, db, person):
    client.force_login(person())
    measure = make_measure("FEW")
    make_value(measure, 3)
    make_value(measure, 1200, period=make_period("2021-22"))

    assert [(line["Value"], line["Code instead of a value"]) for line in lines(client)] == [("1200", ""), ("", "c")]
    assert "3" not in [cell.strip() for line in lines(client) for cell in line.values()]


def test_search_is_kept(client, db):
    client.force_login(make_bob())
    for code in ("APPLES", "PEARS"):
        make_value(make_measure(code), 10)

    assert [line["Code"] for line in lines(client, q="pear")] == ["PEARS"]


def test_other_kinds_of_file_are_not_there(client, db):
    client.force_login(make_bob())

    assert client.get(reverse("reports:measure-export", args=["pdf"])).status_code == 404


@pytest.mark.parametrize(
    ("numerator", "expected"),
    [
        (18, ("23", "18", "80", "")),
        (5, ("", "c", "80", "c")),
        (77, ("", "c", "80", "c")),
    ],
)
def test_counts_of_a_share_leave_as_it_may_be_told(client, db, numerator, expected):
    measure = make_measure("SHARE", unit=Unit.PERCENT)
    update = make_update(UpdateStatus.ACCEPTED, measures=(measure,), number=23)
    update.values.update(numerator=numerator, denominator=80)
    client.force_login(make_alice())

    (line,) = lines(client)

    names = ("Value", "How many", "Out of how many", "Code instead of a value")
    assert tuple(line[name] for name in names) == expected


@pytest.mark.parametrize("code", ValueCode)
def test_a_code_leaves_as_a_code(client, db, code):
    update = make_update(UpdateStatus.ACCEPTED, measures=(make_measure(),))
    update.values.update(number=None, code=code)
    client.force_login(make_alice())

    (line,) = lines(client)

    assert (line["Value"], line["How many"], line["Code instead of a value"]) == ("", "", code)
