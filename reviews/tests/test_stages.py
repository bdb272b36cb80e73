from datetime import date

import pytest

from reviews.choices import REVIEW_TRANSITIONS, STEP_WORDS, ReviewKind, ReviewStage
from reviews.stages import fault_in, order_of, stage_at

TODAY = date(2023, 3, 31)
MAY, JUNE, JULY = date(2022, 5, 9), date(2022, 6, 6), date(2022, 7, 4)
START, BEGUN, FINAL = ReviewStage.TO_START, ReviewStage.IN_PROGRESS, ReviewStage.FINAL_DRAFT


@pytest.mark.parametrize("kind", ReviewKind)
def test_every_kind_moves_only_forward_through_its_own_stages(kind):
    order = order_of(kind)

    backward = [
        (stage, to)
        for stage, moves in REVIEW_TRANSITIONS[kind].items()
        for to in moves
        if order.index(to) <= order.index(stage)
    ]
    assert backward == []
    assert REVIEW_TRANSITIONS[kind][order[-1]] == frozenset()


def test_every_stage_has_words_for_the_day_it_was_reached():
    assert set(STEP_WORDS) == set(ReviewStage)


@pytest.mark.parametrize(
    ("dates", "not_before", "fault"),
    [
        ({}, None, ("", "")),
        ({START: MAY, BEGUN: MAY, FINAL: JULY}, MAY, ("", "")),
        ({START: TODAY}, None, ("", "")),
        ({START: date(2023, 4, 1)}, None, (START, "The date cannot be in the future")),
        ({START: date(9999, 1, 1)}, None, (START, "The date cannot be in the future")),
        (
            {START: JUNE, BEGUN: MAY},
            None,
            (BEGUN, "“Review started” cannot be before “Review commissioned” (6 June 2022)"),
        ),
        (
            {START: JUNE, FINAL: MAY},
            None,
            (FINAL, "“Final draft ready” cannot be before “Review commissioned” (6 June 2022)"),
        ),
        ({START: MAY}, JUNE, (START, "“Review commissioned” cannot be before what it follows (6 June 2022)")),
    ],
)
def test_dates_out_of_order_are_named_with_the_reason(dates, not_before, fault):
    assert fault_in(ReviewKind.LCSPR, dates, not_before=not_before, today=TODAY) == fault


@pytest.mark.parametrize(
    ("dates", "day", "stage"),
    [
        ({START: MAY, BEGUN: JUNE, FINAL: JULY}, date(2022, 5, 8), ""),
        ({START: MAY, BEGUN: JUNE, FINAL: JULY}, MAY, START),
        ({START: MAY, BEGUN: JUNE, FINAL: JULY}, date(2022, 7, 3), BEGUN),
        ({START: MAY, BEGUN: JUNE, FINAL: JULY}, JULY, FINAL),
        ({START: MAY}, MAY, FINAL),  # when it came to its final draft is not known: it is taken to have been there
    ],
)
def test_a_review_stood_where_its_dates_say(dates, day, stage):
    assert stage_at(ReviewKind.LCSPR, FINAL, dates, day) == stage
