"""The partnership's own colour, made fit to carry white text and to be printed in black and white."""

from dataclasses import dataclass

Channels = tuple[float, float, float]

READABLE = 7.0
"""The contrast with white that WCAG 2.2 asks for at level AAA."""
WHITE: Channels = (1.0, 1.0, 1.0)
BLACK: Channels = (0.0, 0.0, 0.0)


@dataclass(frozen=True, kw_only=True)
class Palette:
    """Colours as #rrggbb."""

    accent: str
    """Grounds that carry white text, and headings on white; at least `READABLE` either way."""
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
    base = _channels(accent)
    while contrast(base, WHITE) < READABLE:
        base = _mix(base, BLACK, 0.05)
    return Palette(
        accent=_hex(base),
        deep=_hex(_mix(base, BLACK, 0.35)),
        mid=_hex(_mix(base, WHITE, 0.5)),
        pale=_hex(_mix(base, WHITE, 0.8)),
        tint=_hex(_mix(base, WHITE, 0.93)),
    )


def contrast(one: Channels, other: Channels) -> float:
    """The contrast ratio of WCAG 2.2, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Channels) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mix(colour: Channels, other: Channels, part: float) -> Channels:
    red, green, blue = (one + (two - one) * part for one, two in zip(colour, other, strict=True))
    return red, green, blue


def _channels(colour: str) -> Channels:
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def _hex(colour: Channels) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in colour)
