"""Changes to the inside of WeasyPrint 70 and pydyf 0.13 that make a rendering quicker and no byte of it different.

They are made only for the versions they were written for; `test_rendering_quicker.py` holds the bytes of a rendering
with them against those without, and says when there are new versions to look at.

- A line of text that was shaped to be laid out is kept until it is drawn; WeasyPrint shapes it once more.
- What Pango needs to know of a style is worked out once for all lines that look alike.
- A small drawing, such as the sign before a point, is drawn once and then copied; so is a letter in a chart.
- The references of all pages are put together once, and not for each tag.
- A stream is compressed once: pydyf does it again for the identifier of the file.
"""

import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pydyf
import weasyprint
from weasyprint import images, svg
from weasyprint.text import line_break
from weasyprint.text.constants import LST_TO_ISO, PANGO_DIRECTION
from weasyprint.text.ffi import FROM_UNITS, ffi, gobject, pango, unicode_to_char_p
from weasyprint.text.fonts import font_features, get_font_description

VERSIONS = ("70.0", "0.13.0")
PARAGRAPH_ENDS = ("\n", "\r", "\u2029")
FEATURES = (
    "font_kerning",
    "font_variant_ligatures",
    "font_variant_position",
    "font_variant_caps",
    "font_variant_numeric",
    "font_variant_alternates",
    "font_variant_east_asian",
    "font_feature_settings",
)
PROPERTIES = (
    "direction",
    "lang",
    "font_language_override",
    "font_style",
    "font_stretch",
    "font_weight",
    "font_size",
    "font_variation_settings",
    *FEATURES,
)
"""What tells how text is shaped, besides the names of fonts and whether it is decorated."""
DECORATION = (
    "ascent",
    "underline_position",
    "strikethrough_position",
    "underline_thickness",
    "strikethrough_thickness",
)

_set_text = line_break.Layout.set_text
_deactivate = line_break.Layout.deactivate
_reactivate = line_break.Layout.reactivate
_draw = images.SVGImage.draw
_path = svg.TAGS["path"]
_to_bytes = pydyf._to_bytes


def make_quicker() -> None:
    """From now on, in this process, where the versions are those known here."""
    if (weasyprint.__version__, pydyf.__version__) != VERSIONS:
        return
    layout: Any = line_break.Layout
    layout.setup = _setup
    layout.set_text = _set_text_of_one_paragraph
    layout.deactivate = _keep
    layout.reactivate = _take_up
    image: Any = images.SVGImage
    image.draw = _draw_once
    svg.TAGS["path"] = _path_once
    stream: Any = pydyf.Stream
    stream.data = property(_stream_data)
    pdf: Any = pydyf.PDF
    pdf.page_references = property(_page_references)


@dataclass(frozen=True)
class Look:
    """What Pango needs of a style."""

    context: Any
    description: Any
    language: Any
    features: Any
    """An attribute, which lists of attributes share, or None."""
    decoration: dict[str, float | None]


