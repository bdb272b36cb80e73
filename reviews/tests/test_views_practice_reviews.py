import csv
from datetime import date
from html import unescape

import pytest
import time_machine
from django.urls import reverse

from partnership.models import AuditEvent
from partnership.tests.factories import make_alice, make_bob, make_dana, make_frank, make_partnership
from reviews import actions
from reviews.choices import DelayReason, ReviewKind, ReviewStage
from reviews.models import PracticeReview
from reviews.tests.factories import make_review, make_theme

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]

SECRET = "The agencies did not meet."


@pytest.fixture
def _today():
    with time_machine.travel("2022-06-01 12:00", tick=False):
        yield


def get(client, person, name, *args, **query):
    make_partnership()
    client.force_login(person)
    return client.get(reverse(f"reviews:{name}", args=args), query)


def post(client, name, *args, **data):
    make_partnership()
    client.force_login(make_alice())
    return client.post(reverse(f"reviews:{name}", args=args), data)


def text(response):
    return unescape(response.content.decode())


def errors(response):
    assert response.status_code == 200
    return dict(response.context["form"].errors)


def make_secret(reference="LR-2022-01", stage=ReviewStage.TO_START, **fields):
    return make_review(
        reference,
        stage=stage,
        first_day=date(2022, 1, 3),
        outcome=SECRET,
        delay=DelayReason.INQUEST,
        themes=["Neglect"],
        **fields,
    )


def test_what_is_due_stands_on_top_and_says_how_long_is_left(client):
    make_review("LR-2022-01")
    make_review("SI-2022-02", ReviewKind.SERIOUS_INCIDENT, first_day=date(2022, 5, 30))
    make_review("SI-2022-03", ReviewKind.SERIOUS_INCIDENT, first_day=date(2022, 5, 23))
    make_review("TR-2022-04", ReviewKind.THEMATIC)

    page = get(client, make_alice(), "review-list")

    assert [(row.review.reference, row.due_in_words, row.is_late) for row in page.context["rows"]] == [
        ("SI-2022-03", "2 working days late", True),
        ("SI-2022-02", "due in 3 working days", False),
        ("LR-2022-01", "due in 5 months", False),
        ("TR-2022-04", "", False),
    ]
    assert "1 review late" in text(page)


@pytest.mark.parametrize(
    ("query", "references"),
    [
        ({}, ["SI-2022-03", "LR-2022-01", "TR-2022-04"]),
        ({"kind": "thematic"}, ["TR-2022-04"]),
        ({"show": "due"}, ["SI-2022-03", "LR-2022-01"]),
        ({"show": "late"}, ["SI-2022-03"]),
        ({"show": "withdrawn"}, ["LR-2022-05"]),
        ({"show": "withdrawn", "kind": "thematic"}, []),
        ({"kind": "nonsense"}, ["SI-2022-03", "LR-2022-01", "TR-2022-04"]),
    ],
)
def test_the_list_and_its_file_show_what_the_filter_leaves(client, query, references):
    make_review("LR-2022-01")
    make_review("SI-2022-03", ReviewKind.SERIOUS_INCIDENT, first_day=date(2022, 5, 23))
    make_review("TR-2022-04", ReviewKind.THEMATIC)
    actions.withdraw_review(review=make_review("LR-2022-05"), reason="Twice.", by=make_alice())
    alice = make_alice()

    page = get(client, alice, "review-list", **query)
    file = get(client, alice, "review-export", "csv", **query)

    assert [row.review.reference for row in page.context["rows"]] == references
    lines = list(csv.reader(file.content.decode("utf-8-sig").splitlines()))
    assert [line[0] for line in lines[1:]] == references


@pytest.mark.parametrize("name", ["review-list", "review-timeline"])
@pytest.mark.parametrize("size", [1, 3])
def test_lists_take_the_same_number_of_queries_whatever_their_length(client, django_assert_num_queries, name, size):
    for number in range(size):
        rapid = make_review(
            f"SR-2022-{number}", ReviewKind.RAPID_REVIEW, ReviewStage.COMPLETED, first_day=date(2022, 1, 3)
        )
        make_review(f"LR-2022-{number}", follows=rapid, first_day=date(2022, 5, 9), themes=[f"Theme {number}"])
    alice = make_alice()
    get(client, alice, name)

    with django_assert_num_queries(8):
        client.get(reverse(f"reviews:{name}"))


@pytest.mark.parametrize(
    ("person", "may_read"), [(make_alice, True), (make_frank, True), (make_bob, False), (make_dana, False)]
)
def test_before_publication_only_the_board_and_the_chair_read_what_was_found(client, person, may_read):
    review = make_secret()
    make_theme("Other")
    someone = person()

    pages = [
        text(get(client, someone, "review-list")),
        text(get(client, someone, "review-detail", review.pk)),
        text(get(client, someone, "review-export", "csv")),
    ]

    assert ["LR-2022-01" in page for page in pages] == [True, True, True]
    assert ["Neglect" in page for page in pages] == [may_read] * 3
    assert ["Inquest" in page for page in pages] == [may_read] * 3
    assert [SECRET in page for page in pages] == [False, may_read, may_read]


