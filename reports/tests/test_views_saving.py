"""What the editor's page asks while somebody writes, and the whole page saved at once."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from partnership.models import AuditEvent, Membership
from partnership.tests.factories import make_alice, make_bob, make_erin, make_frank
from priorities.choices import HowKnown, UpdateStatus
from priorities.tests.factories import make_update
from reports import actions
from reports.choices import Kind
from reports.content import BlockContent, ItemContent, content_of
from reports.forms import NOT_WHOLE
from reports.models import Block, Presence, Section
from reports.tests.factories import make_block, make_section, write
from reports.tests.test_views import edit_page, form_of, save

pytestmark = pytest.mark.django_db

THREE = "<p>One</p>\n<p>Two</p>\n<p>Three</p>"
JSON = {"Accept": "application/json"}


def stored(block):
    return content_of(Block.objects.get(pk=block.pk))


def block_data(block, person, body, **more):
    prefix = f"block-{block.pk}"
    return {
        f"{prefix}-heading": "",
        f"{prefix}-body": body,
        f"{prefix}-version": block.version,
        f"{prefix}-shows": "saved",
        f"{prefix}-whole": "1",
        "window": "w",
        "person": person.pk,
        **more,
    }


def send(client, block, data):
    return client.post(reverse("reports:block-save", args=[block.section_id, block.pk]), data, headers=JSON)


@pytest.fixture
def alice(client):
    person = make_alice()
    client.force_login(person)
    return person


def test_block_saves_itself(client, alice):
    block = make_block(body=THREE)

    answer = send(client, block, block_data(block, alice, "<p>New words<script>x</script></p>"))

    assert (answer.status_code, stored(block).body) == (200, "<p>New words</p>")
    said = answer.json()
    assert (said["status"], said["version"], said["words"]) == ("saved", block.version + 1, 2)
    # What was cleaned out of it is to go from the page too.
    assert said["merged"] is None


def test_what_others_wrote_comes_back_with_the_answer(client, alice):
    block = make_block(body=THREE)
    write(block, BlockContent(body=THREE.replace("Three", "Three by Erin")), by=make_erin())

    said = send(client, block, block_data(block, alice, THREE.replace("One", "One by Alice"))).json()

    merged, prefix = said["merged"], f"block-{block.pk}"
    assert (said["status"], said["version"]) == ("saved", block.version + 2)
    assert merged["fields"] == {
        f"{prefix}-heading": "",
        f"{prefix}-body": "<p>One by Alice</p>\n<p>Two</p>\n<p>Three by Erin</p>",
        f"{prefix}-version": block.version + 2,
        f"{prefix}-shows": "saved",
        f"{prefix}-whole": "1",
    }
    assert f'id="{prefix}"' in merged["html"]
    assert "Three by Erin" in merged["html"]


def test_points_that_come_back_say_what_shows_them(client, alice):
    audit = ItemContent("Plans improved.", how_known=HowKnown.AUDIT, known_from="Peer audit")
    block = make_block(kind=Kind.DIFFERENCE, items=(audit, ItemContent("We met.")))
    data = form_of(edit_page(client, block.section)) | {"window": "w", "person": alice.pk}
    write(block, BlockContent(items=(audit, ItemContent("We met twice."))), by=make_erin())

    said = send(client, block, data | {f"block-{block.pk}-rows-0-text": "All plans improved."}).json()

    marks = re.findall(r'<p class="portal-row__mark">(.*)</p>', said["merged"]["html"])
    assert [re.sub("<[^>]+>", "", mark) for mark in marks] == [
        "Shown by An audit: Peer audit",
        "Activity only Nothing linked shows it.",
    ]


def test_nothing_new_is_unchanged(client, alice):
    block = make_block(body=THREE)

    said = send(client, block, block_data(block, alice, THREE)).json()

    assert (said["status"], said["version"], said["merged"]) == ("unchanged", block.version, None)


def test_clash_shows_both_and_offers_either_and_both(client, alice):
    block = make_block(body=THREE)
    write(block, BlockContent(body=THREE.replace("Two", "Erin wrote this")), by=make_erin())

    answer = send(client, block, block_data(block, alice, THREE.replace("Two", "Alice wrote that")))

    said, body = answer.json(), f"block-{block.pk}-body"
    assert (answer.status_code, said["status"], said["version"], said["by"]) == (
        409,
        "clash",
        block.version + 1,
        "Erin",
    )
    assert said["theirs"]["fields"][body] == "<p>One</p>\n<p>Erin wrote this</p>\n<p>Three</p>"
    assert said["joined"]["fields"][body] == "<p>One</p>\n<p>Erin wrote this</p>\n<p>Alice wrote that</p>\n<p>Three</p>"
    assert "you and Erin changed the same words" in said["html"]
    assert stored(block).body == "<p>One</p>\n<p>Erin wrote this</p>\n<p>Three</p>"

    kept = block_data(block, alice, THREE.replace("Two", "Alice wrote that"))
    answer = send(client, block, kept | {f"block-{block.pk}-version": said["version"]})
    assert (answer.status_code, stored(block).body) == (200, THREE.replace("Two", "Alice wrote that"))


def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_saved(client, alice):
    block = make_block(body=THREE)

    answer = send(client, block, block_data(block, alice, f"<p>{'w' * 2000}</p>"))

    said, body = answer.json(), f"block-{block.pk}-body"
    assert (answer.status_code, said["status"]) == (400, "wrong")
    assert said["errors"] == {body: ["Text has a word of 2,000 characters. Remove it, or put spaces into it."]}
    assert "w" * 2000 in said["html"]
    assert "Remove it, or put spaces into it." in said["html"]
    assert stored(block).body == THREE


@pytest.mark.parametrize(
    "change", [{"version": "x"}, {"version": "-1"}, {"version": "9" * 30}, {"version": ""}, {"shows": "all"}]
)
def test_nonsense_is_refused(client, alice, change):
    block = make_block(body=THREE)
    change = {f"block-{block.pk}-{name}": value for name, value in change.items()}

    answer = send(client, block, block_data(block, alice, "<p>New</p>") | change)

    assert (answer.status_code, list(answer.json()["errors"]), stored(block).body) == (400, list(change), THREE)


@pytest.mark.parametrize(
    ("body", "status", "kept"),
    [
        ("<p>\0Words\0</p>", "saved", "<p>Words</p>"),
        ("x " * 500_000, "wrong", THREE),
        ("<p>" * 30_000, "wrong", THREE),
    ],
)
def test_bad_input_is_cleaned_or_refused(client, alice, body, status, kept):
    block = make_block(body=THREE)

    answer = send(client, block, block_data(block, alice, body))

    assert (answer.json()["status"], stored(block).body) == (status, kept)


def test_signed_out_is_told_in_json(client):
    block = make_block(body=THREE)

    answer = send(client, block, {})

    assert (answer.status_code, answer.json()) == (401, {"status": "signed-out"})


def test_who_has_signed_in_instead_saves_nothing(client, alice):
    block = make_block(body=THREE)

    answer = send(client, block, block_data(block, make_erin(), "<p>New</p>"))

    assert (answer.status_code, answer.json()) == (
        403,
        {
            "status": "not-allowed",
            "reason": "You are signed in as Alice now. This page was opened by somebody else.",
        },
    )
    assert stored(block).body == THREE


def test_whose_role_was_taken_saves_nothing(client, alice):
    block = make_block(body=THREE)
    Membership.objects.filter(user=alice).delete()

    answer = send(client, block, block_data(block, alice, "<p>New</p>"))

    assert (answer.status_code, answer.json()["status"], stored(block).body) == (403, "not-allowed", THREE)


def test_reader_saves_nothing_and_asked_writer_does(client):
    section = make_section()
    block = make_block(section, body=THREE)
    frank, bob = make_frank(), make_bob()

    answers = []
    for person in (frank, bob):
        client.force_login(person)
        answers.append(send(client, block, block_data(block, person, "<p>New</p>")).status_code)
    Section.objects.filter(pk=section.pk).update(writer=bob)
    answers.append(send(client, block, block_data(block, bob, "<p>By Bob</p>")).status_code)

    assert (answers, stored(block).body) == ([403, 403, 200], "<p>By Bob</p>")


def test_page_with_a_token_of_before_signing_in_is_told_so(alice):
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    block = make_block(body=THREE)

    answer = send(client, block, block_data(block, alice, "<p>New</p>"))

    assert (answer.status_code, answer.json()) == (403, {"status": "wrong-token"})


def test_block_of_another_section_is_not_found(client, alice):
    block, other = make_block(body=THREE), make_section(Section.objects.get().report, number="2")

    answer = client.post(
        reverse("reports:block-save", args=[other.pk, block.pk]), block_data(block, alice, "<p>New</p>"), headers=JSON
    )

    assert (answer.status_code, answer.json(), stored(block).body) == (404, {"status": "not-found"}, THREE)


def test_block_that_was_taken_out_keeps_the_text_and_says_so(client, alice):
    block = make_block(body=THREE)
    actions.remove_block(block=block, by=make_erin())

    answer = send(client, block, block_data(block, alice, "<p>Late</p>"))

    said = {name: answer.json()[name] for name in ("status", "version", "reason")}
    assert (answer.status_code, said) == (
        410,
        {
            "status": "removed",
            "version": 2,
            "reason": "“Text” was taken out of the section by Erin meanwhile. What you wrote in it is kept, and stands "
            "there when it is put back.",
        },
    )
    assert Block.with_removed.get(pk=block.pk).body == "<p>Late</p>"


def test_section_that_was_taken_out_says_so(client, alice):
    block = make_block(body=THREE)
    actions.remove_section(section=block.section, by=make_erin())

    answer = send(client, block, block_data(block, alice, "<p>Late</p>"))

    assert (answer.status_code, answer.json()) == (
        410,
        {"status": "removed", "reason": "1 Section 1 was taken out of the report."},
    )
    assert Block.with_removed.get(pk=block.pk).body == THREE


def test_points_keep_where_they_came_from_though_others_took_one_out(client, alice):
    update = make_update(UpdateStatus.ACCEPTED)
    points = (ItemContent("One"), ItemContent("Two", update.pk))
    block = make_block(kind=Kind.FOCUS, items=points)
    data = form_of(edit_page(client, block.section))
    write(block, BlockContent(items=points[:1]), by=make_erin())

    said = send(client, block, data | {"window": "w", "person": alice.pk}).json()

    assert (said["status"], stored(block).items) == ("unchanged", points[:1])


def beat(client, block, person, window, **more):
    return client.post(
        reverse("reports:section-heartbeat", args=[block.section_id]),
        {"window": window, "person": person.pk, "block": block.pk, **more},
        headers=JSON,
    ).json()


def test_heartbeat_tells_who_is_here_and_writes_where(client, alice):
    block = make_block()
    erin = make_erin()
    first = beat(client, block, alice, "a")
    client.force_login(erin)

    second = beat(client, block, erin, "e")

    assert (first["yours"], first["held"], first["version"]) == (block.pk, {}, {str(block.pk): 0})
    assert second == {
        "people": [
            {"name": "Alice", "is_you": False, "is_here": False, "block": block.pk},
            {"name": "Erin", "is_you": True, "is_here": True, "block": None},
        ],
        "held": {str(block.pk): "Alice"},
        "yours": None,
        "version": {str(block.pk): 0},
    }
    assert beat(client, block, erin, "e", take_over="1")["yours"] == block.pk


def test_ones_own_other_window_is_called_so(client, alice):
    block = make_block()
    beat(client, block, alice, "one")

    assert beat(client, block, alice, "two")["held"] == {str(block.pk): "you, in another window"}


def test_holding_a_block_keeps_nobody_from_saving(client, alice):
    block, erin = make_block(body=THREE), make_erin()
    actions.be_present(section=block.section, window="e", block=block, by=erin)

    assert send(client, block, block_data(block, alice, "<p>New</p>")).json()["status"] == "saved"


def test_leaving_ends_the_presence(client, alice):
    block = make_block()
    beat(client, block, alice, "a")

    answer = client.post(
        reverse("reports:section-leave", args=[block.section_id]), {"window": "a", "person": alice.pk}, headers=JSON
    )

    assert (answer.json(), Presence.objects.count()) == ({"status": "left"}, 0)


@pytest.mark.parametrize(
    "wrong", [{"block": "x"}, {"block": "0"}, {"window": ""}, {"window": "w" * 37}, {"person": "x"}]
)
def test_heartbeat_with_nonsense_is_refused(client, alice, wrong):
    block = make_block()

    answer = client.post(
        reverse("reports:section-heartbeat", args=[block.section_id]),
        {"window": "w", "person": alice.pk, **wrong},
        headers=JSON,
    )

    assert (answer.status_code, list(answer.json()["errors"]), Presence.objects.count()) == (400, list(wrong), 0)


# The whole page at once, as it works without a script


def test_whole_page_is_merged_and_says_so(client, alice):
    block = make_block(body=THREE)
    data = form_of(edit_page(client, block.section))
    write(block, BlockContent(body=THREE.replace("Three", "Three by Erin")), by=make_erin())

    response = client.post(
        reverse("reports:section-edit", args=[block.section_id]),
        data | {f"block-{block.pk}-body": THREE.replace("One", "One by Alice")},
        follow=True,
    )

    assert stored(block).body == "<p>One by Alice</p>\n<p>Two</p>\n<p>Three by Erin</p>"
    assert [str(message) for message in response.context["messages"]] == [
        "1 Section 1 is saved. Others wrote in “Text” meanwhile. Both texts are kept: read them once more."
    ]


@pytest.fixture
def clash(client, alice):
    """A page that came back because two blocks of it clash."""
    section = make_section()
    blocks = [make_block(section, body=THREE) for _ in range(2)]
    data = form_of(edit_page(client, section))
    for block in blocks:
        write(block, BlockContent(body=THREE.replace("Two", "Theirs")), by=make_erin())
    mine = {f"block-{block.pk}-body": THREE.replace("Two", "Mine") for block in blocks}
    page = save(client, section, data | mine)
    assert page.status_code == 409
    return section, blocks, form_of(page) | {"clashing": [block.pk for block in blocks]}


@pytest.mark.parametrize(
    ("choice", "line"),
    [("mine", "<p>Mine</p>"), ("theirs", "<p>Theirs</p>"), ("join", "<p>Theirs</p>\n<p>Mine</p>")],
)
def test_choice_stands_in_the_form_and_is_saved_from_there(client, clash, choice, line):
    section, (first, second), data = clash

    page = save(client, section, data | {"resolve": f"{first.pk}:{choice}"})

    editors = {editor.block.pk: editor for editor in page.context["editors"]}
    assert (editors[first.pk].clash, editors[second.pk].clash.version) == (None, second.version + 1)
    assert "data-unsaved" in page.content.decode()
    assert stored(first).body == THREE.replace("Two", "Theirs")
    assert save(client, section, form_of(page)).status_code == 302
    assert stored(first).body == f"<p>One</p>\n{line}\n<p>Three</p>"
    assert stored(second).body == THREE.replace("Two", "Mine")


def test_nonsense_as_a_choice_changes_nothing(client, clash):
    section, (first, _), data = clash

    page = save(client, section, data | {"resolve": "x:y"})

    assert (page.status_code, stored(first).body) == (200, THREE.replace("Two", "Theirs"))


def test_block_that_a_colleague_added_meanwhile_is_no_error(client, alice):
    section = make_section()
    block = make_block(section, body=THREE)
    data = form_of(edit_page(client, section))
    make_block(section, body="<p>Added</p>")

    assert save(client, section, data | {f"block-{block.pk}-body": "<p>New</p>"}).status_code == 302
    assert [each.body for each in section.blocks.all()] == ["<p>New</p>", "<p>Added</p>"]


def test_text_for_a_block_that_was_taken_out_meanwhile_is_kept_and_the_page_says_so(client, alice):
    section = make_section()
    block = make_block(section, body=THREE)
    data = form_of(edit_page(client, section))
    actions.remove_block(block=block, by=make_erin())

    response = client.post(
        reverse("reports:section-edit", args=[section.pk]),
        data | {f"block-{block.pk}-body": "<p>Late</p>"},
        follow=True,
    )

    assert Block.with_removed.get(pk=block.pk).body == "<p>Late</p>"
    assert any("was taken out of the section by Erin meanwhile" in str(each) for each in response.context["messages"])


def test_text_for_a_section_that_was_taken_out_meanwhile_is_given_back(client, alice):
    block = make_block(body=THREE)
    data = form_of(edit_page(client, block.section))
    actions.remove_section(section=block.section, by=make_erin())

    response = save(client, block.section, data | {f"block-{block.pk}-body": "<p>Late</p>"})

    assert (response.status_code, response.context["typed"]) == (409, [(f"block-{block.pk}-body", ["<p>Late</p>"])])
    assert Block.with_removed.get(pk=block.pk).body == THREE


def test_what_was_typed_when_signed_out_stands_in_the_form_again(client, alice):
    block = make_block(body=THREE)
    page = edit_page(client, block.section)
    data = form_of(page) | {"opened_by": page.context["opened_by"], f"block-{block.pk}-body": "<p>Typed</p>"}
    client.logout()

    sent = save(client, block.section, data)
    client.force_login(alice)
    again = edit_page(client, block.section)

    assert sent.url.startswith(reverse("account_login"))
    assert [editor.form["body"].value() for editor in again.context["editors"]] == ["<p>Typed</p>"]
    assert "You were signed out before this was saved" in again.content.decode()
    assert stored(block).body == THREE
    assert save(client, block.section, form_of(again)).status_code == 302
    assert stored(block).body == "<p>Typed</p>"
    assert edit_page(client, block.section).context["is_typed_before"] is False


def test_page_is_for_those_who_write_the_section(client):
    section = make_section()
    bob, frank = make_bob(), make_frank()
    Section.objects.filter(pk=section.pk).update(writer=bob)

    answers = []
    for person in (bob, frank):
        client.force_login(person)
        answers.append(edit_page(client, section).status_code)

    assert answers == [200, 403]


@pytest.mark.parametrize("blocks", [1, 3])
def test_saving_takes_the_same_number_of_queries_for_every_size(client, alice, django_assert_num_queries, blocks):
    section = make_section()
    block, *_ = [make_block(section, body=THREE) for _ in range(blocks)]
    send(client, block, block_data(block, alice, "<p>First</p>"))
    block.refresh_from_db()
    data = block_data(block, alice, "<p>Second</p>", key="k")

    with django_assert_num_queries(19):
        send(client, block, data)

    assert AuditEvent.objects.filter(verb="section.saved", by=alice).count() == 1


# What did not come whole


def without(data, *ends):
    return {name: value for name, value in data.items() if not name.endswith(ends)}


def test_block_without_its_last_field_is_refused_in_json(client, alice):
    block = make_block(heading="Head", body=THREE)

    answer = send(client, block, without(block_data(block, alice, "<p>New</p>"), "-heading", "-whole"))

    said = answer.json()
    assert (answer.status_code, said["errors"]) == (400, {f"block-{block.pk}-whole": [NOT_WHOLE]})
    assert 'value="Head"' in said["html"]
    assert (stored(block).heading, stored(block).body) == ("Head", THREE)


def test_page_that_was_cut_off_is_refused_and_shows_what_was_typed_and_what_stands_there(client, alice):
    section = make_section()
    first, second = [make_block(section, heading="Head", body=THREE) for _ in range(2)]
    sent = form_of(edit_page(client, section)) | {f"block-{first.pk}-body": "<p>Typed</p>"}
    cut = without(sent, f"block-{second.pk}-body", f"block-{second.pk}-whole")

    page = save(client, section, cut)

    shown = [editor.form["body"].value() for editor in page.context["editors"]]
    assert (page.status_code, page.context["refusal"], shown) == (400, NOT_WHOLE, ["<p>Typed</p>", THREE])
    assert (stored(first).body, stored(second).body) == (THREE, THREE)
    assert save(client, section, form_of(page)).status_code == 302
    assert (stored(first).body, stored(second).body) == ("<p>Typed</p>", THREE)


@pytest.mark.parametrize(
    "counts",
    [{"TOTAL": "0"}, {"TOTAL": "-1"}, {"TOTAL": "1"}, {"TOTAL": "0", "INITIAL": "0"}, {"TOTAL": "x"}],
)
def test_rows_are_taken_away_by_their_own_box_and_not_by_counting_fewer(client, alice, counts):
    points = (ItemContent("One"), ItemContent("Two"))
    block = make_block(kind=Kind.FOCUS, items=points)
    forged = {f"block-{block.pk}-rows-{name}_FORMS": value for name, value in counts.items()}

    page = save(client, block.section, form_of(edit_page(client, block.section)) | forged)

    shown = [row["text"].value() for row in page.context["editors"][0].rows.forms]
    assert (page.status_code, page.context["refusal"], shown[:2]) == (400, NOT_WHOLE, ["One", "Two"])
    assert stored(block).items == points


def test_key_that_was_sent_again_by_somebody_else_answers_nothing_of_the_first(client, alice):
    block = make_block(body=THREE)
    send(client, block, block_data(block, alice, "<p>New</p>", key="k"))
    erin = make_erin()
    write(block, BlockContent(body="<p>Later</p>"), by=erin)
    client.force_login(erin)

    said = send(client, block, block_data(block, erin, "<p>New</p>", key="k")).json()

    assert (said["status"], stored(block).body) == ("clash", "<p>Later</p>")


def test_window_of_somebody_else_is_not_taken_from_them(client, alice):
    block, erin = make_block(), make_erin()
    actions.be_present(section=block.section, window="e", block=block, by=erin)

    said = beat(client, block, alice, "e")

    assert said == {"status": "wrong", "errors": {"window": ["This window is somebody else’s."]}}
    assert [(here.user, here.block) for here in Presence.objects.all()] == [(erin, block)]


def test_version_that_there_is_not_shows_the_clash_with_what_stands_there(client, clash):
    section, (first, second), data = clash

    page = save(client, section, data | {f"block-{second.pk}-version": "999", "resolve": f"{first.pk}:mine"})

    [_, editor] = page.context["editors"]
    assert (page.status_code, editor.clash.version) == (200, second.version + 1)


def test_signed_out_without_a_token_is_told_that_it_is_signed_out():
    client = Client(enforce_csrf_checks=True)

    answer = send(client, make_block(body=THREE), {})

    assert (answer.status_code, answer.json()) == (401, {"status": "signed-out"})
