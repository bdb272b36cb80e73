"""The partnership's own colour, made fit to carry white text and to be printed in black and white."""

from dataclasses import dataclass

from partnership.colour import BLACK, READABLE, WHITE, Channels, channels, contrast, hexed, mix, nearest_readable


@dataclass(frozen=True, kw_only=True)
class Palette:
    """Colours as #rrggbb."""

    accent: str
    """Grounds that carry white text, and headings on white; at least `READABLE` either way, and on the tint."""
    deep: str
    """Darker than the accent."""
    mid: str
    """Half-way to white: second bars, rules."""
    pale: str
    """Light enough to be read on the accent."""
    tint: str
    """A wash behind ordinary text."""


def palette(accent: str) -> Palette:
    """The colours of a report from the partnership's own, which is darkened until white text is readable on it."""
    base = channels(nearest_readable(accent))
    return Palette(
        accent=hexed(base),
        deep=hexed(mix(base, BLACK, 0.35)),
        mid=hexed(mix(base, WHITE, 0.5)),
        pale=_readable_on(base, mix(base, WHITE, 0.8)),
        tint=_readable_on(base, mix(base, WHITE, 0.93)),
    )


def _readable_on(base: Channels, light: Channels) -> str:
    """A light colour, or as much lighter as the base needs beside it; white is always enough."""
    while contrast(base, channels(hexed(light))) < READABLE and hexed(light) != "#ffffff":
        light = mix(light, WHITE, 0.2)
    return hexed(light)
