from html import unescape

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from partnership.tests.factories import make_agency, make_alice, make_erin, make_partnership, make_period
from training import importing, tasks
from training.choices import OrganisationType, SheetStatus
from training.forms import sheets as sheet_forms
from training.import_plan import Source
from training.models import AgencyAlias, Attendance, AttendanceSheet, SheetFile
from training.tests.factories import make_course, make_session, make_sheet, sheet_file, sheet_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rung")]


@pytest.fixture
def rung(monkeypatch):
    """What was sent to the workers; none of it runs by itself."""
    sent = []
    monkeypatch.setattr(tasks.import_sheet, "delay", sent.append)
    return sent


@pytest.fixture
def alice(client):
    make_partnership()
    make_course()
    make_agency("police")
    person = make_alice()
    client.force_login(person)
    return person


def send(client, content, name="sheet.csv", period=None):
    posted = {"file": SimpleUploadedFile(name, content), "period": (period or make_period()).pk}
    return client.post(reverse("training:sheet-send"), posted)


def words(response):
    return " ".join(unescape(response.content.decode()).split())


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_from_the_sheet_to_the_counts(client, alice, kind, rung, django_capture_on_commit_callbacks):
    content = sheet_file(sheet_rows(12, organisation="County Polise"), kind=kind)

    sent = send(client, content, name=f"sheet.{kind}")
    row = AttendanceSheet.objects.get()
    assert sent.url == reverse("training:sheet-detail", args=[row.pk])
    check = client.get(sent.url)
    assert "1 name to match" in words(check)
    assert check.context["plan"].is_ready is False

    names = reverse("training:sheet-names", args=[row.pk])
    assert client.get(names).context["form"]["agency_0"].initial == str(make_agency("police").pk)
    client.post(names, {"agency_0": make_agency("police").pk, "type_0": "police"})
    assert "12 attendances at 1 session from 1 organisation" in words(client.get(sent.url))

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("training:sheet-confirm", args=[row.pk]))
    assert rung == [row.pk]
    assert Attendance.objects.count() == 0

    tasks.import_sheet(row.pk)
    assert list(Attendance.objects.values_list("agency__code", "attended")) == [("police", 12)]
    assert "Nobody's name was kept" in words(client.get(sent.url))


def test_looking_at_an_import_never_starts_one(client, alice, rung, django_capture_on_commit_callbacks):
    row = make_sheet(by=alice)
    AttendanceSheet.objects.filter(pk=row.pk).update(status=SheetStatus.QUEUED, counted=1)
    address = reverse("training:sheet-detail", args=[row.pk])

    with django_capture_on_commit_callbacks(execute=True):
        page = client.get(address)
        part = client.get(address, headers={"HX-Request": "true"})

    assert rung == []
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page.content.decode()
    assert 'hx-trigger="every 1s"' in part.content.decode()
    assert 'value="33"' in part.content.decode()
    assert "<html" not in part.content.decode()


