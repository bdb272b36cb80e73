"""What WeasyPrint 70 leaves open in the tags of a PDF/UA, filled in just before the file is written.

It takes a term and its meaning for two entries of a list, leaves out the scope of header cells, the body of list
entries that hold paragraphs and the language of passages, describes a link by the raw id of its target and gives the
box of a figure in CSS pixels from the top. It tags the contents as an ordinary list, notes as the entries of one and
each line of a heading as a heading.
"""

from collections.abc import Iterator
from typing import Any, TypeAlias

import pydyf
from weasyprint import Document
from weasyprint.pdf import tags as weasyprint_tags

from reports.rendering.joining import join_tags, sources_of

POINTS = 0.75
"""Points in a CSS pixel."""
OF_DEFINITIONS = {"dt": "/Lbl", "dd": "/LBody"}
"""ISO 32000-1, 14.8.4.3.3: in a list of terms the label is the term, and the body what it means."""
HEADINGS = {f"/H{level}" for level in range(1, 7)}
AS_CONTENTS = {"/L": "/TOC", "/LI": "/TOCI", "/LBody": "/NonStruct"}

Tag: TypeAlias = Any
"""An element of the structure tree, a `pydyf.Dictionary`; pydyf has no types."""


_get_pdf_tag = weasyprint_tags._get_pdf_tag


def mend_definitions() -> None:
    """From now on, in this process, terms and their meanings are tagged as such; `finish_tags` makes entries of them.

    Otherwise each term and each meaning would be an entry of its own.
    """
    weasyprint_tags._get_pdf_tag = lambda tag: OF_DEFINITIONS.get(tag, "").removeprefix("/") or _get_pdf_tag(tag)


def finish_tags(document: Document, pdf: pydyf.PDF) -> None:
    """A finisher for `write_pdf`: changes the tags of `pdf` in place."""
    join_tags(pdf)
    objects = {thing.reference: thing for thing in pdf.objects}
    tags: list[Tag] = [
        thing for thing in pdf.objects if isinstance(thing, pydyf.Dictionary) and thing.get("Type") == "/StructElem"
    ]
    heights = dict(zip(pdf.page_references, (page.height for page in document.pages), strict=True))
    for tag in tags:
        if tag["S"] == "/L":
            _pair_definitions(tag, pdf, objects)
        elif tag["S"] == "/LI":
            _gather_body(tag, pdf, objects)
        elif tag["S"] == "/TR":
            _scope_headers([objects[kid] for kid in tag["K"]])
        elif tag["S"] == "/Figure":
            _place_figure(tag, heights[tag["Pg"]])
        elif tag["S"] in HEADINGS and objects[tag["P"]].get("S") == tag["S"]:
            tag["S"] = "/Span"
    for tag, element, _ in sources_of(pdf):
        _tell_language(tag, element, str(pdf.catalog["Lang"].string))
        _mark_note(tag, element, pdf, objects)
    tag_of = _tags_of_annotations(pdf, objects)
    for annotation, element in _links(document):
        annotation["Contents"] = pydyf.String(
            element.get("aria-label") or " ".join("".join(element.itertext()).split())
        )
        if "contents-link" in element.get("class", ""):
            _retag_contents(tag_of[annotation["StructParent"]], objects)


def _gather_body(entry: Tag, pdf: pydyf.PDF, objects: dict[bytes, Any]) -> None:
    """Put all that stands in an entry of a list into one body, in its order: words, paragraphs, lists."""
    marks = [kid for kid in entry["K"] if objects[kid]["S"] == "/Lbl"]
    inside = [kid for kid in entry["K"] if kid not in marks]
    if [objects[kid]["S"] for kid in inside] == ["/LBody"]:
        return
    loose: list[bytes] = []
    for kid in inside:
        loose += objects[kid]["K"] if objects[kid]["S"] == "/LBody" else [kid]
    body = _new_tag("/LBody", entry, loose, pdf, objects)
    entry["K"] = pydyf.Array([*marks, body.reference])


