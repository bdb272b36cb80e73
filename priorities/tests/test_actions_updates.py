from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, transaction

from partnership.models import AuditEvent
from partnership.states import WrongState
from partnership.tests.factories import (
    make_agency,
    make_alice,
    make_area,
    make_bob,
    make_erin,
    make_partnership,
    make_period,
)
from priorities import actions
from priorities.actions import ReturnedValue, StaleSave
from priorities.choices import ComparatorKind, Qualifier, Rag, Topic, Unit, UpdateStatus, ValueCode, ValueStatus
from priorities.models import Answer, MeasureValue, QuarterlyUpdate
from priorities.tests.factories import ANSWERS, make_measure, make_priority, make_round, make_update, make_value

pytestmark = pytest.mark.django_db

NOT_STARTED, DRAFT, SUBMITTED, RETURNED, ACCEPTED, REOPENED = UpdateStatus

NOTHING = {
    "progress": "",
    "rag": "",
    "rag_reason": "",
    "impact": "",
    "barriers": "",
    "next_steps": "",
}


def save(update, *, by, version=None, answers=ANSWERS, values=None):
    """Save as somebody who has seen the latest version, by default with every measure answered by 700."""
    return actions.save_update(
        update=update,
        version=update.version if version is None else version,
        answers=answers,
        values=answered(update, 700) if values is None else values,
        by=by,
    )


def answered(update, *numbers):
    """The update's requested measures in order, as many as there are numbers."""
    requested = update.requested_measures.order_by("pk")
    return [
        ReturnedValue(requested=row, number=Decimal(number)) for row, number in zip(requested, numbers, strict=False)
    ]


VERBS = {
    "save": save,
    "submit": lambda update, *, by: actions.submit_update(update=update, by=by),
    "accept": lambda update, *, by: actions.accept_update(update=update, by=by),
    "return": lambda update, *, by: actions.return_update(update=update, reason="Say how you know.", by=by),
    "reopen": lambda update, *, by: actions.reopen_update(update=update, reason="Say how you know.", by=by),
}

MOVES = {
    (NOT_STARTED, "save"): DRAFT,
    (DRAFT, "save"): DRAFT,
    (DRAFT, "submit"): SUBMITTED,
    (SUBMITTED, "accept"): ACCEPTED,
    (SUBMITTED, "return"): RETURNED,
    (RETURNED, "save"): RETURNED,
    (SUBMITTED, "reopen"): REOPENED,
    (RETURNED, "submit"): SUBMITTED,
    (ACCEPTED, "reopen"): REOPENED,
    (REOPENED, "save"): REOPENED,
    (REOPENED, "submit"): SUBMITTED,
}
"""Every move there is; any other pair of status and verb is refused."""


def everything():
    """All that an action could change."""
    return [
        list(model.objects.order_by("pk").values()) for model in (QuarterlyUpdate, Answer, MeasureValue, AuditEvent)
    ]


def lines(update):
    """The update's record of changes, oldest first."""
    events = AuditEvent.objects.filter(target_model="priorities.quarterlyupdate", target_id=update.pk)
    return list(events.order_by("pk").values_list("verb", "by_label", "detail"))


def numbers_and_statuses(update):
    return list(update.values.order_by("measure__code").values_list("measure__code", "number", "status"))


@pytest.mark.parametrize(("status", "verb"), list(MOVES))
def test_a_verb_in_its_state_moves_the_update_and_says_so(status, verb):
    update = make_update(status, measures=(make_measure(),))

    result = VERBS[verb](update, by=make_alice())

    update.refresh_from_db()
    assert (result, update.status) == (update, MOVES[status, verb])
    assert result.status == MOVES[status, verb]


@pytest.mark.parametrize(
    ("status", "verb"), [(status, verb) for status in UpdateStatus for verb in VERBS if (status, verb) not in MOVES]
)
def test_a_verb_in_any_other_state_is_refused_and_changes_nothing(status, verb):
    update = make_update(status, measures=(make_measure(),))
    alice = make_alice()
    before = everything()

    with pytest.raises(WrongState):
        VERBS[verb](update, by=alice)

    assert everything() == before


