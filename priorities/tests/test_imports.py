import io
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import Workbook

from partnership.spreadsheets import read_table
from priorities.choices import ComparatorKind, Qualifier, Unit
from priorities.imports import (
    Choice,
    ImportedArea,
    ImportedComparator,
    ImportedNumber,
    Neighbours,
    dfe_code,
    dfe_period,
    financial_year,
    offer_of,
    read_import,
)
from priorities.imports.neighbours import mean_of
from priorities.tests.dfe_sample import HEADINGS, LINES, NEIGHBOURS, dfe_file

SIMPLE = (
    "Measure,Period,Value,Qualifier,Source,As at,Note,England,Region,Statistical neighbours,Target\n"
    'MACE_CHILDREN,2022/23,"1,234",about,MACE panel,31/03/2023,Counted by hand,,12.5,x,1300\n'
    "DA_CALLS,2022-23-q1,c,,Police,2022-06-30,,,,,\n"
)


def read(content, *, authority="Northshire", columns=(), categories=None, neighbours=None, name="figures.csv"):
    table = read_table(content if isinstance(content, bytes) else content.encode(), name=name)
    return read_import(table, choice=Choice(authority, columns, categories or {}), neighbours=neighbours)


def faults(content, **options):
    return [str(fault) for fault in read(content, **options).faults]


def test_dfe_file_gives_an_authoritys_values_with_england_and_the_region():
    found = read(dfe_file())

    assert found.faults == ()
    assert [(value.line, value.column, value.period, value.value) for value in found.values] == [
        (5, "At31_episodes", "2022-23", ImportedNumber(Decimal(5454))),
        (5, "awaiting_assessment", "2022-23", ImportedNumber(Decimal(432))),
        (5, "rate_percent", "2022-23", ImportedNumber(Decimal("7.5"))),
        (9, "At31_episodes", "2021-22", ImportedNumber(Decimal(4907))),
        (9, "awaiting_assessment", "2021-22", ImportedNumber(None, "c")),
        (9, "rate_percent", "2021-22", ImportedNumber(None, "z")),
    ]
    assert [value.comparators for value in found.values][1::4] == [
        (
            ImportedComparator(ComparatorKind.ENGLAND, "", ImportedNumber(Decimal(15830))),
            ImportedComparator(ComparatorKind.REGION, "West Midlands", ImportedNumber(None, "c")),
        ),
        (
            ImportedComparator(ComparatorKind.ENGLAND, "", ImportedNumber(None, "u")),
            ImportedComparator(ComparatorKind.REGION, "West Midlands", ImportedNumber(None, "low")),
        ),
    ]
    assert (found.area.name, found.area.ons_code) == ("Northshire", "E10000028")
    assert [(each.code, each.name, each.unit, each.decimals) for each in found.measures.values()] == [
        ("DFE_AT31_EPISODES_CHILDREN_IN_NEED", "At31 episodes (Children in Need)", Unit.EPISODES, 0),
        ("DFE_AWAITING_ASSESSMENT_CHILDREN_IN_NEED", "Awaiting assessment (Children in Need)", Unit.CHILDREN, 0),
        ("DFE_RATE_PERCENT_CHILDREN_IN_NEED", "Rate percent (Children in Need)", Unit.PERCENT, 1),
    ]


@pytest.mark.parametrize("authority", ["northshire", " E10000028 ", "860"])
def test_authority_is_chosen_by_name_or_code(authority):
    assert len(read(dfe_file(), authority=authority).values) == 6


def test_unknown_authority_is_answered_with_those_that_are_near():
    assert faults(dfe_file(), authority="Northshir") == [
        "Line 1, column “la_name”: There is no local authority “Northshir” in this file. Did you mean Northshire?"
    ]


def test_lines_split_by_words_become_measures_of_their_own():
    content = (
        HEADINGS.replace("category", "sex")
        + "\n"
        + "\n".join(
            line.replace("Children in Need", sex)
            for line in LINES[:5]
            for sex in ("Total", "Female", "Unknown or male")
        )
    )

    found = read(content)

    assert found.faults == ()
    assert [code for code in found.measures if "EPISODES" in code] == [
        "DFE_AT31_EPISODES",
        "DFE_AT31_EPISODES_FEMALE",
        "DFE_AT31_EPISODES_UNKNOWN_OR_MALE",
    ]