@pytest.mark.parametrize("stage", [ReviewStage.PUBLISHED, ReviewStage.CLOSED])
def test_once_published_everybody_reads_it(client, stage):
    with time_machine.travel("2023-06-01", tick=False):
        review = make_secret(stage=stage)
        page = text(get(client, make_bob(), "review-detail", review.pk))

    assert (SECRET in page, "Neglect" in page) == (True, True)


def test_a_withdrawn_review_is_for_the_board_and_the_chair(client):
    review = make_secret()
    actions.withdraw_review(review=review, reason="Recorded twice.", by=make_alice())

    assert get(client, make_bob(), "review-detail", review.pk).status_code == 404
    assert "Recorded twice." in text(get(client, make_frank(), "review-detail", review.pk))
    assert get(client, make_alice(), "review-change", review.pk).status_code == 404
    assert get(client, make_bob(), "review-list", show="withdrawn").context["rows"] == []


def test_a_review_is_recorded_and_leads_to_its_page(client):
    incident = make_review("SI-2022-01", ReviewKind.SERIOUS_INCIDENT, ReviewStage.NOTIFIED, first_day=date(2022, 4, 1))

    response = post(
        client, "review-record", kind="rapid-review", reference="SR-2022-01", follows=incident.pk, on="2022-05-03"
    )

    review = PracticeReview.objects.get(reference="SR-2022-01")
    assert response.url == reverse("reviews:review-detail", args=[review.pk])
    assert (review.kind, review.stage, review.follows, review.dates) == (
        "rapid-review",
        "in-progress",
        incident,
        {"in-progress": date(2022, 5, 3)},
    )


@pytest.mark.parametrize(
    ("data", "faults"),
    [
        (
            {},
            {
                "kind": ["Choose what it is"],
                "reference": ["Enter a reference"],
                "on": ["Enter the first day"],
            },
        ),
        (
            {"kind": "rapid-review", "reference": "SR-2022-01", "on": "2022-05-03"},
            {"follows": ["Choose the notification that the rapid review follows. Record it first"]},
        ),
        (
            {"kind": "lcspr", "reference": "LR-2022-01", "on": "2022-06-02"},
            {"on": ["The date cannot be in the future"]},
        ),
        (
            {"kind": "lcspr", "reference": "LR-2022-01", "on": "2022-05-03", "follows": "9" * 30},
            {"follows": ["Select a valid choice. That choice is not one of the available choices."]},
        ),
        (
            {"kind": "lcspr", "reference": "LR-2022-01", "on": "9999-12-31"},
            {"on": ["The date cannot be in the future"]},
        ),
        (
            {"kind": "lcspr", "reference": "LR-2022-01", "on": "1999-12-31"},
            {"on": ["Enter a date from the year 2000 on"]},
        ),
        (
            {"kind": "lcspr", "reference": "Jayden B", "on": "2022-05-03"},
            {"reference": ["Enter letters, the year and a number, like LR-2023-01. Never a name or initials"]},
        ),
        (
            {"kind": "lcspr", "reference": "lr-2022-09", "on": "2022-05-03"},
            {"reference": ["Enter letters, the year and a number, like LR-2023-01. Never a name or initials"]},
        ),
        (
            {"kind": "lcspr", "reference": "LR-2022-09", "on": "2022-05-03"},
            {"reference": ["There is a review with this reference already"]},
        ),
        (
            {"kind": "lcspr", "reference": "LR\0-2022-01", "on": "2022-05-03"},
            {
                "reference": [
                    "Enter letters, the year and a number, like LR-2023-01. Never a name or initials",
                    "Null characters are not allowed.",
                ]
            },
        ),
    ],
)
def test_a_review_that_cannot_be_is_refused_beside_the_field(client, data, faults):
    make_review("LR-2022-09")

    assert errors(post(client, "review-record", **data)) == faults
    assert PracticeReview.objects.count() == 1


def test_a_review_cannot_begin_before_what_it_follows(client):
    rapid = make_review("SR-2022-01", ReviewKind.RAPID_REVIEW, ReviewStage.COMPLETED, first_day=date(2022, 3, 1))

    found = errors(
        post(client, "review-record", kind="lcspr", reference="LR-2022-01", follows=rapid.pk, on="2022-03-02")
    )

    assert found == {"on": ["“Review commissioned” cannot be before what it follows (26 April 2022)"]}


