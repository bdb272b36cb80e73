"""The smallest valid training records."""

from datetime import date, timedelta

from partnership.models import User
from partnership.spreadsheets import read_table, write_table
from partnership.tests.factories import make_agency, make_alice, make_period
from training import actions, importing
from training.actions.evaluation import Answers, hash_of
from training.choices import CourseKind, CourseMode, Did, Moment, OrganisationType
from training.counting import Counts
from training.imports import read_sheet
from training.models import Attendance, AttendanceSheet, Course, EvaluationForm, Invitation, Letter, Licence, Session
from training.moments import window
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


def make_evaluated(course: Course | None = None, held_on: date = HELD_ON) -> Session:
    """A session of a course that is evaluated."""
    course = course or make_course()
    if not EvaluationForm.objects.filter(course=course).exists():
        actions.set_evaluation(course=course, topic="recognising neglect", by=make_alice())
    return make_session(course, held_on=held_on)


def make_invitations(count: int = 1, session: Session | None = None) -> list[Invitation]:
    session = session or make_evaluated()
    emails = [f"person{number}.{session.pk}@example.org" for number in range(count)]
    return actions.invite_people(session=session, emails=emails, today=session.held_on, by=make_alice())


def answer(invitation: Invitation, moment: str, confidence: int = 3, **fields):
    """What somebody answers on the first day of the moment."""
    if moment == Moment.FOLLOW_UP:
        fields = {"has_done": Did.YES, **fields}
    answers = Answers(**{"confidence": confidence, "knowledge": 3, **fields})
    today = window(moment, invitation.session.held_on).opens_on
    return actions.answer_evaluation(invitation=invitation, moment=moment, answers=answers, today=today)


def make_evaluation(*pairs: tuple[int, int], asked: int = 20, session: Session | None = None, done: int = 0) -> Session:
    """People with their confidence before and 6 to 12 weeks later; the first `done` of them did something."""
    session = session or make_evaluated()
    invitations = make_invitations(asked, session)
    for number, (before, later) in enumerate(pairs):
        answer(invitations[number], Moment.BASELINE, before)
        answer(invitations[number], Moment.FOLLOW_UP, later, has_done=Did.YES if number < done else Did.NOT_YET)
    return session


def make_link(moment: str = Moment.BASELINE, invitation: Invitation | None = None) -> str:
    """The token of a link that somebody was sent."""
    invitation = invitation or make_invitations()[0]
    token = f"{moment}-{invitation.number}"
    Letter.objects.create(invitation=invitation, moment=moment, token_hash=hash_of(token))
    return token


def days_after(session: Session, days: int) -> date:
    return session.held_on + timedelta(days)


def make_evaluation_world() -> dict[str, dict]:
    """Words that may be quoted, others that are, and a link, as the addresses of their pages name them."""
    one, two = make_invitations(2, make_evaluated(make_course("EVALUATED")))
    words = answer(one, Moment.AFTER, will_do="Listen more.", can_be_quoted=True)
    released = answer(two, Moment.AFTER, will_do="Ask twice.", can_be_quoted=True)
    quote = actions.release_quote(answer=released, question="will_do", by=make_alice())
    return {
        "words": {"pk": words.pk, "question": "will_do"},
        "released words": {"pk": quote.pk},
        "link": {"token": make_link(Moment.BASELINE, one)},
    }