def test_long_codes_stay_different_and_short_enough():
    codes = {dfe_code("a" * 80 + end, ("Total",)) for end in "bcd"}

    assert {len(code) for code in codes} == {60}
    assert len(codes) == 3


def test_five_faults_are_all_named_by_line_and_column():
    lines = list(LINES)
    lines[0] = lines[0].replace("403090", "n/a")
    lines[3] = lines[3].replace("2023,", "20x3,")
    lines[4] = lines[4].replace("Local authority", "Lokal authority")
    lines[5] = lines[5].replace("18160", "")
    lines[7] = lines[7].replace("4907", "4907%")

    assert faults(dfe_file(*lines)) == [
        "Line 2, column “At31_episodes”: “n/a” is not a number. Write a number, or one of the codes c, z, x, u, low.",
        "Line 5, column “time_period”: “20x3” is not a period as the Department writes it for a reporting year, "
        "such as 2024.",
        "Line 6, column “geographic_level”: “Lokal authority” is not known. "
        "Write National, Regional or Local authority.",
        "Line 7, column “awaiting_assessment”: This cell is empty. Write a number, "
        "or one of the codes c, z, x, u, low: x says that the number is not available.",
        "Line 9, column “At31_episodes”: “4907%” has a sign. In the Department's layout a number stands alone, "
        "such as 12.5.",
    ]


def test_line_that_repeats_another_or_has_a_cell_too_many_is_named():
    assert faults(dfe_file(*LINES, LINES[3], LINES[0] + ",9")) == [
        "Line 11, column “time_period”: Line 5 gives this place for this period already.",
        "Line 12: This line has 15 cells, but there are 14 columns. Look for a comma that should not be there.",
    ]


@pytest.mark.parametrize(
    ("period", "identifier", "code", "starts_on", "ends_on"),
    [
        ("2025", "Reporting year", "2024-25", date(2024, 4, 1), date(2025, 3, 31)),
        ("202425", "Financial year", "2024-25", date(2024, 4, 1), date(2025, 3, 31)),
        ("202425", "Academic year", "ay2024-25", date(2024, 9, 1), date(2025, 8, 31)),
        ("2024", "Calendar year", "cy2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("202425", "Financial year Q4", "2024-25-q4", date(2025, 1, 1), date(2025, 3, 31)),
    ],
)
def test_dfe_period_has_its_dates(period, identifier, code, starts_on, ends_on):
    found = dfe_period(period, identifier)

    assert (found.code, found.starts_on, found.ends_on) == (code, starts_on, ends_on)


def test_simple_file_gives_a_value_for_each_line():
    first, second = read(SIMPLE).values

    assert (first.measure, first.dates.code, first.value, first.qualifier) == (
        "MACE_CHILDREN",
        "2022-23",
        ImportedNumber(Decimal(1234)),
        Qualifier.ABOUT,
    )
    assert (first.source, first.as_at, first.note) == ("MACE panel", date(2023, 3, 31), "Counted by hand")
    assert [(each.kind, each.value.number, each.value.code) for each in first.comparators] == [
        (ComparatorKind.REGION, Decimal("12.5"), ""),
        (ComparatorKind.NEIGHBOURS, None, "x"),
        (ComparatorKind.TARGET, Decimal(1300), ""),
    ]
    assert (second.period, second.dates, second.value, second.comparators) == (
        "2022-23-q1",
        None,
        ImportedNumber(None, "c"),
        (),
    )


def test_workbook_equals_csv():
    book = Workbook()
    header, *_ = SIMPLE.splitlines()
    book.active.append(header.split(","))
    row = ["MACE_CHILDREN", "2022/23", 1234, "about", "MACE panel", date(2023, 3, 31), "Counted by hand"]
    book.active.append([*row, None, 12.5, "x", 1300])
    book.active.append(["DA_CALLS", "2022-23-q1", "c", None, "Police", date(2022, 6, 30)])
    file = io.BytesIO()
    book.save(file)

    assert read(file.getvalue(), name="figures.xlsx") == read(SIMPLE)


def test_dfe_workbook_equals_csv():
    book = Workbook()
    for row in read_table(dfe_file(), name="x.csv").rows:
        book.active.append([int(cell) if cell.isdigit() else cell for cell in row.cells])
    file = io.BytesIO()
    book.save(file)

    assert read(file.getvalue(), name="figures.xlsx") == read(dfe_file())


def test_five_faults_of_a_simple_file_are_all_named():
    content = (
        "measure,period,value,qualifier,source,as at,target\n"
        ",2022-23,5,,Police,,\n"
        "A,2022-23,ten,roughly,Police,,\n"
        "A,2021-22,1.1234567,,,31/02/2023,\n"
    )

    assert faults(content) == [
        "Line 2, column “measure”: This cell is empty. Enter the measure.",
        "Line 3, column “value”: “ten” is not a number. Write a number, or one of the codes c, z, x, u, low.",
        "Line 3, column “qualifier”: “roughly” is not known here. Write one of exact, about, over, almost, under, "
        "or leave the cell empty.",
        "Line 4, column “source”: This cell is empty. Enter the source.",
        "Line 4, column “value”: 1.1234567 has more than 6 decimals. Round it.",
        "Line 4, column “as at”: “31/02/2023” is not a real date. Write it as 31/03/2023 or 2023-03-31.",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            "measure,period,valeu,source\nA,2022-23,1,B\n",
            [
                "Line 1, column “valeu”: This column is not known. Did you mean “value”?",
                "Line 1, column “value”: This column is missing. The first line must name it.",
            ],
        ),
        (
            "measure,period,value,source,Source\nA,2022-23,1,B,C\n",
            [
                "Line 1, column “source”: There are two columns of this name. Rename or remove one.",
                "Line 1, column “Source”: There are two columns of this name. Rename or remove one.",
            ],
        ),
        ("measure,period,value,,source\nA,2022-23,1,,B\n", ["Line 1: Column 4 has no name."]),
        (
            "measure;period;value;source\nA;2022-23;1,234;B\n",
            [
                "Line 2, column “value”: “1,234” can mean two numbers in this file. "
                "Write it without commas, such as 1234 or 7.5."
            ],
        ),
        (
            "measure,period,value,qualifier,source\nA,2022-23,c,about,B\n",
            ["Line 2, column “qualifier”: A code has no qualifier. Leave this cell empty."],
        ),
        (
            "measure,period,value,source\nA,2022-23,1,B\na,2022-23,2,B\n",
            ["Line 3, column “measure”: Line 2 gives this measure for this period already."],
        ),
        (
            "measure,period,value,source\nA,2022-23,900000000000,B\n",
            ["Line 2, column “value”: 900000000000 is too large to be right."],
        ),
    ],
)
def test_fault_is_named(content, said):
    assert faults(content) == said


