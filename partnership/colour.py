"""Colours and the contrast between them, as WCAG 2.2 counts it. Pure functions."""

Channels = tuple[float, float, float]

READABLE = 4.5
"""The contrast that text needs at level AA (1.4.3)."""
SEEN = 3.0
"""What a bar or a line of a chart needs (1.4.11)."""
WHITE: Channels = (1.0, 1.0, 1.0)
BLACK: Channels = (0.0, 0.0, 0.0)
STEP = 0.01


def contrast(one: Channels, other: Channels) -> float:
    """The contrast ratio, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def contrast_with_white(colour: str) -> float:
    """Of a colour written as #rrggbb: for it on white, and for white on it."""
    return contrast(channels(colour), WHITE)


def nearest_readable(colour: str, wanted: float = READABLE) -> str:
    """The colour itself where its contrast with white is enough, else darkened until it is."""
    found, part = colour, 0.0
    while contrast_with_white(found) < wanted:
        part += STEP
        found = hexed(mix(channels(colour), BLACK, part))
    return found


def mix(colour: Channels, other: Channels, part: float) -> Channels:
    red, green, blue = (one + (two - one) * part for one, two in zip(colour, other, strict=True))
    return red, green, blue


def channels(colour: str) -> Channels:
    """Red, green and blue of #rrggbb, each 0 to 1."""
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def hexed(colour: Channels) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in colour)


def _luminance(colour: Channels) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
