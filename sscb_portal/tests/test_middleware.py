import re

import pytest
from django.db import IntegrityError
from django.test import RequestFactory
from django.urls import reverse

from partnership.tests.factories import make_alice, make_erin, make_partnership
from reports.tests.factories import make_section
from reviews import actions as review_actions
from reviews.forms.themes import ThemeForm
from sscb_portal.middleware import OneOfTwo


def test_of_two_who_record_the_same_one_is_told_and_reads_what_was_typed(client, db, monkeypatch):
    make_partnership()
    client.force_login(make_erin())
    review_actions.add_theme(name="Neglect", by=make_erin())
    monkeypatch.setattr(ThemeForm, "clean_name", lambda form: form.cleaned_data["name"])  # it was free a moment ago

    page = client.post("/learning/themes/add/", {"name": "Neglect"})

    assert page.status_code == 409
    assert dict(page.context["typed"]) == {"name": ["Neglect"]}
    assert "This has not been saved" in page.content.decode()


def test_other_faults_stay_faults():
    request = RequestFactory().post("/")

    assert OneOfTwo(None).process_exception(request, ValueError()) is None
    assert OneOfTwo(None).process_exception(RequestFactory().get("/"), IntegrityError()) is None


def framing(response):
    """Who may show the page in a frame, as both headers say."""
    policy = response["Content-Security-Policy"]
    return response["X-Frame-Options"], re.search("frame-ancestors ([^;]+)", policy)[1]


@pytest.mark.parametrize("name", ["account_login", "account_inactive", "account_reset_password"])
def test_account_pages_may_stand_in_a_frame_of_the_portal_and_of_nobody_else(client, db, name):
    assert framing(client.get(reverse(name))) == ("SAMEORIGIN", "'self'")


@pytest.mark.parametrize("name", ["home", "accessibility", "reports:report-list", "session-state"])
def test_other_pages_stand_in_no_frame(client, db, name):
    make_partnership()
    client.force_login(make_alice())

    assert framing(client.get(reverse(name))) == ("DENY", "'none'")


def test_only_the_page_that_a_section_is_written_on_has_a_frame(client, db):
    section = make_section()
    client.force_login(make_alice())
    edit, read = (client.get(reverse(f"reports:section-{each}", args=[section.pk])) for each in ("edit", "detail"))

    assert re.findall("frame-src ([^;]+)", edit["Content-Security-Policy"]) == ["'self'"]
    assert re.findall("frame-src ([^;]+)", read["Content-Security-Policy"]) == []


def test_sign_in_page_in_a_frame_has_neither_header_nor_footer(client, db):
    whole = client.get(reverse("account_login")).content.decode()
    framed = client.get(reverse("account_login"), headers={"Sec-Fetch-Dest": "iframe"}).content.decode()

    parts = ["<header", "<footer", "portal-entrance__aside", 'name="login"', 'target="_blank"']
    assert [part in whole for part in parts] == [True, True, True, True, False]
    assert [part in framed for part in parts] == [False, False, False, True, True]


def test_page_that_was_left_open_learns_who_is_signed_in_now(client, db):
    alice = make_alice()
    signed_out = client.get(reverse("session-state")).json()
    client.force_login(alice)
    signed_in = client.get(reverse("session-state"))

    assert signed_out == {"signed_in": False}
    assert {**signed_in.json(), "csrf": ""} == {"signed_in": True, "person": alice.pk, "name": "Alice", "csrf": ""}
    assert len(signed_in.json()["csrf"]) == 64
    assert signed_in["Cache-Control"] == "private, no-store"
