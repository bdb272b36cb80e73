import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from partnership.actions import set_neighbours
from partnership.models import Area
from partnership.spreadsheets import LARGEST_FILE
from partnership.tests.factories import make_agency, make_alice, make_bob, make_partnership
from priorities.models import Measure, MeasureImport, MeasureValue
from priorities.tests.dfe_sample import LINES, dfe_file
from priorities.tests.factories import make_import, make_measure, make_value

COLUMNS = ["At31_episodes", "awaiting_assessment", "rate_percent"]


@pytest.fixture
def alice(client, db):
    make_partnership()
    alice = make_alice()
    client.force_login(alice)
    return alice


def send(client, content, *, name="figures.csv"):
    return client.post(
        reverse("reports:measure-import"),
        {"file": SimpleUploadedFile(name, content), "owner": make_agency("council").pk},
    )


def choose(client, *, authority="Northshire", columns=COLUMNS, **kinds):
    """Say what comes in from the file that waits."""
    address = reverse("reports:measure-import-choose", args=[MeasureImport.objects.get().pk])
    return client.post(address, {"authority": authority, "columns": columns, **kinds})


def test_file_is_looked_at_and_then_confirmed(client, alice):
    sent = send(client, dfe_file(), name="../../été.csv")
    choice = client.get(sent.url)
    assert sent.url == reverse("reports:measure-import-choose", args=[MeasureImport.objects.get().pk])
    assert choice.context["form"]["columns"].initial == COLUMNS
    preview = client.get(choose(client).url)
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
    choose(client)
    upload = MeasureImport.objects.get()
    client.post(reverse("reports:measure-import-confirm", args=[upload.pk]), {"fingerprint": _fingerprint(client)})

    send(client, dfe_file())
    page = client.get(choose(client).url).content.decode()

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
    send(client, dfe_file())
    plan = client.get(choose(client).url).context["plan"]

    client.post(
        reverse("reports:measure-import-confirm", args=[MeasureImport.objects.get().pk]),
        {"fingerprint": plan.fingerprint},
    )

    assert (MeasureValue.objects.in_force().count(), MeasureImport.objects.count()) == (6, 0)


TWO_KINDS = (*LINES, LINES[3].replace("Children in Need", "Child protection"))


def test_what_is_not_ticked_does_not_come_in(client, alice):
    send(client, dfe_file(*TWO_KINDS))

    preview = client.get(choose(client, columns=["rate_percent"], kinds_0=["Children in Need"]).url)

    assert [value.measure.name for value in preview.context["plan"].values] == ["Rate percent (Children in Need)"] * 2
    upload = MeasureImport.objects.get()
    assert (upload.authority, upload.columns, upload.categories) == (
        "Northshire",
        ["rate_percent"],
        {"category": ["Children in Need"]},
    )
    form = client.get(reverse("reports:measure-import-choose", args=[upload.pk])).context["form"]
    assert [form[name].initial for name in ("authority", "columns", "kinds_0")] == [
        "Northshire",
        ("rate_percent",),
        ["Children in Need"],
    ]


def test_partnerships_own_area_is_chosen_at_first_and_known_indicators_stand_apart(client, alice):
    Area.objects.update(ons_code="E10000028")
    make_measure("DFE_RATE_PERCENT_CHILDREN_IN_NEED")

    form = client.get(send(client, dfe_file()).url).context["form"]

    assert form["authority"].initial == "Northshire"
    assert form.fields["authority"].choices[1:] == [
        ("Northshire", "Northshire"),
        ("Southport, City of", "Southport, City of"),
    ]
    assert form.fields["columns"].choices == [
        ("In the portal already", [("rate_percent", "Rate percent")]),
        (
            "New to the portal",
            [("At31_episodes", "At31 episodes"), ("awaiting_assessment", "Awaiting assessment")],
        ),
    ]


def test_choice_that_cannot_be_is_an_error_at_its_field_and_what_was_chosen_stays(client, alice):
    send(client, dfe_file(*TWO_KINDS))

    page = choose(client, authority="", columns=["rate_percent", "nobody"], kinds_0=[])

    assert page.context["form"].errors == {
        "authority": ["Choose a local authority"],
        "columns": ["Select a valid choice. nobody is not one of the available choices."],
        "kinds_0": ["Choose at least one kind of lines"],
    }
    assert page.context["form"]["columns"].value() == ["rate_percent", "nobody"]
    assert MeasureImport.objects.get().authority == ""


def test_what_was_not_chosen_yet_cannot_be_looked_at_or_imported(client, alice):
    send(client, dfe_file())
    upload = MeasureImport.objects.get()

    page = client.get(reverse("reports:measure-import-check", args=[upload.pk]))
    client.post(reverse("reports:measure-import-confirm", args=[upload.pk]), {"fingerprint": "x"})

    assert page.url == reverse("reports:measure-import-choose", args=[upload.pk])
    assert not MeasureValue.objects.exists()


def test_simple_file_has_nothing_to_choose(client, alice):
    make_measure("CALLS")

    sent = send(client, b"measure,period,value,source\nCALLS,2022-23,5,Police\n")

    upload = MeasureImport.objects.get()
    assert sent.url == reverse("reports:measure-import-check", args=[upload.pk])
    assert client.get(reverse("reports:measure-import-choose", args=[upload.pk])).status_code == 404


def test_preview_names_the_neighbours_that_are_not_in_the_file(client, alice):
    Area.objects.update(ons_code="E10000028")
    set_neighbours(neighbours=[("Southport", "E06000021"), ("Nowhere", "E06000099")], by=alice)
    send(client, dfe_file())

    page = client.get(choose(client).url).content.decode()

    assert "Not in this file: Nowhere." in page
    assert "Statistical neighbours, mean of 1 of 2: 3,875" in page


def test_preview_says_that_nobody_has_listed_the_neighbours(client, alice):
    send(client, dfe_file())

    page = client.get(choose(client).url).content.decode()

    assert reverse("partnership:neighbours-set") in page
