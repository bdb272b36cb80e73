"""The Department's names of columns, as names, codes and units of measures."""

import re
from collections.abc import Sequence
from hashlib import sha256

from priorities.choices import Unit
from priorities.imports.contents import ImportedMeasure

DFE_SOURCE = "Department for Education, explore education statistics"
LONGEST_CODE = 60
LONGEST_NAME = 200


def dfe_measure(title: str, filters: Sequence[str], *, decimals: int) -> ImportedMeasure:
    """The measure in a column of this title, in the lines with these words in their other columns."""
    name = dfe_name(title, filters)
    return ImportedMeasure(
        code=dfe_code(title, filters),
        name=name,
        definition=f"{name}: column “{title}” in the {DFE_SOURCE}. Small numbers were hidden by the Department.",
        unit=_unit(title),
        decimals=decimals,
    )


def dfe_code(column: str, filters: Sequence[str]) -> str:
    """The code of the measure in a column, in the lines with these words in their other columns."""
    parts = ["dfe", column, *_splits(filters)]
    code = re.sub(r"[^A-Z0-9]+", "_", " ".join(parts).upper()).strip("_")
    if len(code) <= LONGEST_CODE:
        return code
    return f"{code[: LONGEST_CODE - 9]}_{sha256(code.encode()).hexdigest()[:8].upper()}"


def dfe_name(title: str, filters: Sequence[str]) -> str:
    """The same in words: "At31 episodes (Children in Need)"."""
    splits = ", ".join(_splits(filters))
    name = column_in_words(title) + (f" ({splits})" if splits else "")
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 2] + " …"


def _splits(filters: Sequence[str]) -> list[str]:
    return [text for text in filters if text and text.casefold() != "total"]


def column_in_words(title: str) -> str:
    """A column's name as words: "At31_episodes" becomes "At31 episodes"."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", title.replace("_", " ")).split()
    text = " ".join(word if word.isupper() else word.lower() for word in words)
    return text[:1].upper() + text[1:]


def _unit(title: str) -> str:
    """What a column counts, by its name; the file does not say."""
    name = title.lower()
    if "percent" in name or name.startswith("pc_") or "pct" in name or name.endswith("_perc"):
        return Unit.PERCENT
    if "rate" in re.split(r"[^a-z]+", name):
        return Unit.RATE
    return Unit.EPISODES if "episode" in name else Unit.CHILDREN
