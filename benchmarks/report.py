"""How long the demo's report takes from stored data to PDF, beside WeasyPrint's own time for the same HTML."""

import os
import statistics
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sscb_portal.settings")
django.setup()

from weasyprint import HTML  # noqa: E402

from reports.assemble import assemble  # noqa: E402
from reports.models import AnnualReport  # noqa: E402
from reports.rendering.assets import BUILD_DIR  # noqa: E402
from reports.rendering.confined import AssetFetcher  # noqa: E402
from reports.rendering.html import report_html  # noqa: E402
from reports.rendering.pdf import render_pdf  # noqa: E402

ROUNDS = 5


def seconds(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    report = AnnualReport.objects.get()
    document = assemble(report)
    html = report_html(document, for_pdf=True)
    fetcher = AssetFetcher(BUILD_DIR)
    works = {
        "assembling": lambda: assemble(report),
        "templating": lambda: report_html(document, for_pdf=True),
        "whole, confined": lambda: render_pdf(document),
        "plain write_pdf": lambda: HTML(string=html, url_fetcher=fetcher).write_pdf(pdf_variant="pdf/ua-1"),
    }
    times = {name: [] for name in works}
    for _ in range(ROUNDS):  # in turn, so that a change of the machine's speed meets all of them
        for name, work in works.items():
            times[name].append(seconds(work))
    plain = times["plain write_pdf"]
    print(f"{'':20}{'median s':>10}{'to plain write_pdf':>22}")
    for name, taken in times.items():
        ratio = statistics.median(one / other for one, other in zip(taken, plain, strict=True))
        print(f"{name:20}{statistics.median(taken):>10.3f}{ratio:>22.3f}")


if __name__ == "__main__":
    main()
