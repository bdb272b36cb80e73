import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from partnership import tasks
from partnership.choices import EvidenceStatus
from partnership.filetypes import LARGEST_FILE, TOO_LARGE
from partnership.filetypes.refused import HAS_PASSWORD
from partnership.models import AuditEvent, Evidence
from partnership.tests import sample_files as sample
from partnership.tests.factories import make_alice, make_bob, make_charlie, make_partnership
from partnership.uploads import MOST_FILES
from priorities import actions
from priorities.choices import UpdateStatus
from priorities.tests.factories import make_update, make_update_evidence


@pytest.fixture
def bob(client, db):
    make_partnership()
    bob = make_bob()
    client.force_login(bob)
    return bob


@pytest.fixture
def update(bob):
    return make_update(UpdateStatus.DRAFT, by=bob)


@pytest.fixture(autouse=True)
def rung(monkeypatch):
    rung = []
    monkeypatch.setattr(tasks.check_evidence, "delay", rung.append)
    return rung


def send(client, update, *files, **fields):
    uploads = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(reverse("priorities:evidence-add", args=[update.pk]), {"files": uploads, **fields})


def errors(response):
    return response.context["form"].errors.get("files", [])


def make_link(update, by, *, is_checked=True, name="report.pdf"):
    link = make_update_evidence(update, by=by, name=name)
    if is_checked:
        tasks.check_evidence(link.evidence_id)
    return link


def download(client, link):
    return client.get(reverse("priorities:evidence-download", args=[link.pk]))


def test_several_files_are_sent_at_once_and_checked_by_the_workers(
    client, update, rung, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        response = send(client, update, ("a.pdf", sample.pdf()), ("b.jpg", sample.photo()), title="Two of them")

    assert response.url == reverse("priorities:update-evidence", args=[update.pk])
    assert [(row.name, row.title, row.status) for row in Evidence.objects.all()] == [
        ("a.pdf", "Two of them", EvidenceStatus.WAITING),
        ("b.jpg", "Two of them", EvidenceStatus.WAITING),
    ]
    assert rung == [row.pk for row in Evidence.objects.all()]


def test_bad_file_is_named_beside_the_field_and_nothing_is_kept(client, update):
    response = send(client, update, ("a.pdf", sample.pdf()), ("locked.pdf", sample.locked_pdf()), title="Mine")

    page = response.content.decode()
    assert errors(response) == [f"locked.pdf: {HAS_PASSWORD}"]
    assert "<title>Error: " in page.replace("\n", "").replace("<title>  ", "<title>")
    assert 'value="Mine"' in page
    assert not Evidence.objects.exists()


def test_nothing_chosen(client, update):
    assert errors(send(client, update)) == ["Choose a file"]


def test_file_that_is_too_large_is_refused_without_being_received_whole(client, update, monkeypatch):
    stored = []
    monkeypatch.setattr(
        "django.core.files.uploadedfile.TemporaryUploadedFile.close", lambda upload: stored.append(upload.size)
    )

    response = send(client, update, ("large.pdf", sample.pdf() + bytes(LARGEST_FILE * 2)))

    assert errors(response) == [f"large.pdf: {TOO_LARGE}"]
    assert LARGEST_FILE < stored[0] <= LARGEST_FILE + 128 * 1024


def test_file_of_exactly_the_largest_size_arrives_whole(client, update):
    content = sample.pdf()
    content += b"\n" * (LARGEST_FILE - len(content))

    send(client, update, ("large.pdf", content))

    assert Evidence.objects.get().size == LARGEST_FILE


@pytest.mark.parametrize("count", [MOST_FILES + 1, 100, 150])
def test_too_many_files_at_once_are_refused(client, update, count):
    response = send(client, update, *((f"{number}.txt", b"words") for number in range(count)))

    assert errors(response) == [f"You chose {count} files. Send at most {MOST_FILES} at a time."]
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("name", "kept"), [("../../x.pdf", "x.pdf"), ("a\u202efdp.pdf", "afdp.pdf"), ("C:\\b.pdf", "b.pdf")]
)
def test_name_is_never_a_path(client, update, name, kept):
    send(client, update, (name, sample.pdf()))

    row = Evidence.objects.get()
    assert (row.name, row.held.name.count("/"), kept in row.held.name) == (kept, 1, False)


def test_name_of_500_characters_is_refused_with_a_sentence(client, update):
    (error,) = errors(send(client, update, ("a" * 500 + ".pdf", sample.pdf())))

    assert error.endswith("The name of this file is too long. Shorten it to 150 characters.")


def test_null_byte_and_very_long_title_are_refused(client, update):
    for title in ("a\0b", "x" * 1_000_000):
        response = send(client, update, ("a.pdf", sample.pdf()), title=title)
        assert list(response.context["form"].errors) == ["title"]
    assert not Evidence.objects.exists()


