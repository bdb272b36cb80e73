from datetime import date
from decimal import Decimal

import pytest

from partnership import actions as partnership_actions
from partnership.choices import PeriodKind
from partnership.models import ReportingPeriod
from partnership.tests.factories import make_area, make_erin, make_period
from priorities import actions
from priorities.choices import ComparatorKind, DisclosureRule, Qualifier, Unit, UpdateStatus, ValueCode, ValueStatus
from priorities.figurebook import SHOWS, Figure
from priorities.models import MeasureValue
from priorities.queries import figure_book
from priorities.tests.factories import make_measure, make_rating, make_target, make_update, make_value

pytestmark = pytest.mark.django_db

MEASURE = "MACE_CHILDREN"


def book(computed=None):
    """The book of everything; the order in which it is told the periods does not matter."""
    return figure_book(computed=computed or {}, periods=list(ReportingPeriod.objects.order_by("-starts_on")))


def make_quarter(code, starts_on, ends_on, kind=PeriodKind.QUARTER):
    return partnership_actions.add_period(
        code=code, label=f"Label of {code}", kind=kind, starts_on=starts_on, ends_on=ends_on, by=None
    )


def texts(code=MEASURE, period="2022-23"):
    """What the book says of a measure, by what can be shown; what it does not say is left out."""
    found = {show: book().figure(code, period, show) for show in SHOWS}
    return {show: figure.text for show, figure in found.items() if figure}


def make_two_years(before, now, **fields):
    measure = make_measure(**fields)
    make_value(measure, before, period=make_period("2021-22"))
    make_value(measure, now, period=make_period("2022-23"))
    return measure


def test_a_figure_says_all_that_a_reader_may_ask_of_it():
    make_value(make_measure(), 1195, as_at=date(2023, 4, 14), qualifier=Qualifier.OVER)

    assert book().figure(MEASURE, "2022-23", "value") == Figure(
        code=MEASURE,
        name="Mace children",
        show="value",
        text="over 1,195",
        period_code="2022-23",
        period="2022/23",
        area="County",
        source="A return",
        as_at="14 April 2023",
    )


def test_a_value_without_a_date_has_no_as_at():
    make_value(make_measure(), 610)

    assert book().figure(MEASURE, "2022-23", "value").as_at == ""


def test_an_entry_keeps_status_and_note_of_its_value():
    make_value(make_measure(), 610, note="Counted once.")

    entry = book().entry(MEASURE, "2022-23")

    assert (entry.status, entry.note) == ("Agreed", "Counted once.")


def test_a_figure_is_rounded_as_its_measure_says():
    make_value(make_measure(rounding=100), 7964)

    assert texts() == {"value": "almost 8,000"}


@pytest.mark.parametrize(
    ("before", "now", "change", "percent_change", "direction"),
    [
        (93, 79, "14", "15%", "fall"),
        (71, 207, "136", "192%", "rise"),
        (80, 80, "0", "0%", "no change"),
        (40, 0, "40", "100%", "fall"),
    ],
)
def test_a_change_is_told_by_its_size_and_its_direction(before, now, change, percent_change, direction):
    make_two_years(before, now)

    assert texts() == {"value": f"{now}", "change": change, "percent-change": percent_change}
    assert book().entry(MEASURE, "2022-23").direction == direction


def test_a_change_from_zero_has_no_per_cent():
    make_two_years(0, 40)

    assert texts() == {"value": "40", "change": "40"}


def test_a_change_of_what_is_not_exact_is_not_exact():
    measure = make_measure()
    make_value(measure, 500, period=make_period("2021-22"), qualifier=Qualifier.ABOUT)
    make_value(measure, 610)

    assert texts() == {"value": "610", "change": "around 110", "percent-change": "around 22%"}


def test_the_first_period_has_no_change():
    make_value(make_measure(), 610)

    assert texts() == {"value": "610"}
    assert book().entry(MEASURE, "2022-23").direction == ""


def test_the_period_before_is_the_latest_one_of_the_same_kind():
    measure = make_measure()
    make_value(measure, 100, period=make_period("2020-21"))
    make_value(measure, 200, period=make_period("2021-22"))
    make_value(measure, 300, period=make_quarter("2021-22-q4", date(2022, 1, 1), date(2022, 3, 31)))
    make_value(measure, 610)

    assert book().entry(MEASURE, "2022-23").previous.shown.number == 200


