from datetime import date

import pytest

from partnership.models import AuditEvent
from partnership.states import WrongState
from partnership.tests.factories import make_alice, make_bob, make_charlie, make_dana, make_erin, make_frank
from reports import actions
from reports.actions import NoSuchPassage
from reports.choices import Kind
from reports.content import BlockContent, ItemContent, content_of, text_of
from reports.models import Block, Comment
from reports.tests.factories import make_block, make_comment, make_section, write

pytestmark = pytest.mark.django_db

TEXT = "<p>Ten children met the board in May. All of them said what they think.</p>"


def words(comment):
    """What stands now where the comment stands."""
    comment.refresh_from_db()
    block = Block.objects.get(pk=comment.block_id)
    return text_of(content_of(block))[comment.begins : comment.ends]


def events(comment):
    found = AuditEvent.objects.filter(target_model="reports.comment", target_id=comment.pk).order_by("pk")
    return list(found.values_list("verb", "by_label", "detail"))


def test_add_comment_on_a_section():
    frank, bob, section = make_frank(), make_bob(), make_section()

    comment = actions.add_comment(section=section, text="Is this all?", mentions=[bob], by=frank)

    assert (comment.block, comment.passage, comment.begins, comment.ends) == (None, "", None, None)
    assert list(comment.mentions.all()) == [bob]
    assert not comment.has_lost_its_passage
    assert events(comment) == [("comment.added", "Frank", "")]


def test_add_comment_on_a_passage_finds_it_in_whichever_block_it_stands():
    section = make_section()
    make_block(section, body="<p>Something else.</p>")
    block = make_block(section, body=TEXT)

    comment = make_comment(section, passage="met  the board\nin May.")

    assert comment.block == block
    assert words(comment) == "met the board in May"


def test_add_comment_takes_the_figures_of_a_page_for_those_of_the_text():
    figure = '<span data-figure="MACE" data-period="2022-23" data-show="value"></span>'
    block = make_block(body=f"<p>In all {figure} children met.</p>")

    comment = make_comment(block.section, block=block, passage="[around 610] children")

    assert comment.passage == "around 610 children"
    assert words(comment) == "[MACE] children"


def test_add_comment_refuses_words_that_stand_nowhere():
    block = make_block(body=TEXT)
    other = make_block(block.section, body="<p>Other words.</p>")

    with pytest.raises(NoSuchPassage):
        make_comment(block.section, passage="Nine children")
    with pytest.raises(NoSuchPassage):
        make_comment(block.section, block=other, passage="Ten children")

    assert Comment.objects.count() == 0


@pytest.mark.parametrize(
    ("body", "now"),
    [
        (TEXT.replace("Ten", "In all, twelve"), "said what they think"),
        (TEXT.replace("what they think", "all they think"), "said all they think"),
        ("<p>New first paragraph.</p>" + TEXT, "said what they think"),
    ],
)
def test_comment_follows_its_passage(body, now):
    block = make_block(body=TEXT)
    comment = make_comment(block.section, passage="said what they think")

    write(block, BlockContent(body=body), by=make_alice())

    assert words(comment) == now
    assert not comment.has_lost_its_passage


def test_comment_says_when_its_passage_has_gone_and_finds_it_when_it_comes_back():
    block = make_block(body=TEXT)
    comment = make_comment(block.section, passage="said what they think")

    write(block, BlockContent(body="<p>Ten children met the board in May.</p>"), by=make_alice())
    comment.refresh_from_db()

    assert (comment.begins, comment.ends, comment.has_lost_its_passage) == (None, None, True)
    assert comment.passage == "said what they think"

    write(block, BlockContent(body=TEXT), by=make_alice())

    assert words(comment) == "said what they think"


def test_comment_on_a_point_follows_it_through_the_list():
    block = make_block(kind=Kind.DELIVERABLES, items=(ItemContent("We met"), ItemContent("We trained staff")))
    comment = make_comment(block.section, passage="We trained staff")

    write(block, BlockContent(items=(ItemContent("We trained staff"), ItemContent("We met"))), by=make_alice())
    write(block, BlockContent(items=(ItemContent("We trained all staff"), ItemContent("We met"))), by=make_alice())

    assert words(comment) == "We trained all staff"


def test_comment_on_a_block_that_is_taken_out_has_lost_its_passage():
    block = make_block(body=TEXT)
    comment = make_comment(block.section, passage="Ten children")

    actions.remove_block(block=block, by=make_alice())

    assert Comment.objects.get(pk=comment.pk).has_lost_its_passage


def test_reply_to_a_comment():
    bob, comment = make_bob(), make_comment()

    reply = actions.reply_to_comment(comment=comment, text="The police do.", mentions=[comment.by], by=bob)

    assert (reply.comment, reply.text, reply.by, list(reply.mentions.all())) == (
        comment,
        "The police do.",
        bob,
        [comment.by],
    )
    assert events(comment)[1:] == [("comment.replied", "Bob", "")]


def test_reply_to_a_resolved_comment_opens_it_again():
    bob, comment = make_bob(), make_comment()
    actions.resolve_comment(comment=comment, by=comment.by)

    actions.reply_to_comment(comment=comment, text="Not yet.", by=bob)

    comment.refresh_from_db()
    assert (comment.resolved_at, comment.resolved_by) == (None, None)
    assert [verb for verb, _, _ in events(comment)] == [
        "comment.added",
        "comment.resolved",
        "comment.replied",
        "comment.reopened",
    ]