def test_name_that_looks_as_if_it_named_a_child_is_asked_about_and_kept_when_ticked(client, update):
    name, excerpt = "audit_of_a_child_called_Jayden.pdf", "child called Jayden"
    asked = send(client, update, (name, sample.pdf()))
    assert errors(asked) == [
        "The name of a file: “child called Jayden” looks like a child's name. Could a child be told from it?"
    ]
    assert escape(f"No child can be told from “{excerpt}”: keep it") in asked.content.decode()

    send(client, update, (name, sample.pdf()), safe_names=[excerpt])

    assert Evidence.objects.get().name == name
    assert AuditEvent.objects.get(verb="update.evidence-added").detail == (
        f"{name} Kept “child called Jayden”, which looks like a child's name."
    )


def test_clean_file_is_downloaded_as_it_is_called_and_never_shown(client, bob, update):
    response = download(client, make_link(update, bob, name="Bericht über 1.pdf"))

    assert b"".join(response.streaming_content) == sample.pdf()
    assert {name: response[name] for name in ("Content-Type", "Content-Disposition", "X-Content-Type-Options")} == {
        "Content-Type": "application/pdf",
        "Content-Disposition": "attachment; filename*=utf-8''Bericht%20%C3%BCber%201.pdf",
        "X-Content-Type-Options": "nosniff",
    }
    assert not AuditEvent.objects.filter(verb="evidence.downloaded").exists()


def test_file_that_is_still_being_checked_is_not_given_out(client, bob, update):
    link = make_link(update, bob, is_checked=False)

    response = client.get(reverse("priorities:evidence-download", args=[link.pk]), follow=True)

    assert response.redirect_chain == [(reverse("priorities:update-evidence", args=[update.pk]), 302)]
    assert [str(message) for message in response.context["messages"]] == [
        "report.pdf cannot be downloaded: being checked."
    ]


def test_download_by_the_board_is_written_down_and_other_agencies_find_nothing(client, bob, update):
    link, alice = make_link(update, bob), make_alice()
    client.force_login(alice)
    assert download(client, link).status_code == 404
    actions.submit_update(update=update, by=bob)

    assert download(client, link).status_code == 200
    client.force_login(make_charlie())
    assert download(client, link).status_code == 404

    event = AuditEvent.objects.get(verb="evidence.downloaded")
    assert (event.by, event.detail) == (alice, "report.pdf")


@pytest.mark.parametrize("status", UpdateStatus)
def test_agency_can_always_download_its_own_files(client, bob, update, status):
    link = make_link(update, bob)
    type(update).objects.filter(pk=update.pk).update(status=status, return_reason="Say more.")

    assert b"".join(download(client, link).streaming_content) == sample.pdf()


def test_remove_button_of_the_page_is_let_through(bob, update):
    link, strict = make_link(update, bob), Client(enforce_csrf_checks=True)
    strict.force_login(bob)
    page = strict.get(reverse("priorities:update-evidence", args=[update.pk])).content.decode()
    form = page[page.index(reverse("priorities:evidence-withdraw", args=[link.pk])) :]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form[: form.index("</form>")])[1]

    strict.post(reverse("priorities:evidence-withdraw", args=[link.pk]), {"csrfmiddlewaretoken": token})

    link.evidence.refresh_from_db()
    assert link.evidence.status == EvidenceStatus.WITHDRAWN


def test_removed_file_is_gone_from_the_page_and_from_the_address(client, bob, update):
    link = make_link(update, bob)

    page = client.post(reverse("priorities:evidence-withdraw", args=[link.pk]), follow=True)

    assert [str(message) for message in page.context["messages"]] == ["report.pdf is removed."]
    assert list(page.context["links"]) == []
    assert download(client, link).url == reverse("priorities:update-evidence", args=[update.pk])


def test_reason_for_a_refusal_stands_on_the_page(client, bob, update):
    link = make_link(update, bob, is_checked=False)
    Evidence.objects.filter(pk=link.evidence_id).update(status=EvidenceStatus.REFUSED, refusal="It has a virus.")

    page = client.get(reverse("priorities:update-evidence", args=[update.pk])).content.decode()

    assert "<p>It has a virus.</p>" in page
    assert 'href="' + reverse("priorities:evidence-download", args=[link.pk]) + '"' not in page


def test_handed_in_update_shows_its_files_without_a_form(client, bob, update):
    link = make_link(update, bob)
    actions.submit_update(update=update, by=bob)

    page = client.get(reverse("priorities:update-evidence", args=[update.pk])).content.decode()
    refused = send(client, update, ("a.pdf", sample.pdf()))

    assert 'href="' + reverse("priorities:evidence-download", args=[link.pk]) + '"' in page
    assert "multipart/form-data" not in page
    assert (refused.status_code, Evidence.objects.count()) == (302, 1)


@pytest.mark.parametrize("rows", [1, 3])
def test_page_asks_the_database_as_often_for_three_files_as_for_one(
    client, bob, update, rows, django_assert_num_queries
):
    for number in range(rows):
        make_link(update, bob, name=f"{number}.pdf")

    with django_assert_num_queries(6):
        client.get(reverse("priorities:update-evidence", args=[update.pk]))
