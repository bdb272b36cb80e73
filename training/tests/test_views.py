from datetime import date
from html import unescape

import pytest

from partnership.tests.factories import make_alice, make_bob, make_partnership
from training import actions
from training.choices import CourseKind, CourseMode, OrganisationType

pytestmark = pytest.mark.django_db


def test_sessions_are_shown_with_their_attendances_their_course_and_each_caveat_once(client):
    make_partnership()
    alice = make_alice()
    course = actions.add_course(
        code="NEGLECT", title="Recognising neglect", mode=CourseMode.VIRTUAL, kind=CourseKind.THEMATIC, by=alice
    )
    for month, attended in [
        (5, {OrganisationType.POLICE: 1200, OrganisationType.HEALTH: 34}),
        (6, {OrganisationType.POLICE: 7}),
        (7, {}),
    ]:
        actions.record_session(
            course=course,
            held_on=date(2022, month, 1),
            capacity=None,
            attended=attended,
            caveat="The split is illustrative.",
            by=alice,
        )
    client.force_login(make_bob())

    response = client.get("/training/sessions/")

    page = unescape(response.content.decode())
    assert [row["attended"] for row in response.context["rows"]] == ["1,234", "7", "0"]
    assert (page.count("Recognising neglect"), page.count("The split is illustrative.")) == (3, 1)
    assert [words for words in ("1,234", "1 May 2022", "No limit") if words not in page] == []


def test_one_to_five_attendances_are_not_told(client):
    make_partnership()
    alice = make_alice()
    course = actions.add_course(
        code="NEGLECT", title="Recognising neglect", mode=CourseMode.VIRTUAL, kind=CourseKind.THEMATIC, by=alice
    )
    attended = {OrganisationType.POLICE: 4}
    actions.record_session(course=course, held_on=date(2022, 5, 1), capacity=None, attended=attended, by=alice)
    client.force_login(make_bob())

    rows = client.get("/training/sessions/").context["rows"]

    assert [row["attended"] for row in rows] == ["hidden to protect people"]
