from datetime import date

import pytest
from django.db import IntegrityError, transaction

from partnership.models import AuditEvent
from partnership.states import StaleSave, WrongState
from partnership.tests.factories import make_agency, make_alice, make_bob
from priorities import actions
from priorities.choices import ActionStatus, PriorityKind, Rag
from priorities.models import AgreedAction, DateChange
from priorities.tests.factories import make_action, make_objective, make_priority, slip
from priorities.tests.test_rounds import at_once, together

pytestmark = pytest.mark.django_db

OPEN, COMPLETED, WITHDRAWN = ActionStatus

AGREED = {"text": "Say it otherwise", "owner_post": "", "priority": None, "objective": None, "themes": ()}

VERBS = {
    "change": lambda action, **more: actions.change_action(**AGREED, owner=make_agency(), action=action, **more),
    "rate": lambda action, **more: actions.rate_action(action=action, rag=Rag.RED, reason="Late.", **more),
    "due-date": lambda action, **more: actions.change_due_date(
        action=action, due_on=date(2023, 9, 30), reason="The post is vacant.", **more
    ),
    "complete": lambda action, **more: actions.complete_action(action=action, evidence="An audit.", **more),
    "withdraw": lambda action, **more: actions.withdraw_action(action=action, reason="Not needed.", **more),
    "reopen": lambda action, **more: actions.reopen_action(action=action, reason="The audit was wrong.", **more),
}

LEADS_TO = {
    (OPEN, "change"): OPEN,
    (OPEN, "rate"): OPEN,
    (OPEN, "due-date"): OPEN,
    (OPEN, "complete"): COMPLETED,
    (OPEN, "withdraw"): WITHDRAWN,
    (COMPLETED, "reopen"): OPEN,
}
"""What each verb leads to from where it may be used; everywhere else it is refused."""


def everything():
    return [list(model.objects.order_by("pk").values()) for model in (AgreedAction, DateChange, AuditEvent)]


@pytest.mark.parametrize("status", ActionStatus)
@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_in_every_status(status, verb):
    alice = make_alice()
    action = make_action(status, by=alice)

    if (status, verb) in LEADS_TO:
        changed = VERBS[verb](action, version=action.version, by=alice)
        assert (changed.status, changed.version) == (LEADS_TO[status, verb], action.version + 1)
        assert AgreedAction.objects.get() == changed
    else:
        before = everything()
        with pytest.raises(WrongState):
            VERBS[verb](action, version=action.version, by=alice)
        assert everything() == before


@pytest.mark.parametrize("verb", VERBS)
def test_what_a_colleague_has_changed_is_not_overwritten(verb):
    alice, bob = make_alice(), make_bob()
    action = make_action(COMPLETED if verb == "reopen" else OPEN, by=alice)
    VERBS["reopen" if verb == "reopen" else "rate"](action, version=action.version, by=bob)
    before = everything()

    with pytest.raises(StaleSave):
        VERBS[verb](action, version=action.version, by=alice)

    assert everything() == before


@pytest.mark.parametrize(
    ("verb", "written", "detail"),
    [
        ("change", "action.changed", "It was: Review the panels"),
        ("rate", "action.rated", "Red: Late."),
        ("due-date", "action.due-date-changed", "From 30 June 2023 to 30 September 2023: The post is vacant."),
        ("complete", "action.completed", "An audit."),
        ("withdraw", "action.withdrawn", "Not needed."),
    ],
)
def test_each_verb_leaves_its_line(verb, written, detail):
    alice = make_alice()
    action = make_action(by=alice)

    VERBS[verb](action, version=0, by=alice)

    event = AuditEvent.objects.first()
    assert (event.verb, event.by, event.target_id, event.detail) == (written, alice, action.pk, detail)


def test_agreeing_leaves_its_line():
    alice = make_alice()

    action = make_action(by=alice)

    event = AuditEvent.objects.first()
    assert (event.verb, event.by, event.target_id) == ("action.agreed", alice, action.pk)
    assert event.detail == "County Police, due 30 June 2023"


def test_an_objective_brings_its_priority():
    objective = make_objective("CE")

    action = make_action(priority="DA", objective=objective)

    assert action.priority == objective.priority


def test_an_action_need_not_serve_the_plan():
    action = make_action(priority=None)

    assert (action.priority, action.objective, list(action.themes.all())) == (None, None, [])


def test_an_action_serves_themes():
    theme = make_priority("VOICE", PriorityKind.CROSS_CUTTING)

    action = make_action(themes=[theme])

    assert list(AgreedAction.objects.under(theme)) == [action]


def test_completed_is_blue_and_reopened_is_not_rated():
    alice = make_alice()
    action = make_action(by=alice)
    action = actions.rate_action(action=action, version=0, rag=Rag.AMBER, reason="A post is vacant.", by=alice)

    completed = actions.complete_action(action=action, version=1, evidence="An audit.", by=alice)
    assert (completed.rag, completed.rag_reason, completed.closed_by) == (Rag.BLUE, "", alice)

    reopened = actions.reopen_action(action=completed, version=2, reason="The audit was wrong.", by=alice)
    assert (reopened.rag, reopened.closed_at, reopened.evidence) == ("", None, "An audit.")


@pytest.mark.parametrize("rag", [Rag.BLUE, ""])
def test_rating_never_makes_an_action_blue(rag):
    with pytest.raises(ValueError, match="is not rated"):
        actions.rate_action(action=make_action(), version=0, rag=rag, reason="Done.", by=make_alice())


def test_a_date_that_slips_three_times_shows_it():
    action = slip(make_action(), date(2023, 7, 31), date(2023, 9, 30))
    assert (action.slip_text, action.slips_often) == ("Slipped 2 times", False)

    action = slip(action, date(2023, 12, 31))

    assert (action.slip_text, action.slips_often) == ("Slipped 3 times", True)
    assert [str(change) for change in action.slips] == [
        "From 30 June 2023 to 31 July 2023",
        "From 31 July 2023 to 30 September 2023",
        "From 30 September 2023 to 31 December 2023",
    ]


def test_bringing_a_date_forward_is_no_slip():
    action = slip(make_action(), date(2023, 5, 31))

    assert (action.slip_text, action.due_on) == ("", date(2023, 5, 31))


@pytest.mark.parametrize(
    "fields",
    [
        {"rag": Rag.BLUE},
        {"rag": Rag.GREEN},
        {"status": COMPLETED},
        {"status": WITHDRAWN},
        {"closed_by": 1},
        {"rated_by": 1},
        {"objective": 1, "priority": None},
    ],
)
def test_the_database_refuses_what_must_never_be(fields):
    alice, objective = make_alice(), make_objective()
    action = make_action(by=alice)
    people = {name: alice for name in ("closed_by", "rated_by") if name in fields}
    about = {"objective": objective} if "objective" in fields else {}

    with pytest.raises(IntegrityError), transaction.atomic():
        AgreedAction.objects.filter(pk=action.pk).update(**{**fields, **people, **about})


@together
@pytest.mark.django_db(transaction=True)
def test_of_ten_who_complete_at_once_one_does():
    action, bob = make_action(), make_bob()

    results = at_once(
        10, lambda: actions.complete_action(action=action, version=0, evidence="An audit of 20 cases.", by=bob)
    )

    assert (results.count(None), results.count(StaleSave)) == (1, 9)
    assert AuditEvent.objects.filter(verb="action.completed").count() == 1
