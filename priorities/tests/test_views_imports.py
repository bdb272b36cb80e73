import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from partnership.spreadsheets import LARGEST_FILE
from partnership.tests.factories import make_agency, make_alice, make_bob, make_partnership
from priorities.models import Measure, MeasureImport, MeasureValue
from priorities.tests.dfe_sample import LINES, dfe_file
from priorities.tests.factories import make_import, make_measure, make_value


@pytest.fixture
def alice(client, db):
    make_partnership()
    alice = make_alice()
    client.force_login(alice)
    return alice


def send(client, content, *, name="figures.csv", authority="Northshire", **fields):
    return client.post(
        reverse("reports:measure-import"),
        {
            "file": SimpleUploadedFile(name, content),
            "authority": authority,
            "owner": make_agency("council").pk,
            **fields,
        },
    )


def test_file_is_looked_at_and_then_confirmed(client, alice):
    sent = send(client, dfe_file(), name="../../été.csv")
    preview = client.get(sent.url)
    plan = preview.context["plan"]
    assert not Measure.objects.exists()

    confirmed = client.post(
        reverse("reports:measure-import-confirm", args=[MeasureImport.objects.get().pk]),
        {"fingerprint": plan.fingerprint},
        follow=True,
    )

    assert [str(message) for message in confirmed.context["messages"]] == [
        "The figures are in force: 6 new values, 0 changed, 0 as before; 3 new measures, 2 new periods."
    ]
    assert MeasureValue.objects.in_force().count() == 6
    assert {measure.owner.code for measure in Measure.objects.all()} == {"council"}
    assert not MeasureImport.objects.exists()


def test_preview_says_what_is_new_what_changes_and_what_stays(client, alice):
    measure = make_measure("CALLS", name="Calls")
    for year, number in (("2021-22", 10), ("2022-23", 20)):
        client.post(
            send(client, f"measure,period,value,source\nCALLS,{year},{number},Police\n".encode()).url + "confirm/",
            {"fingerprint": MeasureImport.objects.get() and _fingerprint(client)},
        )
    content = "measure,period,value,source\nCALLS,2021-22,10,Police\nCALLS,2022-23,3,Police\nCALLS,2023-24,c,Police\n"

    page = client.get(send(client, content.encode()).url).content.decode()

    assert measure.values.in_force().count() == 2
    assert "1 new value, 1 changed, 1 as before; 1 new period." in page
    assert '<td class="number" data-label="From">20</td>' in page
    assert '<td class="number" data-label="To">3</td>' in page
    assert '<td class="number" data-label="Value">hidden to protect people</td>' in page
    assert "<li>Calls, 2021/22: 10</li>" in page


def _fingerprint(client):
    upload = MeasureImport.objects.get()
    return client.get(reverse("reports:measure-import-check", args=[upload.pk])).context["plan"].fingerprint


def test_second_look_at_the_same_file_has_nothing_to_confirm(client, alice):
    send(client, dfe_file())
    upload = MeasureImport.objects.get()
    client.post(reverse("reports:measure-import-confirm", args=[upload.pk]), {"fingerprint": _fingerprint(client)})

    page = client.get(send(client, dfe_file()).url).content.decode()

    assert "there is nothing to import" in page
    assert "Bring these figures into force" not in page


def test_faults_are_all_shown_and_nothing_is_kept(client, alice):
    lines = [LINES[0].replace("403090", "<b>many</b>"), *LINES[1:3], LINES[3].replace("432", ""), *LINES[4:]]

    page = send(client, dfe_file(*lines))

    text = page.content.decode()
    assert [str(fault)[:44] for fault in page.context["faults"]] == [
        "Line 2, column “At31_episodes”: “<b>many</b>",
        "Line 5, column “awaiting_assessment”: This c",
    ]
    assert "<title>Error: Import figures" in text
    assert "&lt;b&gt;many&lt;/b&gt;" in text
    assert "Put these 2 things right" in text
    assert not MeasureImport.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (
            b"%PDF-1.7\n",
            "x.csv",
            "This file is called .csv but it does not hold text. Save it as “CSV UTF-8” in Excel.",
        ),
        (b"", "x.csv", "This file is empty."),
        (
            b"x" * (LARGEST_FILE + 1),
            "x.csv",
            "This file is larger than 5 MB. Take out what is not needed, or split it.",
        ),
    ],
)
def test_file_that_cannot_be_read_is_an_error_at_its_field(client, alice, content, name, said):
    page = send(client, content, name=name)

    assert page.context["form"].errors == {"file": [said]}
    assert not MeasureImport.objects.exists()


def test_figures_that_changed_meanwhile_are_looked_at_again(client, alice):
    measure = make_measure("CALLS")
    send(client, b"measure,period,value,source\nCALLS,2022-23,5,Police\n")
    upload, seen = MeasureImport.objects.get(), _fingerprint(client)
    make_value(measure, 7)

    page = client.post(reverse("reports:measure-import-confirm", args=[upload.pk]), {"fingerprint": seen})

    assert page.status_code == 409
    assert "Figures were changed since you looked at this file." in page.content.decode()
    assert measure.values.in_force().get().number == 7


def test_second_click_finds_the_file_gone(client, alice):
    upload = make_import(by=alice)
    address = reverse("reports:measure-import-confirm", args=[upload.pk])
    fingerprint = _fingerprint(client)

    client.post(address, {"fingerprint": fingerprint})
    again = client.post(address, {"fingerprint": fingerprint}, follow=True)

    assert "This file was imported or taken away already." in [str(each) for each in again.context["messages"]]
    assert MeasureValue.objects.count() == 6


def test_file_can_be_taken_away(client, alice):
    upload = make_import(by=alice)

    client.post(reverse("reports:measure-import-drop", args=[upload.pk]))

    assert not MeasureImport.objects.exists()
    assert not MeasureValue.objects.exists()


@pytest.mark.parametrize(("person", "is_offered"), [(make_alice, True), (make_bob, False)])
def test_import_is_offered_to_those_who_may(client, db, person, is_offered):
    make_partnership()
    client.force_login(person())

    page = client.get(reverse("reports:measure-list")).content.decode()

    assert (reverse("reports:measure-import") in page) == is_offered


def test_file_is_confirmed_without_a_transaction_round_the_request(transactional_db, client, alice):
    sent = send(client, dfe_file())
    plan = client.get(sent.url).context["plan"]

    client.post(
        reverse("reports:measure-import-confirm", args=[MeasureImport.objects.get().pk]),
        {"fingerprint": plan.fingerprint},
    )

    assert (MeasureValue.objects.in_force().count(), MeasureImport.objects.count()) == (6, 0)
