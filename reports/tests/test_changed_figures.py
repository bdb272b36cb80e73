from dataclasses import replace

import pytest

from priorities.figurebook import Figure
from reports.changed_figures import GONE, ChangedFigure, as_approved, changed_figures

FIGURE = Figure(
    code="MACE_CHILDREN",
    name="Children discussed",
    show="value",
    text="610",
    period_code="2022-23",
    period="2022/23",
    area="County",
    source="Police",
    as_at="",
)
HIDDEN = "hidden to protect people"
SHARE = replace(FIGURE, show="share", text="10%")
CHANGED = ChangedFigure(code="MACE_CHILDREN", name="Children discussed", period="2022/23", before="610", now="640")


def test_a_figure_that_reads_the_same_has_not_changed():
    assert changed_figures(as_approved([FIGURE, SHARE]), [FIGURE, SHARE]) == []


def test_a_figure_that_reads_otherwise_is_told_with_both_texts():
    assert changed_figures(as_approved([FIGURE, SHARE]), [SHARE, replace(FIGURE, text="640")]) == [CHANGED]


def test_a_figure_without_a_value_is_told_while_the_section_names_it():
    key = ("MACE_CHILDREN", "2022-23", "value")

    assert changed_figures(as_approved([FIGURE]), [], {key}) == [replace(CHANGED, before="", now=GONE)]


@pytest.mark.parametrize(
    ("before", "now"), [("3", HIDDEN), (HIDDEN, "3"), ("3", f"{HIDDEN} of bookings"), ("3", "rounds to zero")]
)
def test_of_a_figure_that_is_hidden_on_either_side_the_words_of_before_are_not_told(before, now):
    approved = as_approved([replace(FIGURE, text=before)])

    assert changed_figures(approved, [replace(FIGURE, text=now)]) == [replace(CHANGED, before="", now=now)]


def test_a_figure_that_was_taken_out_or_put_in_has_not_changed():
    assert changed_figures(as_approved([FIGURE]), [SHARE]) == []


def test_the_same_measure_in_another_period_is_another_figure():
    assert changed_figures(as_approved([FIGURE]), [replace(FIGURE, period_code="2021-22", text="508")]) == []
