import pytest
from django.urls import reverse

from partnership.tests.factories import make_alice, make_bob, make_charlie
from priorities.choices import UpdateStatus
from priorities.tests.factories import make_priority, make_update
from reports import actions
from reports.choices import Kind
from reports.content import ItemContent, content_of
from reports.models import Block
from reports.tests.factories import make_block, make_section
from reports.tests.test_views import edit_page, form_of, save


@pytest.fixture
def section(client, db):
    client.force_login(make_alice())
    section = make_section()
    for body in ("One", "Two", "Three"):
        make_block(section, body=f"<p>{body}</p>")
    return section


def bodies(section):
    return [block.body.removeprefix("<p>").removesuffix("</p>") for block in section.blocks.all()]


def pk(section, place):
    return section.blocks.all()[place].pk


def arrange(client, section, what, **more):
    """Press one of the form's buttons, with everything else as the page has it."""
    return save(client, section, form_of(edit_page(client, section)) | {"arrange": what} | more)


@pytest.mark.parametrize(
    ("what", "order"),
    [
        ("down:{0}", ["Two", "One", "Three"]),
        ("up:{2}", ["One", "Three", "Two"]),
        ("after:{0}:{2}", ["Two", "Three", "One"]),
        ("after:{2}:0", ["Three", "One", "Two"]),
        ("remove:{1}", ["One", "Three"]),
    ],
)
def test_a_button_arranges_and_comes_back_to_the_same_place(client, section, what, order):
    keys = [block.pk for block in section.blocks.all()]
    moved = keys[int(what[what.index("{") + 1])]

    response = arrange(client, section, what.format(*keys))

    edit = reverse("reports:section-edit", args=[section.pk])
    place = f"?removed={moved}#taken-out" if what.startswith("remove") else f"#block-{moved}"
    assert (bodies(section), response.url) == (order, edit + place)


def test_what_was_typed_elsewhere_is_saved_in_the_same_request(client, section):
    first, second = pk(section, 0), pk(section, 1)

    arrange(client, section, f"down:{second}", **{f"block-{first}-body": "<p>Typed</p>"})

    assert bodies(section) == ["Typed", "Three", "Two"]


def test_nothing_is_arranged_while_something_typed_is_wrong(client, section):
    first = pk(section, 0)

    page = arrange(client, section, f"down:{first}", **{f"block-{first}-heading": "x" * 201})

    assert page.status_code == 200
    assert bodies(section) == ["One", "Two", "Three"]


def test_what_is_taken_out_is_offered_back_where_it_stood(client, section):
    second, third = pk(section, 1), pk(section, 2)
    response = arrange(client, section, f"remove:{second}")

    page = client.get(response.url)
    assert (page.context["taken_out"].pk, page.context["taken_out_before"]) == (second, third)
    assert page.content.decode().count(f'value="put-back:{second}"') == 1
    save(client, section, form_of(page) | {"arrange": f"put-back:{second}"})

    assert bodies(section) == ["One", "Two", "Three"]


def test_the_last_one_taken_out_is_offered_back_as_well(client, section):
    third = pk(section, 2)

    page = client.get(arrange(client, section, f"remove:{third}").url)

    assert page.content.decode().count(f'value="put-back:{third}"') == 1


@pytest.mark.parametrize(("place", "order"), [(0, ["One", "", "Two", "Three"]), (None, ["One", "Two", "Three", ""])])
def test_a_block_of_any_kind_is_added_where_it_is_wished(client, section, place, order):
    after = "" if place is None else pk(section, place)

    arrange(client, section, "add", new_kind=Kind.QUOTES, new_after=after)

    assert bodies(section) == order
    assert section.blocks.get(body="").kind == Kind.QUOTES


@pytest.mark.parametrize(
    "what",
    ["", "up", "up:", "up:x", "up:0", "up:99999999999", "up:²", "after:1", "nonsense:1", "remove:-1", "put-back:\0"],
)
def test_nonsense_changes_nothing(client, section, what):
    response = client.post(reverse("reports:section-arrange", args=[section.pk]), {"arrange": what})

    assert (response.status_code, bodies(section)) == (302, ["One", "Two", "Three"])


@pytest.mark.parametrize("kind", ["", "nonsense"])
def test_an_unknown_kind_is_asked_for_again(client, section, kind):
    response = client.post(
        reverse("reports:section-arrange", args=[section.pk]), {"arrange": "add", "new_kind": kind}, follow=True
    )

    assert "Choose which kind of part to add." in response.content.decode()
    assert bodies(section) == ["One", "Two", "Three"]


def test_a_block_of_another_section_is_not_touched(client, section):
    other = make_block(make_section(section.report, number="2"), body="<p>Other</p>")

    client.post(reverse("reports:section-arrange", args=[section.pk]), {"arrange": f"remove:{other.pk}"})

    assert Block.objects.filter(pk=other.pk).exists()


def test_the_writer_arranges_and_others_do_not(client, db):
    bob = make_bob()
    section = make_section(writer=bob)
    block = make_block(section, body="<p>One</p>")
    address, data = reverse("reports:section-arrange", args=[section.pk]), {"arrange": f"remove:{block.pk}"}

    client.force_login(make_charlie())
    refused = client.post(address, data).status_code
    client.force_login(bob)
    client.post(address, data)

    assert (refused, list(section.blocks.all())) == (403, [])


def test_text_sent_for_a_block_that_was_taken_out_meanwhile_is_kept_with_it(client, section):
    second = Block.objects.get(pk=pk(section, 1))
    data = form_of(edit_page(client, section))
    actions.remove_block(block=second, by=make_alice())

    save(client, section, data | {f"block-{second.pk}-body": "<p>Typed</p>"})

    assert content_of(Block.with_removed.get(pk=second.pk)).body == "<p>Typed</p>"
    assert bodies(section) == ["One", "Three"]


def test_an_update_is_not_used_by_a_list_that_was_taken_out(client, db):
    alice = make_alice()
    client.force_login(alice)
    section = make_section(priority=make_priority())
    update = make_update(UpdateStatus.ACCEPTED)
    block = make_block(section, Kind.FOCUS, items=(ItemContent("Point", update.pk),))

    actions.remove_block(block=block, by=alice)
    page = client.get(reverse("reports:section-updates", args=[section.pk]))

    assert [dict(offer["used"]) for offer in page.context["offers"]] == [{}]
