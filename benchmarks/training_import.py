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
from partnership.spreadsheets import read_table, write_table  # noqa: E402
from training import importing, tasks  # noqa: E402
from training.forms.sheets import LARGEST_SHEET  # noqa: E402
from training.imports import read_sheet  # noqa: E402
from training.models import AgencyAlias, Course  # noqa: E402
from training.queries import courses_by_name  # noqa: E402

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


def run(content: bytes, name: str) -> tuple[float, float, int]:
    """Seconds for reading the file and for the worker, and the worker's queries; all of it is taken back."""
    by, period = User.objects.get(email="board.officer@example.org"), ReportingPeriod.objects.get(code=YEAR)
    with transaction.atomic():
        make_records()
        start = time.perf_counter()
        table = read_table(content, name=name, largest=LARGEST_SHEET, may_have_merged_cells=False)
        sheet = read_sheet(
            table,
            courses=courses_by_name(Course.objects.all()),
            starts_on=period.starts_on,
            ends_on=period.ends_on,
            today=period.ends_on,
        )
        row = importing.keep_sheet(name=name, content=content, sheet=sheet, period=period, by=by)
        read = time.perf_counter()
        importing.confirm_sheet(row=row, by=by)
        with CaptureQueriesContext(connection) as queries:
            tasks.import_sheet(row.pk)
        done = time.perf_counter()
        row.refresh_from_db()
        assert row.status == "imported", row.failure
        transaction.set_rollback(True)
    return read - start, done - read, len(queries)


def measure(lines: int, kind: str) -> None:
    """One size in a process of its own, so that its highest memory is its own."""
    content = make_file(lines, kind)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    times = [run(content, f"sheet.{kind}") for _ in range(ROUNDS)]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    read, work = (statistics.median(each[index] for each in times) for index in (0, 1))
    print(len(content), read, work, times[0][2], peak)


def main() -> None:
    for kind in ("csv", "xlsx"):
        print(
            f"{kind:6}{'lines':>8}{'file MB':>9}{'reading s':>11}{'worker s':>10}{'queries':>9}{'memory MB':>11}",
            end="",
        )
        print(f"{'time to 1,000, per line':>26}")
        first = None
        for lines in SIZES:
            command = [sys.executable, "-m", "benchmarks.training_import", str(lines), kind]
            output = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
            size, read, work, queries, peak = (float(each) for each in output)
            per_line = (read + work) / lines
            first = first or per_line
            print(
                f"{'':6}{lines:>8,}{size / 2**20:>9.1f}{read:>11.2f}{work:>10.2f}{queries:>9.0f}{peak / 1024:>11.0f}"
                f"{per_line / first:>26.2f}"
            )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(int(sys.argv[1]), sys.argv[2])
    else:
        main()
