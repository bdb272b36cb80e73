from decimal import Decimal

import pytest

from partnership.actions import set_neighbours
from partnership.choices import PeriodKind
from partnership.models import Area, AuditEvent, ReportingPeriod
from partnership.spreadsheets import read_table
from partnership.tests.factories import make_agency, make_alice, make_bob, make_partnership
from priorities import actions
from priorities.choices import DisclosureRule, Unit, ValueStatus
from priorities.import_plan import plan_import, stored_neighbours
from priorities.imports import Choice, read_import
from priorities.models import Measure, MeasureImport, MeasureValue
from priorities.tests.dfe_sample import LINES, NEIGHBOURS, dfe_file
from priorities.tests.factories import make_import, make_measure, make_value

SIMPLE = "measure,period,value,source,england,target\n"


def read(content, authority="Northshire"):
    content = content if isinstance(content, bytes) else content.encode()
    table = read_table(content, name="figures.csv")
    return read_import(table, choice=Choice(authority), neighbours=stored_neighbours())


def bring_in(content, *, authority="Northshire", by=None):
    return actions.import_measures(
        imported=read(content, authority), owner=make_agency("council"), by=by or make_alice()
    )


def faults(content):
    plan = plan_import(read(content))
    assert plan.values == ()
    return [str(fault) for fault in plan.faults]


def stored():
    return (
        list(MeasureValue.objects.values_list("pk", "status", "entered_at").order_by("pk")),
        Measure.objects.count(),
        AuditEvent.objects.count(),
    )


def test_dfe_file_is_imported_whole_with_what_it_needs(db):
    alice = make_alice()

    plan = bring_in(dfe_file(), by=alice)

    assert plan.summary == "6 new values, 0 changed, 0 as before; 3 new measures, 2 new periods"
    rows = MeasureValue.objects.in_force().order_by("measure__code", "period__code")
    assert [(row.measure.code, row.period.code, row.number, row.code) for row in rows] == [
        ("DFE_AT31_EPISODES_CHILDREN_IN_NEED", "2021-22", 4907, ""),
        ("DFE_AT31_EPISODES_CHILDREN_IN_NEED", "2022-23", 5454, ""),
        ("DFE_AWAITING_ASSESSMENT_CHILDREN_IN_NEED", "2021-22", None, "c"),
        ("DFE_AWAITING_ASSESSMENT_CHILDREN_IN_NEED", "2022-23", 432, ""),
        ("DFE_RATE_PERCENT_CHILDREN_IN_NEED", "2021-22", None, "z"),
        ("DFE_RATE_PERCENT_CHILDREN_IN_NEED", "2022-23", Decimal("7.5"), ""),
    ]
    assert [(each.kind, each.label, each.number, each.code) for each in rows[5].comparators.all()] == [
        ("england", "", Decimal("8.1"), ""),
        ("region", "West Midlands", Decimal("8.25"), ""),
    ]
    assert {row.entered_by for row in rows} == {alice}
    measure = Measure.objects.get(code="DFE_RATE_PERCENT_CHILDREN_IN_NEED")
    assert (measure.owner.code, measure.disclosure, measure.unit, measure.area.ons_code) == (
        "council",
        DisclosureRule.NOT_PEOPLE,
        Unit.PERCENT,
        "E10000028",
    )
    year = ReportingPeriod.objects.get(code="2022-23")
    assert (year.label, year.kind) == ("2022/23", PeriodKind.FINANCIAL_YEAR)
    said = AuditEvent.objects.get(verb="measures.imported")
    assert (said.by, said.detail) == (alice, plan.summary)
    assert AuditEvent.objects.filter(verb="value.recorded").count() == 6


def test_second_import_of_the_same_file_changes_nothing(db):
    alice = make_alice()
    bring_in(dfe_file(), by=alice)
    before = stored()

    plan = bring_in(dfe_file(), by=alice)

    assert plan.changes_nothing
    assert plan.summary == "0 new values, 0 changed, 6 as before"
    assert stored() == before


