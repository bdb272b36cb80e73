"""How long the board's grid takes for 40 agencies × 8 priorities × 4 quarters, beside the same page with one agency."""

import os
import statistics
import time
from datetime import date

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
from priorities.choices import PriorityKind, Rag, Topic, UpdateStatus  # noqa: E402
from priorities.models import Answer, BusinessPlan, Priority, QuarterlyUpdate, Question, UpdateRound  # noqa: E402

ROUNDS = 9
AGENCIES, PRIORITIES, QUARTERS = 40, 8, 4
ANSWER = "What an agency writes of a quarter, in a paragraph of some length. " * 12


def seconds(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def make_quarters(label, *, agencies, priorities, by):
    """Four rounds with an update of every agency on every priority, in all states; gives the last."""
    for quarter in range(QUARTERS):
        first = date(2031, 1 + 3 * quarter, 1)
        period = ReportingPeriod.objects.create(
            code=f"{label}-q{quarter}",
            label=f"{label} {quarter}",
            kind=PeriodKind.QUARTER,
            starts_on=first,
            ends_on=first,
        )
        round = UpdateRound.objects.create(
            title=f"{label} {quarter}",
            period=period,
            opens_on=date(2021, 1, 1 + quarter),
            due_on=date(2021, 3, 1 + quarter),
            asked_at=timezone.now(),
        )
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
    return round


def update_in_some_state(round, agency, priority, number, by):
    status = list(UpdateStatus)[number % len(UpdateStatus)]
    at = None if status in (UpdateStatus.NOT_STARTED, UpdateStatus.DRAFT) else timezone.now()
    return QuarterlyUpdate(
        round=round,
        agency=agency,
        priority=priority,
        status=status,
        rag=list(Rag)[number % len(Rag)],
        submitted_at=at,
        submitted_by=by if at else None,
        return_reason="Say how you know.",
        rag_reason=ANSWER,
    )


def make_both(by):
    """The large round and the round of one agency, among the same priorities."""
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
    return (
        make_quarters("Large", agencies=agencies, priorities=priorities, by=by),
        make_quarters("Small", agencies=agencies[:1], priorities=priorities, by=by),
    )


def main() -> None:
    host = settings.ALLOWED_HOSTS[0]
    # Nothing is collected here, so addresses of files stand as they are.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    with transaction.atomic():  # taken back at the end
        reader = User.objects.get(email="board.officer@example.org")
        large, small = make_both(reader)
        client = Client(headers={"host": host})
        client.force_login(reader)
        works = {
            f"{AGENCIES} agencies": lambda: page(client, large),
            "1 agency": lambda: page(client, small),
        }
        queries = {name: count_queries(work) for name, work in works.items()}
        times = {name: [] for name in works}
        for _ in range(ROUNDS):  # in turn, so that a change of the machine's speed meets both
            for name, work in works.items():
                times[name].append(seconds(work))
        transaction.set_rollback(True)
    one = times["1 agency"]
    print(f"{'':20}{'median s':>10}{'to 1 agency':>22}{'queries':>10}")
    for name, taken in times.items():
        ratio = statistics.median(this / other for this, other in zip(taken, one, strict=True))
        print(f"{name:20}{statistics.median(taken):>10.3f}{ratio:>22.3f}{queries[name]:>10}")


def page(client, round):
    response = client.get(reverse("priorities:round-detail", args=[round.pk]))
    assert response.status_code == 200, response.status_code


def count_queries(work):
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


if __name__ == "__main__":
    main()
