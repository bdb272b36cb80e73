from django.db import IntegrityError
from django.test import RequestFactory

from partnership.tests.factories import make_erin, make_partnership
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
