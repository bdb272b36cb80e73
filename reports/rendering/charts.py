"""Charts as SVG: one picture for page, PDF and Word, the same bytes for the same chart."""

import base64
import math
import textwrap
from functools import lru_cache
from io import BytesIO, StringIO
from threading import Lock
from typing import TYPE_CHECKING, Any

from reports.document import ChartBlock, Series
from reports.rendering.assets import built
from reports.rendering.colour import palette

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH = 141 / 25.4
"""The width of the report's text in inches, so that letters come out at the size they are drawn at."""
TALLEST = 200 / 25.4
TEXT_SIZE = 10.5
LETTER = 0.5 * TEXT_SIZE / 72
"""The mean width of a letter, in inches."""
LINE = 1.2 * TEXT_SIZE / 72
INK = "#1a1a1a"
UPRIGHT = 1.8
"""The height of upright bars and of lines, in inches, without the names below."""
THICKEST = 22 / 25.4
CROWDED = 12
"""With more bars than this, labels no longer fit under upright ones, and they lie down."""

MOST_NAMES = 8
"""Below a line; of more periods, only some are named."""
LINES: tuple[dict[str, Any], ...] = (
    {"linestyle": "-", "linewidth": 2.2, "marker": "o", "markersize": 7},
    {"linestyle": "--", "linewidth": 1.4, "marker": "D", "markersize": 4, "markerfacecolor": "white"},
    {"linestyle": ":", "linewidth": 1.8, "marker": "s", "markersize": 5, "markerfacecolor": "white"},
)
"""How lines differ by series: in dashes and marks, so also without colour."""

PIXELS = 220
"""To the inch, for a chart in pixels."""

_drawing = Lock()
"""matplotlib keeps its settings in one place for all threads."""


def chart_uri(chart: ChartBlock, accent: str, second: str = "") -> str:
    """The chart as a data: address for an image; empty if there is nothing to draw.

    `second` is the colour of the second bars or lines; without one, lightness and dashes alone tell them apart.
    """
    svg = chart_svg(chart, accent, second)
    return svg and "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


@lru_cache(maxsize=256)
def chart_svg(chart: ChartBlock, accent: str, second: str = "") -> str:
    """The chart as SVG with its text as outlines; empty if no bar could be drawn.

    A value that is None is not drawn as a bar: its words stand in the bar's place.
    """
    text = StringIO()
    metadata = {"Date": None, "Creator": None}
    return (
        text.getvalue()
        if _written(chart, accent, second, text, format="svg", metadata=metadata, transparent=True)
        else ""
    )


def chart_png(chart: ChartBlock, accent: str, second: str = "") -> bytes:
    """The same in pixels on white, for programs that do not show SVG."""
    content = BytesIO()
    _written(chart, accent, second, content, format="png", metadata={"Software": None}, dpi=PIXELS)
    return content.getvalue()


def _written(chart: ChartBlock, accent: str, second: str, target: StringIO | BytesIO, **options: Any) -> bool:
    """Draw the chart into a file; gives whether there was anything to draw."""
    if not any(value is not None for series in chart.series for value in series.values):
        return False
    import matplotlib  # half a second and 30 MB, which a process that draws no chart is spared

    with _drawing, matplotlib.rc_context(_settings()):
        _draw(chart, accent, second).savefig(target, **options)
    return True


def _settings() -> Any:
    """Fixed ids for the same bytes each time, text as outlines, and our font before matplotlib's own."""
    from matplotlib import font_manager

    for name in ("400-normal", "700-normal"):
        font_manager.fontManager.addfont(built(f"fonts/atkinson-hyperlegible-next-latin-{name}.ttf"))
    return {
        "svg.hashsalt": "report",
        "svg.fonttype": "path",
        "font.family": ["Atkinson Hyperlegible Next", "DejaVu Sans"],
        "font.size": TEXT_SIZE,
        "text.color": INK,
        "text.parse_math": False,
        "hatch.linewidth": 1.2,
    }