@pytest.mark.parametrize(
    ("line", "old", "new"),
    [(3, "5454", "5455"), (3, "5454", "x"), (0, "403090", "403100"), (1, "West Midlands,,,,", "West Midlands,,,,")],
)
def test_only_what_differs_replaces_what_is_in_force(db, line, old, new):
    alice = make_alice()
    bring_in(dfe_file(), by=alice)
    lines = [*LINES[:line], LINES[line].replace(old, new), *LINES[line + 1 :]]

    plan = bring_in(dfe_file(*lines), by=alice)

    changed = int(old != new)
    assert (len(plan.new), len(plan.changed), len(plan.same)) == (0, changed, 6 - changed)
    assert MeasureValue.objects.in_force().count() == 6
    assert MeasureValue.objects.superseded().count() == changed


def test_another_authority_gets_measures_of_its_own(db):
    bring_in(dfe_file())

    plan = bring_in(dfe_file(), authority="Southport, City of")

    assert (len(plan.new), len(plan.new_measures), len(plan.new_periods)) == (6, 3, 0)
    assert "DFE_AT31_EPISODES_CHILDREN_IN_NEED_SOUTHPORT_CITY_OF" in Measure.objects.values_list("code", flat=True)
    assert bring_in(dfe_file(), authority="E06000021").changes_nothing
    assert bring_in(dfe_file()).changes_nothing


def test_area_that_is_there_is_taken(db):
    area = Area.objects.create(code="north", name="NORTHSHIRE")

    bring_in(dfe_file())

    assert {measure.area for measure in Measure.objects.all()} == {area}


def test_simple_file_replaces_what_is_in_force(db):
    measure = make_measure("MACE_CHILDREN", rule=DisclosureRule.NOT_PEOPLE)
    old = make_value(measure, 600)

    plan = bring_in(f'{SIMPLE}mace children,2022-23,"1,610",Police,4.5,x\n')

    (planned,) = plan.changed
    assert (planned.before_text, planned.text, planned.changes) == (
        "600",
        "1,610",
        "source, which was A return and comparators",
    )
    assert planned.comparators_text == "England: 4.5; Target: not available"
    old.refresh_from_db()
    assert old.status == ValueStatus.SUPERSEDED
    value = MeasureValue.objects.in_force().get()
    assert (value.number, value.source, value.area) == (1610, "Police", measure.area)


def test_with_one_fault_nothing_is_imported(db):
    make_measure("MACE_CHILDREN")

    plan = bring_in(f"{SIMPLE}MACE_CHILDREN,2022-23,5,Police,,\nNOBODY_COUNTS,2022-23,5,Police,,\n")

    assert [str(fault) for fault in plan.faults] == [
        "Line 3, column “measure”: There is no measure “NOBODY_COUNTS”. "
        "Write its code or its name as on the page “Measures”."
    ]
    assert not MeasureValue.objects.exists()
    assert not ReportingPeriod.objects.exists()
    assert not AuditEvent.objects.filter(verb="measures.imported").exists()


def test_what_does_not_fit_the_measure_is_named(db):
    make_measure("CHILDREN")
    make_measure("SHARE", unit=Unit.PERCENT)
    make_measure("COMPUTED", calculation="training.attendances")

    assert faults(
        f"{SIMPLE}CHILDREN,2022-23,5%,Police,,\nSHARE,2022-23,101%,Police,,\nSHARE,2021-22,58%,Police,£4,\n"
        "COMPUTED,2022-23,1,Police,,\nCHILDREN,Summer,1,Police,,\nCHILDREN,2020-21,-1,Police,,\n"
        "children,2019-20,1,Police,,\nCHILDREN,2019/20,1,Police,,\n"
    ) == [
        "Line 2, column “value”: This measure is counted in children, so it cannot have the sign %.",
        "Line 3, column “value”: A percentage cannot be above 100.",
        "Line 4, column “England”: This measure is counted in per cent, so it cannot have the sign £.",
        "Line 5, column “measure”: “Computed” is computed from the portal's records, so it cannot be imported.",
        "Line 6, column “period”: There is no period “Summer”. "
        "Write a year as 2022-23, or the label of a period the portal has.",
        "Line 7, column “value”: The number cannot be below zero.",
        "Line 9, column “value”: Line 8 gives this measure for this period already.",
    ]


