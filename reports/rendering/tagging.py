"""What WeasyPrint 70 leaves open in the tags of a PDF/UA, filled in just before the file is written.

It takes a term and its meaning for two entries of a list, leaves out the scope of header cells and the body of list
entries that hold paragraphs, describes a link by the raw id of its target, gives the box of a figure in CSS pixels from
the top, and tags the contents as an ordinary list.
"""

from collections.abc import Iterator
from typing import Any, TypeAlias

import pydyf
from weasyprint import Document
from weasyprint.pdf import tags as weasyprint_tags

POINTS = 0.75
"""Points in a CSS pixel."""
OF_DEFINITIONS = {"dt": "/Lbl", "dd": "/LBody"}
"""ISO 32000-1, 14.8.4.3.3: in a list of terms the label is the term, and the body what it means."""
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
    tag_of = _tags_of_annotations(pdf, objects)
    for annotation, element in _links(document):
        annotation["Contents"] = pydyf.String(
            element.get("aria-label") or " ".join("".join(element.itertext()).split())
        )
        if "contents-link" in element.get("class", ""):
            _retag_contents(tag_of[annotation["StructParent"]], objects)


def _gather_body(entry: Tag, pdf: pydyf.PDF, objects: dict[bytes, Any]) -> None:
    """Put paragraphs that stand in an entry of a list by themselves into its body."""
    loose = [kid for kid in entry["K"] if objects[kid]["S"] not in ("/Lbl", "/LBody")]
    if not loose:
        return
    body = pydyf.Dictionary(
        {"Type": "/StructElem", "S": "/LBody", "K": pydyf.Array(loose), "Pg": entry["Pg"], "P": entry.reference}
    )
    pdf.add_object(body)
    objects[body.reference] = body
    for kid in loose:
        objects[kid]["P"] = body.reference
    entry["K"] = pydyf.Array([*(kid for kid in entry["K"] if kid not in loose), body.reference])


def _pair_definitions(terms: Tag, pdf: pydyf.PDF, objects: dict[bytes, Any]) -> None:
    """Make an entry of each term with its meaning; a meaning that goes on from the page before is one by itself."""
    loose = [kid for kid in terms["K"] if objects[kid]["S"] in OF_DEFINITIONS.values()]
    entries: list[Tag] = []
    for kid in loose:
        if not entries or objects[kid]["S"] == "/Lbl":
            entry = {"Type": "/StructElem", "S": "/LI", "K": pydyf.Array([]), "Pg": terms["Pg"], "P": terms.reference}
            entries.append(pydyf.Dictionary(entry))
            pdf.add_object(entries[-1])
            objects[entries[-1].reference] = entries[-1]
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