@pytest.mark.parametrize("verb", ["submit", "accept", "return", "reopen"])
def test_doing_it_twice_is_doing_it_once(verb):
    """Both have read the update before either acts."""
    update = make_update(DRAFT if verb == "submit" else SUBMITTED, measures=(make_measure(),))
    old_copy, alice = QuarterlyUpdate.objects.get(pk=update.pk), make_alice()
    VERBS[verb](update, by=alice)
    before = everything()

    with pytest.raises(WrongState):
        VERBS[verb](old_copy, by=alice)

    assert everything() == before


def test_a_refusal_names_the_update_and_its_state():
    update = make_update(ACCEPTED)

    with pytest.raises(WrongState) as refusal:
        actions.accept_update(update=update, by=make_alice())

    assert str(refusal.value) == "Police on priority ce, Quarter 4 is accepted: this can no longer be done."


def test_what_the_caller_holds_does_not_decide_the_state():
    """A page loaded before somebody else submitted holds an old copy."""
    update = make_update(DRAFT)
    old_copy = QuarterlyUpdate.objects.get(pk=update.pk)
    actions.submit_update(update=update, by=make_bob())

    with pytest.raises(WrongState):
        save(old_copy, by=make_bob())


def test_a_request_makes_an_update_that_asks_for_its_measures():
    measure, alice = make_measure(), make_alice()

    update = actions.request_update(
        round=make_round(),
        agency=make_agency(),
        priority=make_priority(),
        measures=[(measure, make_period("2021-22")), (measure, make_period("2022-23"))],
        by=alice,
    )

    assert (update.status, update.version) == (NOT_STARTED, 0)
    assert [f"{row}" for row in update.requested_measures.all()] == ["Mace children, 2021/22", "Mace children, 2022/23"]
    assert lines(update) == [("update.requested", "Alice", "")]


def test_the_same_update_is_not_asked_for_twice():
    make_update()

    with pytest.raises(IntegrityError), transaction.atomic():
        make_update()

    assert QuarterlyUpdate.objects.count() == 1


def test_a_draft_keeps_what_was_answered_and_what_was_not():
    update = make_update()

    save(update, answers={**NOTHING, "progress": "Panels met.", "rag": Rag.AMBER}, by=make_bob())

    update.refresh_from_db()
    assert (update.rag, update.rag_reason) == (Rag.AMBER, "")
    assert [(answer.question.name, answer.text) for answer in update.answers.all()] == [("progress", "Panels met.")]


def test_each_save_is_a_version():
    update, bob = make_update(), make_bob()

    versions = [save(update, version=version, by=bob).version for version in (0, 1, 2)]

    assert versions == [1, 2, 3]


@pytest.mark.parametrize("version", [0, 2])
def test_a_save_of_another_version_is_refused_and_changes_nothing(version):
    measure = make_measure()
    update, bob = make_update(measures=(measure,)), make_bob()
    update = save(update, by=bob)
    before = everything()

    with pytest.raises(StaleSave):
        save(update, version=version, answers=NOTHING, values=[], by=bob)

    assert everything() == before


def test_a_value_in_a_draft_says_where_it_comes_from():
    measure = make_measure(area=make_area("force"))
    update, bob = make_update(measures=(measure,)), make_bob()
    values = [
        ReturnedValue(
            requested=update.requested_measures.get(),
            number=Decimal("610.5"),
            qualifier=Qualifier.ABOUT,
            note="Counted by hand.",
        )
    ]

    with time_machine.travel(datetime(2023, 4, 14, 23, 30, tzinfo=UTC), tick=False):
        save(update, values=values, by=bob)

    value = update.values.get()
    assert (value.number, value.code, value.qualifier, value.note) == (
        Decimal("610.5"),
        "",
        "about",
        "Counted by hand.",
    )
    assert (value.measure, value.period, value.area) == (measure, make_period(), make_area("force"))
    assert (value.source, value.status, value.entered_by) == (
        "County Police, update for Quarter 4",
        ValueStatus.DRAFT,
        bob,
    )
    assert value.as_at == make_period().ends_on


