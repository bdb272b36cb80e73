"""What a report's PDF must say outside its tags: each rule is given the file and yields its faults."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf

from reports.rendering.faults import Fault, Place
from reports.rendering.landmarks import Landmarks

GOES_TO = ("https://", "http://", "mailto:", "tel:")
SERVER_PATH = re.compile(r"file:|(?:^|\s)/(?:bin|etc|home|opt|root|srv|tmp|usr|var|work)/", re.I)

Rule = Callable[[pikepdf.Pdf, Landmarks], Iterator[Fault]]


def it_says_its_language(pdf: pikepdf.Pdf, landmarks: Landmarks) -> Iterator[Fault]:
    language = str(pdf.Root.get("/Lang", ""))
    if not language:
        yield Fault(message="The file does not say its language")
    elif language != landmarks.language:
        yield Fault(message=f"The language of the file is {language}, that of the report {landmarks.language}")


def it_says_its_title(pdf: pikepdf.Pdf, landmarks: Landmarks) -> Iterator[Fault]:
    titles = {str(pdf.docinfo.get("/Title", "")).strip(), _metadata(pdf, "dc:title")}
    if "" in titles:
        yield Fault(message="The file has no title")
    elif titles != {landmarks.title}:
        yield Fault(message="The title of the file is not that of the report")
    preferences: Any = pdf.Root.get("/ViewerPreferences", {})
    if not preferences.get("/DisplayDocTitle", False):
        yield Fault(message="A reader would show the name of the file in place of its title")


def it_says_what_it_is(pdf: pikepdf.Pdf, landmarks: Landmarks) -> Iterator[Fault]:
    marks: Any = pdf.Root.get("/MarkInfo", {})
    if not marks.get("/Marked", False) or marks.get("/Suspects", False):
        yield Fault(message="The file does not say that it is tagged")
    if _metadata(pdf, "pdfuaid:part") != "1":
        yield Fault(message="The file does not say that it is PDF/UA")


def _metadata(pdf: pikepdf.Pdf, name: str) -> str:
    try:
        return str(pdf.open_metadata().get(name) or "").strip()
    except ValueError:  # it is no XML
        return ""


def it_has_bookmarks(pdf: pikepdf.Pdf, landmarks: Landmarks) -> Iterator[Fault]:
    """One at least for each section, in order."""
    with pdf.open_outline() as outline:
        titles = iter([" ".join(title.split()) for title in _titles(outline.root)])
    for heading in landmarks.section_titles:
        if heading.words not in titles:
            yield Fault(message=f"Bookmark for “{heading.words}” is missing", place=heading.place)
            return  # those after it were passed over in looking for it


def _titles(items: list[pikepdf.OutlineItem]) -> Iterator[str]:
    for item in items:
        yield item.title
        yield from _titles(item.children)


def its_fonts_are_embedded(pdf: pikepdf.Pdf, landmarks: Landmarks) -> Iterator[Fault]:
    for thing in pdf.objects:
        is_descriptor = isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
        if is_descriptor and not any(f"/FontFile{kind}" in thing for kind in ("", "2", "3")):
            yield Fault(message=f"The font {str(thing.get('/FontName', '')).rpartition('+')[2]} is not in the file")


def its_pages_are_walked_in_order(pdf: pikepdf.Pdf, landmarks: Landmarks) -> Iterator[Fault]:
    for number, page in enumerate(pdf.pages, start=1):
        if str(page.obj.get("/Tabs", "")) != "/S":
            yield Fault(message="The Tab key does not follow the text", place=Place(words=f"page {number}"))


def its_links_are_described_and_lead_out(pdf: pikepdf.Pdf, landmarks: Landmarks) -> Iterator[Fault]:
    names = set(pikepdf.NameTree(pdf.Root.Names.Dests)) if "/Dests" in pdf.Root.get("/Names", {}) else set()
    for number, page in enumerate(pdf.pages, start=1):
        for link in page.get("/Annots", ()):
            for message in _faults_of_link(link, names):
                yield Fault(message=message, place=Place(words=f"page {number}"))


def _faults_of_link(link: pikepdf.Object, names: set[str]) -> Iterator[str]:
    words = str(link.get("/Contents", "")).strip()
    goal = str(link.get("/Dest", ""))
    action: Any = link.get("/A", {})
    address = str(action.get("/URI", ""))
    if not words:
        yield "Link without a description"
    elif goal and words.removeprefix("#") == goal and not words.isalpha():
        yield f"Link described by an identifier, “{words}”"
    if goal and goal not in names:
        yield f"Link that leads nowhere, “{words}”"
    if action and not (str(action.get("/S")) == "/URI" and address.lower().startswith(GOES_TO)):
        yield f"Link to a file or a program, “{words}”"


def it_tells_nothing_of_the_server(pdf: pikepdf.Pdf, landmarks: Landmarks) -> Iterator[Fault]:
    said = [str(value) for value in pdf.docinfo.values()]
    metadata = pdf.Root.get("/Metadata")
    if metadata is not None:
        said.append(metadata.read_bytes().decode(errors="replace").replace(">", " "))
    if any(SERVER_PATH.search(words) for words in said):
        yield Fault(message="The properties of the file name a folder of the server")


def it_is_as_short_as_it_is_meant_to_be(pdf: pikepdf.Pdf, landmarks: Landmarks) -> Iterator[Fault]:
    pages = len(pdf.pages)
    if landmarks.most_pages and pages > landmarks.most_pages:
        message = (
            f"It takes {pages} pages where {landmarks.most_pages} are meant. Shorten a text, or leave a part out of it"
        )
        yield Fault(message=message, is_content=True, is_conforming=True)


RULES: tuple[Rule, ...] = (
    it_says_its_language,
    it_says_its_title,
    it_says_what_it_is,
    it_has_bookmarks,
    its_fonts_are_embedded,
    its_pages_are_walked_in_order,
    its_links_are_described_and_lead_out,
    it_tells_nothing_of_the_server,
    it_is_as_short_as_it_is_meant_to_be,
)
