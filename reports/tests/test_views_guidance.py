import pytest
from django.urls import reverse
from lxml import html

from partnership.tests.factories import make_alice, make_bob
from reports.models import Guidance, StatutoryItem
from reports.tests.factories import make_item_answer, make_report


@pytest.fixture
def alice(client, db):
    alice = make_alice()
    client.force_login(alice)
    return alice


def edition():
    return Guidance.objects.get(title="Working Together 2018")


def text_of(response, path):
    return [" ".join(each.text_content().split()) for each in html.fromstring(response.content).xpath(path)]


def filled(**fields):
    return {"code": "C1", "title": "Anything", "text": "Anything else.", "duty": "should", "source": ""} | fields


def test_before_the_first_report_there_is_no_edition(client, alice):
    assert text_of(client.get("/guidance/"), "//p[@class='portal-empty__title']") == ["No edition yet"]


def test_the_list_says_which_edition_is_to_be_confirmed_and_who_answers_it(client, alice):
    make_report()

    rows = text_of(client.get("/guidance/"), "//tbody/tr")

    assert rows == [
        "Working Together 2026 2025/26 16 To be confirmed None yet",
        "Working Together 2023 2023/24 16 In use None yet",
        "Working Together 2018 2018/19 8 In use 2022/23: where it answers Working Together 2018",
    ]


def test_the_list_takes_the_same_queries_for_more_editions_and_reports(client, alice, django_assert_num_queries):
    make_report()
    client.get("/guidance/")
    for _ in range(2):
        with django_assert_num_queries(6):
            client.get("/guidance/")
        make_report(
            "2023-24" if not Guidance.objects.get(title="Working Together 2023").reports.exists() else "2024-25"
        )


def test_an_edition_is_added_and_begins_with_the_items_of_another(client, alice):
    make_report()
    data = {"title": "Working Together 2018, local", "year": "2027", "copied_from": edition().pk}

    response = client.post("/guidance/add/", data)

    added = Guidance.objects.get(starts_on="2027-04-01")
    assert response.url == f"/guidance/{added.pk}/"
    assert (added.is_confirmed, added.items.count()) == (False, 8)


def test_an_edition_is_confirmed(client, alice):
    make_report()
    guidance = Guidance.objects.get(title="Working Together 2026")

    client.post(
        reverse("reports:guidance-change", args=[guidance.pk]),
        {"title": guidance.title, "year": "2026", "is_confirmed": "on", "version": 1},
    )

    guidance.refresh_from_db()
    assert (guidance.is_confirmed, guidance.first_year, guidance.version) == (True, "2026/27", 2)


def test_a_year_that_is_taken_is_said_above_the_form(client, alice):
    make_report()

    page = client.post("/guidance/add/", {"title": "Another", "year": "2023"})

    assert page.context["form"].non_field_errors() == ["Working Together 2023 holds from that year already."]
    assert page.context["form"]["title"].value() == "Another"


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"code": ""}, "code", "Enter a code"),
        ({"code": "x" * 11}, "code", "Ensure this value has at most 10 characters (it has 11)."),
        ({"title": "a\0b"}, "title", "Null characters are not allowed."),
        ({"text": "x" * 1_000_000}, "text", "Ensure this value has at most 2000 characters (it has 1000000)."),
        ({"duty": ""}, "duty", "Choose whether the report must or should contain it"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_everything_typed_stays(client, alice, change, field, message):
    make_report()

    page = client.post(reverse("reports:statutory-item-add", args=[edition().pk]), filled(**change))

    assert page.context["form"].errors == {field: [message]}
    assert page.context["form"]["title"].value() == filled(**change)["title"]
    assert edition().items.count() == 8


def test_an_item_is_added_and_changed(client, alice):
    make_report()
    response = client.post(reverse("reports:statutory-item-add", args=[edition().pk]), filled())
    item = StatutoryItem.objects.get(code="C1")

    change = reverse("reports:statutory-item-change", args=[item.pk])
    client.post(change, filled(title="Something", version="1"))
    stale = client.post(change, filled(title="Mine", version="1"))

    item.refresh_from_db()
    assert response.url == f"/guidance/{item.guidance_id}/#item-{item.pk}"
    assert item.title == "Something"
    assert len(stale.context["form"].non_field_errors()) == 1


def test_an_item_is_removed_or_where_it_is_answered_withdrawn_and_asked_for_again(client, alice):
    item = make_item_answer(code="A1").item
    other = edition().items.get(code="A6")

    offered = [
        text_of(client.get(reverse("reports:statutory-item-change", args=[each.pk])), "//main//form[2]//button")
        for each in (item, other)
    ]
    client.post(reverse("reports:statutory-item-withdraw", args=[item.pk]))
    client.post(reverse("reports:statutory-item-remove", args=[other.pk]))

    assert offered == [["Withdraw it"], ["Remove it"]]
    page = client.get(f"/guidance/{item.guidance_id}/")
    assert ([each.code for each in page.context["items"]], page.context["withdrawn"]) == (
        ["M1", "M2", "A2", "A3", "A4", "A5"],
        [item],
    )
    client.post(reverse("reports:statutory-item-put-back", args=[item.pk]))
    assert edition().items.in_force().filter(code="A1").exists()


def test_who_may_not_arrange_reads_the_items_without_anything_to_change(client, db):
    make_report()
    client.force_login(make_bob())

    page = client.get(f"/guidance/{edition().pk}/")

    assert text_of(page, "//h2[@class='govuk-heading-s']")[0] == "M1 What the partners did"
    assert text_of(page, "//main//form | //main//a") == []
