"""What is added to WeasyPrint's PDF/UA just before the file is written.

`tagging.py` finishes the tags. Here the running heads and feet become artefacts, and the file becomes PDF/A-2a as well
(docs/decisions/0013).
"""

from functools import cache
from importlib.resources import files
from typing import Any

import pydyf
from weasyprint import Document

from reports.rendering.tagging import finish_tags

PRINTED = 4
"""The flag of an annotation that is printed with its page."""
PROFILE = "sRGB2014.icc"
ARCHIVED = b"""<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="2" \
pdfaid:conformance="A" /><rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification\
</pdfaSchema:schema><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part of ISO 14289\
</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>\
</rdf:Description>"""
"""What the metadata of a PDF/A says of itself, and of the property that PDF/UA adds."""

Thing = Any
"""An object of pydyf, which has no types."""

END = b"\nendstream"
_data: Any = pydyf.Stream.data


def finish(document: Document, pdf: pydyf.PDF) -> None:
    """A finisher for `write_pdf`: changes `pdf` in place."""
    finish_tags(document, pdf)
    mark_artefacts(pdf)
    make_archivable(pdf)


def mark_artefacts(pdf: pydyf.PDF) -> None:
    """Take the running heads and feet out of what is read, as decoration of the page.

    WeasyPrint gives them tags that hang on no tree.
    """
    objects = {thing.reference: thing for thing in pdf.objects}
    root = objects[pdf.catalog["StructTreeRoot"]]
    in_tree = _in_tree(root["K"], objects)
    pages = {page["StructParents"]: page for page in pdf.objects if _is(page, "/Page")}
    numbers = objects[root["ParentTree"]]["Nums"]
    for number, tags in zip(numbers[::2], numbers[1::2], strict=True):
        if number in pages and not isinstance(tags, bytes):
            loose = {mcid for mcid, tag in enumerate(tags) if tag not in in_tree}
            _untag(objects[pages[number]["Contents"]], loose)
            tags[:] = [b"null" if mcid in loose else tag for mcid, tag in enumerate(tags)]
            while tags and tags[-1] == b"null":
                tags.pop()


def _in_tree(references: list[bytes], objects: dict[bytes, Thing]) -> set[bytes]:
    found: set[bytes] = set()
    waiting = list(references)
    while waiting:
        reference = waiting.pop()
        if isinstance(reference, bytes) and reference not in found:
            found.add(reference)
            waiting += objects[reference].get("K", ())
    return found


def _untag(content: Thing, loose: set[int]) -> None:
    if not loose:
        return
    stream = content.stream
    for place, operand in enumerate(stream):
        if isinstance(operand, pydyf.Dictionary) and operand.get("MCID") in loose:
            stream[place - 1 : place + 1] = ["/Artifact", pydyf.Dictionary({"Type": "/Pagination"})]


def make_archivable(pdf: pydyf.PDF) -> None:
    """Add what PDF/A-2a asks for besides PDF/UA-1. The identifier of the file is `write_pdf`'s own."""
    stream: Any = pydyf.Stream
    stream.data = property(_data_that_ends_plainly)
    profile = pydyf.Stream([_profile()], {"N": 3}, compress=True)
    pdf.add_object(profile)
    intent = {"Type": "/OutputIntent", "S": "/GTS_PDFA1", "DestOutputProfile": profile.reference}
    name = pydyf.String("sRGB")
    pdf.catalog["OutputIntents"] = pydyf.Array(
        [pydyf.Dictionary({**intent, "OutputConditionIdentifier": name, "Info": name})]
    )
    for thing in pdf.objects:
        if _is(thing, "/Annot"):
            thing["F"] = PRINTED
        elif isinstance(thing, pydyf.Stream) and "Interpolate" in thing.extra:
            thing.extra["Interpolate"] = "false"
        elif isinstance(thing, pydyf.Stream) and thing.extra.get("Type") == "/Metadata":
            thing.stream = [part.replace(b"</rdf:RDF>", ARCHIVED + b"</rdf:RDF>") for part in thing.stream]
            thing.compress = False


def _data_that_ends_plainly(stream: pydyf.Stream) -> bytes:
    """The bytes of a stream; one whose last byte is a carriage return must not make it part of the line's end.

    By chance that is one stream in 256, and PDF/A then finds the length of the stream wrong.
    """
    data: bytes = _data.fget(stream)
    return data.removesuffix(END) + b"\r" + END if data.endswith(b"\r" + END) else data


def _is(thing: Thing, kind: str) -> bool:
    return isinstance(thing, pydyf.Dictionary) and thing.get("Type") == kind


@cache
def _profile() -> bytes:
    return (files("weasyprint.pdf") / PROFILE).read_bytes()