def test_a_value_of_a_period_that_runs_is_as_at_today():
    update = make_update(measures=(make_measure(),))
    values = [ReturnedValue(requested=update.requested_measures.get(), number=Decimal(610))]

    with time_machine.travel(datetime(2023, 3, 14, 23, 30, tzinfo=UTC), tick=False):
        save(update, values=values, by=make_bob())

    assert update.values.get().as_at == date(2023, 3, 14)


def test_a_value_keeps_its_counts_its_day_and_what_was_asked_about_it():
    update = make_update(measures=(make_measure(unit=Unit.PERCENT),))
    kept = {
        "number": Decimal(45),
        "numerator": Decimal(18),
        "denominator": Decimal(40),
        "as_at": date(2023, 3, 1),
        "concern": "Is it right?",
        "concern_reason": "The panel has closed.",
    }

    save(update, values=[ReturnedValue(requested=update.requested_measures.get(), **kept)], by=make_bob())

    assert update.values.values(*kept).get() == kept


def test_what_looks_like_a_slip_is_explained_before_it_is_submitted():
    update, bob = make_update(measures=(make_measure(),)), make_bob()
    asked = {"requested": update.requested_measures.get(), "number": Decimal(6100), "concern": "Is it right?"}
    update = save(update, values=[ReturnedValue(**asked)], by=bob)

    with pytest.raises(WrongState, match="why the figure for Mace children, 2022/23 is right"):
        actions.submit_update(update=update, by=bob)

    update = save(
        update, version=1, values=[ReturnedValue(**asked, concern_reason="We count the whole force.")], by=bob
    )
    assert actions.submit_update(update=update, by=bob).status == UpdateStatus.SUBMITTED


def test_a_value_says_who_agreed_it_and_when():
    update = make_update(UpdateStatus.SUBMITTED, measures=(make_measure(),))
    assert update.values.values_list("agreed_at", "agreed_by").get() == (None, None)

    update = actions.accept_update(update=update, by=make_erin())

    value = update.values.get()
    assert (value.agreed_at, value.agreed_by) == (update.decided_at, update.decided_by)


@pytest.mark.parametrize(
    ("number", "code", "expected"),
    [
        (None, ValueCode.NOT_AVAILABLE, (None, "x")),
        (None, ValueCode.UNRELIABLE, (None, "u")),
        (None, "", (None, "x")),
        (Decimal(0), "", (Decimal(0), "")),
        (Decimal(7), ValueCode.NOT_AVAILABLE, (Decimal(7), "")),
    ],
)
def test_a_value_is_a_number_or_else_a_code(number, code, expected):
    update = make_update(measures=(make_measure(),))
    value = ReturnedValue(requested=update.requested_measures.get(), number=number, code=code)

    save(update, values=[value], by=make_bob())

    assert update.values.values_list("number", "code").get() == expected


def test_saving_again_changes_the_value_and_adds_none():
    update, bob = make_update(measures=(make_measure(),)), make_bob()
    update = save(update, values=answered(update, 610), by=bob)

    save(update, values=answered(update, 620), by=bob)

    assert numbers_and_statuses(update) == [("MACE_CHILDREN", 620, ValueStatus.DRAFT)]


