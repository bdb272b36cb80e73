import base64

import pytest

from partnership import theme
from partnership.colour import contrast_with_white, nearest_readable
from partnership.filetypes.drawings import NO_DRAWING, NO_SIZE, rebuilt, size_of
from partnership.filetypes.refused import RefusedFile
from partnership.tests import sample_files
from partnership.theme import Theme, ThemeRefused, read_theme, theme_in_force

SQUARE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">%s</svg>'
SHAPE = b'<path d="M0 0h9v9z" fill="#123456"/>'
WHOLE = """
colour = "#7A1F5C"
chart_colour = "#8f4700"
cover_line = "Every child, safe and heard"
[logo]
file = "logo.svg"
alt = "The partnership's sign"
"""


def written(folder, text, logo=SQUARE % SHAPE):
    (folder / "logo.svg").write_bytes(logo)
    path = folder / "theme.toml"
    path.write_text(text)
    return path


def faults_of(path):
    with pytest.raises(ThemeRefused) as refusal:
        read_theme(path)
    return refusal.value.faults


def test_theme_is_read_with_its_logo_drawn_anew(tmp_path):
    read = read_theme(written(tmp_path, WHOLE))

    assert (read.colour, read.chart_colour, read.cover_line) == ("#7a1f5c", "#8f4700", "Every child, safe and heard")
    assert (read.logo.alt, read.logo.width, read.logo.height) == ("The partnership's sign", 40, 20)
    kind, _, content = read.logo.uri.partition(",")
    assert kind == "data:image/svg+xml;base64"
    assert base64.b64decode(content) == rebuilt(SQUARE % SHAPE)


def test_logo_may_be_a_picture(tmp_path):
    read = read_theme(written(tmp_path, WHOLE, logo=sample_files.photo(format="PNG")))

    assert read.logo.uri.startswith(("data:image/png;base64,", "data:image/jpeg;base64,"))


def test_demo_theme_can_be_used(settings):
    assert read_theme(settings.BASE_DIR / "partnership" / "demo" / "theme.toml").logo is not None


def test_colour_that_cannot_be_read_is_refused_with_the_nearest_that_can(tmp_path):
    faults = faults_of(written(tmp_path, 'colour = "#ffbf00"\nchart_colour = "#ffbf00"'))

    assert faults == [
        "The colour #ffbf00 is too light: its contrast with white is 1.65 and must be 4.5 or more, or white words on "
        f"it, and it on white, cannot be read. The nearest colour that passes is {nearest_readable('#ffbf00')}.",
        "The chart_colour #ffbf00 is too light: its contrast with white is 1.65 and must be 3 or more, or bars and "
        "lines in it cannot be told from the paper. The nearest colour that passes is "
        f"{nearest_readable('#ffbf00', 3)}.",
    ]
    assert contrast_with_white(nearest_readable("#ffbf00")) >= 4.5 > contrast_with_white("#ffbf00")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('colour = "red"', "Write colour as # and six digits, such as #1d4f76, not 'red'."),
        ("colour = 7", "Write colour as # and six digits, such as #1d4f76, not 7."),
        ('cover_line = "one\\ntwo"', "Write cover_line as one line of up to 120 characters."),
        (
            'font = "Comic"',
            "A theme has no “font”. It may hold colour, chart_colour, cover_line and logo.",
        ),
        ('logo = "logo.svg"', "Write the logo as [logo] with its file and its alt."),
        (
            '[logo]\nfile = "logo.svg"',
            "Give the logo an alt: words for people who cannot see it, such as the name that it shows.",
        ),
        (
            '[logo]\nfile = "none.svg"\nalt = "Sign"',
            "The logo none.svg cannot be read: No such file or directory.",
        ),
    ],
)
def test_what_is_wrong_with_a_theme_is_said(tmp_path, text, fault):
    assert faults_of(written(tmp_path, text)) == [fault]


def test_file_that_is_no_theme_is_refused(tmp_path):
    assert faults_of(written(tmp_path, "colour: red"))[0].startswith(f"{tmp_path / 'theme.toml'} is not TOML: ")
    assert faults_of(tmp_path / "none.toml") == [f"{tmp_path / 'none.toml'} cannot be read: No such file or directory."]


def test_theme_in_force_is_the_named_file_else_the_usual_one(settings, tmp_path):
    theme._read_once.cache_clear()
    settings.THEME_FILE, settings.VAR_DIR = "", tmp_path

    assert theme_in_force() == Theme()

    written(tmp_path, 'cover_line = "Usual"')
    assert theme_in_force().cover_line == "Usual"

    named = tmp_path / "named"
    named.mkdir()
    settings.THEME_FILE = str(written(named, 'cover_line = "Named"'))
    assert theme_in_force().cover_line == "Named"


# Drawings


def test_drawing_keeps_shapes_and_colours_and_nothing_else():
    drawing = SQUARE % (
        b'<metadata>x</metadata><title>Sign</title><g style="fill:#fff;-inkscape-x:1" onclick="x()" class="a">'
        b'<path d="M0 0h9z" fill="url(http://example.org/#a)" stroke="#000"/></g>'
    )

    assert rebuilt(drawing) == (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" width="40" height="20"><g fill="#fff">'
        b'<path d="M0 0h9z" stroke="#000"/></g></svg>'
    )
    assert size_of(rebuilt(drawing)) == (40, 20)


@pytest.mark.parametrize("part", [b"script", b"image", b"text", b"style", b"foreignObject", b"use", b"animate"])
def test_drawing_with_parts_that_are_not_shapes_is_refused(part):
    with pytest.raises(RefusedFile, match=f"<{part.decode()}>"):
        rebuilt(SQUARE % (SHAPE + b"<%s/>" % part))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"no drawing", NO_DRAWING),
        (SQUARE % b"", NO_DRAWING),
        (b'<html xmlns="http://www.w3.org/1999/xhtml"/>', NO_DRAWING),
        (b'<!DOCTYPE svg [<!ENTITY a "aaa">]>' + SQUARE % b"<title>&a;</title>", NO_DRAWING),
        (b'<svg xmlns="http://www.w3.org/2000/svg">%s</svg>' % SHAPE, NO_SIZE),
    ],
)
def test_drawing_that_cannot_be_read_is_refused(content, reason):
    with pytest.raises(RefusedFile) as refusal:
        rebuilt(content)

    assert str(refusal.value) == reason
