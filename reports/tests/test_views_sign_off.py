import hashlib
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from partnership.filetypes import LARGEST_FILE
from partnership.tests.factories import make_agency, make_alice, make_dana, make_erin, make_frank, make_person
from reports import actions, publishing
from reports.choices import EditionStatus, Format, PlaceKind, ReportStatus, SignatureStatus
from reports.models import AnnualReport, Edition, Publication, Receipt, Recipient, Signature
from reports.tests.factories import (
    make_change,
    make_corrected_edition,
    make_edition,
    make_published_edition,
    make_report_to_sign,
    make_signed_edition,
)

PASSWORD = "a-long-password"


def partner(edition):
    return edition.signatures.get(kind=PlaceKind.PARTNER)


def give(client, signature, **data):
    typed = {"name": "Dana Dee", "password": PASSWORD, "is_read": "on", **data}
    return client.post(reverse("reports:signature-give", args=[signature.pk]), typed)


def errors(response):
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def state():
    return Edition.objects.get().status, AnnualReport.objects.get().status


# Signing


def test_partner_signs_with_their_password(client, db):
    edition = make_edition()
    client.force_login(make_dana())

    response = give(client, partner(edition))

    assert response.url == reverse("reports:sign-off-detail", args=["2022-23"])
    assert (partner(edition).name, partner(edition).status) == ("Dana Dee", SignatureStatus.GIVEN)
    assert state() == (EditionStatus.SIGNED, ReportStatus.SIGNED)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"password": "wrong"}, {"password": ["This is not your password. Try again."]}),
        ({"password": ""}, {"password": ["Enter your password"]}),
        ({"password": "a\0b"}, {"password": ["Null characters are not allowed."]}),
        ({"name": ""}, {"name": ["Enter your name"]}),
        ({"is_read": ""}, {"is_read": ["Tick that you have read the report and sign it"]}),
    ],
)
def test_nobody_signs_without_all_that_it_takes(client, db, typed, expected):
    edition = make_edition()
    client.force_login(make_dana())

    response = give(client, partner(edition), **typed)

    assert errors(response) == expected
    assert partner(edition).status == SignatureStatus.AWAITED
    assert "a-long-password" not in response.content.decode()


def test_nobody_signs_in_anothers_place(client, db):
    edition = make_edition()
    client.force_login(make_person("Grace", "signatory", "police"))

    response = give(client, partner(edition))

    assert response.status_code == 404
    assert partner(edition).status == SignatureStatus.AWAITED


def test_chair_does_not_sign_for_a_partner_nor_a_partner_for_the_chair(client, db):
    edition = make_edition()
    chair = edition.signatures.get(kind=PlaceKind.CHAIR)
    typed = {"name": "X", "password": PASSWORD, "is_read": "on"}

    client.force_login(make_frank())
    of_chair = client.post(reverse("reports:signature-give", args=[partner(edition).pk]), typed)
    client.force_login(make_dana())
    of_partner = client.post(reverse("reports:statement-make", args=[chair.pk]), typed)

    assert (of_chair.status_code, of_partner.status_code) == (403, 403)
    assert not Signature.objects.given().exists()


def test_report_changed_while_the_page_is_open_is_not_signed(
    client, db, mailoutbox, django_capture_on_commit_callbacks
):
    edition = make_edition()
    client.force_login(make_dana())
    client.get(reverse("reports:signature-give", args=[partner(edition).pk]))
    make_change(edition.report)

    response = give(client, partner(edition))

    words = "Annual report 2022/23, version 1 is void: The report was changed after it was put to sign-off."
    assert errors(response) == {"__all__": [words]}
    assert partner(edition).status == SignatureStatus.AWAITED
    assert state() == (EditionStatus.VOID, ReportStatus.DRAFTING)


def test_chair_comments(client, db):
    edition = make_edition()
    chair = edition.signatures.get(kind=PlaceKind.CHAIR)
    client.force_login(make_frank())

    client.post(
        reverse("reports:statement-make", args=[chair.pk]),
        {"name": "Frank", "password": PASSWORD, "comment": "A fair picture of the year."},
    )

    chair.refresh_from_db()
    assert (chair.name, chair.comment) == ("Frank", "A fair picture of the year.")


def test_partner_refuses_with_a_reason(client, db):
    edition = make_edition()
    address = reverse("reports:signature-refuse", args=[partner(edition).pk])
    client.force_login(make_dana())

    without = client.post(address, {"reason": " "})
    client.post(address, {"reason": "Chapter 3 is wrong."})

    assert errors(without) == {"reason": ["Enter the reason"]}
    assert (partner(edition).status, partner(edition).reason) == (SignatureStatus.REFUSED, "Chapter 3 is wrong.")


