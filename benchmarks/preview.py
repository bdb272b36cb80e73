"""The preview of a section of two pages by a warm press, beside WeasyPrint's own time for the same content.

Default WeasyPrint is `HTML(string).write_pdf()` in a warm process: the same HTML with its stylesheet inside, and no
tags. The pictures are the preview's second stage; what a browser waits for is the last line.
"""

import os
import statistics
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sscb_portal.settings")
django.setup()

from io import BytesIO  # noqa: E402

import pikepdf  # noqa: E402
from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from weasyprint import HTML  # noqa: E402

from partnership.models import User  # noqa: E402
from reports.assemble import assemble_section  # noqa: E402
from reports.models import Section  # noqa: E402
from reports.rendering.assets import BUILD_DIR  # noqa: E402
from reports.rendering.confined import AssetFetcher  # noqa: E402
from reports.rendering.html import section_html  # noqa: E402
from reports.rendering.previews import render_preview  # noqa: E402

ROUNDS = 40
PAGES = 2
REST = 0.25
"""Seconds between two renderings, as between two saves: the press has its next child ready."""


def seconds(work):
    time.sleep(REST)
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def section_of_two_pages():
    for section in Section.objects.select_related("report__period").order_by("pk"):
        document = assemble_section(section)
        with pikepdf.open(BytesIO(render_preview(document, has_pictures=False).pdf)) as pdf:
            if len(pdf.pages) == PAGES:
                return section, document
    raise LookupError("the demo has no section of two pages")


def main() -> None:
    section, document = section_of_two_pages()
    fetcher = AssetFetcher(BUILD_DIR)
    css = fetcher.fetch("asset:report-pdf.css").read().decode()
    whole = section_html(document).replace(
        '<link rel="stylesheet" href="asset:report-pdf.css">', f"<style>{css}</style>"
    )
    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    client.force_login(User.objects.get(email="board.officer@example.org"))
    address = reverse("reports:section-preview", args=[section.pk])
    works = {
        "default WeasyPrint": lambda: HTML(string=whole, url_fetcher=fetcher).write_pdf(),
        "PDF": lambda: render_preview(document, has_pictures=False),
        "PDF and pictures": lambda: render_preview(document, has_pictures=True),
        "assembling": lambda: assemble_section(section),
        "templating": lambda: section_html(document),
        "data to pictures": lambda: render_preview(assemble_section(section), has_pictures=True),
        "the request": lambda: client.get(address, headers={"HX-Request": "true"}),
    }
    times = {name: [] for name in works}
    for work in works.values():
        work()
    for _ in range(ROUNDS):  # in turn, so that a change of the machine's speed meets all of them
        for name, work in works.items():
            times[name].append(seconds(work))
    default = statistics.median(times["default WeasyPrint"])
    print(f"{section}: {PAGES} pages, {ROUNDS} rounds\n{'':20}{'p50 ms':>9}{'p95 ms':>9}{'to default':>12}")
    for name, taken in times.items():
        p50, p95 = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
        print(f"{name:20}{p50 * 1000:>9.1f}{p95 * 1000:>9.1f}{p50 / default:>12.2f}")


if __name__ == "__main__":
    main()