def test_a_stage_before_its_predecessor_is_refused_beside_the_field_and_stays_typed(client):
    review = make_review()

    response = post(client, "review-move-on", review.pk, stage="in-progress", on="2022-05-08")

    assert errors(response) == {"on": ["“Review started” cannot be before “Review commissioned” (9 May 2022)"]}
    assert response.context["form"]["on"].value() == "2022-05-08"
    assert list(response.context["form"].fields["stage"].choices) == [("in-progress", "Review started")]


def test_a_rapid_review_is_not_completed_without_its_decision_and_reason(client):
    review = make_review("SR-2022-01", ReviewKind.RAPID_REVIEW)

    refused = post(client, "review-move-on", review.pk, stage="completed", on="2022-05-20")
    done = post(
        client, "review-move-on", review.pk, stage="completed", on="2022-05-20", decision="none", reason="All known."
    )

    assert errors(refused) == {
        "decision": ["Choose what was decided"],
        "reason": ["Enter why it was decided so"],
    }
    assert done.status_code == 302
    review.refresh_from_db()
    assert (review.stage, review.decision, review.reason) == ("completed", "none", "All known.")


def change(client, review, **data):
    texts = {"outcome": "", "delay": "", "delay_text": "", "link": "", "version": 1}
    return post(client, "review-change", review.pk, **texts | data)


def test_an_identifier_is_asked_about_and_a_tick_is_kept_in_the_record(client):
    review = make_review()
    typed = "They moved to ST16 2LH."

    asked = change(client, review, outcome=typed)
    kept = change(client, review, outcome=typed, outcome_keep="ST16 2LH")

    assert errors(asked) == {"outcome": ["“ST16 2LH” looks like a full postcode. Could a child be told from it?"]}
    assert typed in text(asked)
    assert kept.status_code == 302
    review.refresh_from_db()
    assert review.outcome == typed
    assert AuditEvent.objects.filter(verb="review.changed").values_list("detail", flat=True).get() == (
        "Kept “ST16 2LH”, which looks like a full postcode."
    )


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"link": "http://example.org/a"}, "link"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"delay": "other"}, "delay_text"),
        ({"outcome": "x" * 1_000_000}, "outcome"),
        ({"outcome": "a\0b"}, "outcome"),
        ({"delay": "weather"}, "delay"),
        ({"themes": "99999999999999999999"}, "themes"),
    ],
)
def test_what_cannot_be_said_of_a_review_is_refused_beside_the_field(client, data, field):
    review = make_review()

    assert list(errors(change(client, review, **data))) == [field]


def test_a_stale_save_says_so_and_loses_nothing(client):
    review = make_review()
    actions.change_review(review=review, version=1, texts={"outcome": "Theirs"}, themes=[], by=make_alice())

    response = change(client, review, outcome="Mine")

    assert [error[:48] for error in errors(response)["__all__"]] == ["Local child safeguarding practice review LR-2022"]
    assert response.context["form"]["outcome"].value() == "Mine"
    review.refresh_from_db()
    assert review.outcome == "Theirs"


def test_dates_are_corrected_but_not_out_of_order(client):
    review = make_review(stage=ReviewStage.IN_PROGRESS, first_day=date(2022, 4, 1))
    dates = {"version": 1, "to-start": "2022-05-02", "in-progress": "2022-05-01"}

    refused = post(client, "review-change-dates", review.pk, **dates)
    done = post(client, "review-change-dates", review.pk, **dates | {"in-progress": "2022-05-03"})

    assert errors(refused) == {"in-progress": ["“Review started” cannot be before “Review commissioned” (2 May 2022)"]}
    assert done.status_code == 302
    assert PracticeReview.objects.get().dates == {"to-start": date(2022, 5, 2), "in-progress": date(2022, 5, 3)}


def test_a_review_is_withdrawn_only_with_a_reason(client):
    review = make_review()

    assert errors(post(client, "review-withdraw", review.pk)) == {"reason": ["Enter why it is withdrawn"]}
    assert post(client, "review-withdraw", review.pk, reason="Recorded twice.").status_code == 302

    assert PracticeReview.objects.in_force().count() == 0


def test_the_timeline_tells_every_step_the_latest_first(client):
    make_review("LR-2022-01", stage=ReviewStage.IN_PROGRESS, first_day=date(2022, 4, 4))
    make_review("SI-2022-01", ReviewKind.SERIOUS_INCIDENT, first_day=date(2022, 4, 20))
    actions.withdraw_review(review=make_review("LR-2022-02"), reason="Twice.", by=make_alice())

    steps = get(client, make_bob(), "review-timeline").context["steps"]

    assert [(step.review.reference, str(step)) for step in steps] == [
        ("LR-2022-01", "Review started, 2 May 2022"),
        ("SI-2022-01", "Council became aware, 20 April 2022"),
        ("LR-2022-01", "Review commissioned, 4 April 2022"),
    ]
