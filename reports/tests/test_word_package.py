"""Files that would do harm, and files that are no Word files."""

import io
import random
import zipfile

import pytest

from partnership.filetypes import LARGEST_FILE, TOO_LARGE, RefusedFile, office
from partnership.filetypes.refused import DAMAGED, HAS_MACROS, HAS_PASSWORD
from partnership.tests import sample_files as sample
from reports.tests.word_sample import NAMES, drawing, h1, p, word_file
from reports.word import document
from reports.word.document import TOO_MANY_PICTURES, TOO_MANY_SECTIONS, read_document
from reports.word.package import HAS_DTD, LARGEST_XML, NO_WORD, TOO_LONG

BODY = f"<w:document {NAMES}><w:body>{p('Words')}</w:body></w:document>"
ENTITY = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>{BODY.replace("Words", "&e;")}'
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    f'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>{BODY.replace("Words", "&c;")}'
)


def with_document(content):
    return word_file(parts={"word/document.xml": content})


def refusal_of(content):
    with pytest.raises(RefusedFile) as refusal:
        read_document(content)
    return str(refusal.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", NO_WORD),
        (b"Words", NO_WORD),
        (sample.pdf(), NO_WORD),
        (sample.xlsx(), NO_WORD),
        (sample.odt(), NO_WORD),
        (sample.archive({"a.txt": "words"}), office.ARCHIVE),
        (sample.OLE + b"WordDocument", office.OLD),
        (sample.OLE + "EncryptedPackage".encode("utf-16-le"), HAS_PASSWORD),
        (word_file(p("Words"))[:400], DAMAGED),
        (b"PK" + bytes(LARGEST_FILE), TOO_LARGE),
        (with_document("<w:document"), DAMAGED),
        (with_document("<document/>"), DAMAGED),
        (with_document(""), DAMAGED),
        (with_document(ENTITY), HAS_DTD),
        (with_document(LAUGHS), HAS_DTD),
        (with_document(ENTITY.encode("utf-16")), HAS_DTD),
        (with_document("<a>" * 5_000 + "</a>" * 5_000), DAMAGED),
        (word_file(p("Words"), parts={"word/vbaProject.bin": b"x"}), HAS_MACROS),
        (sample.docx("application/vnd.ms-word.document.macroEnabled.main+xml"), HAS_MACROS),
        (word_file(p("Words"), parts={"word/styles.xml": ENTITY}), HAS_DTD),
    ],
)
def test_what_is_no_word_file_or_may_do_harm_is_refused(content, said):
    assert refusal_of(content) == said


def test_bomb_is_refused_by_what_it_declares():
    assert refusal_of(with_document(bytes(50 * 1024 * 1024))) == office.TOO_MUCH_INSIDE


def test_part_that_is_larger_than_any_report_is_refused():
    content = random.Random(1).randbytes(LARGEST_XML // 2 + 1).hex()  # shrinks by half only, as no bomb does

    assert refusal_of(with_document(content)) == TOO_LONG


def test_more_parts_than_any_document_has_are_refused():
    parts = {f"word/media/{number}.png": b"" for number in range(office.MOST_PARTS)}

    assert refusal_of(word_file(p("Words"), parts=parts)) == office.TOO_MUCH_INSIDE


def test_part_that_is_larger_than_it_declares_is_refused():
    content = bytearray(word_file(p("Words " * 1_000)))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        size = archive.getinfo("word/document.xml").file_size
    lie = bytes(content).replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))

    assert lie != bytes(content)
    assert refusal_of(lie) == DAMAGED


def test_thousands_of_pictures_are_refused(monkeypatch):
    monkeypatch.setattr(document, "MOST_PICTURES", 20)
    parts = {f"word/media/{number}.png": sample.photo(format="PNG") for number in range(21)}
    relations = {f"i{number}": ("image", f"media/{number}.png") for number in range(21)}
    blocks = [p(drawing(name)) for name in relations]

    assert len(read_document(word_file(h1("A"), *blocks[:20], parts=parts, relations=relations)).pictures) == 20
    assert refusal_of(word_file(h1("A"), *blocks, parts=parts, relations=relations)) == TOO_MANY_PICTURES


def test_more_pictures_than_the_portal_can_hold_are_refused(monkeypatch):
    monkeypatch.setattr(document, "MOST_PICTURE_BYTES", 50)
    parts = {"word/media/image1.png": sample.photo(format="PNG")}

    said = refusal_of(word_file(h1("A"), p(drawing()), parts=parts, relations={"image": ("image", "media/image1.png")}))

    assert said == TOO_MANY_PICTURES


def test_hundreds_of_chapters_are_refused(monkeypatch):
    monkeypatch.setattr(document, "MOST_SECTIONS", 3)

    assert len(read_document(word_file(*[h1("A")] * 3, p("Words"))).sections) == 3
    assert refusal_of(word_file(*[h1("A")] * 4, p("Words"))) == TOO_MANY_SECTIONS


def test_strict_form_of_the_format_is_read():
    strict = BODY.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )

    assert read_document(with_document(strict)).sections[0].texts == ("<p>Words</p>",)


def test_parts_that_are_missing_or_point_nowhere_are_done_without():
    content = sample.docx(word__document_dot_xml=BODY)

    assert read_document(content).sections[0].texts == ("<p>Words</p>",)