def test_a_period_that_overlaps_is_not_the_one_before():
    measure = make_measure()
    make_value(measure, 300, period=make_quarter("may", date(2021, 5, 1), date(2022, 4, 1), PeriodKind.FINANCIAL_YEAR))
    make_value(measure, 610)

    assert book().entry(MEASURE, "2022-23").previous is None


def test_a_later_period_is_not_the_one_before():
    make_two_years(500, 610)

    assert book().entry(MEASURE, "2021-22").previous is None


@pytest.mark.parametrize(("before", "now"), [(3, 610), (610, 3), (2, 3)])
def test_hidden_values_give_no_change(before, now):
    make_two_years(before, now)

    assert texts() == {"value": "hidden to protect people" if now == 3 else "610"}
    assert book().entry(MEASURE, "2022-23").direction == ""


def test_a_small_number_is_shown_where_that_is_the_rule():
    make_two_years(2, 3, rule=DisclosureRule.NOT_PEOPLE)

    assert texts() == {"value": "3", "change": "1"}


def test_a_code_reads_as_words_and_gives_no_change():
    measure = make_measure()
    make_value(measure, 500, period=make_period("2021-22"))
    actions.record_value(
        measure=measure,
        period=make_period(),
        number=None,
        code=ValueCode.UNRELIABLE,
        source="A return",
        by=make_erin(),
    )

    assert texts() == {"value": "too unreliable to show"}


def test_a_share_is_of_the_denominator_in_the_same_period():
    whole = make_two_years(93, 79, code="DEATHS")
    make_value(make_measure("UNEXPECTED", denominator=whole), 17)

    assert texts("UNEXPECTED") == {"value": "17", "share": "22%"}


def test_the_same_period_s_denominator_comes_before_a_longer_one_that_began_with_it():
    whole = make_measure("WHOLE")
    make_value(whole, 100)
    make_value(whole, 400, period=make_quarter("2022-25", date(2022, 4, 1), date(2025, 3, 31), PeriodKind.CUSTOM))
    make_value(make_measure(denominator=whole), 50)

    assert texts() == {"value": "50", "share": "50%"}


def test_a_share_falls_back_on_the_latest_denominator_from_before():
    whole = make_measure("RECOMMENDATIONS")
    make_value(whole, 99, period=make_period("2019-20"))
    make_value(whole, 15, period=make_quarter("autumn-2021", date(2021, 9, 1), date(2021, 11, 30), PeriodKind.CUSTOM))
    make_value(whole, 88, period=make_period("2023-24"))
    make_value(make_measure("SIGNED_OFF", denominator=whole), 6)

    assert texts("SIGNED_OFF") == {"value": "6", "share": "40%"}


def test_there_is_no_share_of_a_denominator_that_came_later():
    whole = make_measure("RECOMMENDATIONS")
    make_value(whole, 15, period=make_period("2023-24"))
    make_value(make_measure("SIGNED_OFF", denominator=whole), 6)

    assert texts("SIGNED_OFF") == {"value": "6"}


def test_there_is_no_share_of_a_denominator_without_values():
    make_value(make_measure("SIGNED_OFF", denominator=make_measure("RECOMMENDATIONS")), 6)

    assert texts("SIGNED_OFF") == {"value": "6"}


@pytest.mark.parametrize(("part", "whole"), [(3, 80), (8, 4), (0, 0)])
def test_hidden_values_and_zeros_give_no_share(part, whole):
    denominator = make_measure("WHOLE")
    make_value(denominator, whole)
    make_value(make_measure(denominator=denominator), part)

    assert "share" not in texts()


def test_a_comparator_is_the_first_one_and_is_never_hidden():
    value = make_value(make_measure(unit=Unit.PERCENT), 65)
    erin = make_erin()
    actions.compare(value=value, kind=ComparatorKind.ENGLAND, number=Decimal(3), qualifier=Qualifier.ABOUT, by=erin)
    make_target(value.measure, 60)

    assert texts() == {"value": "65%", "comparator": "around 3%"}
    entry = book().entry(MEASURE, "2022-23")
    assert [(f"{each}", entry.comparator_text(each)) for each in entry.comparators] == [
        ("England", "around 3%"),
        ("Target", "60%"),
    ]


