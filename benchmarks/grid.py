"""How long the board's grid of a year takes for 40 agencies × 8 priorities × 4 quarters, beside it for one agency."""

import os
import statistics
import time
from datetime import date, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sscb_portal.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from partnership.choices import AgencyKind, PeriodKind  # noqa: E402
from partnership.models import Agency, ReportingPeriod, User  # noqa: E402
from partnership.years import code_of, first_day_of_quarter, last_day_of_quarter, quarter_label  # noqa: E402
from priorities.choices import HANDED_IN_STATUSES, PriorityKind, Rag, Topic, UpdateStatus  # noqa: E402
from priorities.models import Answer, BusinessPlan, Priority, QuarterlyUpdate, Question, UpdateRound  # noqa: E402

ROUNDS = 9
AGENCIES, PRIORITIES, QUARTERS = 40, 8, 4
LARGE, SMALL = 2031, 2033
"""The years that are measured: with all agencies, and with one."""

ANSWER = "What an agency writes of a quarter, in a paragraph of some length. " * 12


def seconds(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def make_year(year, *, agencies, priorities, by):
    """Four rounds with an update of every agency on every priority, in all states, half of them late."""
    for quarter in range(1, QUARTERS + 1):
        round = make_round(year, quarter)
        questions = Question.objects.bulk_create(
            Question(round=round, topic=topic, words=topic.label) for topic in list(Topic)[:4]
        )
        updates = QuarterlyUpdate.objects.bulk_create(
            update_in_some_state(round, agency, priority, number, by)
            for number, (agency, priority) in enumerate((one, other) for one in agencies for other in priorities)
        )
        Answer.objects.bulk_create(
            Answer(update=update, question=question, text=ANSWER) for update in updates for question in questions
        )


def make_round(year, quarter):
    title = quarter_label(year, quarter)
    period = ReportingPeriod.objects.create(
        code=f"bench-{year}-q{quarter}",
        label=title,
        kind=PeriodKind.QUARTER,
        starts_on=first_day_of_quarter(year, quarter),
        ends_on=last_day_of_quarter(year, quarter),
    )
    opens_on = date(2021, 1, 1)
    return UpdateRound.objects.create(
        title=title,
        period=period,
        opens_on=opens_on,
        due_on=opens_on + timedelta(days=30) if quarter <= QUARTERS // 2 else date(2099, 1, 1),
        asked_at=timezone.now(),
    )


def update_in_some_state(round, agency, priority, number, by):
    status = list(UpdateStatus)[number % len(UpdateStatus)]
    at = timezone.now() if status in HANDED_IN_STATUSES else None
    return QuarterlyUpdate(
        round=round,
        agency=agency,
        priority=priority,
        status=status,
        rag=list(Rag)[number % len(Rag)],
        submitted_at=at,
        submitted_by=by if at else None,
        submitted_version=0 if at else None,
        return_reason="Say how you know.",
        rag_reason=ANSWER,
    )


def make_both(by):
    """A year of 40 agencies and a year of one, among the same priorities."""
    agencies = Agency.objects.bulk_create(
        Agency(code=f"bench-{n}", name=f"Agency {n}", short_name=f"Agency {n}", kind=AgencyKind.HEALTH)
        for n in range(AGENCIES)
    )
    priorities = Priority.objects.bulk_create(
        Priority(
            plan=BusinessPlan.objects.first(),
            code=f"BENCH{n}",
            title=f"Priority {n}",
            kind=PriorityKind.MAIN,
            sponsor=agencies[0],
            order=n,
        )
        for n in range(PRIORITIES)
    )
    make_year(LARGE, agencies=agencies, priorities=priorities, by=by)
    make_year(SMALL, agencies=agencies[:1], priorities=priorities, by=by)


def main() -> None:
    host = settings.ALLOWED_HOSTS[0]
    # Nothing is collected here, so addresses of files stand as they are.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    with transaction.atomic():  # taken back at the end
        reader = User.objects.get(email="board.officer@example.org")
        make_both(reader)
        client = Client(headers={"host": host})
        client.force_login(reader)
        years = {f"{AGENCIES} agencies": (LARGE, AGENCIES), "1 agency": (SMALL, 1)}
        sizes = {name: look_at(client, *year) for name, year in years.items()}
        queries = {name: count_queries(client, *year) for name, year in years.items()}
        assert len(set(queries.values())) == 1, queries
        times = {name: [] for name in years}
        for _ in range(ROUNDS):  # in turn, so that a change of the machine's speed meets both
            for name, year in years.items():
                times[name].append(seconds(lambda year=year: look_at(client, *year)))
        transaction.set_rollback(True)
    print(f"{'':16}{'median s':>10}{'to 1 agency':>14}{'queries':>10}{'KB of page':>12}")
    for name, taken in times.items():
        pairs = zip(taken, times["1 agency"], strict=True)
        ratio = statistics.median(this / other for this, other in pairs)
        line = f"{name:16}{statistics.median(taken):>10.3f}{ratio:>14.2f}{queries[name]:>10}{sizes[name] / 1024:>12.0f}"
        print(line)


def look_at(client, year, agencies):
    """Open the page and hold it to what it must show; gives its size in bytes."""
    response = client.get(reverse("priorities:round-year", args=[code_of(year)]))
    assert response.status_code == 200, response.status_code
    marks = response.content.count(b"<span>Quarter ")
    assert marks == agencies * PRIORITIES * QUARTERS, marks
    return len(response.content)


def count_queries(client, *year):
    with CaptureQueriesContext(connection) as captured:
        look_at(client, *year)
    return len(captured)


if __name__ == "__main__":
    main()
