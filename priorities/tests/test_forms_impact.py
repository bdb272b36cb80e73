import pytest

from priorities.actions import HowImpactIsKnown, KnownBy
from priorities.choices import HowKnown, UpdateStatus
from priorities.forms.impact import LONGEST_DESCRIPTION, HowKnownForm
from priorities.tests.factories import make_measure, make_priority, make_update

pytestmark = pytest.mark.django_db

AUDIT = KnownBy(kind=HowKnown.AUDIT, description="The audit of May.")


def typed(**fields):
    return {"known-is_shown": "yes", **{f"known-{name}": value for name, value in fields.items()}}


def form(update=None, **fields):
    return HowKnownForm(typed(**fields), update=update or make_update())


def with_audit():
    return make_update(UpdateStatus.DRAFT, known=HowImpactIsKnown(known_by=(AUDIT,)))


def test_it_begins_with_what_is_linked():
    update = with_audit()

    begun = HowKnownForm(update=update)

    assert [(option.value, option.is_ticked) for option in begun.options] == [
        ("measure", False),
        ("audit", True),
        ("feedback", False),
        ("evaluation", False),
        ("nothing", False),
    ]
    assert begun["audit"].initial == "The audit of May."


def test_ticks_with_their_details_are_known():
    own, other = make_measure("OWN"), make_measure("OTHER", priority=make_priority())
    filled = form(
        make_update(measures=(own,)),
        kinds=["measure", "audit"],
        measures=[str(own.pk), str(other.pk)],
        audit="The audit of May.",
    )

    assert filled.errors == {}
    assert {(each.kind, each.measure, each.description) for each in filled.known.known_by} == {
        ("measure", own, ""),
        ("measure", other, ""),
        ("audit", None, "The audit of May."),
    }


def test_the_update_s_own_figures_come_first_and_those_of_other_priorities_not_at_all():
    other, own = make_measure("ANOTHER", priority=make_priority()), make_measure("OWN")
    make_measure("ELSEWHERE", priority=make_priority("DA"))

    offered = HowKnownForm(update=make_update(measures=(own,))).measure_options

    assert [option.label for option in offered] == [str(own), str(other)]


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"kinds": ["audit"]}, {"audit": ["Say which audit it was and what it said"]}),
        ({"kinds": ["feedback"], "feedback": "  "}, {"feedback": ["Say whose feedback it was and what they said"]}),
        ({"kinds": ["evaluation"]}, {"evaluation": ["Say which evaluation it was and what it said"]}),
        ({"kinds": ["measure"]}, {"measures": ["Choose the figure that shows it"]}),
        (
            {"kinds": ["audit", "nothing"], "audit": "May."},
            {"kinds": ["Tick what shows it, or that nothing yet shows it, not both"]},
        ),
    ],
)
def test_what_does_not_fit_together_is_said_beside_it(fields, errors):
    assert form(**fields).errors == errors


def test_words_without_a_tick_count_as_ticked():
    filled = form(feedback="Young people said so.")

    assert filled.is_valid()
    assert filled.known == HowImpactIsKnown(
        known_by=(KnownBy(kind=HowKnown.FEEDBACK, description="Young people said so."),)
    )


def test_words_that_were_there_and_lost_their_tick_are_taken_away():
    filled = form(with_audit(), kinds=["nothing"], audit="The audit of May.")

    assert filled.is_valid()
    assert filled.known == HowImpactIsKnown(is_unshown=True)


def test_an_error_keeps_what_was_linked_before():
    filled = form(with_audit(), kinds=["audit"], audit="x" * (LONGEST_DESCRIPTION + 1))

    assert list(filled.errors) == ["audit"]
    assert filled.known == HowImpactIsKnown(known_by=(AUDIT,))


@pytest.mark.parametrize("fields", [{"kinds": ["rumour"]}, {"kinds": ["measure"], "measures": ["x"]}, {"audit": "\0"}])
def test_what_no_page_sends_changes_nothing(fields):
    filled = form(with_audit(), **{"kinds": ["audit"], **fields})

    assert not filled.is_valid()
    assert filled.known in (None, HowImpactIsKnown(known_by=(AUDIT,)))


def test_a_page_that_did_not_ask_leaves_it():
    filled = HowKnownForm({}, update=with_audit())

    assert (filled.is_valid(), filled.known) == (True, None)