def test_a_value_of_another_area_is_left_out():
    measure = make_measure()
    MeasureValue.objects.create(
        measure=measure,
        period=make_period(),
        area=make_area("region"),
        number=9000,
        status=ValueStatus.AGREED,
        source="A return",
        entered_by=make_erin(),
    )

    assert book().entries(MEASURE) == []
    make_value(measure, 610)
    assert texts() == {"value": "610"}


@pytest.mark.parametrize("status", [UpdateStatus.DRAFT, UpdateStatus.SUBMITTED, UpdateStatus.RETURNED])
def test_a_value_that_is_not_accepted_is_left_out(status):
    make_update(status, measures=(make_measure(),), number=610)

    assert texts() == {}


def test_an_accepted_value_is_shown():
    make_update(UpdateStatus.ACCEPTED, measures=(make_measure(),), number=610)

    assert texts() == {"value": "610"}


def test_a_superseded_value_is_left_out():
    measure = make_measure()
    make_value(measure, 500)
    make_value(measure, 610)

    assert [entry.shown.number for entry in book().entries(MEASURE)] == [610]


@pytest.mark.parametrize(
    ("code", "period", "show"),
    [
        ("UNKNOWN", "2022-23", "value"),
        (MEASURE, "1999-00", "value"),
        (MEASURE, "2022-23", "colour"),
        (MEASURE, "2022-23", ""),
        ("", "", ""),
    ],
)
def test_an_unknown_figure_is_none(code, period, show):
    make_two_years(500, 610)

    assert book().figure(code, period, show) is None


def test_an_unknown_entry_is_none_and_an_unknown_measure_has_no_entries():
    assert book().entry("UNKNOWN", "2022-23") is None
    assert book().entries("UNKNOWN") == []


def test_entries_come_oldest_first_and_linked():
    measure = make_measure()
    for code, number in [("2022-23", 30), ("2020-21", 10), ("2021-22", 20)]:
        make_value(measure, number, period=make_period(code))

    entries = book().entries(MEASURE)

    assert [entry.period.code for entry in entries] == ["2020-21", "2021-22", "2022-23"]
    assert [entry.text("change") for entry in entries] == [None, "10", "10"]


def test_a_measure_with_a_calculation_takes_its_values_from_it_alone():
    measure = make_measure(calculation="training.attendances", calculation_of="")
    make_value(measure, 1)
    make_period("2021-22")
    computed = {
        ("training.attendances", "", "2022-23"): Decimal(7964),
        ("training.attendances", "", "2021-22"): Decimal(7000),
        ("training.attendances", "OTHER", "2022-23"): Decimal(2),
        ("training.courses", "", "2022-23"): Decimal(3),
    }

    entries = book(computed).entries(MEASURE)

    assert [(entry.period.code, entry.text(), entry.text("change")) for entry in entries] == [
        ("2021-22", "7,000", None),
        ("2022-23", "7,964", "964"),
    ]
    assert {(entry.area, entry.source, entry.status) for entry in entries} == {
        ("County", "Computed from the portal's records", "Computed")
    }


def test_a_calculation_can_be_of_something():
    make_measure(calculation="partnership.group_members", calculation_of="MACE")
    make_period()
    computed = {
        ("partnership.group_members", "MACE", "2022-23"): Decimal(9),
        ("partnership.group_members", "CDOP", "2022-23"): Decimal(7),
    }

    assert book(computed).figure(MEASURE, "2022-23", "value").text == "9"


@pytest.mark.parametrize(
    ("number", "rounding", "expected"), [(3, 1, "hidden to protect people"), (7964, 100, "almost 8,000")]
)
def test_a_computed_number_is_disclosed_and_rounded_like_any_other(number, rounding, expected):
    make_measure(calculation="reviews.rapid_reviews", rounding=rounding)
    make_period()
    computed = {("reviews.rapid_reviews", "", "2022-23"): Decimal(number)}

    assert book(computed).figure(MEASURE, "2022-23", "value").text == expected