def test_a_value_left_out_of_a_save_is_taken_away_and_others_stay():
    first, second = make_measure("FIRST"), make_measure("SECOND")
    in_force = make_value(first, 500)
    theirs = make_update(DRAFT, agency="health", measures=(first,), number=300)
    update, bob = make_update(measures=(first, second)), make_bob()
    update = save(update, values=answered(update, 610, 620), by=bob)

    save(update, values=answered(update, 610, 620)[1:], by=bob)

    assert numbers_and_statuses(update) == [("SECOND", 620, ValueStatus.DRAFT)]
    assert numbers_and_statuses(theirs) == [("FIRST", 300, ValueStatus.DRAFT)]
    assert list(MeasureValue.objects.in_force()) == [in_force]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (DRAFT, ValueStatus.DRAFT),
        (SUBMITTED, ValueStatus.PROVISIONAL),
        (RETURNED, ValueStatus.DRAFT),
        (ACCEPTED, ValueStatus.AGREED),
        (REOPENED, ValueStatus.DRAFT),
    ],
)
def test_values_follow_their_update(status, expected):
    update = make_update(status, measures=(make_measure("FIRST"), make_measure("SECOND")), number=610)

    assert numbers_and_statuses(update) == [("FIRST", 610, expected), ("SECOND", 610, expected)]


def test_saving_a_returned_update_keeps_its_values_drafts():
    update = make_update(RETURNED, measures=(make_measure(),))

    save(update, values=answered(update, 620), by=make_bob())

    assert numbers_and_statuses(update) == [("MACE_CHILDREN", 620, ValueStatus.DRAFT)]


def test_acceptance_supersedes_the_value_in_force_and_keeps_it():
    measure = make_measure()
    earlier = make_value(measure, 500)
    update = make_update(SUBMITTED, measures=(measure,), number=610)

    actions.accept_update(update=update, by=make_alice())

    earlier.refresh_from_db()
    assert (earlier.number, earlier.status) == (500, ValueStatus.SUPERSEDED)
    assert list(MeasureValue.objects.in_force()) == [update.values.get()]


def test_acceptance_leaves_other_periods_and_measures_in_force():
    measure, other = make_measure(), make_measure("OTHER")
    untouched = {make_value(measure, 500, period=make_period("2021-22")), make_value(other, 7)}
    update = make_update(SUBMITTED, measures=(measure,), number=610)

    actions.accept_update(update=update, by=make_alice())

    assert set(MeasureValue.objects.in_force()) == {*untouched, update.values.get()}


def test_submission_and_return_leave_the_value_in_force():
    measure = make_measure()
    earlier = make_value(measure, 500)

    make_update(RETURNED, measures=(measure,), number=610)

    assert list(MeasureValue.objects.in_force()) == [earlier]


def test_a_later_update_supersedes_an_earlier_one():
    measure = make_measure()
    first = make_update(ACCEPTED, measures=(measure,), number=610)
    second = make_update(ACCEPTED, priority="DA", measures=(measure,), number=620)

    assert numbers_and_statuses(first) == [("MACE_CHILDREN", 610, ValueStatus.SUPERSEDED)]
    assert numbers_and_statuses(second) == [("MACE_CHILDREN", 620, ValueStatus.AGREED)]


def test_acceptance_leaves_who_entered_a_value_and_when():
    bob = make_bob()
    with time_machine.travel(datetime(2023, 4, 14, 12, tzinfo=UTC), tick=False):
        update = make_update(SUBMITTED, measures=(make_measure(),), by=bob)

    actions.accept_update(update=update, by=make_alice())

    value = update.values.get()
    assert (value.entered_at, value.entered_by) == (datetime(2023, 4, 14, 12, tzinfo=UTC), bob)


def test_every_missing_answer_is_named():
    update = make_update(measures=(make_measure(), make_measure("CALLS")))

    assert actions.missing_answers(update) == [
        "Progress this quarter",
        "Impact on children",
        "Barriers and challenges",
        "Next steps",
        "rating",
        "reason for the rating",
        "Mace children, 2022/23",
        "Calls, 2022/23",
    ]


@pytest.mark.parametrize("name", list(ANSWERS))
def test_one_missing_answer_is_the_one_that_is_named(name):
    update = save(make_update(), answers={**ANSWERS, name: ""}, by=make_bob())

    words = {"rag": "rating", "rag_reason": "reason for the rating"}.get(name) or Topic(name).label
    assert actions.missing_answers(update) == [words]


