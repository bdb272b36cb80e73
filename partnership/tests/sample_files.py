"""Small files of every kind, good and bad, made here: none is copied from anywhere."""

import io
import zipfile

import pikepdf
from openpyxl import Workbook
from PIL import Image

DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def pdf(**root) -> bytes:
    """A PDF of one empty page, with more entries in its root."""
    made = pikepdf.new()
    made.add_blank_page()
    for name, value in root.items():
        made.Root[f"/{name}"] = made.make_indirect(value)
    return _saved(made)


def locked_pdf() -> bytes:
    made = pikepdf.new()
    made.add_blank_page()
    return _saved(made, encryption=pikepdf.Encryption(owner="owner", user="user"))


def pdf_with_script() -> bytes:
    return pdf(OpenAction=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)"))


def pdf_with_attachment() -> bytes:
    made = pikepdf.new()
    made.add_blank_page()
    made.attachments["inner.txt"] = b"hidden"
    return _saved(made)


def _saved(made: pikepdf.Pdf, **options) -> bytes:
    kept = io.BytesIO()
    made.save(kept, deterministic_id=not options, **options)
    return kept.getvalue()


def archive(parts: dict[str, str | bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return kept.getvalue()


def docx(main_type: str = DOCUMENT_TYPE, **parts) -> bytes:
    """A Word document with more parts, `__` for the stroke and `_dot_` for the point in their names."""
    more = {name.replace("__", "/").replace("_dot_", "."): content for name, content in parts.items()}
    return archive({"[Content_Types].xml": main_type, "word/document.xml": "<document/>", **more})


def xlsx() -> bytes:
    kept = io.BytesIO()
    Workbook().save(kept)
    return kept.getvalue()


def odt(**parts) -> bytes:
    more = {name.replace("__", "/").replace("_dot_", "."): content for name, content in parts.items()}
    return archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<text/>", **more})


def photo(*, format: str = "JPEG", size: tuple[int, int] = (40, 30)) -> bytes:
    """A picture that says, unseen, where it was taken and which way up it is."""
    picture = Image.new("RGB", size, "teal")
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter
    exif[0x010F] = "SECRET-CAMERA"
    exif.get_ifd(0x8825)[1] = "N"
    kept = io.BytesIO()
    picture.save(kept, format, exif=exif)
    return kept.getvalue()