def test_plan_needs_the_same_queries_whatever_its_size(db, django_assert_num_queries):
    bring_in(dfe_file())

    for imported in (read(dfe_file(*LINES[:5])), read(dfe_file())):
        with django_assert_num_queries(6):
            plan_import(imported)


def test_what_was_not_looked_at_is_not_imported(db):
    imported = read(dfe_file())
    seen = plan_import(imported).fingerprint
    bring_in(dfe_file(*LINES[:5]))

    with pytest.raises(actions.StaleSave):
        actions.import_measures(imported=imported, owner=make_agency("council"), fingerprint=seen, by=make_alice())

    assert MeasureValue.objects.count() == 3


def test_file_replaces_the_one_its_sender_sent_before(db):
    alice, bob = make_alice(), make_bob()
    make_import(by=alice)
    of_bob = make_import(by=bob)

    latest = make_import(by=alice)

    assert list(MeasureImport.objects.visible_to(alice)) == [latest]
    assert list(MeasureImport.objects.visible_to(bob)) == [of_bob]


def test_file_that_nobody_confirms_goes_after_a_day(db, time_machine):
    alice, bob = make_alice(), make_bob()
    time_machine.move_to("2026-01-01 12:00Z")
    make_import(by=alice)
    time_machine.move_to("2026-01-02 12:01Z")

    kept = make_import(by=bob)

    assert list(MeasureImport.objects.all()) == [kept]


def test_file_that_is_not_wanted_is_taken_away(db):
    alice = make_alice()

    actions.drop_import(upload=make_import(by=alice), by=alice)

    assert not MeasureImport.objects.exists()
    assert AuditEvent.objects.first().verb == "import.dropped"


PORTS = [("Eastport", "E06000031"), ("Westport", "E06000032"), ("Midport", "E06000033")]


def test_neighbours_come_in_beside_england_and_the_region_and_a_second_import_changes_nothing(db):
    alice = make_alice()
    Area.objects.filter(pk=make_partnership().area_id).update(name="Northshire", ons_code="E10000028")
    set_neighbours(neighbours=PORTS, by=alice)
    content = dfe_file(*LINES, *NEIGHBOURS)
    bring_in(content, by=alice)
    before = stored()

    again = bring_in(content, by=alice)

    value = MeasureValue.objects.get(measure__code="DFE_AT31_EPISODES_CHILDREN_IN_NEED", period__code="2022-23")
    assert [(str(each), each.number) for each in value.comparators.all()] == [
        ("England", 403090),
        ("West Midlands", 45120),
        ("Statistical neighbours, mean of 3 of 3", Decimal("1000.666667")),
    ]
    assert again.summary == "0 new values, 0 changed, 6 as before"
    assert stored() == before


def test_other_neighbours_change_only_what_stands_beside_them(db):
    alice = make_alice()
    Area.objects.filter(pk=make_partnership().area_id).update(name="Northshire", ons_code="E10000028")
    set_neighbours(neighbours=PORTS, by=alice)
    content = dfe_file(*LINES, *NEIGHBOURS)
    bring_in(content, by=alice)
    set_neighbours(neighbours=PORTS[:2], by=alice)

    plan = bring_in(content, by=alice)

    assert plan.summary == "0 new values, 4 changed, 2 as before"
    assert {value.changes for value in plan.changed} == {"comparators"}
    assert plan.changed[0].comparators_text.endswith("Statistical neighbours, mean of 2 of 2: 1,001")


def test_choice_is_kept_with_the_file(db):
    alice = make_alice()
    upload = make_import(by=alice)

    actions.choose_import(
        upload=upload, choice=Choice("Northshire", ("rate_percent",), {"category": ("Children in Need",)}), by=alice
    )

    upload.refresh_from_db()
    assert (upload.authority, upload.columns, upload.categories) == (
        "Northshire",
        ["rate_percent"],
        {"category": ["Children in Need"]},
    )
    said = AuditEvent.objects.first()
    assert (said.verb, said.detail) == ("import.chosen", "Northshire: rate_percent")
