"""Charts: readable without colour, honest about what is missing, and the same bytes each time."""

import re
import subprocess
import sys

import pytest

from partnership.colour import READABLE, WHITE, channels, contrast
from reports.document import Series
from reports.rendering.charts import CROWDED, chart_svg
from reports.rendering.colour import palette
from reports.tests import sample

ACCENT = "#1d4f76"


def written(svg):
    """The words drawn; matplotlib notes each beside its outlines."""
    return [word.strip() for word in re.findall(r"<!--(.*?)-->", svg, re.S)]


def test_every_value_and_name_is_drawn():
    svg = chart_svg(sample.chart(), ACCENT)

    assert sorted(written(svg)) == sorted(["2020/21", "2021/22", "2022/23", "not available", "71", "207"])


def test_words_are_outlines_so_no_font_is_needed():
    svg = chart_svg(sample.chart(), ACCENT)

    assert "<text" not in svg
    assert "font-family" not in svg


def test_same_chart_is_the_same_bytes_in_another_process():
    script = (
        "import django; django.setup()\n"
        "from reports.rendering.charts import chart_svg\n"
        "from reports.tests import sample\n"
        f"print(chart_svg(sample.chart(form='rows'), {ACCENT!r}), end='')"
    )
    other = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert other.stdout == chart_svg(sample.chart(form="rows"), ACCENT)
    assert "dc:date" not in other.stdout


def test_chart_is_drawn_once():
    assert chart_svg(sample.chart(), ACCENT) is chart_svg(sample.chart(), ACCENT)


def test_nothing_is_drawn_without_a_number():
    assert chart_svg(sample.chart(series=()), ACCENT) == ""
    assert chart_svg(sample.chart(series=(Series(name="A", values=(None,) * 3, texts=("c",) * 3),)), ACCENT) == ""


def test_series_differ_without_colour():
    names = ("One", "Two", "Three")
    series = tuple(Series(name=name, values=(1, 2, 3), texts=("1", "2", "3")) for name in names)
    svg = chart_svg(sample.chart(series=series), ACCENT)

    assert [word for word in written(svg) if word in names] == list(names)
    assert {palette(ACCENT).accent, palette(ACCENT).pale} <= set(re.findall(r"fill: (#\w{6})", svg))
    assert svg.count("<pattern") == 1


@pytest.mark.parametrize("form", ["bar", "rows"])
def test_negative_values_have_room(form):
    series = Series(name="Change", values=(-4, 2, -1), texts=("-4", "2", "-1"))
    svg = chart_svg(sample.chart(form=form, series=(series,)), ACCENT)

    assert [word for word in written(svg) if word in series.texts] == ["-4", "2", "-1"]


def test_crowded_bars_lie_down():
    count = CROWDED + 1
    series = Series(name="A", values=(1.0,) * count, texts=("1",) * count)
    crowd = {"categories": tuple(f"Week {week}" for week in range(count)), "series": (series,)}

    assert chart_svg(sample.chart(form="bar", **crowd), ACCENT) == chart_svg(sample.chart(form="rows", **crowd), ACCENT)


@pytest.mark.parametrize("accent", ["#1d4f76", "#ffdd00", "#ffffff", "#000000", "#d4351c"])
def test_accent_carries_white_text_whatever_the_partnership_chose(accent):
    colours = palette(accent)

    grounds = [WHITE, channels(colours.pale), channels(colours.tint)]
    assert [contrast(channels(colours.accent), ground) >= READABLE for ground in grounds] == [True] * 3


def test_readable_accent_is_left_alone():
    assert palette(ACCENT).accent == ACCENT
