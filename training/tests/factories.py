"""The smallest valid training records."""

from datetime import date

from partnership.models import User
from partnership.spreadsheets import read_table, write_table
from partnership.tests.factories import make_agency, make_alice, make_period
from training import actions, importing
from training.choices import CourseKind, CourseMode, OrganisationType
from training.counting import Counts
from training.imports import read_sheet
from training.models import Attendance, AttendanceSheet, Course, Licence, Session
from training.queries import courses_by_name

HELD_ON = date(2022, 5, 1)
HEADINGS = ("Course", "Date", "Organisation", "Name", "Status", "Job title")


def make_course(code: str = "NEGLECT", **fields) -> Course:
    known = Course.objects.filter(code=code).first()
    return known or actions.add_course(
        **{
            "code": code,
            "title": f"Recognising {code.lower()}",
            "mode": CourseMode.VIRTUAL,
            "kind": CourseKind.MANDATORY,
            "by": make_alice(),
            **fields,
        }
    )


def make_session(course: Course | None = None, held_on: date = HELD_ON, capacity: int | None = 30, **fields) -> Session:
    by = fields.pop("by", None) or make_alice()
    return actions.record_session(course=course or make_course(), held_on=held_on, capacity=capacity, **fields, by=by)


def make_attendance(session: Session | None = None, agency: str = "police", **counts) -> Attendance:
    """Twenty of an agency, without bookings unless they are given."""
    return actions.record_attendance(
        session=session or make_session(),
        agency=make_agency(agency),
        organisation_type=OrganisationType.OTHER,
        counts=Counts(**{"attended": 20, **counts}),
        by=make_alice(),
    )


def make_licence(**fields) -> Licence:
    return actions.record_licences(
        **{
            "course": make_course("GCP2"),
            "agency": make_agency(),
            "period": make_period(),
            "trained": 40,
            "licensed": 30,
            "expires_on": date(2025, 3, 31),
            "by": make_alice(),
            **fields,
        }
    )


def sheet_rows(count: int = 3, *, course: str = "NEGLECT", organisation: str = "Police", held_on: str = "01/05/2022"):
    """So many lines of an attendance sheet, each of another person who attended."""
    return [(course, held_on, organisation, f"Person {number}", "Attended", "Constable") for number in range(count)]


def sheet_file(rows, *, headings=HEADINGS, kind: str = "csv") -> bytes:
    return write_table(kind, title="Attendance", headings=headings, rows=rows)


def make_sheet(rows=None, *, by: User | None = None, name: str = "sheet.csv") -> AttendanceSheet:
    """A sheet that was read and waits to be confirmed."""
    make_course()
    period = make_period()
    content = sheet_file(rows or sheet_rows())
    sheet = read_sheet(
        read_table(content, name=name),
        courses=courses_by_name(Course.objects.all()),
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        today=date(2023, 4, 1),
    )
    assert sheet.faults == ()
    return importing.keep_sheet(name=name, content=content, sheet=sheet, period=period, by=by or make_alice())
