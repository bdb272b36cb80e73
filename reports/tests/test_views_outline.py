from datetime import date

import pytest
import time_machine
from django.urls import reverse

from partnership.choices import Role
from partnership.tests.factories import make_agency, make_alice, make_bob, make_partnership, make_person
from reports.choices import Numbering
from reports.models import AnnualReport, Section
from reports.tests.factories import make_report, make_section, make_submitted_section


@pytest.fixture
def alice(client, db):
    alice = make_alice()
    client.force_login(alice)
    return alice


def filled(**fields):
    return {"title": "Early help", "number": "4.3", "parent": "", "owner": str(make_agency().pk)} | fields


def test_a_section_is_added_with_its_writer_due_date_and_length(client, alice):
    report = make_report()
    chapter, bob = make_section(report, number="4"), make_bob()
    data = filled(parent=chapter.pk, writer=bob.pk, due_on="2023-06-30", words_wished="600")

    response = client.post(reverse("reports:section-add", args=["2022-23"]), data)

    section = Section.objects.get(title="Early help")
    assert response.url == f"/reports/2022-23/outline/#section-{section.pk}"
    assert (section.parent, section.writer, section.due_on, section.words_wished) == (
        chapter,
        bob,
        date(2023, 6, 30),
        600,
    )


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"title": ""}, "title", "Enter a title"),
        ({"title": "x" * 201}, "title", "Ensure this value has at most 200 characters (it has 201)."),
        ({"owner": ""}, "owner", "Choose the agency that answers for the section"),
        ({"due_on": "9999-12-31"}, "due_on", "Enter a date from 1989 to 2099"),
        ({"words_wished": "-3"}, "words_wished", "Enter a number of words of at least 1, or leave it empty"),
        ({"words_wished": "many"}, "words_wished", "Enter a whole number of words, such as 600"),
        ({"title": "a\0b"}, "title", "Null characters are not allowed."),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_everything_typed_stays(client, alice, change, field, message):
    make_report()

    page = client.post(reverse("reports:section-add", args=["2022-23"]), filled(**change))

    form = page.context["form"]
    assert form.errors == {field: [message]}
    assert form["number"].value() == "4.3"
    assert Section.objects.count() == 0


def test_only_those_who_may_write_are_offered_as_writers(client, alice):
    make_report()
    bob = make_bob()
    make_person("Gina", Role.SIGNATORY, "council")
    left = make_person("Left", Role.CONTRIBUTOR, "police")
    left.is_active = False
    left.save()

    page = client.get(reverse("reports:section-add", args=["2022-23"]))

    assert set(page.context["form"].fields["writer"].queryset) >= {alice, bob}
    assert {each.name for each in page.context["form"].fields["writer"].queryset} == {"Alice", "Bob", "Erin"}


def test_a_writer_who_has_left_stays_until_somebody_else_is_chosen(client, alice):
    left = make_person("Left", Role.CONTRIBUTOR, "police")
    section = make_section(writer=left)
    left.is_active = False
    left.save()
    address = reverse("reports:section-change", args=[section.pk])

    page = client.get(address)
    client.post(address, filled(writer=left.pk))

    section.refresh_from_db()
    assert left in page.context["form"].fields["writer"].queryset
    assert (section.writer, section.title) == (left, "Early help")


def test_a_change_that_the_outline_refuses_is_told_on_the_form(client, alice):
    report = make_report()
    chapter = make_section(report, number="1")
    make_section(report, number="1.1", parent=chapter)
    other = make_section(report, number="2")

    page = client.post(reverse("reports:section-change", args=[chapter.pk]), filled(parent=other.pk))

    assert "is a chapter with sub-sections. Move those first." in page.content.decode()
    assert page.context["form"]["title"].value() == "Early help"


def test_where_the_portal_numbers_a_tick_says_whether_there_is_a_number(client, alice):
    report = make_report()
    first, second = make_section(report, number="", title="Foreword"), make_section(report, number="7")
    client.post(reverse("reports:numbering-choose", args=["2022-23"]), {"numbering": Numbering.AUTOMATIC})

    form = client.get(reverse("reports:section-change", args=[first.pk])).context["form"]
    assert ("number" in form.fields, form["has_number"].value()) == (False, False)
    client.post(reverse("reports:section-change", args=[first.pk]), filled(has_number="on"))

    assert list(Section.objects.order_by("order").values_list("number", flat=True)) == ["1", "2"]
    assert second.number == "7"


