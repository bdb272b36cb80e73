from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook

from partnership.spreadsheets import UnreadableFile, read_table
from training.imports import Double, SheetSession, from_json, read_sheet, to_json
from training.imports.words import column_of, role_group_of
from training.matching import likely_type, suggestions
from training.tests.factories import HEADINGS, sheet_file, sheet_rows


def read(rows, headings=HEADINGS, kind="csv"):
    table = read_table(sheet_file(rows, headings=headings, kind=kind), name=f"sheet.{kind}")
    return read_sheet(
        table,
        courses={"NEGLECT": "NEGLECT", "Recognising neglect": "NEGLECT"},
        starts_on=date(2022, 4, 1),
        ends_on=date(2023, 3, 31),
        today=date(2023, 1, 31),
    )


def said(sheet):
    return [str(fault) for fault in sheet.faults]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_lines_are_read_without_names(kind):
    rows = [
        ("Recognising neglect", "01/05/2022", "Staffs Police", "Alice Example", "Attended", "Constable"),
        ("neglect", "2022-05-01", "staffs  police", "Bob Example", "No show", "Sergeant"),
        ("NEGLECT", "2 June 2022", "St Mary's", "Alice Example", "walk-in", ""),
    ]

    sheet = read(rows, kind=kind)

    assert said(sheet) == []
    assert sheet.sessions == (SheetSession("NEGLECT", date(2022, 5, 1)), SheetSession("NEGLECT", date(2022, 6, 2)))
    assert sheet.organisations == ("Staffs Police", "St Mary's")
    assert [line[:4] for line in sheet.lines] == [
        (0, 0, "direct", "attended"),
        (0, 0, "manager", "no-show"),
        (1, 1, "", "unscheduled"),
    ]
    assert "example" not in to_json(sheet).casefold()
    assert from_json(to_json(sheet)) == sheet


def test_the_same_person_has_one_digest_in_a_sheet_and_another_in_the_next():
    rows = [
        ("NEGLECT", "01/05/2022", "Police", "Bob Example", "Attended", ""),
        ("NEGLECT", "02/05/2022", "police", "BOB  example", "Attended", ""),
    ]

    first, second = read(rows), read(rows)

    assert len({line.person for line in first.lines}) == 1
    assert {line.person for line in first.lines} & {line.person for line in second.lines} == set()


def test_an_email_address_says_who_it_is_whatever_the_name():
    headings = ("Course", "Date", "Employer", "First name", "Surname", "Email address")
    rows = [
        ("NEGLECT", "01/05/2022", "Police", "Bob", "Example", "bob@example.org"),
        ("NEGLECT", "01/05/2022", "Police", "Robert", "Example", "Bob@example.org"),
        ("NEGLECT", "01/05/2022", "Police", "Bob", "Sample", ""),
    ]

    sheet = read(rows, headings)

    assert sheet.doubles == (Double(line=3, first=2),)
    assert (len(sheet.lines), sheet.has_bookings) == (2, False)


def test_a_person_listed_twice_for_a_session_is_counted_once():
    sheet = read([*sheet_rows(2), *sheet_rows(1)])

    assert (said(sheet), len(sheet.lines), sheet.doubles) == ([], 2, (Double(line=4, first=2),))


def test_a_person_of_whom_two_lines_say_different_things_is_a_fault():
    [row] = sheet_rows(1)

    sheet = read([row, (*row[:4], "No show", row[5])])

    assert said(sheet) == [
        "Line 3, column “Status”: Line 2 says something else of this person at this session. Keep one."
    ]


def test_every_bad_line_is_named_by_line_and_column_and_never_by_the_person():
    good = ("NEGLECT", "01/05/2022", "Police", "Bob Example", "Attended", "")

    def but(**changes):
        names = ("course", "date", "organisation", "person", "status", "role")
        return tuple(changes.get(name, value) for name, value in zip(names, good, strict=True))

    sheet = read(
        [
            but(course="Recognizing neglct"),
            but(course="Swimming"),
            but(date="31/04/2022"),
            but(date="01/05/2021"),
            but(date="01/03/2023"),
            but(date="01/05/9999"),
            but(organisation=""),
            but(person=""),
            but(status="booked"),
            but(course="", date="", status=""),
        ]
    )

    outcomes = "attended, no show, late cancellation, unscheduled, cancelled"
    year = "which goes from 1 April 2022 to 31 March 2023."
    assert said(sheet) == [
        "Line 2, column “Course”: There is no course “Recognizing neglct”. Did you mean “Recognising neglect”?",
        "Line 3, column “Course”: There is no course “Swimming”. Add it to the programme first.",
        "Line 4, column “Date”: “31/04/2022” is not a real date. Write it as 31/03/2023 or 2023-03-31.",
        f"Line 5, column “Date”: 1 May 2021 is not in the year of this import, {year}",
        "Line 6, column “Date”: 1 March 2023 is still to come.",
        f"Line 7, column “Date”: 1 May 9999 is not in the year of this import, {year}",
        "Line 8, column “Organisation”: This cell is empty. Enter where the person works.",
        "Line 9, column “Name”: This cell is empty. Who was it?",
        f"Line 10, column “Status”: “booked” does not tell what became of the place. Write one of: {outcomes}.",
        "Line 11, column “Course”: This cell is empty. Enter the course.",
        "Line 11, column “Date”: This cell is empty. Enter the date.",
        f"Line 11, column “Status”: This cell is empty. Write one of: {outcomes}.",
    ]
    assert (sheet.lines, sheet.sessions) == ((), ())