def test_a_sheet_with_faults_is_not_kept_and_each_is_named(client, alice):
    rows = [*sheet_rows(1), ("NEGLECT", "01/05/2019", "Police", "Zebedee Quill", "Attended", "")]

    response = send(client, sheet_file(rows))

    page = words(response)
    assert "Line 3, column “Date”: 1 May 2019 is not in the year of this import" in page
    assert "Error: " in page
    assert "Quill" not in page
    assert AttendanceSheet.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "sheet.csv", "This file is empty."),
        (b"%PDF-1.7", "sheet.csv", "does not hold text"),
        (b"a\0b\n1", "sheet.csv", "does not hold text"),
        (b"PK\x03\x04nonsense", "sheet.xlsx", "damaged or locked"),
        (b"Course", "sheet.csv", "no lines below the names"),
        (b"x" * (15 * 1024 * 1024 + 1), "sheet.csv", "larger than 15 MB"),
        (b"Course,Date", "sheet.pdf", "ends in .csv or .xlsx"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused_beside_its_field(client, alice, content, name, said):
    response = send(client, content, name=name)

    [error] = response.context["form"].errors["file"]
    assert said in error
    assert AttendanceSheet.objects.count() == 0


@time_machine.travel("2022-06-01")
def test_a_year_that_has_not_begun_is_refused(client, alice):
    response = send(client, sheet_file(sheet_rows()), period=make_period("2030-31"))

    assert response.context["form"].errors == {"period": ["This year has not begun"]}


def test_a_name_needs_its_agency_and_kind(client, alice):
    row = make_sheet(sheet_rows(organisation="Greenfield Primary"), by=alice)
    address = reverse("training:sheet-names", args=[row.pk])

    response = client.post(address, {"agency_0": "none", "type_0": ""})
    assert response.context["form"].errors == {"type_0": ["Choose what kind of organisation “Greenfield Primary” is"]}
    assert AgencyAlias.objects.count() == 0

    client.post(address, {"agency_0": "none", "type_0": "schools"})
    assert list(AgencyAlias.objects.values_list("name", "agency", "organisation_type")) == [
        ("greenfield primary", None, "schools")
    ]


def test_more_than_there_are_places_asks_why(client, alice):
    make_session(make_course(), capacity=2)
    row = make_sheet(sheet_rows(organisation="Greenfield Primary"), by=alice)
    client.post(reverse("training:sheet-names", args=[row.pk]), {"agency_0": "none", "type_0": "schools"})
    address = reverse("training:sheet-confirm", args=[row.pk])

    response = client.post(address)
    assert response.context["form"].errors == {"above_capacity": ["Say why more attended than there were places"]}

    client.post(address, {"above_capacity": "A larger room."})
    row.refresh_from_db()
    assert (row.status, row.above_capacity) == ("queued", "A larger room.")


@pytest.mark.parametrize("status", [SheetStatus.READ, SheetStatus.QUEUED])
def test_an_import_can_be_cancelled_until_it_is_done(client, alice, status):
    row = make_sheet(by=alice)
    AttendanceSheet.objects.filter(pk=row.pk).update(status=status)

    client.post(reverse("training:sheet-cancel", args=[row.pk]))

    row.refresh_from_db()
    assert (row.status, row.lines) == ("cancelled", "")
    again = client.post(reverse("training:sheet-cancel", args=[row.pk]), follow=True)
    assert "this can no longer be done" in words(again)


def test_a_second_click_on_import_changes_nothing(client, alice, rung):
    row = make_sheet(by=alice)
    AttendanceSheet.objects.filter(pk=row.pk).update(status=SheetStatus.COUNTING)

    response = client.post(reverse("training:sheet-confirm", args=[row.pk]), follow=True)

    assert "This sheet was confirmed or cancelled already" in words(response)
    assert rung == []


def test_a_sheet_is_seen_by_its_sender_only(client, alice):
    row = make_sheet(by=alice)
    client.force_login(make_erin())

    assert client.get(reverse("training:sheet-detail", args=[row.pk])).status_code == 404
    assert list(client.get(reverse("training:sheet-send")).context["sheets"]) == []


def test_8000_lines_of_60_agencies_are_imported(client, alice):
    rows = [
        ("NEGLECT", f"{1 + number % 28:02}/{4 + number % 9:02}/2022", f"Agency {number % 60}", f"P {number}", "Yes", "")
        for number in range(8000)
    ]
    for number in range(60):
        AgencyAlias.objects.create(
            name=f"agency {number}", agency=make_agency(f"agency-{number}"), organisation_type="other"
        )
    send(client, sheet_file(rows))
    row = AttendanceSheet.objects.get()
    tasks.import_sheet(row.pk)
    client.post(reverse("training:sheet-confirm", args=[row.pk]))

    tasks.import_sheet(row.pk)

    row.refresh_from_db()
    assert (row.status, row.counted, row.summary) == (
        "imported",
        8000,
        "8,000 attendances at 252 sessions from 60 organisations",
    )
    assert sum(Attendance.objects.values_list("attended", flat=True)) == 8000
    assert Attendance.objects.values("agency").distinct().count() == 60


def test_an_import_is_taken_back_with_a_reason(client, alice):
    row = make_sheet(by=alice)
    sources = {"Police": Source(make_agency("police"), OrganisationType.POLICE)}
    importing.name_agencies(row=row, sources=sources, by=alice)
    importing.confirm_sheet(row=row, by=alice)
    tasks.import_sheet(row.pk)
    take_back = reverse("training:sheet-take-back", args=[row.pk])

    unsaid = client.post(take_back, {"reason": " "})
    said = client.post(take_back, {"reason": "The wrong sheet."}, follow=True)
    again = client.post(take_back, {"reason": "Again."})

    assert list(unsaid.context["form"].errors) == ["reason"]
    assert "Reason: The wrong sheet." in said.content.decode()
    assert (again.status_code, Attendance.objects.count()) == (302, 0)


@pytest.fixture
def large(monkeypatch):
    """Every sheet counts as large: none is read while its sender waits."""
    monkeypatch.setattr(sheet_forms, "READ_AT_ONCE", 0)


@pytest.mark.usefixtures("large")
def test_a_large_sheet_is_read_by_a_worker(client, alice, rung, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        sent = send(client, sheet_file(sheet_rows(12), kind="xlsx"), name="sheet.xlsx")
    row = AttendanceSheet.objects.get()
    assert (rung, row.status, row.lines, SheetFile.objects.count()) == ([row.pk], "sent", "", 1)
    assert "Reading the sheet" in words(client.get(sent.url))

    tasks.import_sheet(row.pk)

    row.refresh_from_db()
    assert (row.status, row.line_count, row.counted, row.attempts) == ("read", 12, 0, 0)
    assert SheetFile.objects.count() == 0
    assert "12 attendances at 1 session from 1 organisation" in words(client.get(sent.url))


def test_the_page_says_how_far_the_reading_is_and_then_shows_what_was_read(client, alice):
    row = make_sheet(by=alice)
    address = reverse("training:sheet-detail", args=[row.pk])
    AttendanceSheet.objects.filter(pk=row.pk).update(status=SheetStatus.READING, counted=12_000)
    page = client.get(address)
    part = client.get(address, headers={"HX-Request": "true"})
    AttendanceSheet.objects.filter(pk=row.pk).update(status=SheetStatus.READ)
    done = client.get(address, headers={"HX-Request": "true"})

    assert "Reading the sheet, 12,000 lines so far" in words(part)
    assert f'<noscript><p><a class="govuk-link" href="{address}">' in page.content.decode()
    assert (part.get("HX-Refresh"), done.get("HX-Refresh")) == (None, "true")


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (
            sheet_file([("NEGLECT", "01/05/2019", "Police", "Zebedee Quill", "Yes", "")]),
            "sheet.csv",
            "Line 2, column “D",
        ),
        (b"PK\x03\x04nonsense", "sheet.xlsx", "damaged or locked"),
        (b"Course", "sheet.csv", "no lines below the names"),
    ],
)
def test_what_a_worker_finds_wrong_is_said_on_the_sheet_s_page(client, alice, content, name, said):
    sent = send(client, content, name=name)

    tasks.import_sheet(AttendanceSheet.objects.get().pk)

    page = words(client.get(sent.url))
    assert (said in page, "Quill" in page) == (True, False)
    assert (AttendanceSheet.objects.get().status, SheetFile.objects.count()) == ("failed", 0)