@pytest.mark.parametrize("code", ValueCode)
@pytest.mark.parametrize("coded", ["2021-22", "2022-23"])
def test_nothing_is_worked_out_from_a_code(code, coded):
    """A code on either side gives no change, and as a part or a whole no share."""
    whole = make_measure("WHOLE")
    part = make_measure(denominator=whole)
    for period in ("2021-22", "2022-23"):
        for measure in (whole, part):
            make_value(measure, 40, period=make_period(period))
    MeasureValue.objects.filter(measure=part, period__code=coded).update(number=None, code=code)

    found = texts()

    assert found["value"] == (ValueCode(code).label if coded == "2022-23" else "40")
    assert {"change", "percent-change"} & found.keys() == set()
    assert ("share" in found) is (coded == "2021-22")
    MeasureValue.objects.filter(measure=whole).update(number=None, code=code)
    assert "share" not in texts()


@pytest.mark.parametrize(
    ("numerator", "expected"),
    [
        (18, ("45%", ("18", "40"))),
        (5, ("hidden to protect people", ("c", "40"))),
        (36, ("hidden to protect people", ("c", "40"))),
    ],
)
def test_a_share_stands_in_the_book_with_its_counts_unless_it_tells_of_few(numerator, expected):
    make_value(make_measure(unit=Unit.PERCENT), 45)
    MeasureValue.objects.update(numerator=numerator, denominator=40)

    entry = book().entry(MEASURE, "2022-23")

    assert (entry.text(), tuple(count.code or f"{count.number:.0f}" for count in entry.counts)) == expected


def test_a_hidden_share_has_no_change():
    make_two_years(45, 50, unit=Unit.PERCENT)
    MeasureValue.objects.filter(number=50).update(numerator=5, denominator=10)

    assert texts() == {"value": "hidden to protect people"}


def test_percentages_change_in_points():
    measure = make_measure(unit=Unit.PERCENT)
    make_value(measure, 50, period=make_period("2021-22"))
    make_value(measure, 55)

    entry = book().entry(MEASURE, "2022-23")

    assert (entry.text("change"), entry.change_in_words) == ("5 points", "Rise of 5 points")


def test_counts_change_in_per_cent_and_from_a_small_base_in_their_unit():
    measure = make_measure()
    make_value(measure, 8, period=make_period("2020-21"))
    make_value(measure, 20, period=make_period("2021-22"))
    make_value(measure, 25)

    assert [entry.change_in_words for entry in book().entries(MEASURE)] == ["", "Rise of 12", "Rise of 25%"]


def test_target_is_the_last_thing_that_a_value_is_held_against():
    measure = make_measure(unit=Unit.PERCENT, polarity="up")
    value = make_value(measure, 51)
    make_target(measure, 60, tolerance=5)
    actions.compare(value=value, kind=ComparatorKind.ENGLAND, number=Decimal(50), by=make_erin())

    entry = book().entry(MEASURE, "2022-23")

    assert entry.comparators_in_words == ["England: 50%", "Target: 60%"]
    assert (entry.rating.rag, entry.rating.reason) == (
        "red",
        "9 points below the target of 60%. Within 5 points would be at risk.",
    )


def test_hidden_value_is_neither_rated_nor_judged():
    measure = make_measure(polarity="down")
    make_value(measure, 4)
    make_target(measure, 3)
    make_rating(measure)

    entry = book().entry(MEASURE, "2022-23")

    assert (entry.rating.rag, entry.judgement) == ("", None)
    assert entry.rating.reason == "The value is hidden to protect people, so it is not rated."


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(10, 12, False), (12, 12, True), (5, 5, False), (6, 12, True), (7, 1000, True)],
    ids=["two are left out", "nobody is left out", "everybody of few", "six are left out", "many are left out"],
)
def test_a_part_is_hidden_where_the_rest_of_its_whole_would_tell_of_few(part, whole, shown):
    all_deaths = make_measure("ALL", calculation="records.all")
    make_measure("PART", calculation="records.part", denominator=all_deaths)
    make_period()
    computed = {("records.all", "", "2022-23"): Decimal(whole), ("records.part", "", "2022-23"): Decimal(part)}

    entry = book(computed).entry("PART", "2022-23")

    assert (entry.shown.number, entry.shown.code) == ((Decimal(part), "") if shown else (None, ValueCode.SUPPRESSED))
