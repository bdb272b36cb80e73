import pytest
from django.urls import reverse

from partnership.tests.factories import make_alice
from reports import actions, document
from reports.actions import BlockSave
from reports.attention import Promises, promises
from reports.choices import Kind
from reports.content import BlockContent, ItemContent, content_of, text_of
from reports.forms import BlockEditor
from reports.joining import join
from reports.models import Block
from reports.tests.factories import make_block, make_section, read_new

POINTS = (
    ItemContent("Done in <strong>May</strong>.", said="Review the panels"),
    ItemContent("", said="<strong>Audit</strong> the plans"),
)


def stored(block):
    return content_of(Block.objects.get(pk=block.pk)).items


@pytest.fixture
def block(db):
    return make_block(kind=Kind.SAID_AND_DID, items=POINTS)


@pytest.fixture
def alice(client, db):
    alice = make_alice()
    client.force_login(alice)
    return alice


def typed(block, *texts, **more):
    prefix = f"block-{block.pk}"
    return {
        f"{prefix}-version": block.version,
        f"{prefix}-shows": "saved",
        f"{prefix}-whole": "1",
        f"{prefix}-body": "",
        f"{prefix}-rows-TOTAL_FORMS": len(texts),
        f"{prefix}-rows-INITIAL_FORMS": len(texts),
        **{f"{prefix}-rows-{place}-text": text for place, text in enumerate(texts)},
        **{f"{prefix}-{name}": value for name, value in more.items()},
    }


def save(client, block, *texts, **more):
    return client.post(reverse("reports:section-edit", args=[block.section_id]), typed(block, *texts, **more))


def test_report_shows_what_was_said_and_what_was_done(db):
    read = read_new(Kind.SAID_AND_DID, body="<p>Intro</p>", items=POINTS)

    assert (read.heading, read.intro_html, read.points) == (
        "What we said, what we did",
        "<p>Intro</p>",
        (
            document.SaidAndDid(said="Review the panels", did="Done in <strong>May</strong>."),
            document.SaidAndDid(said="<strong>Audit</strong> the plans", did=""),
        ),
    )


def test_an_answer_is_written(client, alice, block):
    save(client, block, "Done in May.", "Not done.")

    assert stored(block) == (
        ItemContent("Done in May.", said="Review the panels"),
        ItemContent("Not done.", said="<strong>Audit</strong> the plans"),
    )


@pytest.mark.parametrize(
    "more",
    [
        {"rows-0-said": "Something else"},
        {"rows-TOTAL_FORMS": 3, "rows-2-text": "Also done", "rows-2-said": "More"},
        {"rows-INITIAL_FORMS": 0},
        {"rows-0-DELETE": "on"},
        {"rows-0-ORDER": "2", "rows-1-ORDER": "1"},
    ],
)
def test_what_was_said_stays_whatever_a_page_sends(client, alice, block, more):
    save(client, block, "Done.", "Not done.", **more)

    assert [(point.said, point.text) for point in stored(block)] == [
        ("Review the panels", "Done."),
        ("<strong>Audit</strong> the plans", "Not done."),
    ]


def test_an_answer_that_is_too_long_stays_on_the_page(client, alice, block):
    page = save(client, block, "New words.", "x " * 4_100)

    [editor] = page.context["editors"]
    message = "Text must be 4,000 characters or fewer. It has 8,199."
    assert editor.errors == {f"block-{block.pk}-rows-1-text": [message]}
    assert "New words." in page.content.decode()
    assert stored(block) == POINTS


def test_what_no_text_can_hold_is_left_out_of_an_answer(client, alice, block):
    save(client, block, "Do\0ne.<script>alert(1)</script>", "")

    assert stored(block)[0].text == "Done."


def test_edit_page_shows_what_was_said_and_nothing_to_add_or_remove(client, alice, block):
    page = client.get(reverse("reports:section-edit", args=[block.section_id])).content.decode()

    assert "<p><strong>Audit</strong> the plans</p>" in page
    assert f'data-adds-row-to="block-{block.pk}-rows"' not in page
    assert f'name="block-{block.pk}-rows-0-DELETE"' not in page


def test_it_is_not_offered_to_be_added(client, alice, block):
    address = reverse("reports:section-edit", args=[block.section_id])
    page = client.get(address)

    client.post(reverse("reports:section-arrange", args=[block.section_id]), {"arrange": "add", "new_kind": block.kind})

    assert Kind.SAID_AND_DID not in [kind.kind for _, kinds in page.context["kinds_to_add"] for kind in kinds]
    assert Block.objects.count() == 1


def test_two_answers_to_different_points_are_merged(db, block):
    alice = make_alice()
    base = BlockContent(items=POINTS)
    first = BlockContent(items=(ItemContent("Done in June.", said=POINTS[0].said), POINTS[1]))
    second = BlockContent(items=(POINTS[0], ItemContent("Not done.", said=POINTS[1].said)))
    assert content_of(block) == base

    for content in (first, second):
        actions.save_block(block=block, save=BlockSave(block.version, content), by=alice)

    assert [point.text for point in stored(block)] == ["Done in June.", "Not done."]


def test_two_answers_to_one_point_are_joined_in_it():
    theirs = BlockContent(items=(ItemContent("Done.", said="Review"), ItemContent("", said="Audit")))
    mine = BlockContent(items=(ItemContent("Half done.", said="Review"), ItemContent("Not done.", said="Audit")))

    assert join(theirs, mine).items == (
        ItemContent("Done.<br>Half done.", said="Review"),
        ItemContent("Not done.", said="Audit"),
    )


def test_the_form_of_a_joined_text_has_as_many_points(block):
    content = BlockContent(items=tuple(ItemContent("Both", said=point.said) for point in POINTS))

    editor = BlockEditor(block, content=content, version=block.version)

    assert [row.initial["text"] for row in editor.rows] == ["Both", "Both"]


def test_what_was_said_can_be_commented_on_and_compared():
    content = BlockContent(items=POINTS)

    assert text_of(content).split("\n") == [
        "We said: Review the panels",
        "• Done in May.",
        "We said: Audit the plans",
        "• ",
    ]


def test_points_without_an_answer_are_counted():
    counted = promises([*POINTS, ItemContent("Of another list")])

    assert (counted, str(counted)) == (Promises(2, 1), "1 of 2 has no answer yet")
    assert str(promises([ItemContent("", said=each) for each in "abc"])) == "3 of 3 have no answer yet"


def test_section_page_names_what_has_no_answer(client, alice):
    section = make_section()
    make_block(section, Kind.SAID_AND_DID, items=POINTS)
    address = reverse("reports:section-detail", args=[section.pk])

    assert "What we said, what we did: 1 of 2 has no answer yet." in client.get(address).content.decode()

    save(client, section.blocks.get(), "Done.", "Done too.")

    assert 'id="promises"' not in client.get(address).content.decode()