def test_sections_are_moved_taken_out_and_put_back(client, alice):
    report = make_report()
    first, second = make_section(report, number="1"), make_section(report, number="2")

    client.post(reverse("reports:section-move", args=[second.pk]), {"to": "up"})
    assert list(report.sections.all()) == [second, first]

    client.post(reverse("reports:section-remove", args=[second.pk]))
    page = client.get(reverse("reports:report-outline", args=["2022-23"]))
    assert ([row["section"] for row in page.context["rows"]], page.context["taken_out"]) == ([first], [second])
    assert client.get(reverse("reports:section-detail", args=[second.pk])).status_code == 404

    client.post(reverse("reports:section-put-back", args=[second.pk]))
    assert list(report.sections.all()) == [second, first]


def test_a_chapter_that_is_taken_out_stands_for_its_sub_sections(client, alice):
    report = make_report()
    chapter = make_section(report, number="1")
    make_section(report, number="1.1", parent=chapter)

    client.post(reverse("reports:section-remove", args=[chapter.pk]))

    page = client.get(reverse("reports:report-outline", args=["2022-23"]))
    assert page.context["taken_out"] == [chapter]


@pytest.mark.parametrize("sections", [1, 3])
def test_outline_takes_the_same_queries_whatever_its_size(client, alice, sections, django_assert_num_queries):
    report = make_report()
    for number in range(sections):
        chapter = make_section(report, number=str(number), writer=make_bob())
        make_section(report, number=f"{number}.1", parent=chapter)

    with django_assert_num_queries(10):
        client.get(reverse("reports:report-outline", args=["2022-23"]))


@time_machine.travel(date(2023, 5, 1), tick=False)
@pytest.mark.parametrize(("outline", "sections"), [("standard", 19), ("empty", 0)])
def test_a_report_is_begun_for_a_year_without_one(client, alice, outline, sections):
    make_partnership()
    data = {"year": "2023", "title": "Annual report", "outline": outline, "owner": make_agency("board").pk}

    response = client.post(reverse("reports:report-begin"), data)

    report = AnnualReport.objects.get()
    assert response.url == reverse("reports:report-detail", args=["2023-24"])
    assert (str(report), report.sections.count()) == ("Annual report 2023/24", sections)


@time_machine.travel(date(2023, 5, 1), tick=False)
def test_a_year_with_a_report_is_not_offered(client, alice):
    make_report("2022-23")

    page = client.get(reverse("reports:report-begin"))

    labels = [label for _, label in page.context["form"].fields["year"].choices]
    assert labels == ["Choose a year", "2024/25", "2023/24", "2021/22", "2020/21", "2019/20"]


def test_who_writes_a_section_can_edit_it_from_the_reports_page(client, db):
    bob = make_bob()
    report = make_report()
    mine, other = make_section(report, number="1", writer=bob), make_section(report, number="2")
    client.force_login(bob)

    page = client.get(reverse("reports:report-detail", args=["2022-23"]))

    assert page.context["writable"] == {mine.pk}
    assert reverse("reports:section-edit", args=[mine.pk]) in page.content.decode()
    assert reverse("reports:section-edit", args=[other.pk]) not in page.content.decode()


def test_home_tells_the_writer_what_to_write_and_the_board_what_to_decide(client, alice):
    bob = make_bob()
    report = make_report()
    later = make_section(report, number="1", writer=bob, due_on=date(2023, 7, 1))
    sooner = make_section(report, number="2", writer=bob, due_on=date(2023, 6, 1))
    handed_in = make_submitted_section(report, number="3", writer=bob)
    make_section(report, number="4")

    for_board = client.get(reverse("home"))
    client.force_login(bob)
    for_bob = client.get(reverse("home"))

    assert list(for_board.context["sections_to_decide"]) == [handed_in]
    assert list(for_board.context["sections_to_write"]) == []
    assert list(for_bob.context["sections_to_decide"]) == []
    assert list(for_bob.context["sections_to_write"]) == [sooner, later]
