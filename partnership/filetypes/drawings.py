"""Drawings as SVG: built anew from shapes and their colours, so that nothing else comes along."""

import re
from typing import Any

import lxml.etree as etree

from partnership.filetypes.refused import RefusedFile

LARGEST = 200 * 1024
MOST_PARTS = 2_000
DEEPEST = 20

NAMESPACE = "http://www.w3.org/2000/svg"
GROUPS = frozenset({"svg", "g", "defs", "linearGradient", "radialGradient"})
SHAPES = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "stop"})
WITHOUT_LOOKS = frozenset({"title", "desc", "metadata", "namedview"})
PLACES = frozenset(
    {
        *("d", "points", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "width", "height"),
        *("transform", "offset", "gradientUnits", "gradientTransform", "spreadMethod", "id"),
    }
)
LOOKS = frozenset(
    {
        *("fill", "fill-opacity", "fill-rule", "opacity", "stop-color", "stop-opacity", "stroke", "stroke-dasharray"),
        *("stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-opacity"),
        "stroke-width",
    }
)
SAFE = re.compile(r"(?:url\(#[\w-]+\)|[\w\s.,#%()+-])*")
"""What a value may be: numbers, colours and paths, and a gradient of the same drawing."""
LENGTH = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)(?:px|pt|mm|cm|in)?\s*")
BOX = re.compile(r"[\s,]*".join([r"(-?[0-9]*\.?[0-9]+)"] * 4))

NO_DRAWING = "This is no drawing that the portal can read. Save it again as SVG or as PNG."
TOO_MUCH = "This drawing is too large. Save it as PNG, about 1,000 pixels wide."
NO_SIZE = "This drawing does not say how large it is. Save it again with a viewBox, or as PNG."


def rebuilt(content: bytes) -> bytes:
    """The drawing with its shapes, colours and gradients and nothing else; raises `RefusedFile`.

    Text, pictures and style sheets in it would look different from place to place: they are refused with what to do.
    """
    if len(content) > LARGEST:
        raise RefusedFile(TOO_MUCH)
    if b"<!DOCTYPE" in content.upper() and b"<!ENTITY" in content.upper():
        raise RefusedFile(NO_DRAWING)
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise RefusedFile(NO_DRAWING) from error
    if _name(root) != "svg":
        raise RefusedFile(NO_DRAWING)
    if sum(1 for _ in root.iter()) > MOST_PARTS:
        raise RefusedFile(TOO_MUCH)
    left, top, width, height = _box(root)
    drawing = etree.Element(f"{{{NAMESPACE}}}svg", nsmap={None: NAMESPACE})
    drawing.set("viewBox", f"{left:g} {top:g} {width:g} {height:g}")
    drawing.set("width", f"{width:g}")
    drawing.set("height", f"{height:g}")
    _copy(root, drawing, depth=1)
    if not any(_name(each) in SHAPES - {"stop"} for each in drawing.iter()):
        raise RefusedFile(NO_DRAWING)
    return etree.tostring(drawing)


def size_of(drawing: bytes) -> tuple[float, float]:
    """The width and height of a drawing that was rebuilt."""
    root = etree.fromstring(drawing)
    return float(root.get("width", "1")), float(root.get("height", "1"))


def _copy(old: Any, new: Any, *, depth: int) -> None:
    if depth > DEEPEST:
        raise RefusedFile(TOO_MUCH)
    for child in old.iterchildren(tag=etree.Element):
        name = _name(child)
        if not name or name in WITHOUT_LOOKS:
            continue
        if name not in GROUPS | SHAPES or name == "svg":
            raise RefusedFile(
                f"This drawing holds a part that looks different from place to place (<{name}>). "
                "Turn text into outlines and leave out pictures and styles, or save it as PNG."
            )
        made = etree.SubElement(new, f"{{{NAMESPACE}}}{name}")
        for key, value in sorted(_attributes(child).items()):
            made.set(key, value)
        _copy(child, made, depth=depth + 1)


def _attributes(element: Any) -> dict[str, str]:
    """Where a shape stands and how it looks; the words of a `style` count as attributes, as a browser reads them."""
    styled = (each.partition(":") for each in element.get("style", "").split(";"))
    given = {**element.attrib, **{name.strip(): value.strip() for name, _, value in styled}}
    kept = {name: value for name, value in given.items() if name in PLACES | LOOKS}
    return {name: value for name, value in kept.items() if SAFE.fullmatch(value)}


def _box(root: Any) -> tuple[float, float, float, float]:
    """Left, top, width and height of what is seen."""
    if box := BOX.fullmatch(root.get("viewBox", "").strip()):
        left, top, width, height = map(float, box.groups())
    else:
        across, down = (LENGTH.fullmatch(root.get(side, "")) for side in ("width", "height"))
        if not (across and down):
            raise RefusedFile(NO_SIZE)
        left, top, width, height = 0.0, 0.0, float(across[1]), float(down[1])
    if not (0 < width < 100_000 and 0 < height < 100_000):
        raise RefusedFile(NO_SIZE)
    return left, top, width, height


def _name(element: Any) -> str:
    """The name of an element of a drawing; empty for those of other programs."""
    if not isinstance(element.tag, str):
        return ""
    name = etree.QName(element)
    return name.localname if name.namespace in (NAMESPACE, None) else ""
