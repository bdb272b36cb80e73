import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from partnership.filetypes.refused import HAS_MACROS
from partnership.tests.factories import make_agency, make_alice, make_erin, make_partnership
from reports.models import AnnualReport, ReportImport, Section
from reports.tests.factories import make_report, make_report_import, make_section
from reports.tests.word_sample import h1, h2, p, row, table, word_file
from reports.word.outline import Loss

CONTENT = word_file(
    p("Annual report 2023/24", style="Title"),
    h1("4 Quality"),
    h2("4.1 <b>Exploitation</b>"),
    p("Three plain words"),
    table(row("A"), row("B")),
)


@pytest.fixture
def alice(client, db, time_machine):
    time_machine.move_to("2025-06-01 12:00Z")
    make_partnership()
    alice = make_alice()
    client.force_login(alice)
    return alice


def send(client, content=CONTENT, *, name="report.docx"):
    return client.post(reverse("reports:report-import"), {"file": SimpleUploadedFile(name, content)})


def confirm(client, **data):
    upload = ReportImport.objects.get()
    return client.post(reverse("reports:report-import-confirm", args=[upload.pk]), data, follow=True)


def test_file_is_looked_at_and_then_confirmed(client, alice):
    sent = send(client, name="../../été.docx")
    preview = client.get(sent.url)
    assert sent.url == reverse("reports:report-import-check", args=[ReportImport.objects.get().pk])
    assert preview.context["form"]["year"].initial == 2023
    assert not AnnualReport.objects.exists()

    page = confirm(client, year="2023", owner=make_agency("council").pk)

    assert [str(message) for message in page.context["messages"]] == [
        "Annual report 2023/24 is made. Read it through before you share it."
    ]
    assert page.redirect_chain[-1][0] == reverse("reports:report-detail", args=["2023-24"])
    assert [str(section) for section in Section.objects.order_by("pk")] == ["4 Quality", "4.1 <b>Exploitation</b>"]
    assert not ReportImport.objects.exists()


def test_preview_lists_the_sections_and_what_could_not_be_kept(client, alice):
    page = client.get(send(client, name="<i>.docx").url)

    text = page.content.decode()
    assert '<th scope="row" class="portal-outline-2">4.1 &lt;b&gt;Exploitation&lt;/b&gt;</th>' in text
    assert '<td class="number" data-label="Words">5</td>' in text
    assert "&lt;i&gt;.docx" in text
    assert [(loss["loss"], [place.where for place in loss["places"]]) for loss in page.context["losses"]] == [
        (Loss.COVER.value, [""]),
        (Loss.HEADER_CELLS.value, ["4.1 <b>Exploitation</b>"]),
    ]


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "x.docx", "This file is empty."),
        (
            b"%PDF-1.7 words",
            "x.docx",
            "This is not a Word file. Open it in Word, choose “Save as” and “Word document (.docx)”, then send that.",
        ),
        (word_file(p("Words"), parts={"word/vbaProject.bin": b"x"}), "x.docm", HAS_MACROS),
        (CONTENT, f"{'x' * 151}.docx", "The name of this file is too long. Shorten it to 150 characters."),
    ],
)
def test_file_that_cannot_be_read_is_an_error_at_its_field(client, alice, content, name, said):
    page = send(client, content, name=name)

    assert page.context["form"].errors == {"file": [said]}
    assert "<title>Error: Import a report from Word" in page.content.decode()
    assert not ReportImport.objects.exists()


def test_no_file_is_an_error_at_its_field(client, alice):
    page = client.post(reverse("reports:report-import"))

    assert page.context["form"].errors == {"file": ["Choose a file"]}


def test_what_is_not_chosen_is_an_error_at_its_field_and_nothing_is_made(client, alice):
    send(client)

    page = confirm(client, year="", owner="")

    assert page.context["form"].errors == {
        "year": ["Choose the year that the report is about"],
        "owner": ["Choose the agency that answers for the sections"],
    }
    assert ReportImport.objects.count() == 1
    assert not AnnualReport.objects.exists()


def test_years_that_have_a_report_cannot_be_chosen(client, alice):
    make_section(make_report("2023-24"))
    make_report("2022-23")
    send(client)

    page = confirm(client, year="2023", owner=make_agency("council").pk)

    assert list(page.context["form"].errors) == ["year"]
    years = [year for year, _ in page.context["form"].fields["year"].choices]
    assert years[:5] == ["", 2026, 2025, 2024, 2022]
    assert page.context["form"]["year"].value() == "2023"


@pytest.mark.parametrize("data", [{"year": "99999999999"}, {"year": "\0"}, {"owner": "\0"}, {"owner": "9" * 30}])
def test_strange_choices_are_errors_and_no_failures(client, alice, data):
    send(client)

    page = confirm(client, **{"year": "2023", "owner": make_agency("council").pk, **data})

    assert list(page.context["form"].errors) == list(data)


def test_second_click_finds_that_it_is_done(client, alice):
    send(client)
    address = reverse("reports:report-import-confirm", args=[ReportImport.objects.get().pk])
    choice = {"year": "2023", "owner": make_agency("council").pk}
    client.post(address, choice)

    page = client.post(address, choice, follow=True)

    assert "This file was imported or taken away already." in page.content.decode()
    assert AnnualReport.objects.count() == 1


def test_what_somebody_else_sent_is_not_there(client, alice):
    upload = make_report_import(by=make_erin())

    assert client.get(reverse("reports:report-import-check", args=[upload.pk])).status_code == 404
    client.post(reverse("reports:report-import-drop", args=[upload.pk]))
    assert ReportImport.objects.get() == upload


def test_what_is_not_wanted_is_taken_away(client, alice):
    send(client)

    page = client.post(reverse("reports:report-import-drop", args=[ReportImport.objects.get().pk]), follow=True)

    assert [str(message) for message in page.context["messages"]] == [
        "Nothing was imported, and the file is taken away."
    ]
    assert not ReportImport.objects.exists()


def test_preview_needs_the_same_queries_whatever_its_size(client, alice, django_assert_num_queries):
    for count in (1, 3):
        address = send(client, word_file(*[h1("A"), p("Words")] * count)).url
        client.get(address)
        with django_assert_num_queries(7):
            client.get(address)


def test_preview_counts_as_many_sections_as_the_report_has_to_be_written(client, alice):
    promised = client.get(send(client).url).context["section_count"]

    page = confirm(client, year="2023", owner=make_agency("council").pk)

    assert (promised, page.context["progress"].sections) == (1, 1)


@pytest.mark.parametrize(("taken", "proposed"), [((), 2023), (("2022-23",), 2023), (("2023-24",), 2024)])
def test_the_named_year_is_proposed_or_the_next_without_a_report(client, alice, taken, proposed):
    for code in taken:
        make_section(make_report(code))

    assert client.get(send(client).url).context["form"]["year"].initial == proposed


def test_a_file_that_names_no_year_is_proposed_for_the_next_without_a_report(client, alice):
    for code in ("2021-22", "2022-23", "2025-26"):
        make_section(make_report(code))

    page = client.get(send(client, word_file(h1("A"), p("Words"))).url)

    assert page.context["form"]["year"].initial == 2023