def _draw(chart: ChartBlock, accent: str, second: str) -> "Figure":
    from matplotlib.figure import Figure

    figure = Figure()
    axes = figure.add_subplot()
    for spine in axes.spines.values():
        spine.set_visible(False)
    lying = chart.form == "rows" or len(chart.categories) * len(chart.series) > CROWDED
    if chart.form == "line":
        size, place = _lines(axes, chart, accent, second)
    else:
        size, place = (_rows if lying else _bars)(axes, chart, _looks(accent, second))
    if len(chart.series) > 1:
        size, place = _with_legend(axes, size, place)
    figure.set_size_inches(*size)
    axes.set_position(place)
    return figure


Size = tuple[float, float]
"""Width and height in inches."""
Place = tuple[float, float, float, float]
"""Where the axes lie in the figure, as parts of it: left, bottom, width, height."""


def _bars(axes: "Axes", chart: ChartBlock, looks: list[dict[str, Any]]) -> tuple[Size, Place]:
    """Upright bars, their names below."""
    slot = WIDTH / len(chart.categories)
    names = [_wrapped(name, slot - 0.1) for name in chart.categories]
    below = LINE * max(name.count("\n") + 1 for name in names) + 0.15
    thickness = min(0.62, THICKEST * len(chart.series) / slot) / len(chart.series)
    room = slot * (thickness if len(chart.series) > 1 else 1)
    for series, look, shift in _side_by_side(chart.series, looks, thickness):
        places = [at + shift for at in range(len(chart.categories))]
        axes.bar(places, _heights(series), thickness * 0.94, label=series.name, **look)
        for at, value, text in zip(places, series.values, series.texts, strict=True):
            down = value is not None and value < 0
            axes.annotate(
                _wrapped(text, room - 0.05),
                (at, value or 0),
                xytext=(0, -5 if down else 5),
                textcoords="offset points",
                ha="center",
                va="top" if down else "bottom",
                **_font(value),
            )
    axes.set_xlim(-0.5, len(chart.categories) - 0.5)
    axes.set_ylim(*_span(chart, room=0.2))
    axes.set_xticks(range(len(names)), names, linespacing=1.15)
    axes.tick_params(axis="x", length=0, pad=6)
    axes.set_yticks([])
    axes.axhline(0, color=INK, linewidth=1)
    height = UPRIGHT + below
    return (WIDTH, height), (0, below / height, 1, 1 - below / height)


def _rows(axes: "Axes", chart: ChartBlock, looks: list[dict[str, Any]]) -> tuple[Size, Place]:
    """Lying bars, their names on the left; more of them than a page holds are drawn smaller."""
    left = WIDTH * 0.36
    names = [_wrapped(name, left - 0.15) for name in chart.categories]
    lines = max(name.count("\n") + 1 for name in names)
    wanted = max(0.3 * len(chart.series) + 0.06, LINE * lines + 0.14) * len(names)
    height = min(wanted, TALLEST)
    scale = height / wanted
    thickness = 0.74 / len(chart.series)
    for series, look, shift in _side_by_side(chart.series, looks, thickness):
        places = [at + shift for at in range(len(names))]
        axes.barh(places, _heights(series), thickness * 0.94, label=series.name, **look)
        for at, value, text in zip(places, series.values, series.texts, strict=True):
            back = value is not None and value < 0
            axes.annotate(
                textwrap.shorten(text, 36, placeholder="…"),
                (value or 0, at),
                xytext=(-5 if back else 5, 0),
                textcoords="offset points",
                ha="right" if back else "left",
                va="center",
                **_font(value, scale),
            )
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_xlim(*_span(chart, room=0.3))
    axes.set_yticks(range(len(names)), names, linespacing=1.1, fontsize=TEXT_SIZE * scale, ha="left")
    axes.tick_params(axis="y", length=0, pad=left * 72)
    axes.set_xticks([])
    axes.axvline(0, color=INK, linewidth=1)
    return (WIDTH, height), (left / WIDTH, 0, 1 - left / WIDTH, 1)


