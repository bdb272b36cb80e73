import pytest
from django.urls import reverse

from partnership.tests.factories import make_alice, make_bob, make_period
from reports import actions
from reports.choices import Kind
from reports.content import ItemContent, QuotationContent
from reports.models import AnnualReport
from reports.tests.factories import make_block, make_report, make_section

ADDRESS = "/reports/2022-23/roll-forward/"


@pytest.fixture
def alice(client, db):
    alice = make_alice()
    client.force_login(alice)
    return alice


@pytest.fixture
def report(alice):
    report = make_report()
    section = make_section(report, number="4", title="Exploitation")
    make_block(section, heading="Why", body="<p>In 2022/23 we met.</p>")
    make_block(section, Kind.QUOTES, quotations=(QuotationContent("Listen"),))
    make_block(section, Kind.FOCUS, items=(ItemContent("Widen it"), ItemContent("Audit it")))
    make_period("2023-24")
    make_period("2024-25")
    return report


def test_page_says_what_comes_along_and_what_does_not(client, report):
    page = client.get(ADDRESS)

    assert [(row.section.title, row.to_check, row.promises, row.drawn, row.left) for row in page.context["coming"]] == [
        ("Exploitation", 1, 2, 0, 1)
    ]
    assert list(page.context["form"]["period"].field.queryset.values_list("code", flat=True)) == ["2023-24", "2024-25"]
    assert "1 part with quotes or case studies, which belong to its year" in page.content.decode()


def test_it_begins_the_report_of_the_year_chosen(client, report):
    response = client.post(ADDRESS, {"period": make_period("2023-24").pk})

    assert response.url == "/reports/2023-24/"
    page = client.get(response.url)
    assert page.context["report"].rolled_from == report
    assert [list(map(str, row.findings)) for row in page.context["rows"]] == [
        ["1 text carried over, not checked", "What we said: 2 of 2 have no answer yet"]
    ]


def test_pressed_twice_it_says_that_the_report_is_there(client, report):
    data = {"period": make_period("2023-24").pk}
    client.post(ADDRESS, data)

    page = client.post(ADDRESS, data)

    assert page.context["form"].errors == {"period": ["This year has a report already. Choose another year."]}
    assert AnnualReport.objects.count() == 2


@pytest.mark.parametrize("period", ["", "0", "-1", "nonsense", "9" * 30])
def test_a_year_that_is_none_is_refused(client, report, period):
    page = client.post(ADDRESS, {"period": period})

    assert page.status_code == 200
    assert list(page.context["form"].errors) == ["period"]
    assert AnnualReport.objects.count() == 1


def test_without_a_later_year_the_page_says_when_there_will_be_one(client, alice):
    make_report()

    page = client.get(ADDRESS).content.decode()

    assert "Every later year has its report" in page
    assert "Begin the report</button>" not in page


def test_what_was_carried_is_marked_and_can_be_checked(client, alice, report):
    rolled = actions.roll_forward(report=report, period=make_period("2023-24"), by=alice)
    section = rolled.sections.get()
    block = section.blocks.get(kind=Kind.TEXT)
    address = reverse("reports:section-detail", args=[section.pk])
    page = client.get(address)
    assert [(each["block"], str(each["names"])) for each in page.context["carried"]] == [(block, "2022/23")]
    assert (
        "Carried over, not checked" in client.get(reverse("reports:section-edit", args=[section.pk])).content.decode()
    )

    response = client.post(
        reverse("reports:section-arrange", args=[section.pk]), {"arrange": f"check:{block.pk}", "from": "section"}
    )

    assert response.url == address
    assert client.get(address).context["carried"] == []


def test_who_may_only_read_checks_nothing(client, alice, report):
    rolled = actions.roll_forward(report=report, period=make_period("2023-24"), by=alice)
    section = rolled.sections.get()
    block = section.blocks.get(kind=Kind.TEXT)
    client.force_login(make_bob())

    response = client.post(reverse("reports:section-arrange", args=[section.pk]), {"arrange": f"check:{block.pk}"})

    block.refresh_from_db()
    assert (response.status_code, block.is_carried) == (403, True)


@pytest.mark.parametrize("sections", [1, 3])
def test_page_takes_the_same_number_of_queries_for_every_size(client, alice, django_assert_num_queries, sections):
    report = make_report()
    for number in range(sections):
        make_block(make_section(report, number=str(number)), Kind.FOCUS, items=(ItemContent("Widen it"),))

    with django_assert_num_queries(11):
        client.get(ADDRESS)


def test_page_counts_as_many_sections_as_the_new_report_has_to_be_written(client, alice, report):
    chapter = make_section(report, number="5")
    make_block(chapter, Kind.QUOTES, quotations=(QuotationContent("Listen"),))
    make_block(chapter, Kind.DELIVERABLES, items=(ItemContent("Done"),))
    make_block(make_section(report, number="5.1", parent=chapter), body="<p>Words</p>")
    told = make_section(report, number="6")
    make_block(told, Kind.INSPECTIONS)
    make_section(report, number="6.1", parent=told)

    promised = client.get(ADDRESS).context["sections"]

    page = client.get(client.post(ADDRESS, {"period": make_period("2023-24").pk}).url)
    assert (promised, page.context["progress"].sections) == (4, 4)


def test_the_next_year_without_a_report_is_proposed(client, report):
    make_report("2023-24")

    field = client.get(ADDRESS).context["form"]["period"]

    assert [str(label) for _, label in field.field.choices] == ["2024/25"]


def test_of_several_years_the_next_is_proposed_whatever_was_made_first(client, alice):
    for code in ("2025-26", "2024-25"):
        make_period(code)
    make_report()

    field = client.get(ADDRESS).context["form"]["period"]

    assert [str(label) for _, label in field.field.choices] == ["2024/25", "2025/26"]