@pytest.mark.parametrize("code", ["C", ":", "n/a", "-", "..", "1-5", "1e5", "٣"])
def test_nothing_else_passes_for_a_code_or_a_number(code):
    assert len(faults(f"measure,period,value,source\nA,2022-23,{code},B\n")) == 1


@pytest.mark.parametrize("text", ["2022-23", "2022/23", "2022–23", "2022/2023"])
def test_financial_year_is_known_by_its_years(text):
    assert financial_year(text).code == "2022-23"


@pytest.mark.parametrize("text", ["2022", "2022-24", "2022-23-q1", "1822-23", "22-23"])
def test_other_words_are_no_financial_year(text):
    assert financial_year(text) is None


BY_SEX = HEADINGS.replace("category", "sex")
SEXES = ("Total", "Female")


def by_sex():
    lines = (line.replace("Children in Need", sex) for line in LINES[:5] for sex in SEXES)
    return "\n".join([BY_SEX, *lines])


def test_offer_tells_authorities_measures_and_kinds_of_lines():
    offer = offer_of(read_table(by_sex().encode(), name="x.csv"))

    assert offer.authorities == (
        ImportedArea("Northshire", "E10000028"),
        ImportedArea("Southport, City of", "E06000021"),
    )
    assert list(offer.measures) == ["At31_episodes", "awaiting_assessment", "rate_percent"]
    assert offer.measures["At31_episodes"] == {
        "DFE_AT31_EPISODES": "At31 episodes",
        "DFE_AT31_EPISODES_FEMALE": "At31 episodes (Female)",
    }
    assert offer.categories == {"sex": SEXES}


def test_column_with_one_kind_of_lines_leaves_nothing_to_choose():
    assert offer_of(read_table(dfe_file(), name="x.csv")).categories == {}


def test_simple_file_offers_nothing_to_choose():
    assert offer_of(read_table(SIMPLE.encode(), name="x.csv")) is None


