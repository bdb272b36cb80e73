import pytest

from partnership.models import AuditEvent
from partnership.states import WrongState
from partnership.tests.factories import make_alice, make_erin
from priorities import actions
from priorities.choices import DisclosureRule
from priorities.models import Measure
from priorities.tests.factories import make_measure

pytestmark = pytest.mark.django_db

WHY = "All of them are known from a published review."


def state(measure):
    measure = Measure.objects.get(pk=measure.pk)
    return (
        measure.disclosure,
        measure.disclosure_reason,
        measure.disclosure_proposed_by and measure.disclosure_proposed_by.name,
        measure.disclosure_agreed_by and measure.disclosure_agreed_by.name,
    )


def proposed():
    return actions.propose_exception(measure=make_measure(), reason=WHY, by=make_alice())


def test_small_numbers_stay_hidden_while_it_is_only_proposed():
    measure = proposed()

    assert state(measure) == (DisclosureRule.SUPPRESS_SMALL, WHY, "Alice", None)
    assert measure.is_exception_proposed


def test_second_person_agrees():
    measure = actions.agree_exception(measure=proposed(), by=make_erin())

    assert state(measure) == (DisclosureRule.AGREED_EXCEPTION, WHY, "Alice", "Erin")
    assert not measure.is_exception_proposed
    lines = AuditEvent.objects.filter(verb__startswith="exception.").order_by("pk")
    assert list(lines.values_list("verb", "by_label", "detail")) == [
        ("exception.proposed", "Alice", WHY),
        ("exception.agreed", "Erin", WHY),
    ]


def test_nobody_agrees_to_their_own_proposal():
    measure = proposed()

    with pytest.raises(WrongState, match="A second person has to agree"):
        actions.agree_exception(measure=measure, by=measure.disclosure_proposed_by)

    assert state(measure) == (DisclosureRule.SUPPRESS_SMALL, WHY, "Alice", None)


@pytest.mark.parametrize("is_agreed", [False, True])
def test_proposal_is_turned_down_and_exception_ended(is_agreed):
    measure = proposed()
    if is_agreed:
        actions.agree_exception(measure=measure, by=make_erin())

    actions.drop_exception(measure=measure, by=make_erin())

    assert state(measure) == (DisclosureRule.SUPPRESS_SMALL, "", None, None)


@pytest.mark.parametrize("act", [actions.agree_exception, actions.drop_exception])
def test_without_a_proposal_there_is_nothing_to_decide(act):
    measure = make_measure()

    with pytest.raises(WrongState):
        act(measure=measure, by=make_erin())


def test_what_is_shown_already_is_not_proposed():
    measure = actions.agree_exception(measure=proposed(), by=make_erin())

    with pytest.raises(WrongState, match="shown already"):
        actions.propose_exception(measure=measure, reason="Again", by=make_alice())

    assert state(measure)[1] == WHY
