"""What could tell who a child is, in an update: asked when it is checked, never of a draft."""

import re
from html import unescape

import pytest
from django.http import QueryDict
from django.urls import reverse

from partnership.models import AuditEvent
from partnership.tests.factories import make_bob, make_partnership
from priorities.forms.update_page import UpdatePage
from priorities.models import QuarterlyUpdate
from priorities.tests.factories import ANSWERS, make_update

pytestmark = pytest.mark.django_db

NAMED = "Ryan Clark was held for ten minutes."
AUDIT = "It was Chloe Evans who was heard."
QUESTION = "“Ryan Clark” looks like a child's name. Could a child be told from it?"
TICK = "No child can be told from “Ryan Clark”: keep it"


@pytest.fixture
def update(client):
    make_partnership()
    client.force_login(make_bob())
    return make_update()


def save(client, update, *, act, **typed):
    version = QuarterlyUpdate.objects.get(pk=update.pk).version
    data = {**ANSWERS, "version": version, "known-is_shown": "yes", "act": act, **typed}
    return client.post(reverse("priorities:update-edit", args=[update.pk]), data)


def details():
    return list(AuditEvent.objects.filter(verb="update.saved").order_by("pk").values_list("detail", flat=True))


def test_a_draft_is_kept_without_a_question(client, update):
    response = save(client, update, act="draft", progress=NAMED, rag_reason=NAMED)

    assert (response.status_code, details()) == (302, [""])
    update.refresh_from_db()
    assert (update.answer("progress"), update.rag_reason) == (NAMED, NAMED)


def test_a_check_asks_beside_the_field_also_about_what_the_draft_held(client, update):
    save(client, update, act="draft", progress=NAMED)

    response = save(client, update, act="check", progress=NAMED)

    page = unescape(response.content.decode())
    assert response.context["form"].errors == {"progress": [QUESTION]}
    assert page.index('name="progress"') < page.index(TICK) < page.index('name="rag_reason"')
    assert re.findall(r'href="#(id_progress\w*)"', page) == ["id_progress"]
    update.refresh_from_db()
    assert update.answer("progress") == NAMED


def test_what_is_ticked_passes_and_stands_in_the_line_of_the_save(client, update):
    audit = {"known-kinds": "audit", "known-audit": AUDIT}
    asked = save(client, update, act="check", rag_reason=NAMED, **audit)
    page = unescape(asked.content.decode())
    assert (TICK in page, "“Chloe Evans”: keep it" in page) == (True, True)

    ticks = {"rag_reason_keep": "Ryan Clark", "known-audit_keep": "Chloe Evans"}
    response = save(client, update, act="check", rag_reason=NAMED, **audit, **ticks)

    assert response.headers["Location"] == reverse("priorities:update-detail", args=[update.pk])
    assert details() == [
        "",
        "Kept “Ryan Clark”, which looks like a child's name.\nKept “Chloe Evans”, which looks like a child's name.",
    ]
    assert update.impact_evidence.get().description == AUDIT


def test_a_page_that_asks_has_the_marks_of_one_that_does_not(update):
    data = QueryDict(mutable=True)
    data.update({**ANSWERS, "version": 0, "progress": NAMED, "known-is_shown": "yes", "known-audit": AUDIT})

    asking = UpdatePage(update, data, must_be_complete=True)

    assert ("progress_keep" in asking.form.fields, "audit_keep" in asking.known.fields) == (True, True)
    assert asking.loaded == UpdatePage(update).loaded
