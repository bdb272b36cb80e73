"""Whether a file is one that the portal made, known by its bytes alone."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from reports.choices import EditionStatus, PublicationStatus
from reports.models import Edition, Publication

Verdict = Literal["current", "superseded", "withdrawn", "draft", "unknown"]

VERDICTS: dict[str, Verdict] = {
    EditionStatus.PUBLISHED: "current",
    EditionStatus.SUPERSEDED: "superseded",
    EditionStatus.WITHDRAWN: "withdrawn",
}


@dataclass(frozen=True, kw_only=True)
class Verified:
    """What is known of a file: of which edition it is, and which one is in force now."""

    verdict: Verdict
    edition: Edition | None = None
    newer: Edition | None = None


def digest_of(chunks: Iterable[bytes]) -> str:
    """SHA-256 of a file that comes in pieces, as 64 hex digits."""
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()


def verified(digest: str) -> Verified:
    """What is known of the file with this SHA-256. A draft that the portal made is called one, and no more."""
    same = Publication.objects.filter(file_hash=digest, status=PublicationStatus.READY)
    found = same.filter(edition__isnull=False).select_related("edition__report__period").order_by("-edition").first()
    if found is None or found.edition is None:
        return Verified(verdict="draft" if same.exists() else "unknown")
    edition = found.edition
    newer = edition.report.editions.filter(status=EditionStatus.PUBLISHED).exclude(pk=edition.pk).first()
    return Verified(verdict=VERDICTS[edition.status], edition=edition, newer=newer)
