"""A line as small as a word, drawn as SVG without any library. Pure."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT, MARGIN, DOT = 120, 32, 5, 3


def sparkline(values: Sequence[float | None], *, label: str) -> SafeString:
    """The values from left to right, each where its number says; None leaves a gap. Empty without two numbers.

    `label` says the same in words. The last number is a larger dot, so that the end is known without colour.
    """
    points = _points(values)
    if len(points) < 2:
        return SafeString()
    lines = format_html_join("", '<polyline points="{}"/>', ((_path(run),) for run in _runs(points) if len(run) > 1))
    last = max(points)
    alone = [at for run in _runs(points) if len(run) == 1 for at in run if at != last]
    dots = format_html_join("", '<circle cx="{}" cy="{}" r="{}"/>', ((*points[at], DOT - 1) for at in alone))
    x, y = points[last]
    return format_html(
        '<svg class="portal-sparkline" viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-label="{}" '
        'focusable="false"><g fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round" '
        'stroke-linecap="round">{}</g><g fill="currentColor">{}<circle cx="{}" cy="{}" r="{}"/></g></svg>',
        WIDTH,
        HEIGHT,
        WIDTH,
        HEIGHT,
        label,
        lines,
        dots,
        x,
        y,
        DOT,
    )


def _points(values: Sequence[float | None]) -> dict[int, tuple[str, str]]:
    """Where each number stands, by its place in the row: the lowest at the bottom, the highest at the top."""
    numbers = [value for value in values if value is not None]
    if not numbers:
        return {}
    low, span = min(numbers), max(numbers) - min(numbers)
    step = (WIDTH - 2 * MARGIN) / max(len(values) - 1, 1)
    room = HEIGHT - 2 * MARGIN
    return {
        at: (f"{MARGIN + at * step:.1f}", f"{HEIGHT - MARGIN - ((value - low) / span if span else 0.5) * room:.1f}")
        for at, value in enumerate(values)
        if value is not None
    }


Point = tuple[str, str]


def _runs(points: dict[int, Point]) -> list[dict[int, Point]]:
    """The points in pieces between gaps."""
    runs: list[dict[int, Point]] = []
    for at, point in points.items():
        if at - 1 not in points:
            runs.append({})
        runs[-1][at] = point
    return runs


def _path(run: dict[int, Point]) -> str:
    return " ".join(f"{x},{y}" for x, y in run.values())
