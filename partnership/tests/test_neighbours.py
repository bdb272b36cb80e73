import pytest
from django.urls import reverse

from partnership import actions
from partnership.forms.neighbours import NeighboursForm
from partnership.models import AuditEvent, StatisticalNeighbour
from partnership.tests.factories import make_alice, make_area, make_bob, make_partnership

KENT, ESSEX = ("Kent", "E10000016"), ("Essex", "E10000012")


@pytest.fixture
def area(db):
    area = make_area()
    area.ons_code = "E10000028"
    area.save()
    return area


def listed():
    return [(each.name, each.ons_code) for each in StatisticalNeighbour.objects.all()]


def errors(text, area):
    form = NeighboursForm({"neighbours": text}, area=area)
    form.is_valid()
    return form.errors.get("neighbours", [])


def test_list_replaces_the_one_before_in_the_order_given(db):
    alice = make_alice()
    make_partnership()
    actions.set_neighbours(neighbours=[KENT], by=alice)

    actions.set_neighbours(neighbours=[ESSEX, KENT], by=alice)

    assert listed() == [ESSEX, KENT]
    said = AuditEvent.objects.first()
    assert (said.verb, said.by, said.detail) == ("neighbours.set", alice, "Essex, Kent")


def test_board_pastes_the_list_and_everybody_reads_it(client, area):
    make_partnership()
    client.force_login(make_alice())

    client.post(
        reverse("partnership:neighbours-set"),
        {"neighbours": "Kent\tE10000016\r\n\r\n Bristol, City of , e06000023 "},
    )

    assert listed() == [KENT, ("Bristol, City of", "E06000023")]
    client.force_login(make_bob())
    page = client.get(reverse("partnership:partnership-detail")).content.decode()
    assert '<th scope="row">Bristol, City of</th>' in page
    assert reverse("partnership:neighbours-set") not in page


def test_list_stands_in_the_form_as_it_is_and_can_be_emptied(client, area):
    make_partnership()
    alice = make_alice()
    client.force_login(alice)
    actions.set_neighbours(neighbours=[KENT, ESSEX], by=alice)

    form = client.get(reverse("partnership:neighbours-set")).context["form"]
    client.post(reverse("partnership:neighbours-set"), {"neighbours": ""})

    assert form["neighbours"].value() == "Kent, E10000016\nEssex, E10000012"
    assert listed() == []


def test_every_line_that_is_wrong_is_named_and_what_was_typed_stays(client, area):
    make_partnership()
    client.force_login(make_alice())
    typed = "Kent, E10000016\nEssex\nKent, E10000017\nSurrey, 10000030\nCounty, E10000099\nOwn, E10000028"

    page = client.post(reverse("partnership:neighbours-set"), {"neighbours": typed})

    no_pair = "is not a name, a comma and an ONS code. A code has a letter and eight digits"
    own = "is the partnership's own area. An authority is not its own neighbour"
    assert page.context["form"].errors["neighbours"] == [
        f"“Essex” {no_pair}",
        "Kent stands here twice",
        f"“Surrey, 10000030” {no_pair}",
        f"County {own}",
        f"Own {own}",
    ]
    assert page.context["form"]["neighbours"].value() == typed
    assert listed() == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\n".join(f"Town {number}, E{number:08}" for number in range(21)), "Enter at most 20 local authorities"),
        (f"{'N' * 121}, E10000016", f"“{'N' * 40}…” is too long for a name"),
        ("Kent, E10000016\x00", "Null characters are not allowed."),
        ("x" * 1_000_000, "Ensure this value has at most 4000 characters (it has 1000000)."),
    ],
)
def test_what_cannot_be_a_list_is_refused(area, text, said):
    assert errors(text, area) == [said]
