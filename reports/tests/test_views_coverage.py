import pytest
from django.urls import reverse
from lxml import html

from partnership.tests.factories import make_alice, make_bob
from reports.models import Guidance, ItemAnswer
from reports.tests.factories import make_item_answer, make_report, make_section

COVERAGE = "/reports/2022-23/coverage/"
ADD = "/reports/2022-23/item-answers/add/"


@pytest.fixture
def alice(client, db):
    alice = make_alice()
    client.force_login(alice)
    return alice


def text_of(response, path):
    return [" ".join(each.text_content().split()) for each in html.fromstring(response.content).xpath(path)]


def test_the_page_names_sections_with_their_state_and_what_is_not_answered(client, alice):
    section = make_section(title="Neglect")
    make_item_answer(section, "M1", evidence="The chapter.")

    page = client.get(COVERAGE)

    cells = text_of(page, "//tbody/tr/td[1]")
    assert cells[:2] == [
        "1 Neglect Not started The chapter. Change what 1 Neglect answers to M1",
        "Not answered",
    ]
    assert text_of(page, "//div[@class='govuk-inset-text']") == [
        "7 of 8 items that Working Together 2018 asks for are not answered."
    ]


def test_who_may_not_arrange_reads_it_without_anything_to_change(client, db):
    make_item_answer()
    client.force_login(make_bob())

    page = client.get(COVERAGE)

    assert text_of(page, "//thead//th") == ["What it asks", "Sections that answer it"]
    assert text_of(page, "//main//form") == []
    assert "item-answers" not in page.content.decode()


def test_a_section_is_named_from_the_coverage_page(client, alice):
    section = make_section()
    item = section.report.guidance.items.get(code="A1")

    page = client.get(f"{ADD}?item={item.pk}")
    response = client.post(ADD, {"item": item.pk, "section": section.pk, "evidence": "A figure."})

    assert page.context["form"]["item"].value() == str(item.pk)
    assert response.url == f"{COVERAGE}#item-{item.pk}"
    assert ItemAnswer.objects.values_list("section", "item", "evidence").get() == (section.pk, item.pk, "A figure.")


def test_an_item_is_named_from_the_sections_page_and_leads_back_there(client, alice):
    section = make_section()
    address = f"{ADD}?from=section&section={section.pk}"
    item = section.report.guidance.items.get(code="A1")

    page = client.get(address)
    response = client.post(address, {"item": item.pk, "section": section.pk, "evidence": ""})

    assert text_of(page, "//a[@class='govuk-back-link']") == [str(section)]
    assert response.url == reverse("reports:section-detail", args=[section.pk]) + "#statutory"
    assert text_of(client.get(response.url), "//*[@id='statutory']//li") == [
        "A1 Impact on children and families Nobody has said yet what shows it. "
        "Change: A1 Impact on children and families"
    ]


def test_the_evidence_is_changed_and_the_answer_removed(client, alice):
    answer = make_item_answer(evidence="A figure.")
    change = reverse("reports:item-answer-change", args=[answer.pk])

    response = client.post(change, {"evidence": "Two figures.", "version": 1})
    stale = client.post(change, {"evidence": "Mine.", "version": 1})

    assert response.url == f"{COVERAGE}#item-{answer.item_id}"
    assert stale.context["form"]["evidence"].value() == "Mine."
    assert len(stale.context["form"].non_field_errors()) == 1
    assert ItemAnswer.objects.get().evidence == "Two figures."
    removed = client.post(reverse("reports:item-answer-remove", args=[answer.pk]) + "?from=section")
    assert removed.url == reverse("reports:section-detail", args=[answer.section_id]) + "#statutory"
    assert ItemAnswer.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"item": ""}, "item", "Choose what the guidance asks"),
        (
            {"item": "999999999999999999999"},
            "item",
            "Select a valid choice. That choice is not one of the available choices.",
        ),
        ({"section": ""}, "section", "Choose the section that answers it"),
        ({"section": "x\0"}, "section", "Null characters are not allowed."),
        ({"evidence": "a\0b"}, "evidence", "Null characters are not allowed."),
        ({"evidence": "x" * 501}, "evidence", "Ensure this value has at most 500 characters (it has 501)."),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_everything_typed_stays(client, alice, change, field, message):
    section = make_section()
    item = section.report.guidance.items.get(code="A1")
    filled = {"item": item.pk, "section": section.pk, "evidence": "A figure."} | change

    page = client.post(f"{ADD}?from=section&section=x", filled)

    form = page.context["form"]
    assert form.errors == {field: [message]}
    assert form["evidence"].value() == filled["evidence"]
    assert ItemAnswer.objects.count() == 0


def test_sections_of_another_report_cannot_be_named(client, alice):
    report = make_report()
    elsewhere = make_section(make_report("2021-22"))
    item = report.guidance.items.get(code="A1")

    page = client.post(ADD, {"item": item.pk, "section": elsewhere.pk})

    assert list(page.context["form"].errors) == ["section"]


def test_what_could_tell_who_a_child_is_is_asked_about(client, alice):
    section = make_section()
    item = section.report.guidance.items.get(code="A1")

    page = client.post(ADD, {"item": item.pk, "section": section.pk, "evidence": "Born 3 May 2011 in ST16 2DH"})

    assert "evidence" in page.context["form"].errors
    assert ItemAnswer.objects.count() == 0


def test_the_board_chooses_another_edition(client, alice):
    make_report()
    later = Guidance.objects.get(title="Working Together 2023")

    client.post("/reports/2022-23/guidance/choose/", {"guidance": later.pk})
    wrong = client.post("/reports/2022-23/guidance/choose/", {"guidance": "x"})

    assert wrong.url == COVERAGE
    assert client.get(COVERAGE).context["coverage"].guidance == later


def test_report_and_outline_say_what_is_not_answered(client, alice):
    section = make_section(title="Neglect")
    make_item_answer(section, "A2")

    for address in ("/reports/2022-23/", "/reports/2022-23/outline/"):
        links = html.fromstring(client.get(address).content).xpath(f"//a[@href='{COVERAGE}']")
        assert [link.getparent().text_content().split(".")[0] for link in links] == [
            "7 of 8 items that Working Together 2018 asks for are not answered"
        ]
    assert text_of(client.get("/reports/2022-23/outline/"), f"//li[@id='section-{section.pk}']//p") == [
        f"{section.owner.short_name}, no writer yet. Answers A2"
    ]


def test_a_report_without_guidance_says_so_and_lets_the_board_choose_one(client, alice):
    section = make_section()
    guidance, section.report.guidance = section.report.guidance, None
    section.report.save()

    page = client.get(COVERAGE)
    others = [client.get(f"/reports/2022-23/{each}") for each in ("", "outline/")]
    client.post("/reports/2022-23/guidance/choose/", {"guidance": guidance.pk})

    assert text_of(page, "//p[@class='govuk-body-l']") == [
        "This report answers no edition of the statutory guidance yet."
    ]
    assert [each.context["coverage"] for each in others] == [None, None]
    assert client.get(COVERAGE).context["coverage"].guidance == guidance


@pytest.mark.parametrize("sections", [1, 3])
def test_page_takes_the_same_queries_whatever_its_size(client, alice, django_assert_num_queries, sections):
    report = make_report()
    for number in range(sections):
        make_item_answer(make_section(report, number=str(number)))
    client.get(COVERAGE)

    with django_assert_num_queries(9):
        client.get(COVERAGE)