def test_resolve_and_reopen_a_comment_each_once():
    alice, comment = make_alice(), make_comment()

    with pytest.raises(WrongState):
        actions.reopen_comment(comment=comment, by=alice)
    actions.resolve_comment(comment=comment, by=alice)
    with pytest.raises(WrongState, match="Alice has resolved this comment already"):
        actions.resolve_comment(comment=comment, by=alice)
    comment.refresh_from_db()
    assert comment.resolved_by == alice

    actions.reopen_comment(comment=comment, by=alice)

    comment.refresh_from_db()
    assert comment.resolved_at is None
    assert [verb for verb, _, _ in events(comment)] == ["comment.added", "comment.resolved", "comment.reopened"]


def test_assign_a_comment_and_take_it_back():
    alice, bob, comment = make_alice(), make_bob(), make_comment()

    actions.assign_comment(comment=comment, to=bob, due_on=date(2023, 6, 1), by=alice)

    comment.refresh_from_db()
    assert (comment.assigned_to, comment.due_on) == (bob, date(2023, 6, 1))
    actions.assign_comment(comment=comment, to=None, due_on=date(2023, 6, 1), by=alice)
    comment.refresh_from_db()
    assert (comment.assigned_to, comment.due_on) == (None, None)
    assert events(comment)[1:] == [
        ("comment.assigned", "Alice", "To Bob until 1 June 2023"),
        ("comment.assigned", "Alice", "To nobody"),
    ]


def test_assign_refuses_a_resolved_comment():
    comment = make_comment()
    actions.resolve_comment(comment=comment, by=comment.by)

    with pytest.raises(WrongState):
        actions.assign_comment(comment=comment, to=make_bob(), by=comment.by)


def test_comments_wait_for_those_who_are_named_until_they_answer():
    bob, charlie, comment = make_bob(), make_charlie(), make_comment()
    named = make_comment(comment.section, mentions=[bob])
    actions.reply_to_comment(comment=comment, text="And you?", mentions=[bob], by=charlie)

    assert set(Comment.objects.waiting_for(bob)) == {comment, named}
    assert set(Comment.objects.waiting_for(charlie)) == set()

    actions.reply_to_comment(comment=comment, text="Me too.", by=bob)
    actions.reply_to_comment(comment=named, text="Yes.", mentions=[charlie], by=bob)

    assert set(Comment.objects.waiting_for(bob)) == set()
    assert set(Comment.objects.waiting_for(charlie)) == {named}


def test_comments_wait_for_whoever_settles_them_the_most_pressing_first():
    bob, section = make_bob(), make_section()
    any_day, later, sooner, resolved, others = (make_comment(section) for _ in range(5))
    days = {later: date(2023, 7, 1), sooner: date(2023, 6, 1), any_day: None, resolved: None}
    for comment, day in days.items():
        actions.assign_comment(comment=comment, to=bob, due_on=day, by=others.by)
    actions.resolve_comment(comment=resolved, by=bob)

    assert list(Comment.objects.waiting_for(bob)) == [sooner, later, any_day]


def test_comments_of_a_section_that_was_taken_out_are_out_of_sight():
    bob, comment = make_bob(), make_comment()
    actions.assign_comment(comment=comment, to=bob, by=comment.by)

    actions.remove_section(section=comment.section, by=comment.by)

    assert list(Comment.objects.waiting_for(bob)) == list(Comment.objects.visible_to(bob)) == []


def test_a_comment_is_settled_by_its_author_its_settler_and_who_writes_the_section():
    bob, charlie, dana, frank = make_bob(), make_charlie(), make_dana(), make_frank()
    comment = make_comment(make_section(writer=bob), by=frank)

    def may_settle():
        people = (make_alice(), bob, charlie, dana, make_erin(), frank)
        return [person.name for person in people if Comment.objects.settled_by(person).filter(pk=comment.pk).exists()]

    assert may_settle() == ["Alice", "Bob", "Erin", "Frank"]
    actions.assign_comment(comment=comment, to=dana, by=frank)
    assert may_settle() == ["Alice", "Bob", "Dana", "Erin", "Frank"]


def test_whoever_is_named_or_asked_to_settle_a_comment_gets_one_email(
    mailoutbox, settings, django_capture_on_commit_callbacks
):
    settings.PORTAL_URL = "https://portal.example.org"
    bob, frank, section = make_bob(), make_frank(), make_section()

    with django_capture_on_commit_callbacks(execute=True):
        comment = make_comment(section, text="A secret", mentions=[bob, frank], by=frank)
        actions.assign_comment(comment=comment, to=bob, due_on=date(2023, 6, 1), by=frank)
        actions.assign_comment(comment=comment, to=bob, due_on=date(2023, 6, 8), by=frank)
        actions.reply_to_comment(comment=comment, text="A secret", by=bob)

    assert [(email.to, email.subject) for email in mailoutbox] == [
        ([bob.email], "Please read a comment on 1 Section 1"),
        ([bob.email], "A comment on 1 Section 1 for you to settle"),
    ]
    assert mailoutbox[0].body == (
        "Hello Bob,\n\nFrank asks you to read a comment in Annual report 2022/23 of County Safeguarding Children "
        f"Partnership:\n1 Section 1\n\nYou can read it and answer it here:\nhttps://portal.example.org/comments/{comment.pk}/\n"
    )
    assert "by 1 June 2023" in mailoutbox[1].body
    assert all("secret" not in email.body for email in mailoutbox)


def test_nobody_without_an_account_is_written_to(mailoutbox, django_capture_on_commit_callbacks):
    bob, comment = make_bob(), make_comment()
    bob.is_active = False
    bob.save()

    with django_capture_on_commit_callbacks(execute=True):
        actions.reply_to_comment(comment=comment, text="Bob?", mentions=[bob], by=comment.by)

    assert mailoutbox == []