def test_a_sheet_says_which_columns_it_lacks_and_which_mean_the_same():
    sheet = read([("NEGLECT", "Police", "Health")], headings=("Training", "Agency", "Employer"))

    assert said(sheet) == [
        "Line 1: No column tells its date. Call it “Date” in the first line.",
        "Line 1: No column tells the person. Call it “Person” in the first line.",
        "Line 1: “Agency” and “Employer” mean the same. Rename or remove one.",
    ]


def test_after_too_many_faults_the_rest_is_not_read():
    sheet = read([("Swimming", "01/05/2022", "Police", f"P {number}", "Attended", "") for number in range(900)])

    assert len(sheet.faults) == 501
    assert said(sheet)[-1] == (
        "Line 502: Nothing below this line was read, because too much above it must be put right."
    )


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Course Title", "course"),
        ("DATE OF SESSION", "date"),
        ("Organisation:", "organisation"),
        ("E-mail", "email"),
        ("Attended?", "status"),
        ("job_title", "role"),
        ("Dietary needs", ""),
    ],
)
def test_columns_are_known_by_the_words_people_use(heading, column):
    assert column_of(heading) == column


@pytest.mark.parametrize(
    ("job", "group"),
    [
        ("Designated safeguarding lead", "safeguarding-lead"),
        ("Team manager", "manager"),
        ("Social worker", "direct"),
        ("School governor", "volunteer"),
        ("Chef", "other"),
        ("Works directly with children or families", "direct"),
        ("", ""),
    ],
)
def test_job_titles_become_few_groups(job, group):
    assert role_group_of(job) == group


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("Staffs Police", [1]),
        ("Staffordshire Police HQ", [1, 2]),
        ("STAFFORDSHIRE COUNTY COUNCIL", [2, 1]),
        ("Greenfield Primary", []),
        ("The police of Stoke", [1]),
        ("Policewomen's union", []),
        ("", []),
    ],
)
def test_the_nearest_agencies_are_suggested_first(name, nearest):
    names = {1: ("Staffordshire Police", "Police"), 2: ("Staffordshire County Council", "County council")}

    assert suggestions(name, names) == nearest


@pytest.mark.parametrize(
    ("name", "kind", "likely"),
    [
        ("Staffordshire Police", "safeguarding-partner", "police"),
        ("Greenfield Primary", "", "schools"),
        ("Little Oaks Nursery School", "", "early-years"),
        ("Trust for the Arts", "voluntary", "voluntary"),
        ("Acme", "", ""),
    ],
)
def test_the_likely_kind_of_an_organisation_is_offered(name, kind, likely):
    assert likely_type(name, kind) == likely


def test_merged_cells_are_refused_with_their_places():
    workbook = Workbook()
    sheet = workbook.active
    for row in (HEADINGS, *sheet_rows(4)):
        sheet.append(row)
    sheet.merge_cells("A2:A5")
    file = BytesIO()
    workbook.save(file)

    assert len(read_table(file.getvalue(), name="sheet.xlsx").rows) == 5
    with pytest.raises(UnreadableFile, match=r"This sheet has merged cells: A2:A5\. In Excel, choose “Unmerge cells”"):
        read_table(file.getvalue(), name="sheet.xlsx", may_have_merged_cells=False)


def test_merged_cells_of_another_sheet_do_no_harm():
    workbook = Workbook()
    for row in (HEADINGS, *sheet_rows(2)):
        workbook.active.append(row)
    workbook.create_sheet("Notes").merge_cells("A1:C1")
    file = BytesIO()
    workbook.save(file)

    assert len(read_table(file.getvalue(), name="sheet.xlsx", may_have_merged_cells=False).rows) == 3
