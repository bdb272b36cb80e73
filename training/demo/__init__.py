"""The demo partnership's training year. The split by organisation type is illustrative, and each session says so."""

import tomllib
from decimal import Decimal
from pathlib import Path

from partnership.models import Agency, Area, ReportingPeriod, User
from priorities import rounds
from priorities.actions import define_measure
from priorities.choices import MeasureKind, Polarity, Unit
from priorities.models import Measure, Priority, ReportingDuty
from training import actions, inviting
from training.actions.evaluation import Answers
from training.choices import Did, Moment
from training.counting import Counts
from training.models import Course, EvaluationForm, Session
from training.moments import window

HERE = Path(__file__).parent
AREA, PRIORITY = "staffordshire", "PRACTICE"


def load(people: dict[str, User]) -> None:
    data = tomllib.loads((HERE / "training.toml").read_text())
    officer, manager = people["board.officer"], people["board.manager"]
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    priorities = {priority.code: priority for priority in Priority.objects.all()}
    courses = {
        row["code"]: actions.add_course(**row | {"priority": priorities.get(row.get("priority", ""))}, by=officer)
        for row in data["course"]
    }
    for row in data["session"]:
        session = _load_session(row, courses[row["course"]], caveat=data["note"], by=officer)
        for line in row.get("lines", ()):
            _load_line(line, session, agencies, by=officer)
    periods = {period.code: period for period in ReportingPeriod.objects.all()}
    for row in data["licence"]:
        named = {"course": courses[row["course"]], "agency": agencies[row["agency"]], "period": periods[row["period"]]}
        actions.record_licences(**row | named, by=officer)
    for row in data["evaluation"]:
        _load_evaluation(row, courses[row["course"]], caveat=data["evaluated_note"], by=officer)
    inviting.forget_addresses()
    _load_measures(data["measure"], agencies, periods, by=manager)


def _load_session(row: dict, course: Course, *, caveat: str, by: User) -> Session:
    return actions.record_session(
        course=course,
        held_on=row["held_on"],
        capacity=row["capacity"] or None,
        attended=row.get("attendance"),
        venue=row.get("venue", ""),
        trainer=row.get("trainer", ""),
        cost=Decimal(row["cost"]) if "cost" in row else None,
        caveat=caveat,
        by=by,
    )


def _load_evaluation(row: dict, course: Course, *, caveat: str, by: User) -> None:
    """People asked about one session, each answering on the first day of each moment; nobody stands behind them."""
    if not EvaluationForm.objects.filter(course=course).exists():
        actions.set_evaluation(course=course, topic=row["topic"], by=by)
    session = actions.record_session(course=course, held_on=row["held_on"], capacity=40, caveat=caveat, by=by)
    emails = [f"person{number}@example.org" for number in range(row["asked"])]
    people = actions.invite_people(session=session, emails=emails, today=session.held_on, by=by)
    for number, (before, later) in enumerate(row["marks"]):
        has_done = Did.YES if number < row["did"] else Did.NOT_YET
        words = row.get("words", {}) if number == 0 else {}
        for moment, marks in ((Moment.BASELINE, before), (Moment.AFTER, later), (Moment.FOLLOW_UP, later)):
            said = {"has_done": has_done, **words} if moment == Moment.FOLLOW_UP else {}
            answer = actions.answer_evaluation(
                invitation=people[number],
                moment=moment,
                answers=Answers(confidence=marks, knowledge=marks, **said),
                today=window(moment, session.held_on).opens_on,
            )
            if said.get("did"):
                actions.release_quote(answer=answer, question="did", by=by)


def _load_line(row: dict, session: Session, agencies: dict[str, Agency], *, by: User) -> None:
    bookings = {name: row.get(name, 0) for name in ("booked", "late_cancelled", "no_show")} if "booked" in row else {}
    actions.record_attendance(
        session=session,
        agency=agencies.get(row.get("agency", "")),
        organisation_type=row["type"],
        counts=Counts(attended=row["attended"], **bookings, unscheduled=0 if bookings else None),
        by=by,
    )


def _load_measures(
    rows: list[dict], agencies: dict[str, Agency], periods: dict[str, ReportingPeriod], *, by: User
) -> None:
    """The rates, what evaluation found, and what agencies return of their own training once a year."""
    area, priority = Area.objects.get(code=AREA), Priority.objects.get(code=PRIORITY)
    asked = []
    for row in rows:
        texts = {name: row[name] for name in row if name not in ("owner", "asked")}
        measure = define_measure(
            **{"unit": Unit.PERCENT, "kind": MeasureKind.HOW_WELL, **texts},
            polarity=Polarity.UP,
            area=area,
            owner=agencies[row["owner"]],
            priority=priority,
            by=by,
        )
        if "asked" in row:
            asked.append((measure, agencies[row["owner"]], periods[row["asked"]]))
    for agency in {agency for _, agency, _ in asked}:
        _ask_for(agency, [(measure, period) for measure, asked_of, period in asked if asked_of == agency], by=by)


def _ask_for(agency: Agency, measures: list[tuple[Measure, ReportingPeriod]], *, by: User) -> None:
    """Ask an agency for measures from the next round on, with what it is asked for already."""
    duty = ReportingDuty.objects.in_force().filter(agency=agency).order_by("pk").first()
    before = [(each.measure, each.period) for each in duty.duty_measures.select_related("measure", "period")]
    rounds.change_duty(duty=duty, measures=[*before, *measures], by=by)
