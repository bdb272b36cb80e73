"""How long a report takes from stored data to a gated PDF/UA by a warm press, beside WeasyPrint and a browser.

Plain WeasyPrint is `HTML(string).write_pdf(pdf_variant="pdf/ua-1")` in a warm process, with the pictures as they were
uploaded. Chromium prints the same HTML as a whole process and makes no PDF/UA. `benchmarks.report 10 40` takes these
lengths; without any, 10, 40, 120 and 400 pages.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sscb_portal.settings")
django.setup()

from io import BytesIO  # noqa: E402

import pikepdf  # noqa: E402
from weasyprint import HTML  # noqa: E402

from benchmarks._growing import grown  # noqa: E402
from partnership.confinement import Limits  # noqa: E402
from reports.assemble import assemble  # noqa: E402
from reports.document import Document  # noqa: E402
from reports.models import AnnualReport  # noqa: E402
from reports.rendering.assets import BUILD_DIR  # noqa: E402
from reports.rendering.confined import AssetFetcher  # noqa: E402
from reports.rendering.gates import check_file  # noqa: E402
from reports.rendering.html import report_html  # noqa: E402
from reports.rendering.pdf import typeset  # noqa: E402

LENGTHS = (10, 40, 120, 400)
ROUNDS = {10: 7, 40: 5, 120: 3, 400: 1}
LIMITS = Limits(cpu_seconds=300, wall_seconds=600, memory_mb=4096)
"""More than the portal's own, which keeps the chapters of up to about 150 pages."""
MEMORY = r"""
import gc, re, sys
from pathlib import Path
from reports.rendering.confined import Typesetter
typesetter = Typesetter(Path(sys.argv[1]))
gc.disable()
typesetter.to_pdf(sys.stdin.read())
print(int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1024)
"""
CHROMIUM = shutil.which("chromium-headless-shell")


def seconds(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def pages_of(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages)


def gated(document: Document) -> bytes:
    html = report_html(document, for_pdf=True)
    pdf = typeset(html, limits=LIMITS).pdf
    check_file(pdf, html)
    return pdf


def edited(document: Document) -> Document:
    """The report with a word changed in its middle."""
    place = len(document.sections) // 2
    section = document.sections[place]
    changed = replace(section, title=section.title[:-1])
    return replace(document, sections=(*document.sections[:place], changed, *document.sections[place + 1 :]))


def printed(path: Path) -> None:
    subprocess.run(
        [
            *(CHROMIUM, "--no-sandbox", "--disable-background-networking", "--no-pdf-header-footer"),
            *(f"--user-data-dir={path.parent}/profile", f"--print-to-pdf={path.with_suffix('.pdf')}", path.as_uri()),
        ],
        check=True,
        capture_output=True,
    )


def memory_of(html: str) -> float:
    """The most that a process has had in MiB that renders this and nothing else."""
    command = [sys.executable, "-c", MEMORY, str(BUILD_DIR)]
    return float(subprocess.run(command, input=html, text=True, capture_output=True, check=True).stdout)


def measure(length, demo, fetcher, folder):
    css = fetcher.fetch("asset:report-pdf.css").read().decode()
    share = pages_of(typeset(report_html(demo, for_pdf=True), limits=LIMITS).pdf) / len(demo.sections)
    content = grown(demo, max(2, round(length / share)), css)
    path = Path(folder, f"{length}.html")
    path.write_text(content.plain_html)
    html = report_html(content.document, for_pdf=True)
    pdf = typeset(html, limits=LIMITS, may_keep=True).pdf
    by_turns = cycle([report_html(edited(content.document), for_pdf=True), html])
    works = {
        "templating": lambda: report_html(content.document, for_pdf=True),
        "gates": lambda: check_file(pdf, html),
        "data to gated PDF": lambda: gated(content.document),
        "PDF": lambda: typeset(html, limits=LIMITS),
        "PDF after an edit": lambda: typeset(next(by_turns), limits=LIMITS, may_keep=True),
        "plain WeasyPrint": lambda: HTML(string=content.plain_html, url_fetcher=fetcher).write_pdf(
            pdf_variant="pdf/ua-1"
        ),
    }
    if CHROMIUM:
        works["Chromium"] = lambda: printed(path)
    times = {name: [] for name in works}
    for _ in range(ROUNDS.get(length, 3)):  # in turn, so that a change of the machine's speed meets all of them
        for name, work in works.items():
            times[name].append(seconds(work))
    return pages_of(pdf), memory_of(html), times, html


def ratio(times, name, to):
    return statistics.median(one / other for one, other in zip(times[name], times[to], strict=True))


def main() -> None:
    report = AnnualReport.objects.get()
    demo = assemble(report)
    assembling = statistics.median(seconds(lambda: assemble(report)) for _ in range(5))
    print(f"assembling the demo: {assembling:.3f} s")
    fetcher = AssetFetcher(BUILD_DIR)
    counted, pages_html = {}, {}
    with tempfile.TemporaryDirectory() as folder:
        for length in [int(argument) for argument in sys.argv[1:]] or LENGTHS:
            pages, memory, times, pages_html[length] = measure(length, demo, fetcher, folder)
            counted[length] = pages
            print(f"\n{pages} pages, {memory:.0f} MiB")
            for name, taken in times.items():
                shares = [f"{ratio(times, name, to):>10.3f} of {to}" for to in works_beside(times)]
                print(f"  {name:20}{statistics.median(taken):>9.3f} s{''.join(shares)}")
    if {40, 400} <= counted.keys():
        print(f"\na page of 400 against one of 40: {growth(counted, pages_html):.3f}")


def growth(counted, html):
    """A page of 400 against one of 40, the short one rendered before and after the long one."""
    short = [seconds(lambda: typeset(html[40], limits=LIMITS)) for _ in range(4)]
    long = seconds(lambda: typeset(html[400], limits=LIMITS))
    short += [seconds(lambda: typeset(html[40], limits=LIMITS)) for _ in range(4)]
    return (long / counted[400]) / (statistics.mean(short) / counted[40])


def works_beside(times):
    return [name for name in ("plain WeasyPrint", "Chromium", "PDF") if name in times]


if __name__ == "__main__":
    main()
