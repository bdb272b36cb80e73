"""Which change took a section back that was handed in or approved already. Pure functions: no database, no request."""

from collections.abc import Iterable
from itertools import pairwise

from reports.choices import VersionAct
from reports.models import SectionVersion

RELIED_ON = (VersionAct.SUBMITTED, VersionAct.APPROVED)
DECIDED = (*RELIED_ON, VersionAct.RETURNED)


def lapses(versions: Iterable[SectionVersion]) -> dict[int, SectionVersion]:
    """By the key of each version that took the section back to drafting, the submission or approval that it ended.

    `versions` are all of one section, in any order.
    """
    as_begun = sorted(versions, key=lambda version: version.pk)
    return {
        later.pk: earlier
        for earlier, later in pairwise(as_begun)
        if earlier.act in RELIED_ON and later.act not in DECIDED
    }


def open_lapse(versions: Iterable[SectionVersion]) -> SectionVersion | None:
    """The version that took the section back, until it is handed in again; None where nothing did."""
    as_begun = sorted(versions, key=lambda version: version.pk)
    found = lapses(as_begun)
    for version in reversed(as_begun):
        if version.pk in found:
            return version
        if version.act in DECIDED:
            return None
    return None