def test_a_complete_update_misses_nothing():
    assert actions.missing_answers(make_update(DRAFT, measures=(make_measure(),))) == []


def test_a_code_is_an_answer():
    update = make_update(measures=(make_measure(),))
    missing = ReturnedValue(requested=update.requested_measures.get(), number=None, code=ValueCode.NOT_AVAILABLE)

    assert actions.missing_answers(save(update, values=[missing], by=make_bob())) == []


def test_an_answer_for_another_period_is_no_answer():
    measure = make_measure()
    update = make_update(DRAFT, measures=(measure,))
    update.requested_measures.create(measure=measure, period=make_period("2021-22"))

    assert actions.missing_answers(update) == ["Mace children, 2021/22"]


@pytest.mark.parametrize("status", [DRAFT, RETURNED, REOPENED])
def test_an_incomplete_update_is_not_submitted_and_what_is_missing_is_named(status):
    update, bob = make_update(status, measures=(make_measure(),)), make_bob()
    update = save(update, answers={**ANSWERS, "impact": ""}, values=[], by=bob)
    before = everything()

    with pytest.raises(WrongState) as refusal:
        actions.submit_update(update=update, by=bob)

    assert str(refusal.value) == (
        "Police on priority ce, Quarter 4 is not complete: Impact on children, Mace children, 2022/23."
    )
    assert everything() == before


def test_submission_keeps_who_and_when():
    update, bob = make_update(DRAFT), make_bob()

    with time_machine.travel(datetime(2023, 4, 14, 12, tzinfo=UTC), tick=False):
        update = actions.submit_update(update=update, by=bob)

    assert (update.submitted_by, update.submitted_at) == (bob, datetime(2023, 4, 14, 12, tzinfo=UTC))
    assert (update.decided_by, update.decided_at) == (None, None)


@pytest.mark.parametrize(
    ("verb", "reason"), [("accept", ""), ("return", "Say how you know."), ("reopen", "Say how you know.")]
)
def test_a_decision_keeps_who_when_and_why(verb, reason):
    update, alice = make_update(SUBMITTED), make_alice()

    with time_machine.travel(datetime(2023, 4, 20, 12, tzinfo=UTC), tick=False):
        update = VERBS[verb](update, by=alice)

    assert (update.decided_by, update.decided_at) == (alice, datetime(2023, 4, 20, 12, tzinfo=UTC))
    assert update.return_reason == reason


def test_submitting_again_awaits_a_new_decision():
    update = actions.submit_update(update=make_update(RETURNED), by=make_bob())

    assert (update.decided_by, update.decided_at) == (None, None)


def test_acceptance_after_a_return_ends_the_reason_for_it():
    update = actions.submit_update(update=make_update(RETURNED), by=make_bob())

    assert actions.accept_update(update=update, by=make_alice()).return_reason == ""


@pytest.mark.parametrize("status", [SUBMITTED, ACCEPTED])
def test_reopening_without_a_reason_is_refused_by_the_database(status):
    update, alice = make_update(status, measures=(make_measure(),)), make_alice()
    before = everything()

    with pytest.raises(IntegrityError), transaction.atomic():
        actions.reopen_update(update=update, reason="", by=alice)

    assert everything() == before


def test_values_of_a_reopened_update_stay_in_force_until_it_is_accepted_again():
    measure, bob, alice = make_measure(), make_bob(), make_alice()
    update = make_update(ACCEPTED, measures=(measure,), number=610)
    in_force = MeasureValue.objects.in_force().get()

    update = actions.reopen_update(update=update, reason="Count again.", by=alice)
    seen = [MeasureValue.objects.in_force().get()]
    update = save(update, values=answered(update, 620), by=bob)
    seen.append(MeasureValue.objects.in_force().get())
    update = actions.submit_update(update=update, by=bob)
    seen.append(MeasureValue.objects.in_force().get())
    actions.accept_update(update=update, by=alice)

    assert [(value.pk, value.number) for value in seen] == [(in_force.pk, 610)] * 3
    assert MeasureValue.objects.in_force().get().number == 620
    in_force.refresh_from_db()
    assert (in_force.number, in_force.status, in_force.source) == (
        610,
        ValueStatus.SUPERSEDED,
        "County Police, update for Quarter 4",
    )


