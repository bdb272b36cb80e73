"""How an attendance sheet's time and memory grow with its lines: from the file to the counts, 1,000 to 64,000 lines."""

import os
import resource
import statistics
import subprocess
import sys
import time
from datetime import date, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sscb_portal.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from partnership.models import Agency, ReportingPeriod, User  # noqa: E402
from partnership.spreadsheets import write_table  # noqa: E402
from training import importing, tasks  # noqa: E402
from training.models import AgencyAlias, Course  # noqa: E402

SIZES = (1_000, 4_000, 16_000, 64_000)
ROUNDS = 3
AGENCIES, YEAR = 60, "2022-23"
HEADINGS = ("Course", "Date", "Organisation", "Name", "Status")
OUTCOMES = ("Attended", "Attended", "Attended", "No show", "Late cancellation")


def make_file(lines: int, kind: str) -> bytes:
    """A sheet of so many lines over 60 agencies and 200 sessions, whatever its size."""
    first = date(2022, 4, 1)
    rows = (
        (
            "BENCH",
            f"{first + timedelta(days=number % 200):%d/%m/%Y}",
            f"Benchmark agency {number % AGENCIES}",
            f"Person {number}",
            OUTCOMES[number % len(OUTCOMES)],
        )
        for number in range(lines)
    )
    return write_table(kind, title="Attendance", headings=HEADINGS, rows=rows)


def make_records() -> None:
    Course.objects.create(code="BENCH", title="Benchmark", mode="virtual", kind="thematic")
    agency = Agency.objects.first()
    AgencyAlias.objects.bulk_create(
        AgencyAlias(
            name=f"benchmark agency {number}", agency=agency if number == 0 else None, organisation_type="other"
        )
        for number in range(AGENCIES)
    )


def run(content: bytes, name: str) -> tuple[float, float, float, int]:
    """Seconds in which the worker reads, the page plans, the worker counts; queries of counting. All is taken back."""
    by, period = User.objects.get(email="board.officer@example.org"), ReportingPeriod.objects.get(code=YEAR)
    with transaction.atomic():
        make_records()
        row = importing.send_sheet(name=name, content=content, period=period, by=by)
        start = time.perf_counter()
        tasks.import_sheet(row.pk)
        read = time.perf_counter()
        row.refresh_from_db()
        assert row.status == "read", row.failure
        importing.plan_of(row)
        planned = time.perf_counter()
        importing.confirm_sheet(row=row, by=by)
        confirmed = time.perf_counter()
        with CaptureQueriesContext(connection) as queries:
            tasks.import_sheet(row.pk)
        done = time.perf_counter()
        row.refresh_from_db()
        assert row.status == "imported", row.failure
        transaction.set_rollback(True)
    return read - start, planned - read, done - confirmed, len(queries)


def measure(lines: int, kind: str) -> None:
    """One size in a process of its own, so that its highest memory is its own."""
    content = make_file(lines, kind)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    times = [run(content, f"sheet.{kind}") for _ in range(ROUNDS)]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    read, plan, work = (statistics.median(each[index] for each in times) for index in range(3))
    print(len(content), read, plan, work, times[0][3], peak)


def main() -> None:
    for kind in ("csv", "xlsx"):
        print(
            f"{kind:6}{'lines':>8}{'file MB':>9}{'reading s':>11}{'page s':>8}{'counting s':>12}{'queries':>9}",
            f"{'memory MB':>11}{'time to 1,000, per line':>26}",
            sep="",
        )
        first = None
        for lines in SIZES:
            command = [sys.executable, "-m", "benchmarks.training_import", str(lines), kind]
            output = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
            size, read, plan, work, queries, peak = (float(each) for each in output)
            per_line = (read + plan + work) / lines
            first = first or per_line
            print(
                f"{'':6}{lines:>8,}{size / 2**20:>9.1f}{read:>11.2f}{plan:>8.2f}{work:>12.2f}"
                f"{queries:>9.0f}{peak / 1024:>11.0f}{per_line / first:>26.2f}"
            )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(int(sys.argv[1]), sys.argv[2])
    else:
        main()