def test_signature_page_shows_what_changed_since_this_person_signed_before(client, db):
    edition = make_edition()
    dana = make_dana()
    actions.give_signature(signature=partner(edition), name="Dana", by=dana)
    make_change(edition.report)
    actions.void_if_changed(edition=edition)
    again = make_edition(edition.report)
    client.force_login(dana)

    response = client.get(reverse("reports:signature-give", args=[partner(again).pk]))

    (changed,) = response.context["changed"]
    assert changed["title"] == "1 Section 1"
    assert "<del>" in changed["html"]
    assert response.context["before"] == edition


def test_page_for_who_never_looked_shows_no_changes(client, db):
    edition = make_edition()
    client.force_login(make_dana())

    response = client.get(reverse("reports:signature-give", args=[partner(edition).pk]))

    assert (response.context["before"], response.context["changed"]) == (None, [])


def test_paper_signature_is_recorded_by_the_board(client, db):
    edition = make_edition()
    address = reverse("reports:signature-record", args=[partner(edition).pk])
    client.force_login(make_alice())
    tomorrow = timezone.localdate() + timedelta(days=1)

    later = client.post(address, {"name": "Dana", "signed_on": tomorrow.isoformat()})
    far = client.post(address, {"name": "Dana", "signed_on": "9999-12-31"})
    client.post(address, {"name": "Dana", "signed_on": "2023-11-14"})

    assert errors(later) == {"signed_on": ["Enter a day that is not in the future"]}
    assert list(errors(far)) == ["signed_on"]
    assert partner(edition).is_on_paper


# The page of sign-off


def test_looking_at_a_changed_report_says_so_and_changes_nothing(client, db):
    edition = make_signed_edition()
    make_change(edition.report)
    client.force_login(make_erin())

    response = client.get(reverse("reports:sign-off-detail", args=["2022-23"]))

    assert response.context["has_changed"]
    assert "These signatures no longer hold" in response.content.decode()
    assert state() == (EditionStatus.SIGNED, ReportStatus.SIGNED)


def test_board_puts_the_report_to_sign_off(client, db):
    make_report_to_sign()
    client.force_login(make_alice())

    client.post(reverse("reports:report-send", args=["2022-23"]), {"order": "in-order"})

    assert state() == (EditionStatus.IN_SIGN_OFF, ReportStatus.IN_SIGN_OFF)
    assert Edition.objects.get().order == "in-order"


def test_board_says_who_signs(client, db):
    report = make_report_to_sign()
    grace = make_person("Grace", "signatory", "police")
    client.force_login(make_alice())

    client.post(reverse("reports:signing-place-add", args=["2022-23"]), {"person": grace.memberships.get().pk})

    place = report.signing_places.last()
    assert (place.post, place.agency.code, place.kind) == ("Officer", "police", PlaceKind.PARTNER)


def test_sign_off_page_asks_the_database_as_often_for_many_signatures(client, db):
    alone, together = make_report_to_sign("2021-22"), make_report_to_sign()
    for number in range(2):
        actions.add_signing_place(report=together, agency=make_agency(), post=f"Chief {number}", by=make_erin())
    make_edition(alone)
    make_edition(together)
    client.force_login(make_erin())

    assert queries_of(client, "2021-22") == queries_of(client, "2022-23")


def queries_of(client, year):
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("reports:sign-off-detail", args=[year]))
    return len(queries)


# Publishing


def test_manager_publishes_and_the_files_are_asked_for(client, db):
    edition = make_signed_edition()
    client.force_login(make_erin())

    client.post(reverse("reports:edition-publish", args=[edition.pk]))

    assert state() == (EditionStatus.PUBLISHED, ReportStatus.PUBLISHED)
    assert edition.files.count() == len(Format)


def test_report_changed_before_publishing_is_not_published(client, db):
    edition = make_signed_edition()
    make_change(edition.report)
    client.force_login(make_erin())

    client.post(reverse("reports:edition-publish", args=[edition.pk]))

    assert state() == (EditionStatus.VOID, ReportStatus.DRAFTING)
    assert not Publication.objects.exists()


# Recipients


def test_recipients_are_owed_the_report_by_a_day(db):
    erin = make_erin()
    actions.add_recipient(name="National panel", is_statutory=True, within_days=7, by=erin)
    actions.add_recipient(name="Scrutiny committee", by=erin)

    edition = make_published_edition()

    assert list(edition.receipts.values_list("name", "due_on")) == [
        ("National panel", timezone.localdate() + timedelta(days=7)),
        ("Scrutiny committee", None),
    ]


