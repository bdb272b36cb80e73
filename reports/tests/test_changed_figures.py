from dataclasses import replace

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
SHARE = replace(FIGURE, show="share", text="10%")
CHANGED = ChangedFigure(code="MACE_CHILDREN", name="Children discussed", period="2022/23", before="610", now="640")


def test_a_figure_that_reads_the_same_has_not_changed():
    assert changed_figures(as_approved([FIGURE, SHARE]), [FIGURE, SHARE]) == []


def test_a_figure_that_reads_otherwise_is_told_with_both_texts():
    assert changed_figures(as_approved([FIGURE, SHARE]), [SHARE, replace(FIGURE, text="640")]) == [CHANGED]


def test_a_figure_without_a_value_is_told_while_the_section_names_it():
    key = ("MACE_CHILDREN", "2022-23", "value")

    assert changed_figures(as_approved([FIGURE]), [], {key}) == [replace(CHANGED, now=GONE)]


def test_a_figure_that_was_taken_out_or_put_in_has_not_changed():
    assert changed_figures(as_approved([FIGURE]), [SHARE]) == []


def test_the_same_measure_in_another_period_is_another_figure():
    assert changed_figures(as_approved([FIGURE]), [replace(FIGURE, period_code="2021-22", text="508")]) == []
