"""How long the editor waits for "saved" after it has sent a text of a two-page section.

Beside a bare Django save of one row and beside WeasyPrint's own time for the section. The pause after the last key, at
most two seconds, is the editor's own and not counted. All is committed, in a database of its own.
"""

import os
import statistics
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sscb_portal.settings")
django.setup()

from uuid import uuid4  # noqa: E402

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from weasyprint import HTML  # noqa: E402

from partnership.models import User  # noqa: E402
from reports.actions import BlockSave, save_block  # noqa: E402
from reports.assemble import assemble_section  # noqa: E402
from reports.choices import Kind  # noqa: E402
from reports.content import BlockContent  # noqa: E402
from reports.models import Block, Section  # noqa: E402
from reports.rendering.assets import BUILD_DIR  # noqa: E402
from reports.rendering.confined import AssetFetcher  # noqa: E402
from reports.rendering.html import section_html  # noqa: E402

ROUNDS = 25
PAGES = 2


class Page:
    """Somebody's page with one block, which sends its text as the editor's script does."""

    def __init__(self, block: Block, person: User):
        self.client = Client(headers={"host": settings.ALLOWED_HOSTS[0], "accept": "application/json"})
        self.client.force_login(person)
        self.block, self.person, self.version, self.body = block, person, block.version, block.body
        self.address = reverse("reports:block-save", args=[block.section_id, block.pk])

    def save(self) -> None:
        """Save a text in which one word is new."""
        first, _, rest = self.body.partition("</p>")
        body = f"{first} {uuid4().hex[:8]}</p>{rest}"
        prefix = f"block-{self.block.pk}"
        answer = self.client.post(
            self.address,
            {
                f"{prefix}-heading": self.block.heading,
                f"{prefix}-body": body,
                f"{prefix}-version": self.version,
                f"{prefix}-whole": "1",
                f"{prefix}-shows": "saved",
                "key": uuid4(),
                "window": "benchmark",
                "person": self.person.pk,
            },
        ).json()
        assert answer["status"] == "saved", answer
        if answer["merged"]:
            body = answer["merged"]["fields"][f"{prefix}-body"]
        self.version, self.body = answer["version"], body


def save_as_a_colleague(block: Block, person: User) -> None:
    """Add a paragraph at the end, which the page does not have: what it sends next is merged with that."""
    block.refresh_from_db()
    content = BlockContent(heading=block.heading, body=f"{block.body}\n<p>{uuid4().hex[:8]}</p>")
    save_block(block=block, save=BlockSave(block.version, content), by=person)


def section_of_two_pages(fetcher: AssetFetcher) -> tuple[Section, str]:
    """The first of this length with a text in it, and its HTML."""
    texts = Block.objects.filter(kind=Kind.TEXT).exclude(body="")
    for section in Section.objects.filter(blocks__in=texts).select_related("report__period").order_by("pk").distinct():
        html = section_html(assemble_section(section))
        if len(HTML(string=html, url_fetcher=fetcher).render().pages) == PAGES:
            return section, html
    raise LookupError(f"the demo has no section of {PAGES} pages with a text")


def seconds(work) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    # Nothing is collected here, so addresses of files stand as they are.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    officer = User.objects.get(email="board.officer@example.org")
    manager = User.objects.get(email="board.manager@example.org")
    fetcher = AssetFetcher(BUILD_DIR)
    section, html = section_of_two_pages(fetcher)
    block = section.blocks.filter(kind=Kind.TEXT).exclude(body="").first()
    page = Page(block, officer)
    works = {
        "bare save of a row": section.save,
        "saved": page.save,
        "saved, and merged": page.save,
        "WeasyPrint": lambda: HTML(string=html, url_fetcher=fetcher).write_pdf(),
    }
    times: dict[str, list[float]] = {name: [] for name in works}
    page.save()
    with CaptureQueriesContext(connection) as captured:
        page.save()
        queries = len(captured)
    for _ in range(ROUNDS):  # in turn, so that a change of the machine's speed meets all of them
        for name, work in works.items():
            if name == "saved, and merged":
                save_as_a_colleague(Block.objects.get(pk=block.pk), manager)
            times[name].append(seconds(work))
    print(f"{section}: {PAGES} pages, {len(page.body):,} characters in the block, {queries} queries to save it")
    print(f"{'':22}{'median ms':>12}{'to a bare save':>18}{'to WeasyPrint':>16}")
    bare, weasyprint = (statistics.median(times[name]) for name in ("bare save of a row", "WeasyPrint"))
    for name, taken in times.items():
        median = statistics.median(taken)
        print(f"{name:22}{median * 1000:>12.1f}{median / bare:>18.1f}{median / weasyprint:>16.3f}")


if __name__ == "__main__":
    main()