def test_a_reopened_update_goes_on_with_what_it_said():
    measure, bob = make_measure(), make_bob()
    with time_machine.travel(datetime(2023, 4, 14, 12, tzinfo=UTC), tick=False):
        update = make_update(ACCEPTED, measures=(measure,), number=610, by=bob)
    in_force = update.values.get()
    actions.compare(value=in_force, kind=ComparatorKind.ENGLAND, number=Decimal(50), by=bob)

    update = actions.reopen_update(update=update, reason="Count again.", by=make_alice())

    copy = update.values.get()
    same = ("measure", "period", "area", "number", "code", "qualifier", "source", "as_at", "note", "entered_by")
    assert [getattr(copy, name) for name in same] == [getattr(in_force, name) for name in same]
    assert (copy.entered_at, copy.status) == (datetime(2023, 4, 14, 12, tzinfo=UTC), ValueStatus.DRAFT)
    assert [(each.kind, each.number) for each in copy.comparators.all()] == [("england", 50)]
    assert in_force.comparators.count() == 1


def test_a_value_that_was_replaced_since_stays_history_when_its_update_is_reopened():
    measure = make_measure()
    update = make_update(ACCEPTED, measures=(measure,), number=610)
    later = make_value(measure, 700)

    update = actions.reopen_update(update=update, reason="Count again.", by=make_alice())

    assert list(MeasureValue.objects.in_force()) == [later]
    assert [value.number for value in MeasureValue.objects.superseded()] == [610]
    assert numbers_and_statuses(update) == [("MACE_CHILDREN", 610, ValueStatus.DRAFT)]


def test_a_value_taken_away_from_a_reopened_update_stays_in_force():
    update = make_update(REOPENED, measures=(make_measure(),), number=610)

    save(update, values=[], by=make_bob())

    assert [value.number for value in MeasureValue.objects.in_force()] == [610]


def test_a_return_without_a_reason_is_refused_by_the_database():
    update, alice = make_update(SUBMITTED, measures=(make_measure(),)), make_alice()
    before = everything()

    with pytest.raises(IntegrityError), transaction.atomic():
        actions.return_update(update=update, reason="", by=alice)

    assert everything() == before


def test_every_verb_writes_its_line_with_its_doer():
    update, alice, bob = make_update(), make_alice(), make_bob()

    update = save(update, by=bob)
    update = actions.submit_update(update=update, by=bob)
    update = actions.return_update(update=update, reason="Say how you know.", by=alice)
    update = save(update, by=bob)
    update = actions.submit_update(update=update, by=bob)
    update = actions.accept_update(update=update, by=make_erin())

    assert lines(update) == [
        ("update.requested", "Erin", ""),
        ("update.saved", "Bob", ""),
        ("update.submitted", "Bob", ""),
        ("update.returned", "Alice", "Say how you know."),
        ("update.saved", "Bob", ""),
        ("update.submitted", "Bob", ""),
        ("update.accepted", "Erin", ""),
    ]


@pytest.mark.parametrize("give_back", [actions.return_update, actions.reopen_update])
def test_who_submitted_an_update_is_told_that_it_was_given_back_but_not_why(
    give_back, mailoutbox, django_capture_on_commit_callbacks
):
    make_partnership()
    bob = make_bob()
    update = make_update(SUBMITTED, by=bob)

    with django_capture_on_commit_callbacks(execute=True):
        give_back(update=update, reason="Name no child here.", by=make_erin())

    (mail,) = mailoutbox
    assert mail.to == [bob.email]
    assert f"/updates/{update.pk}/" in mail.body
    assert "Name no child here." not in mail.body + mail.subject
