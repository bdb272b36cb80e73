import lxml.html
import pytest
import time_machine
from django.urls import reverse

from partnership.tests.factories import make_alice, make_bob, make_charlie, make_erin, make_frank
from reports import actions
from reports.models import Comment, Reply
from reports.tests.factories import make_block, make_comment, make_section

pytestmark = pytest.mark.django_db

TEXT = "<p>Ten children met the board in May. All of them said what they think.</p>"


def page_of(response):
    return lxml.html.fromstring(response.content)


def words(element):
    return " ".join(element.text_content().split())


def add(client, section, **fields):
    address = reverse("reports:comment-add", args=[section.pk])
    return client.post(address, {f"comment-{name}": value for name, value in fields.items()})


def errors(response):
    return [words(error) for error in page_of(response).find_class("govuk-error-message")]


def test_the_chair_comments_on_a_passage_from_the_sections_page(client):
    frank, bob = make_frank(), make_bob()
    block = make_block(body=TEXT)
    client.force_login(frank)

    response = add(
        client,
        block.section,
        block=block.pk,
        marked="[Ten] children",
        passage="Ten children",
        text="Who were they?",
        mentions=[bob.pk],
    )

    comment = Comment.objects.get()
    assert response.url == f"/sections/{block.section_id}/#comment-{comment.pk}"
    assert (comment.text, comment.passage, comment.block, comment.by, list(comment.mentions.all())) == (
        "Who were they?",
        "Ten children",
        block,
        frank,
        [bob],
    )
    thread = page_of(client.get(response.url)).get_element_by_id(f"comment-{comment.pk}")
    assert (thread.get("data-block"), thread.get("data-words")) == (str(block.pk), "Ten children")
    assert words(thread.find_class("portal-comment__passage")[0]) == "Ten children"
    assert words(thread.find_class("portal-quiet")[0]).endswith("For Bob")


def test_words_typed_by_hand_are_found_wherever_they_stand(client):
    block = make_block(body=TEXT)
    make_block(block.section, body="<p>Another text.</p>")
    client.force_login(make_frank())

    add(client, block.section, passage="another text", text="Which?")
    response = add(client, block.section, passage="Another text", text="Which?")

    assert response.status_code == 302
    assert Comment.objects.get().passage == "Another text"


def test_words_that_are_not_in_the_section_are_named_and_nothing_typed_is_lost(client):
    block = make_block(body=TEXT)
    client.force_login(make_frank())

    response = add(client, block.section, passage="Nine children", text="Who were they?")

    assert Comment.objects.count() == 0
    assert errors(response) == [
        "Error: These words are not in the text of this section. Copy them from it again, or leave them out to comment "
        "on the section as a whole. Tables and charts made from records cannot be commented on in part."
    ]
    page = page_of(response)
    assert page.get_element_by_id("id_comment-text").text.strip() == "Who were they?"
    assert page.get_element_by_id("id_comment-passage").text.strip() == "Nine children"
    assert page.findtext(".//title").startswith("Error:")


def test_what_looks_like_a_childs_name_is_asked_about(client):
    section = make_section()
    client.force_login(make_frank())

    response = add(client, section, text="Was this the child born 12/03/2011?")

    assert Comment.objects.count() == 0
    assert len(errors(response)) == 1
    ticks = page_of(response).xpath("//input[@name='comment-text_keep']/@value")
    response = add(client, section, text="Was this the child born 12/03/2011?", text_keep=ticks)
    assert response.status_code == 302


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({}, "Error: Enter your comment"),
        ({"text": "a\0b"}, "Error: Null characters are not allowed."),
        ({"text": "a" * 2_001}, "Error: Your comment must be 2,000 characters or fewer. It has 2,001."),
        (
            {"text": "a", "passage": "b" * 1_000_000},
            "Error: Words that it is about must be 2,000 characters or fewer. It has 1,000,000.",
        ),
    ],
)
def test_bad_input_is_refused_with_a_reason(client, fields, error):
    client.force_login(make_frank())

    response = add(client, make_section(), **fields)

    assert response.status_code == 200
    assert Comment.objects.count() == 0
    assert errors(response) == [error]


def test_nonsense_in_what_the_page_sends_by_itself_is_passed_over(client):
    client.force_login(make_frank())

    response = add(client, make_section(), text="All right", block="9" * 30, before="x", mentions=["9" * 30])

    assert response.status_code == 302
    comment = Comment.objects.get()
    assert (comment.text, comment.block, list(comment.mentions.all())) == ("All right", None, [])


def test_a_comment_whose_passage_has_gone_says_what_it_read(client):
    block = make_block(body=TEXT)
    comment = make_comment(block.section, passage="Ten children")
    actions.remove_block(block=block, by=make_alice())
    client.force_login(make_bob())

    thread = page_of(client.get(reverse("reports:section-detail", args=[block.section_id])))

    lost = thread.get_element_by_id(f"comment-{comment.pk}").find_class("portal-comment__lost")
    assert [words(each) for each in lost] == ["The passage has been changed or removed. It read: Ten children"]