def test_only_the_chosen_columns_are_read():
    lines = [LINES[0].replace("403090", "n/a"), *LINES[1:]]

    found = read(dfe_file(*lines), columns=("rate percent", "AWAITING_ASSESSMENT"))

    assert found.faults == ()
    assert [value.column for value in found.values] == ["awaiting_assessment", "rate_percent"] * 2
    assert set(found.measures) == {value.measure for value in found.values}


def test_only_the_chosen_kinds_of_lines_are_read():
    found = read(by_sex(), categories={"sex": ("Female",)})

    assert [value.measure for value in found.values] == [
        "DFE_AT31_EPISODES_FEMALE",
        "DFE_AWAITING_ASSESSMENT_FEMALE",
        "DFE_RATE_PERCENT_FEMALE",
    ]


def test_column_that_is_not_there_is_named_with_one_that_is_near():
    assert faults(dfe_file(), columns=("At13_episodes", "sex")) == [
        "Line 1, column “At13_episodes”: There is no such column with numbers in this file. "
        "Did you mean “At31_episodes”?",
        "Line 1, column “sex”: There is no such column with numbers in this file. "
        "It has At31_episodes; awaiting_assessment; rate_percent.",
    ]


def test_simple_file_has_no_columns_to_choose():
    assert faults(SIMPLE, columns=("value",)) == ["Line 1: Columns can be chosen from a file of the Department only."]


OWN = ImportedArea("Northshire", "E10000028")
THREE = (ImportedArea("Eastport", "E06000031"), ImportedArea("Port of the West", "E06000032"), ImportedArea("midport"))


def means(areas, *, authority="Northshire"):
    """The mean of the neighbours for each value, as its label and number."""
    found = read(dfe_file(*LINES, *NEIGHBOURS), authority=authority, neighbours=Neighbours(OWN, areas))
    assert found.faults == ()
    return [
        next(
            ((each.label, each.value.number) for each in value.comparators if each.kind == ComparatorKind.NEIGHBOURS),
            None,
        )
        for value in found.values
    ], found.missing_neighbours


def of_three(number):
    return f"Statistical neighbours, mean of {number} of 3"


def test_mean_of_the_neighbours_is_of_those_with_a_number_and_says_of_how_many():
    assert means(THREE) == (
        [
            (of_three(3), Decimal("1000.666667")),
            (of_three(2), Decimal("10.5")),
            (of_three(3), Decimal("7.5")),
            (of_three(2), Decimal(2000)),
            None,
            None,
        ],
        (),
    )


def test_neighbours_that_are_not_in_the_file_count_and_are_named():
    nowhere = tuple(ImportedArea(f"Nowhere {number}", f"E0600009{number}") for number in range(1, 4))

    found, missing = means((*THREE, *nowhere))

    assert found == [
        ("Statistical neighbours, mean of 3 of 6", Decimal("1000.666667")),
        None,
        ("Statistical neighbours, mean of 3 of 6", Decimal("7.5")),
        None,
        None,
        None,
    ]
    assert missing == ("Nowhere 1", "Nowhere 2", "Nowhere 3")


def test_neighbours_of_one_authority_are_not_those_of_another():
    assert means(THREE, authority="Southport, City of") == ([None] * 6, ())


def test_true_zeros_count_and_codes_do_not():
    found = mean_of([ImportedNumber(Decimal(0)), ImportedNumber(Decimal(3)), ImportedNumber(None, "low")], of=3)

    assert (found.label, found.value) == (of_three(2), ImportedNumber(Decimal("1.5")))
    assert mean_of([ImportedNumber(None, "c")], of=1) is None


def test_of_very_many_faults_the_first_are_named_and_where_reading_ended():
    lines = [LINES[0].replace("2023,", f"{number},") for number in range(9000, 9999)]

    found = faults(dfe_file(*lines))

    assert (len(found), found[0][:42]) == (500, "Line 2, column “time_period”: “9000” is no")
    assert found[-1] == "Line 500: Nothing below this line was read, because too much above it must be put right."


def test_name_that_is_too_long_is_named():
    line = LINES[3].replace("West Midlands", "W" * 121).replace("Northshire", "N" * 121)

    assert faults(dfe_file(line), authority="N" * 121) == [
        "Line 2, column “region_name”: This name has more than 120 characters. Shorten it.",
        "Line 2, column “la_name”: This name has more than 120 characters. Shorten it.",
    ]