def _lines(axes: "Axes", chart: ChartBlock, accent: str, second: str) -> tuple[Size, Place]:
    """A line for each series over periods that follow each other; it breaks where there is no number."""
    from matplotlib.patheffects import withStroke

    slot = WIDTH / len(chart.categories)
    every = -(-len(chart.categories) // MOST_NAMES)
    names = [_wrapped(name, slot * every - 0.1) for name in chart.categories[::every]]
    below = LINE * max(name.count("\n") + 1 for name in names) + 0.15
    low, high = _span(chart, room=0.2)
    colours = [palette(accent).accent, second or INK]
    for number, series in enumerate(chart.series):
        heights = [math.nan if value is None else value for value in series.values]
        colour = colours[number] if number < len(colours) else INK
        axes.plot(heights, label=series.name, color=colour, **LINES[number % len(LINES)])
    for at, (value, text) in enumerate(zip(chart.series[0].values, chart.series[0].texts, strict=True)):
        if value is not None and (len(chart.categories) <= CROWDED or at % every == 0):
            axes.annotate(
                text,
                (at, value),
                xytext=(0, 8),
                textcoords="offset points",
                ha="center",
                va="bottom",
                path_effects=[withStroke(linewidth=4, foreground="white")],  # readable across another line
                **_font(value),
            )
    axes.set_xlim(-0.5, len(chart.categories) - 0.5)
    axes.set_ylim(low, high)
    axes.set_xticks(range(0, len(chart.categories), every), names, linespacing=1.15)
    axes.tick_params(axis="x", length=0, pad=6)
    axes.set_yticks([])
    axes.axhline(0, color=INK, linewidth=1)
    height = UPRIGHT + below
    return (WIDTH, height), (0, below / height, 1, 1 - below / height)


def _with_legend(axes: "Axes", size: Size, place: Place) -> tuple[Size, Place]:
    """Room above the axes, with the names of the series in it."""
    (width, height), (left, bottom, across, up) = size, place
    whole = height + 0.35
    axes.figure.legend(
        loc="upper left",
        bbox_to_anchor=(0, 1),
        ncols=3,
        frameon=False,
        borderaxespad=0,
        borderpad=0.2,
        handlelength=1.3,
    )
    return (width, whole), (left, bottom * height / whole, across, up * height / whole)


def _looks(accent: str, second: str) -> list[dict[str, Any]]:
    """How bars differ by series: in lightness and hatching, so also without colour."""
    colours = palette(accent)
    outline = {"edgecolor": colours.accent, "linewidth": 1}
    return [
        {"facecolor": colours.accent, **outline},
        # Hatched in white, since the second colour may be as dark as the first.
        {"facecolor": second, "hatch": "///", "edgecolor": "white", "linewidth": 0}
        if second
        else {"facecolor": colours.pale, **outline},
        {"facecolor": "white", "hatch": "///", **outline},
        {"facecolor": colours.mid, **outline},
        {"facecolor": "white", "hatch": "...", **outline},
        {"facecolor": colours.pale, "hatch": "xx", **outline},
    ]


def _side_by_side(
    series: tuple[Series, ...], looks: list[dict[str, Any]], thickness: float
) -> list[tuple[Series, dict[str, Any], float]]:
    """Each series with its look and how far its bars stand from the middle of their category."""
    first = -(len(series) - 1) / 2
    return [(one, looks[number % len(looks)], (first + number) * thickness) for number, one in enumerate(series)]


def _heights(series: Series) -> list[float]:
    return [value or 0 for value in series.values]


def _span(chart: ChartBlock, *, room: float) -> tuple[float, float]:
    """The axis from end to end, with a part of it as room for the labels beyond the longest bars."""
    values = [value for series in chart.series for value in series.values if value is not None]
    low, high = min([0.0, *values]), max([0.0, *values])
    length = (high - low) or 1.0
    return (low - length * room if low < 0 else 0.0), (high + length * room if high > 0 or low == 0 else 0.0)


def _wrapped(text: str, inches: float) -> str:
    """The text in at most three lines of that width."""
    return "\n".join(textwrap.wrap(text, max(int(inches / LETTER), 5), max_lines=3, placeholder="…")) or text


def _font(value: float | None, scale: float = 1) -> dict[str, Any]:
    """Numbers are bold; words that stand where there is no number are not."""
    return {"fontsize": TEXT_SIZE * scale, "fontweight": "normal" if value is None else "bold", "linespacing": 1.1}