@pytest.mark.usefixtures("large")
def test_what_is_no_sheet_at_a_glance_is_refused_beside_its_field_at_once(client, alice):
    response = send(client, b"%PDF-1.7", name="sheet.csv")

    assert list(response.context["form"].errors) == ["file"]
    assert AttendanceSheet.objects.count() == 0


@pytest.mark.usefixtures("large")
def test_a_sheet_that_is_being_read_can_be_cancelled(client, alice, monkeypatch):
    send(client, sheet_file(sheet_rows(3)))
    row = AttendanceSheet.objects.get()
    whole = importing.sheet_in

    def cancelled_meanwhile(table, period):
        client.post(reverse("training:sheet-cancel", args=[row.pk]))
        return whole(table, period=period)

    monkeypatch.setattr(importing, "sheet_in", cancelled_meanwhile)

    tasks.import_sheet(row.pk)

    row.refresh_from_db()
    assert (row.status, row.lines, SheetFile.objects.count()) == ("cancelled", "", 0)


def test_many_names_are_asked_about_in_parts(client, alice):
    rows = [("NEGLECT", "01/05/2022", f"School {number}", "Ann", "Yes", "") for number in range(60)]
    row = make_sheet(rows, by=alice)
    address = reverse("training:sheet-names", args=[row.pk])

    first = client.get(address).context["form"]
    after = client.post(address, {name: first[name].initial for name in first.fields})
    second = client.get(address).context["form"]
    done = client.post(address, {name: second[name].initial for name in second.fields})

    assert (len(first.fields), after.url) == (100, address)
    assert next(iter(second.fields)) == "agency_50"
    assert done.url == reverse("training:sheet-detail", args=[row.pk])
    assert AgencyAlias.objects.filter(agency=None, organisation_type="schools").count() == 60


def test_a_name_that_a_colleague_matches_meanwhile_moves_no_other(client, alice):
    rows = [("NEGLECT", "01/05/2022", name, "Ann", "Yes", "") for name in ("Alpha School", "Beta Nursery")]
    row = make_sheet(rows, by=alice)
    address = reverse("training:sheet-names", args=[row.pk])
    typed = {"agency_0": "none", "type_0": "schools", "agency_1": "none", "type_1": "early-years"}
    importing.name_agencies(row=row, sources={"Alpha School": Source(None, "schools")}, by=alice)

    client.post(address, typed)

    assert dict(AgencyAlias.objects.values_list("name", "organisation_type")) == {
        "alpha school": "schools",
        "beta nursery": "early-years",
    }
