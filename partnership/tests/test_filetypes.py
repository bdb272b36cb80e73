import io
import zipfile

import pytest
from PIL import Image, ImageFile

from partnership.choices import FileKind
from partnership.filetypes import (
    EMPTY,
    LARGEST_FILE,
    OTHER,
    OTHER_PICTURE,
    PHONE_PHOTO,
    TOO_LARGE,
    RefusedFile,
    clean_name,
    download_name,
    kind_of,
    office,
    pdf_inside,
    pictures,
)
from partnership.filetypes.refused import DAMAGED, HAS_MACROS, HAS_PASSWORD
from partnership.filetypes.thorough import content_to_keep
from partnership.tests import sample_files as sample

GOOD = [
    ("report.pdf", sample.pdf(), FileKind.PDF),
    ("REPORT.PDF", sample.pdf(), FileKind.PDF),
    ("report", sample.pdf(), FileKind.PDF),
    ("notes.docx", sample.docx(), FileKind.WORD),
    ("table.xlsx", sample.xlsx(), FileKind.EXCEL),
    ("notes.odt", sample.odt(), FileKind.OPEN_TEXT),
    ("poster.jpeg", sample.photo(), FileKind.JPEG),
    ("poster.png", sample.photo(format="PNG"), FileKind.PNG),
    ("table.csv", "measure,value\ncafé,1\n".encode(), FileKind.CSV),
    ("table.csv", "measure;value\ncaf\u00e9;1\n".encode("cp1252"), FileKind.CSV),
    ("notes.txt", b"One line.", FileKind.TEXT),
]


@pytest.mark.parametrize(("name", "content", "kind"), GOOD)
def test_file_is_known_by_its_content_and_kept(name, content, kind):
    assert kind_of(content, name=name) == kind
    assert kind_of(content_to_keep(content, kind), name=name) == kind


BAD = [
    ("a.pdf", b"", EMPTY),
    ("a.pdf", b" \n\0", EMPTY),
    ("a.pdf", b"x" * (LARGEST_FILE + 1), TOO_LARGE),
    ("a.pdf", sample.locked_pdf(), HAS_PASSWORD),
    ("a.doc", sample.OLE + bytes(600), office.OLD),
    ("a.docx", sample.OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), HAS_PASSWORD),
    ("a.docm", sample.docx("application/vnd.ms-word.document.macroEnabled.main+xml"), HAS_MACROS),
    ("a.docx", sample.docx(word__vbaProject_dot_bin="x"), HAS_MACROS),
    ("a.xlsx", sample.docx(xl__macrosheets__sheet1_dot_xml="x"), HAS_MACROS),
    ("a.odt", sample.odt(Basic__Standard__Module1_dot_xml="x"), HAS_MACROS),
    ("a.odt", sample.odt(**{"META-INF__manifest_dot_xml": "<encryption-data/>"}), HAS_PASSWORD),
    ("a.pptx", sample.docx("presentationml.presentation.main+xml"), office.SLIDES),
    ("a.zip", sample.archive({"report.pdf": sample.pdf()}), office.ARCHIVE),
    ("a.docx", sample.docx()[:-30], DAMAGED),
    ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(100), DAMAGED),
    ("a.heic", b"\0\0\0\x18ftypheic" + bytes(20), PHONE_PHOTO),
    ("a.gif", b"GIF89a" + bytes(20), OTHER_PICTURE),
    ("a.exe", b"MZ\x90\0" + bytes(100), OTHER),
    ("a.csv", b"MZ\x90\0" + bytes(100), OTHER),
    ("a.pdf", b"Only words", OTHER),
    ("a.html", b"<html><script>alert(1)</script>", OTHER),
]


@pytest.mark.parametrize(("name", "content", "sentence"), BAD)
def test_file_is_refused_with_what_to_do(name, content, sentence):
    with pytest.raises(RefusedFile) as refusal:
        kind_of(content, name=name)

    assert str(refusal.value) == sentence


def test_name_that_says_something_else_than_the_content_is_refused():
    with pytest.raises(RefusedFile) as refusal:
        kind_of(sample.pdf(), name="report.docx")

    assert str(refusal.value) == (
        "The name of this file ends in .docx, but its content is a PDF. "
        "Rename it to end in .pdf, or save it again as what it should be."
    )


def test_archive_that_would_unpack_to_gigabytes_is_refused_without_unpacking_it():
    bomb = sample.docx(word__big_dot_xml=bytes(60 * 1024 * 1024))

    with pytest.raises(RefusedFile, match="unpacks to far more"):
        kind_of(bomb, name="a.docx")


