"""Evidence files of the demo: drawn here, and illustrative."""

import io

from django.core.files.base import ContentFile
from matplotlib.figure import Figure

from partnership.choices import FileKind
from partnership.evidence import SentFile
from partnership.models import User
from partnership.tasks import check_evidence
from priorities import actions
from priorities.models import QuarterlyUpdate


def attach(update: QuarterlyUpdate, rows: list[dict], *, by: User) -> None:
    """Send the files of an update and check them at once, as a worker would do."""
    for row in rows:
        kind = FileKind(row["name"].rpartition(".")[2])
        sent = SentFile(name=row["name"], kind=kind, content=ContentFile(_page(row["lines"], kind)))
        for added in actions.add_evidence(update=update, files=[sent], title=row["title"], by=by):
            check_evidence(added.pk)


def _page(lines: list[str], kind: FileKind) -> bytes:
    """A page with a heading and lines, always the same bytes."""
    figure = Figure(figsize=(5.8, 4.1))
    figure.text(0.08, 0.82, lines[0], fontsize=16, weight="bold")
    for number, line in enumerate(lines[1:]):
        figure.text(0.08, 0.68 - 0.1 * number, line, fontsize=11)
    page = io.BytesIO()
    undated = {"CreationDate": None} if kind == FileKind.PDF else {}
    figure.savefig(page, format=kind, metadata=undated)
    return page.getvalue()