def _new_tag(kind: str, parent: Tag, kids: list[bytes], pdf: pydyf.PDF, objects: dict[bytes, Any]) -> Tag:
    """A tag in `parent` that takes over these."""
    tag = pydyf.Dictionary(
        {"Type": "/StructElem", "S": kind, "K": pydyf.Array(kids), "Pg": parent["Pg"], "P": parent.reference}
    )
    pdf.add_object(tag)
    objects[tag.reference] = tag
    for kid in kids:
        objects[kid]["P"] = tag.reference
    return tag


def _tell_language(tag: Tag, element: Any, language: str) -> None:
    """The language of a passage, where it is another than that of the report."""
    given = element.get("lang", "")
    if given and given != language and "S" in tag:
        tag["Lang"] = pydyf.String(given)


def _mark_note(tag: Tag, element: Any, pdf: pydyf.PDF, objects: dict[bytes, Any]) -> None:
    """A note is the body of an entry and has a name of its own; what refers to it is a reference."""
    names = element.get("class", "").split()
    if tag.get("S") == "/NonStruct" and "note-ref" in names:
        tag["S"] = "/Reference"
    elif tag.get("S") == "/LI" and "note" in names:
        body = objects[tag["K"][-1]]
        note = _new_tag("/Note", body, list(body["K"]), pdf, objects)
        note["ID"] = pydyf.String(element.get("id"))
        body["K"] = pydyf.Array([note.reference])


def _pair_definitions(terms: Tag, pdf: pydyf.PDF, objects: dict[bytes, Any]) -> None:
    """Make an entry of each term with its meaning."""
    loose = [kid for kid in terms["K"] if objects[kid]["S"] in OF_DEFINITIONS.values()]
    entries: list[Tag] = []
    for kid in loose:
        if not entries or objects[kid]["S"] == "/Lbl":
            entries.append(_new_tag("/LI", terms, [], pdf, objects))
        entries[-1]["K"].append(kid)
        objects[kid]["P"] = entries[-1].reference
    if entries:
        terms["K"] = pydyf.Array([entry.reference for entry in entries])


def _scope_headers(cells: list[Tag]) -> None:
    """A header beside data heads its row; one among headers heads its column."""
    scope = "/Row" if any(cell["S"] == "/TD" for cell in cells) else "/Column"
    for cell in cells:
        if cell["S"] == "/TH":
            cell["A"]["Scope"] = scope


def _place_figure(figure: Tag, page_height: float) -> None:
    """The box in points from the page's lower left corner, as PDF counts."""
    left, top, right, bottom = figure["A"]["BBox"]
    figure["A"]["BBox"] = pydyf.Array(
        [left * POINTS, (page_height - bottom) * POINTS, right * POINTS, (page_height - top) * POINTS]
    )


def _links(document: Document) -> Iterator[tuple[Tag, Any]]:
    """Each link's annotation with the HTML element it comes from."""
    for page in document.pages:
        for _, _, _, box in page.links:
            if box.link_annotation:
                yield box.link_annotation, box.element


def _tags_of_annotations(pdf: pydyf.PDF, objects: dict[bytes, Any]) -> dict[int, Tag]:
    """The parent tree of the structure, as far as it is about annotations."""
    root = objects[pdf.catalog["StructTreeRoot"]]
    numbers = objects[root["ParentTree"]]["Nums"]
    return {
        number: objects[reference]
        for number, reference in zip(numbers[::2], numbers[1::2], strict=True)
        if isinstance(reference, bytes)
    }


def _retag_contents(link: Tag, objects: dict[bytes, Any]) -> None:
    """Turn the lists that a link of the contents stands in into a table of contents."""
    tag = objects[link["P"]]
    while tag.get("S") in (*AS_CONTENTS, *AS_CONTENTS.values(), "/Sect", "/P"):
        tag["S"] = AS_CONTENTS.get(tag["S"], tag["S"])
        tag = objects[tag["P"]]