def test_archive_of_very_many_parts_is_refused():
    many = sample.docx(**{f"word__{number}_dot_xml": "x" for number in range(office.MOST_PARTS)})

    with pytest.raises(RefusedFile, match="unpacks to far more"):
        kind_of(many, name="a.docx")


INSIDE = [
    (FileKind.PDF, sample.pdf_with_script(), pdf_inside.HOLDS_PROGRAM),
    (FileKind.PDF, sample.pdf_with_script().replace(b"/JavaScript", b"/J#61vaScript"), pdf_inside.HOLDS_PROGRAM),
    (FileKind.PDF, sample.pdf_with_attachment(), pdf_inside.HOLDS_FILE),
    (FileKind.PDF, sample.locked_pdf(), HAS_PASSWORD),
    (FileKind.PDF, b"%PDF-1.7\nnothing", DAMAGED),
    (FileKind.WORD, sample.docx(word__embeddings__inner_dot_exe="MZ"), office.HOLDS_FILE),
    (
        FileKind.WORD,
        sample.docx(word__embeddings__inner_dot_docx=sample.docx(word__vbaProject_dot_bin="x")),
        HAS_MACROS,
    ),
    (
        FileKind.WORD,
        sample.docx(
            word___rels__settings_dot_xml_dot_rels=(
                '<Relationship Id="a" Type="http://x/attachedTemplate" Target="https://example.org/t.dotm" '
                'TargetMode="External"/>'
            )
        ),
        office.FETCHES,
    ),
    (FileKind.JPEG, sample.photo(size=(400, 300))[:-300], DAMAGED),
]


@pytest.mark.parametrize(("kind", "content", "sentence"), INSIDE)
def test_thorough_look_refuses_what_is_hidden_inside(kind, content, sentence):
    with pytest.raises(RefusedFile) as refusal:
        content_to_keep(content, kind)

    assert str(refusal.value) == sentence


def test_archive_that_lies_about_its_sizes_is_refused():
    content = bytearray(sample.docx())
    part = zipfile.ZipFile(io.BytesIO(content)).getinfo("word/document.xml")
    start = content.rindex(b"word/document.xml") - 46
    content[start + 24 : start + 28] = (part.file_size - 3).to_bytes(4, "little")

    with pytest.raises(RefusedFile, match="damaged"):
        content_to_keep(bytes(content), FileKind.WORD)


def test_picture_keeps_what_is_seen_and_nothing_else():
    for kind, format in ((FileKind.JPEG, "JPEG"), (FileKind.PNG, "PNG")):
        taken = sample.photo(format=format)
        assert b"SECRET-CAMERA" in taken

        kept = content_to_keep(taken, kind)

        picture = Image.open(io.BytesIO(kept))
        assert (picture.format, picture.size, dict(picture.getexif())) == (format, (30, 40), {})
        assert b"SECRET-CAMERA" not in kept


def test_picture_with_a_missing_part_is_refused_whatever_was_imported_before(monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint sets it
    whole = sample.photo(format="JPEG")

    with pytest.raises(RefusedFile, match="damaged"):
        content_to_keep(whole[: len(whole) * 2 // 3], FileKind.JPEG)


def test_picture_of_too_many_pixels_is_refused_by_its_head(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_PIXELS", 1_000)

    with pytest.raises(RefusedFile, match="50 megapixels"):
        kind_of(sample.photo(), name="a.jpg")


NAMES = [
    ("report.pdf", "report.pdf"),
    ("../../etc/passwd", "passwd"),
    ("C:\\Users\\nurse\\report.pdf", "report.pdf"),
    ("report\0.pdf", "report.pdf"),
    ("report\u202efdp.exe", "reportfdp.exe"),
    ("  two   words.pdf ", "two words.pdf"),
    ("a\r\nSet-Cookie: b.pdf", "aSet-Cookie: b.pdf"),
]


@pytest.mark.parametrize(("given", "cleaned"), NAMES)
def test_name_is_cleaned(given, cleaned):
    assert clean_name(given) == cleaned


@pytest.mark.parametrize("name", ["", "..", "/", "\u202e\0", "a" * 500 + ".pdf"])
def test_name_that_cannot_be_kept_is_refused(name):
    with pytest.raises(RefusedFile, match="name"):
        clean_name(name)


def test_name_without_ending_gets_one_on_the_way_out():
    assert [download_name(name, "pdf") for name in ("report", "report.pdf", "Report 2.0")] == [
        "report.pdf",
        "report.pdf",
        "Report 2.0.pdf",
    ]
