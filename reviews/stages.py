"""The stages of a review and their dates: which order is sound, and where a review stood on a day."""

from collections.abc import Mapping
from datetime import date

from reviews.choices import REVIEW_TRANSITIONS, STEP_WORDS, ReviewKind, ReviewStage

Dates = Mapping[str, date]
"""When a review came to a stage, by stage. A date that is not known is left out."""


def order_of(kind: str) -> list[ReviewStage]:
    """The stages of a kind of review, first to last."""
    return list(REVIEW_TRANSITIONS[ReviewKind(kind)])


def fault_in(kind: str, dates: Dates, *, not_before: date | None, today: date) -> tuple[str, str]:
    """The first stage whose date cannot be, and why; two empty texts if all is well.

    `not_before` is the date of what the review follows.
    """
    before, after = not_before, "what it follows"
    for stage in order_of(kind):
        on = dates.get(stage)
        if on is None:
            continue
        if on > today:
            return stage, "The date cannot be in the future"
        if before and on < before:
            return stage, f"“{STEP_WORDS[stage]}” cannot be before {after} ({before:%-d %B %Y})"
        before, after = on, f"“{STEP_WORDS[stage]}”"
    return "", ""


def stage_at(kind: str, stage: str, dates: Dates, day: date) -> str:
    """The stage on a day of a review that is at `stage` now; empty if it had not begun.

    A stage without a date is taken to have been reached: what is not known is not guessed.
    """
    if stage not in dates or dates[stage] <= day:
        return stage
    reached = [each for each in order_of(kind) if each in dates and dates[each] <= day]
    return reached[-1] if reached else ""
