from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction

from partnership import actions as partnership_actions
from partnership.models import AuditEvent
from partnership.states import WrongState
from partnership.tests.factories import make_agency, make_alice, make_erin, make_period
from reviews import actions
from reviews.actions import NamedGrade
from reviews.choices import AssessmentStatus
from reviews.models import Descriptor, SelfAssessment, Standard
from reviews.tests.audit_factories import make_assessment, make_audit

pytestmark = pytest.mark.django_db


def lines():
    events = AuditEvent.objects.filter(target_model="reviews.auditround").order_by("pk")
    return list(events.values_list("verb", "detail"))


def test_a_round_is_prepared_with_the_usual_grades():
    audit_round = make_audit()

    assert [(grade.rank, grade.name, grade.rag) for grade in audit_round.grades.all()] == [
        (1, "Met", "green"),
        (2, "Partly met", "amber"),
        (3, "Not met", "red"),
    ]
    assert [str(standard) for standard in audit_round.standards.all()] == ["1 Listening to children", "2 Escalation"]
    assert lines() == [
        ("audit.prepared", ""),
        ("standard.added", "1 Listening to children"),
        ("standard.added", "2 Escalation"),
    ]


def test_a_round_can_have_four_grades():
    audit_round = make_audit(grades=[NamedGrade(name) for name in ("Excellent", "Good", "Fair", "Poor")])

    assert [grade.rag for grade in audit_round.grades.all()] == ["green", "amber", "amber", "red"]


def test_the_next_round_begins_with_what_the_last_one_asked():
    before = make_audit(grades=[NamedGrade("Yes", "Always"), NamedGrade("No")])

    audit_round = make_audit("Section 11 audit 2023", follows=before)

    assert actions.grades_of(audit_round) == [NamedGrade("Yes", "Always"), NamedGrade("No")]
    assert [(each.code, each.title, each.carried_from.round) for each in audit_round.standards.all()] == [
        ("1", "Listening to children", before),
        ("2", "Escalation", before),
    ]
    descriptors = Descriptor.objects.filter(standard__round=audit_round)
    assert {(each.grade.round, each.text) for each in descriptors} == {
        (audit_round, "Yes looks like this."),
        (audit_round, "No looks like this."),
    }


def test_grades_can_change_places_before_the_first_answer():
    audit_round = make_audit(grades=[NamedGrade("No"), NamedGrade("Yes"), NamedGrade("Perhaps")])

    actions.change_audit(
        audit_round=audit_round,
        title="Other",
        opens_on=date(2022, 7, 1),
        due_on=date(2022, 8, 31),
        grades=[NamedGrade("Yes"), NamedGrade("No")],
        by=make_alice(),
    )

    assert [(grade.name, grade.rag) for grade in audit_round.grades.all()] == [("Yes", "green"), ("No", "red")]


def test_a_standard_is_changed_and_removed_before_the_first_answer():
    audit_round = make_audit()
    first, second = audit_round.standards.all()
    best = audit_round.grades.get(rank=1)

    fields = {"code": "1a", "title": "Hearing children", "guidance": "Ask them.", "link": "https://example.org"}
    actions.change_standard(standard=first, **fields, descriptors={best: "Everywhere."}, by=make_alice())
    actions.remove_standard(standard=second, by=make_alice())

    assert [(str(each), each.guidance, each.link) for each in audit_round.standards.all()] == [
        ("1a Hearing children", "Ask them.", "https://example.org")
    ]
    assert [str(each) for each in Descriptor.objects.all()] == ["Met: Everywhere."]


def test_after_the_first_answer_grades_and_standards_stay():
    audit_round = make_assessment(AssessmentStatus.DRAFT).round
    standard = audit_round.standards.first()
    alice = make_alice()
    dates = {"title": "Other", "opens_on": date(2022, 7, 1), "due_on": date(2022, 9, 30)}

    for act, arguments in (
        (actions.add_standard, {"audit_round": audit_round, "code": "9", "title": "Late"}),
        (actions.remove_standard, {"standard": standard}),
        (
            actions.change_standard,
            {"standard": standard, "code": "9", "title": "", "guidance": "", "link": "", "descriptors": {}},
        ),
        (actions.change_audit, {"audit_round": audit_round, **dates, "grades": [NamedGrade("A"), NamedGrade("B")]}),
    ):
        with pytest.raises(WrongState, match="has answered already"):
            act(**arguments, by=alice)

    actions.change_audit(audit_round=audit_round, **dates, by=alice)
    audit_round.refresh_from_db()
    assert (audit_round.title, audit_round.due_on) == ("Other", date(2022, 9, 30))
    assert Standard.objects.count() == 2


def test_standards_of_a_signed_year_stay_though_nobody_answered():
    audit_round = make_assessment().round
    partnership_actions.close_period(period=make_period(), by=make_erin())

    with pytest.raises(WrongState, match="The report of 2022/23 is signed"):
        actions.remove_standard(standard=audit_round.standards.first(), by=make_alice())

    assert Standard.objects.count() == 2


def test_opening_asks_each_agency_once():
    audit_round = make_audit()
    police, health = make_agency("police"), make_agency("health")

    actions.open_audit(audit_round=audit_round, agencies=[police], by=make_alice())
    actions.open_audit(audit_round=audit_round, agencies=[police, health], by=make_alice())

    assert {each.agency for each in SelfAssessment.objects.all()} == {police, health}
    assert {each.status for each in SelfAssessment.objects.all()} == {"not-started"}
    assert lines()[-2:] == [("audit.opened", "County Police"), ("audit.opened", "County Health")]


@time_machine.travel("2022-06-30", tick=False)
def test_a_round_does_not_open_before_its_day():
    with pytest.raises(WrongState, match="opens on 1 July 2022"):
        actions.open_audit(audit_round=make_audit(), agencies=[make_agency()], by=make_alice())

    assert SelfAssessment.objects.count() == 0


def test_a_round_without_standards_does_not_open():
    with pytest.raises(WrongState, match="Add a standard first"):
        actions.open_audit(audit_round=make_audit(standards=()), agencies=[make_agency()], by=make_alice())


@pytest.mark.parametrize("wrong", [{"due_on": date(2022, 6, 30)}, {"title": "Section 11 audit 2021"}])
def test_the_database_refuses_what_must_never_be(wrong):
    make_audit("Section 11 audit 2021")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_audit(**wrong)
