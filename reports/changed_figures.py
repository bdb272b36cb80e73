"""Figures that read otherwise than when their section was approved. Pure functions: no database, no request."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from priorities.choices import ValueCode
from priorities.figurebook import Figure

GONE = "no longer there"
"""How a figure reads for which there is no value any more."""

HIDING = (ValueCode.SUPPRESSED.label, ValueCode.LOW.label, GONE)
"""How a figure reads that may be hidden now: a change has no words either where one of its two numbers is hidden."""


@dataclass(frozen=True, kw_only=True)
class ChangedFigure:
    """A figure that readers now see otherwise than the person who approved the section."""

    code: str
    name: str
    period: str
    before: str
    """Its words then; empty where one side is hidden, for they would tell what nobody may read any more."""
    now: str
    """Its words, or `GONE`."""


def as_approved(figures: Iterable[Figure]) -> list[dict[str, str]]:
    """What an approval keeps of the figures that the section shows."""
    return [
        {
            "code": figure.code,
            "name": figure.name,
            "period": figure.period_code,
            "period_label": figure.period,
            "show": figure.show,
            "text": figure.text,
        }
        for figure in figures
    ]


def changed_figures(
    approved: Iterable[Mapping[str, Any]], shown: Iterable[Figure], missing: Iterable[tuple[str, str, str]] = ()
) -> list[ChangedFigure]:
    """The figures of an approval that read otherwise now.

    `missing` are those, by code, period and show, that the section still names but that have no value any more. One
    that the section no longer shows was taken out by its writer, and has not changed.
    """
    now = {(figure.code, figure.period_code, figure.show): figure.text for figure in shown}
    now |= dict.fromkeys(missing, GONE)
    return [
        ChangedFigure(
            code=figure["code"],
            name=figure["name"],
            period=figure["period_label"],
            before="" if is_hiding(figure["text"]) or is_hiding(now[key]) else figure["text"],
            now=now[key],
        )
        for figure in approved
        if now.get(key := (figure["code"], figure["period"], figure["show"]), figure["text"]) != figure["text"]
    ]


def is_hiding(words: str) -> bool:
    """Whether these words of a figure stand in the place of a number that people must not read."""
    return words.startswith(HIDING)