def _setup(self: Any, style: Any) -> None:
    """As `Layout.setup` does, with one `Look` for all styles that look alike."""
    fonts = style.font_config
    look = _look_of(fonts, style)
    self.style = style
    self.first_line_direction = 0
    self.language = look.language
    self.__dict__.update(look.decoration)
    self.layout = ffi.gc(pango.pango_layout_new(look.context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(self.layout, False)
    pango.pango_layout_set_font_description(self.layout, look.description)
    if look.features:
        attributes = pango.pango_attr_list_new()
        pango.pango_attr_list_insert(attributes, look.features)
        pango.pango_layout_set_attributes(self.layout, attributes)


def _look_of(fonts: Any, style: Any) -> Look:
    looks = fonts.__dict__.setdefault("looks", {})
    is_decorated = style["text_decoration_line"] != "none"
    key = (fonts.font_map, is_decorated, tuple(style["font_family"]), *[style[name] for name in PROPERTIES])
    if key not in looks:
        looks[key] = _look(fonts, style)
    look: Look = looks[key]
    return look


def _look(fonts: Any, style: Any) -> Look:
    context = ffi.gc(pango.pango_font_map_create_context(fonts.font_map), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    override = style["font_language_override"]
    name = style["lang"] if override == "normal" else LST_TO_ISO.get(override.lower(), override)
    language = pango.pango_language_get_default()
    if name:
        language = pango.pango_language_from_string(unicode_to_char_p(name)[0])
        pango.pango_context_set_language(context, language)
    description = get_font_description(style)
    return Look(
        context=context,
        description=description,
        language=language,
        features=_features(fonts, style),
        decoration=_decoration(context, description, language, style),
    )


def _features(fonts: Any, style: Any) -> Any:
    found = font_features(*[style[name] for name in FEATURES])
    if not found:
        return None
    words = ",".join(f"{key} {value}" for key, value in found.items()).encode()
    if words not in fonts.font_features:
        fonts.font_features[words] = pango.pango_attr_font_features_new(words)
    return fonts.font_features[words]


def _decoration(context: Any, description: Any, language: Any, style: Any) -> dict[str, float | None]:
    if style["text_decoration_line"] == "none":
        return dict.fromkeys(DECORATION)
    metrics = ffi.gc(pango.pango_context_get_metrics(context, description, language), pango.pango_font_metrics_unref)
    return {name: getattr(pango, f"pango_font_metrics_get_{name}")(metrics) * FROM_UNITS for name in DECORATION}


def _set_text_of_one_paragraph(self: Any, text: str, justify: bool = False) -> None:
    """Say beforehand that there is one paragraph, as drawing does, which would have the line shaped anew."""
    is_one = not any(end in text for end in PARAGRAPH_ENDS)
    pango.pango_layout_set_single_paragraph_mode(self.layout, is_one)
    self.is_one_paragraph, self.shaped_text = is_one, text
    _set_text(self, text, justify)


def keep_lines() -> None:
    """From now on lines stay after they were drawn, as their page may be drawn again."""
    global _has_to_keep_lines
    _has_to_keep_lines = True


_has_to_keep_lines = False


def _keep(self: Any) -> None:
    """What was shaped stays until it has been drawn, or longer."""
    if self.__dict__.pop("is_drawn", False) and not (_has_to_keep_lines and self.text == self.shaped_text):
        _deactivate(self)
    else:
        del self.style


def _take_up(self: Any, style: Any) -> None:
    """Draw the line that was shaped, if it is still the whole of the layout."""
    self.is_drawn = True
    if "layout" in self.__dict__ and self.is_one_paragraph and not self.justification_spacing:
        _, second = self.get_first_line()
        if second is None:
            self.style = style
            return
    _reactivate(self, style)


def _page_references(self: Any) -> tuple[bytes, ...]:
    kids = self.pages["Kids"]
    known: tuple[bytes, ...] = self.__dict__.get("known_references", ())
    if len(known) * 3 != len(kids):
        known = self.known_references = tuple(f"{number} 0 R".encode("ascii") for number in kids[::3])
    return known


def _draw_once(self: Any, stream: Any, width: float, height: float, style: Any) -> None:
    """A drawing that leaves nothing but its own strokes is the same strokes each time it has the same size."""
    drawn = self.__dict__.setdefault("drawn", {})
    is_fresh = all(value is None for name, value in stream.__dict__.items() if name.startswith("_current_"))
    if is_fresh and (width, height) in drawn:
        stream.stream.extend(drawn[width, height])
        return
    start, resources = len(stream.stream), _sizes(stream._resources)
    _draw(self, stream, width, height, style)
    if is_fresh and resources == _sizes(stream._resources):
        drawn[width, height] = stream.stream[start:]


def _sizes(resources: Any) -> list[int]:
    return [len(value) for value in resources.values() if isinstance(value, dict)]


def _path_once(picture: Any, node: Any, font_size: float) -> None:
    """The strokes of a path are the same wherever it is used."""
    drawn = picture.__dict__.setdefault("drawn_paths", {})
    key = (node.get("d", ""), font_size, picture.inner_width, picture.inner_height)
    if key in drawn and not node.vertices:
        strokes, vertices = drawn[key]
        picture.stream.stream.extend(strokes)
        node.vertices.extend(vertices)
        return
    start, is_fresh = len(picture.stream.stream), not node.vertices
    _path(picture, node, font_size)
    if is_fresh:
        drawn[key] = (picture.stream.stream[start:], list(node.vertices))


def _stream_data(self: Any) -> bytes:
    """As `Stream.data`, compressing what was compressed before from memory."""
    content = b"\n".join(map(_in_bytes, self.stream))
    extra = pydyf.Dictionary(self.extra.copy())
    if self.compress:
        extra["Filter"] = "/FlateDecode"
        content = _compressed(content)
    extra["Length"] = len(content)
    return b"\n".join((extra.data, b"stream", content, b"endstream"))


def _in_bytes(item: Any) -> bytes:
    """As pydyf's `_to_bytes`, beginning with what is most frequent."""
    kind = type(item)
    if kind is bytes:
        return bytes(item)
    if kind is str:
        return str(item).encode("ascii")
    return bytes(_to_bytes(item))


@lru_cache(maxsize=4096)
def _compressed(content: bytes) -> bytes:
    compressor = zlib.compressobj(level=9)
    return compressor.compress(content) + compressor.flush()
