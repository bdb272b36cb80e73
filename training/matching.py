"""Which agency is meant by a name that an attendance sheet writes. Pure functions."""

import difflib
from collections.abc import Iterable, Mapping

from partnership.choices import AgencyKind
from training.choices import OrganisationType

MOST_SUGGESTED = 3
NEAR_ENOUGH = 0.6
"""Of 1 for the same letters in the same order: “Staffs Police” has 0.79 of “Staffordshire Police”."""

TYPE_OF_KIND: dict[str, OrganisationType] = {
    AgencyKind.COUNCIL: OrganisationType.COUNCIL,
    AgencyKind.HEALTH: OrganisationType.HEALTH,
    AgencyKind.EDUCATION: OrganisationType.SCHOOLS,
    AgencyKind.VOLUNTARY: OrganisationType.VOLUNTARY,
    AgencyKind.JUSTICE: OrganisationType.OTHER,
    AgencyKind.CUSTODY: OrganisationType.OTHER,
    AgencyKind.NEIGHBOUR: OrganisationType.OTHER,
    AgencyKind.BOARD: OrganisationType.OTHER,
}
"""A safeguarding partner may be a council, health or the police: its kind does not say which."""


def folded(name: str) -> str:
    """A name as aliases keep it: in small letters, with single spaces."""
    return " ".join(name.casefold().split())


def suggestions(name: str, names: Mapping[int, Iterable[str]]) -> list[int]:
    """The agencies whose names are nearest to this one, the nearest first; `names` has all of each."""
    matcher = difflib.SequenceMatcher(autojunk=False)
    matcher.set_seq2(folded(name))
    nearness: dict[int, float] = {}
    for key, known in names.items():
        for each in known:
            if f" {folded(each)} " in f" {folded(name)} ":  # “UHNM NHS Trust” names the agency whose short name is UHNM
                nearness[key] = 1.0
                continue
            matcher.set_seq1(folded(each))
            if matcher.real_quick_ratio() >= NEAR_ENOUGH:
                nearness[key] = max(nearness.get(key, 0.0), matcher.ratio())
    near = [key for key in nearness if nearness[key] >= NEAR_ENOUGH]
    return sorted(near, key=lambda key: -nearness[key])[:MOST_SUGGESTED]


TYPE_WORDS = (
    (OrganisationType.EARLY_YEARS, ("nursery", "preschool", "pre-school", "childminder")),
    (OrganisationType.SCHOOLS, ("school", "college", "academy", "primary", "infant")),
    (OrganisationType.POLICE, ("police", "constabulary")),
    (OrganisationType.HEALTH, ("nhs", "health", "hospital", "care board", "icb", "surgery")),
    (OrganisationType.COUNCIL, ("council",)),
)


def likely_type(name: str, kind: str = "") -> str:
    """The kind of organisation that a name most likely is; nothing where it does not say.

    An agency's own name says which kind of safeguarding partner it is; any other name is for a person to look at.
    """
    if kind in TYPE_OF_KIND:
        return TYPE_OF_KIND[kind].value
    words = folded(name)
    return next((each.value for each, signs in TYPE_WORDS if any(sign in words for sign in signs)), "")