def test_reply_from_the_list_and_from_the_comments_own_page(client):
    bob, comment = make_bob(), make_comment()
    address = reverse("reports:comment-reply", args=[comment.pk])
    client.force_login(bob)

    from_list = client.post(address, {"text": "We do."})
    from_page = client.post(address, {"text": "And you?", "mentions": [comment.by_id], "from": "comment"})

    assert from_list.url == f"/sections/{comment.section_id}/#comment-{comment.pk}"
    assert from_page.url == f"/comments/{comment.pk}/"
    assert list(Reply.objects.values_list("text", "by", "mentions")) == [
        ("We do.", bob.pk, None),
        ("And you?", bob.pk, comment.by_id),
    ]


def test_a_reply_that_is_refused_comes_back_with_what_was_typed(client):
    comment = make_comment()
    client.force_login(make_bob())

    response = client.post(reverse("reports:comment-reply", args=[comment.pk]), {"text": "Child born 12/03/2011"})

    assert Reply.objects.count() == 0
    assert page_of(response).get_element_by_id("id_text").text.strip() == "Child born 12/03/2011"


def test_resolve_and_open_again(client):
    comment = make_comment()
    client.force_login(make_alice())

    client.post(reverse("reports:comment-resolve", args=[comment.pk]))

    page = page_of(client.get(reverse("reports:section-detail", args=[comment.section_id])))
    assert "1 resolved comment" in words(page.get_element_by_id("comments"))
    assert (
        page.get_element_by_id(f"comment-{comment.pk}")
        .find_class("portal-comment__state")[0]
        .text.startswith("Resolved by Alice")
    )
    client.post(reverse("reports:comment-reopen", args=[comment.pk]))
    comment.refresh_from_db()
    assert comment.resolved_at is None


def test_resolving_is_for_its_author_its_settler_and_the_writers(client):
    comment = make_comment()
    client.force_login(make_charlie())

    answers = [
        client.post(reverse(f"reports:comment-{verb}", args=[comment.pk])).status_code
        for verb in ("resolve", "reopen", "assign")
    ]
    page = page_of(client.get(reverse("reports:section-detail", args=[comment.section_id])))

    assert answers == [403, 403, 403]
    assert "Resolve" not in words(page.get_element_by_id(f"comment-{comment.pk}"))


@time_machine.travel("2023-06-15 12:00")
def test_assign_with_a_day_and_see_it_on_the_home_page(client):
    bob, comment = make_bob(), make_comment()
    address = reverse("reports:comment-assign", args=[comment.pk])
    client.force_login(make_alice())

    late = client.post(address, {"to": bob.pk, "due_on": "2023-06-14"})
    far = client.post(address, {"to": bob.pk, "due_on": "9999-12-31"})
    client.post(address, {"to": bob.pk, "due_on": "2023-06-20"})

    assert errors(late) == ["Error: Enter a day from today on"]
    assert len(errors(far)) == 1
    comment.refresh_from_db()
    assert (comment.assigned_to, str(comment.due_on)) == (bob, "2023-06-20")
    client.force_login(bob)
    card = page_of(client.get(reverse("home"))).xpath("//li[contains(., 'For you to settle')]")[0]
    assert card.xpath(".//a/@href") == [f"/sections/{comment.section_id}/#comment-{comment.pk}"]
    assert "Due 20 June 2023" in words(card)


def test_home_page_shows_those_that_name_somebody(client):
    bob = make_bob()
    make_comment(mentions=[bob], text="Please look at this.")
    client.force_login(bob)

    page = page_of(client.get(reverse("home")))

    assert [words(card) for card in page.xpath("//li[contains(., 'asked to read it')]/p[1]")] == [
        "Erin: Please look at this."
    ]


def test_comments_stand_in_the_order_of_the_text(client):
    erin = make_erin()
    section = make_section()
    first, second = make_block(section, body=TEXT), make_block(section, body="<p>The second text.</p>")
    passages = ["second", "said", "", "Ten"]
    for passage in passages:
        make_comment(section, passage=passage, text=f"On {passage or 'all'}", by=erin)
    client.force_login(erin)

    page = page_of(client.get(reverse("reports:section-comments", args=[section.pk])))

    said = [words(each) for each in page.find_class("portal-comment__said")]
    assert said == ["On all", "On Ten", "On said", "On second"]
    assert [first.pk, first.pk, second.pk] == [int(pk) for pk in page.xpath("//li/@data-block")]


@pytest.mark.parametrize("number", [1, 3])
def test_comments_are_listed_in_the_same_number_of_queries(client, number, django_assert_num_queries):
    bob = make_bob()
    block = make_block(body=TEXT)
    for _ in range(number):
        comment = make_comment(block.section, passage="Ten children", mentions=[bob])
        for _ in range(number):
            actions.reply_to_comment(comment=comment, text="Yes", mentions=[bob], by=bob)
    client.force_login(bob)
    address = reverse("reports:section-comments", args=[block.section_id])
    client.get(address)

    with django_assert_num_queries(18):
        client.get(address)


def test_a_comment_on_a_section_that_was_taken_out_is_not_found(client):
    comment = make_comment()
    actions.remove_section(section=comment.section, by=comment.by)
    client.force_login(make_alice())

    assert client.get(reverse("reports:comment-detail", args=[comment.pk])).status_code == 404
    assert client.post(reverse("reports:comment-reply", args=[comment.pk]), {"text": "x"}).status_code == 404
    assert Reply.objects.count() == 0