def test_recipient_with_an_address_is_sent_the_public_address(
    client, db, settings, mailoutbox, django_capture_on_commit_callbacks
):
    actions.add_recipient(name="National panel", email="panel@example.org", within_days=7, by=make_erin())
    receipt = make_published_edition().receipts.get()
    client.force_login(make_erin())

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("reports:receipt-send", args=[receipt.pk]))
        client.post(reverse("reports:receipt-send", args=[receipt.pk]))

    receipt.refresh_from_db()
    assert [each.to for each in mailoutbox] == [["panel@example.org"]]
    assert settings.PORTAL_URL + "/annual-reports/2022-23/1/" in mailoutbox[0].body
    assert receipt.how == "By the portal, to panel@example.org"


def test_sending_by_hand_is_recorded(client, db):
    actions.add_recipient(name="National panel", by=make_erin())
    receipt = make_published_edition().receipts.get()
    client.force_login(make_erin())

    client.post(reverse("reports:receipt-record", args=[receipt.pk]), {"how": "By post"})

    assert Receipt.objects.get().how == "By post"
    assert Receipt.objects.get().told_at


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"name": "Panel", "email": "no"}, "email"),
        ({"name": "Panel", "within_days": "-7"}, "within_days"),
    ],
)
def test_wrong_recipient_is_told_beside_the_field(client, db, typed, field):
    make_report_to_sign()
    client.force_login(make_erin())

    response = client.post(reverse("reports:recipient-list"), typed)

    assert list(errors(response)) == [field]
    assert not Recipient.objects.exists()


# Verifying


def keep(publication, content):
    return publishing.keep_file(publishing.claim(publication.pk), content)


def verify(client, content, name="report.pdf"):
    response = client.post(reverse("reports:file-verify"), {"file": SimpleUploadedFile(name, content)})
    return response


def verdict(response):
    found = response.context["found"]
    return found.verdict, found.edition, found.newer


def test_signed_pdf_is_known_again(client, db):
    edition = make_published_edition()
    keep(edition.files.get(format=Format.PDF), b"%PDF the signed one")

    response = verify(client, b"%PDF the signed one")

    assert verdict(response) == ("current", edition, None)
    assert [each.name for each in response.context["signatures"]] == ["Dana"]
    assert edition.files.get(format=Format.PDF).file_hash == hashlib.sha256(b"%PDF the signed one").hexdigest()


@pytest.mark.parametrize("content", [b"%PDF the signed one.", b"x", "%PDF ünïcode".encode()])
def test_any_other_file_is_not_ours(client, db, content):
    keep(make_published_edition().files.get(format=Format.PDF), b"%PDF the signed one")

    assert verdict(verify(client, content)) == ("unknown", None, None)


def test_earlier_version_is_superseded_by_the_corrected_one(client, db):
    first = make_published_edition()
    keep(first.files.get(format=Format.PDF), b"%PDF first")
    second = make_corrected_edition(first)

    response = verify(client, b"%PDF first")

    assert verdict(response) == ("superseded", first, second)
    assert "It corrects: A comma." in response.content.decode()


def test_withdrawn_version_is_called_withdrawn(client, db):
    edition = make_published_edition()
    keep(edition.files.get(format=Format.PDF), b"%PDF first")
    actions.withdraw_edition(edition=edition, reason="Too much was shown.", by=make_erin())

    response = verify(client, b"%PDF first")

    assert verdict(response) == ("withdrawn", edition, None)
    assert "Too much was shown." in response.content.decode()


def test_draft_is_called_a_draft(client, db):
    report = make_report_to_sign()
    keep(publishing.ask_for_publication(report=report, by=make_erin()), b"%PDF draft")

    assert verdict(verify(client, b"%PDF draft")) == ("draft", None, None)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "This file is empty."),
        (b"x" * (LARGEST_FILE + 1), "This file is larger than 20 MB. The annual report is not."),
    ],
)
def test_no_file_and_too_large_a_file_are_refused(client, db, content, message):
    make_report_to_sign()

    response = verify(client, content)

    assert errors(response) == {"file": [message]}


def test_nothing_of_a_checked_file_is_kept(client, db, settings):
    make_report_to_sign()

    verify(client, b"%PDF something")

    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file() and b"something" in path.read_bytes()]


# Home page


def test_home_page_asks_to_sign_and_says_what_no_longer_holds(client, db):
    edition = make_edition()
    dana = make_dana()
    client.force_login(dana)

    asked = client.get(reverse("home")).context["to_sign"]
    actions.give_signature(signature=partner(edition), name="Dana", by=dana)
    actions.take_back_edition(edition=edition, reason="A chapter is missing.", by=make_erin())
    after = client.get(reverse("home"))

    assert [each.edition for each in asked] == [edition]
    assert [each.edition for each in after.context["voided"]] == [edition]
    assert "A chapter is missing." in after.content.decode()
