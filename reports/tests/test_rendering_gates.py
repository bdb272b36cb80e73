"""Faults planted in the sample's PDF, one at a time, and what the gates say of them."""

import re
from dataclasses import replace
from functools import cache
from io import BytesIO

import pikepdf
import pytest

from partnership import inspection
from reports.rendering import checking
from reports.rendering.checking import check, render_checked
from reports.rendering.failed import RenderingFailed
from reports.rendering.faults import Place
from reports.rendering.gates import check_file
from reports.rendering.html import report_html
from reports.rendering.landmarks import landmarks_of
from reports.rendering.matching import match
from reports.rendering.structure import tree_of
from reports.tests import sample

BY_THE_STANDARD = "Not PDF/UA: "


@cache
def html():
    return report_html(sample.sample_document(), for_pdf=True)


@cache
def sound():
    return render_checked(sample.sample_document())


def words(faults):
    return [str(fault) for fault in faults]


def with_fault(plant):
    """What is said of the sample's file once `plant` has changed it."""
    with pikepdf.open(BytesIO(sound().pdf)) as pdf:
        plant(pdf)
        changed = BytesIO()
        pdf.save(changed)
    return check_file(changed.getvalue(), html())


def tags(pdf, kind):
    return [element.raw for element in tree_of(pdf).of_kind(kind)]


def links(pdf):
    return [link for page in pdf.pages for link in page.get("/Annots", [])]


def take_away(pdf, tag):
    """Take an element out of the tree, with all that it holds."""
    holder = tag.P
    holder.K = pikepdf.Array([kid for kid in holder.K if kid.objgen != tag.objgen])


def no_scope(pdf):
    del tags(pdf, "TH")[0].A["/Scope"]


def no_alternative_text(pdf):
    del tags(pdf, "Figure")[0]["/Alt"]


def empty_alternative_text(pdf):
    tags(pdf, "Figure")[0].Alt = " "


def box_off_the_page(pdf):
    tags(pdf, "Figure")[0].A.BBox = pikepdf.Array([100, 700, 500, 1100])


def box_upside_down(pdf):
    left, bottom, right, top = tags(pdf, "Figure")[0].A.BBox
    tags(pdf, "Figure")[0].A.BBox = pikepdf.Array([left, top, right, bottom])


def no_box(pdf):
    del tags(pdf, "Figure")[0].A["/BBox"]


def link_described_by_its_id(pdf):
    link = next(link for link in links(pdf) if str(link.get("/Dest", "")) == "section-1-note-1")
    link.Contents = "#section-1-note-1"


def link_without_description(pdf):
    del links(pdf)[0]["/Contents"]


def link_to_nowhere(pdf):
    links(pdf)[0].Dest = "section-9"


def link_to_a_file(pdf):
    next(link for link in links(pdf) if "/A" in link).A.URI = "file:///srv/portal/report.html"


def link_to_a_program(pdf):
    next(link for link in links(pdf) if "/A" in link).A.S = pikepdf.Name.Launch


def link_without_a_tag(pdf):
    links(pdf)[0].StructParent = 0


def note_without_a_way_to_it(pdf):
    for link in links(pdf):
        if str(link.get("/Dest", "")) == "section-1-note-2":
            link.Dest = "section-1-note-1"


def note_without_a_way_back(pdf):
    for link in links(pdf):
        if str(link.get("/Dest", "")) == "section-1-note-2-ref":
            link.Dest = "section-1-note-1-ref"


def heading_one_level_down(pdf):
    tags(pdf, "H4")[0].S = pikepdf.Name.H5


def heading_that_is_none(pdf):
    tags(pdf, "H4")[-1].S = pikepdf.Name.P


def paragraph_as_heading(pdf):
    tags(pdf, "P")[-1].S = pikepdf.Name.H2


def table_taken_away(pdf):
    take_away(pdf, tags(pdf, "Table")[1])


def table_with_a_row_less(pdf):
    body = tags(pdf, "TBody")[0]
    body.K = pikepdf.Array(list(body.K)[:-1])


def list_that_is_none(pdf):
    tags(pdf, "L")[0].S = pikepdf.Name.Div


def picture_that_is_none(pdf):
    tags(pdf, "Figure")[0].S = pikepdf.Name.Div


def contents_with_an_entry_less(pdf):
    take_away(pdf, tags(pdf, "TOCI")[-1])


def note_that_is_none(pdf):
    tags(pdf, "Note")[0].S = pikepdf.Name.Div


def notes_of_one_name(pdf):
    one, other, *_ = tags(pdf, "Note")
    other.ID = one.ID


def table_in_two(pdf):
    table = tags(pdf, "Table")[0]
    rest = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Table, P=table.P))
    rest.K = pikepdf.Array([table.K[-1]])
    table.K[-1].P = rest
    table.K = pikepdf.Array(list(table.K)[:-1])
    table.P.K.append(rest)


def heading_in_a_heading(pdf):
    heading = tags(pdf, "H2")[2]
    heading.K[0].S = pikepdf.Name.H2


def no_language(pdf):
    del pdf.Root["/Lang"]


def other_language(pdf):
    pdf.Root.Lang = "de"


def no_title(pdf):
    del pdf.docinfo["/Title"]


def other_title(pdf):
    pdf.docinfo["/Title"] = "report.html"


def name_of_the_file_shown(pdf):
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


def not_marked(pdf):
    pdf.Root.MarkInfo.Marked = False


def no_claim(pdf):
    metadata = pdf.Root.Metadata
    metadata.write(re.sub(rb'pdfuaid:part="1"', b"", metadata.read_bytes()))


def font_left_out(pdf):
    font = next(
        thing
        for thing in pdf.objects
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
    )
    for name in ("/FontFile2", "/FontFile3"):
        if name in font:
            del font[name]


def no_bookmarks(pdf):
    del pdf.Root["/Outlines"]


def no_tab_order(pdf):
    del pdf.pages[2].obj["/Tabs"]


def parent_that_is_another(pdf):
    tags(pdf, "Table")[0].P = tags(pdf, "Document")[0]


def content_that_leads_elsewhere(pdf):
    listed = pdf.Root.StructTreeRoot.ParentTree.Nums[5]
    listed[0] = listed[1]


def standard_tag_with_another_meaning(pdf):
    pdf.Root.StructTreeRoot.RoleMap = pikepdf.Dictionary(H2=pikepdf.Name.P)


def tag_nobody_knows(pdf):
    tags(pdf, "BlockQuote")[0].S = pikepdf.Name.Pullquote


def artefact_as_content(pdf):
    page = pdf.pages[3]
    content = page.obj.Contents
    content.write(content.read_bytes().replace(b"/Artifact\nBMC", b"q", 1).replace(b"EMC", b"Q", 1))


def content_without_a_tag(pdf):
    page = pdf.pages[3]
    content = page.obj.Contents
    content.write(content.read_bytes() + b"\n/Span <</MCID 999>> BDC EMC\n")


def no_tags(pdf):
    del pdf.Root["/StructTreeRoot"]


def path_of_the_server(pdf):
    pdf.docinfo["/Creator"] = "/srv/portal/manage.py"


PLANTED = [
    (no_scope, ["Header cell without a scope, section 1"]),
    (no_alternative_text, ["Picture without alternative text, section 1"]),
    (empty_alternative_text, ["Picture without alternative text, section 1"]),
    (box_off_the_page, ["Picture with a box that is not on its page, section 1"]),
    (box_upside_down, ["Picture with a box that is not on its page, section 1"]),
    (no_box, ["Picture without a box, section 1"]),
    (link_described_by_its_id, ["Link described by an identifier, “#section-1-note-1”, page 4"]),
    (link_without_description, ["Link without a description, page 2"]),
    (link_to_nowhere, ["Link that leads nowhere, “Foreword”, page 2"]),
    (link_to_a_file, ["Link to a file or a program, “the published guidance”, page 4"]),
    (link_to_a_program, ["Link to a file or a program, “the published guidance”, page 4"]),
    (link_without_a_tag, ["Link that does not lead to its tag, page 2"]),
    (note_without_a_way_to_it, ["Note 2 that no link of the text leads to, section 1"]),
    (note_without_a_way_back, ["Note 2 without a link back to the text, section 1"]),
    (
        heading_one_level_down,
        [
            "Heading “What we found” has level 5 in the tags and 4 in the report, section 1.1",
            "Heading level jumps from 3 to 5, section 1.1",
        ],
    ),
    (heading_that_is_none, ["Heading “School” is missing from the tags, section 2"]),
    (paragraph_as_heading, ["Heading in the tags that the report does not have, section 3"]),
    (
        table_taken_away,
        ["Table is missing from the tags, section 1.1", "Content that does not lead to its tag, page 5"],
    ),
    (
        table_with_a_row_less,
        ["Table with 0 of 1 rows in the tags, section 1", "Content that does not lead to its tag, page 4"],
    ),
    (list_that_is_none, ["List is missing from the tags, section Foreword"]),
    (
        picture_that_is_none,
        [
            "Picture “Bar chart. Graded care profile assessments recorded. 2020/21: not available;…” "
            "is missing from the tags, section 1"
        ],
    ),
    (
        contents_with_an_entry_less,
        [
            "Contents with 4 of 5 entries in the tags, the contents",
            "Content that does not lead to its tag, page 2",
            "Link that does not lead to its tag, page 2",
        ],
    ),
    (note_that_is_none, ["Note 1 that is not tagged as one note, section 1"]),
    (
        notes_of_one_name,
        [f"Note {number} that is not tagged as one note, section 1" for number in (1, 2)],
    ),
    (table_in_two, ["Table in the tags that the report does not have, section 1"]),
    (heading_in_a_heading, ["Heading in the tags that the report does not have, section Foreword"]),
    (no_language, ["The file does not say its language"]),
    (other_language, ["The language of the file is de, that of the report en-GB"]),
    (no_title, ["The file has no title"]),
    (other_title, ["The title of the file is not that of the report"]),
    (name_of_the_file_shown, ["A reader would show the name of the file in place of its title"]),
    (not_marked, ["The file does not say that it is tagged"]),
    (no_claim, ["The file does not say that it is PDF/UA"]),
    (font_left_out, ["The font Atkinson-Hyperlegible-Next-Bold is not in the file"]),
    (no_bookmarks, ["Bookmark for “Foreword” is missing, section Foreword"]),
    (no_tab_order, ["The Tab key does not follow the text, page 3"]),
    (parent_that_is_another, ["The tree of tags is broken: an element is not where it says it is"]),
    (content_that_leads_elsewhere, ["Content that does not lead to its tag, page 3"]),
    (tag_nobody_knows, ["Tag Pullquote that no reader knows, section 1.1"]),
    (content_without_a_tag, ["Content that does not lead to its tag, page 4"]),
    (no_tags, ["The file has no tags"]),
    (path_of_the_server, ["The properties of the file name a folder of the server"]),
]


@pytest.mark.parametrize(("plant", "named"), PLANTED, ids=[plant.__name__ for plant, _ in PLANTED])
def test_planted_fault_is_named(plant, named):
    assert [each for each in words(with_fault(plant)) if not each.startswith(BY_THE_STANDARD)] == named


def test_decoration_that_is_no_artefact_is_named_by_the_rules_of_the_standard():
    (named,) = words(with_fault(artefact_as_content))

    assert named == (
        "Not PDF/UA: page 4 contains path painting that is neither /Artifact nor tagged real content "
        "(PDFUA1-CONTENT-TAGGING-001)"
    )


def test_standard_tag_with_another_meaning_is_named():
    assert words(with_fault(standard_tag_with_another_meaning))[-2:] == [
        "The tag H2 is given another meaning",
        "Not PDF/UA: a standard structure type must not be remapped (PDFUA1-STRUCT-TREE-ROLE-MAP-STANDARD-001)",
    ]


def test_both_gates_let_the_sound_file_pass():
    assert sound().faults == ()


def test_file_that_is_damaged_is_named():
    assert words(check_file(sound().pdf[:5000], html()))[0] == "The file is damaged"


def test_check_runs_in_a_process_of_its_own_and_says_the_same():
    with pikepdf.open(BytesIO(sound().pdf)) as pdf:
        no_alternative_text(pdf)
        changed = BytesIO()
        pdf.save(changed)

    (fault,) = check(changed.getvalue(), html())

    assert fault.place == Place(words="section 1", anchor="section-1", block=13)
    assert fault.is_content is False


def test_check_that_takes_too_long_gives_no_file_out(monkeypatch):
    monkeypatch.setattr("partnership.inspection.LIMITS", replace(inspection.LIMITS, wall_seconds=0.01))

    with pytest.raises(RenderingFailed) as failure:
        check(sound().pdf, html())
    assert str(failure.value) == checking.NOT_CHECKED


WELSH = '<p>They said: <span lang="cy">diolch am wrando</span>.</p>'
NESTED = "<ul><li><p>One</p><ul><li>Two</li></ul></li></ul>"


def language_left_out(pdf):
    del next(element for element in tree_of(pdf).elements if "/Lang" in element.raw).raw["/Lang"]


def list_beside_its_entry(pdf):
    inner = tree_of(pdf).of_kind("L")[1]
    outer = inner.parent.parent.parent
    take_away(pdf, inner.raw)
    outer.raw.K.append(inner.raw)
    inner.raw.P = outer.raw


@pytest.mark.parametrize(
    ("body", "plant", "named"),
    [
        (WELSH, language_left_out, "Passage whose tag does not say its language, cy, section 1"),
        (
            NESTED,
            list_beside_its_entry,
            "List beside the entry that it belongs to, so that it is read after it, section 1",
        ),
    ],
)
def test_fault_planted_in_a_passage_or_a_list_is_named(body, plant, named):
    page = sample.document_of(sample.text(body))
    made = render_checked(page)
    with pikepdf.open(BytesIO(made.pdf)) as pdf:
        plant(pdf)
        changed = BytesIO()
        pdf.save(changed)

    assert words(made.faults) == []
    assert words(check_file(changed.getvalue(), report_html(page, for_pdf=True))) == [named]


# What a writer can mend


def faults_of(*blocks):
    return render_checked(sample.document_of(*blocks)).faults


PICTURE = "data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw=="


def picture(alt):
    return sample.text(f'<p>Before</p><figure><img src="{PICTURE}" alt="{alt}"></figure>', id=40)


def test_picture_that_was_never_described_is_the_writers():
    (fault,) = faults_of(sample.text(), picture(""))

    assert str(fault) == "Picture without alternative text, section 1"
    assert (fault.place.block, fault.is_content, fault.is_conforming) == (40, True, False)


def test_words_that_do_not_help_are_the_writers_and_hold_nothing_back():
    link = sample.text('<p><a href="https://www.example.org/">https://www.example.org/</a></p>', id=41)

    faults = faults_of(picture("IMG_2034.JPG"), link)

    assert [(str(fault), fault.place.block, fault.is_content, fault.is_conforming) for fault in faults] == [
        ("Link described by its address only, section 1", 41, True, True),
        ("Picture described by the name of its file only, section 1", 40, True, True),
    ]


def test_gap_between_headings_is_the_writers():
    (fault,) = faults_of(sample.text("<p>Words</p>", heading="Too deep", level=4, id=42))

    assert str(fault) == "Heading level jumps from 2 to 4, section 1"
    assert (fault.place.block, fault.is_content, fault.is_conforming) == (42, True, False)


# What runs over pages


def test_tables_and_lists_that_run_over_pages_are_one_each():
    blocks = [
        sample.records(rows=90, id=50),
        sample.records(rows=90, is_prose=True, id=51),
        replace(sample.standing_list(items=120), id=52),
        sample.measures_table(rows=60, id=53),
    ]
    checked = render_checked(sample.document_of(*blocks))
    landmarks = landmarks_of(report_html(sample.document_of(*blocks), for_pdf=True))
    with pikepdf.open(BytesIO(checked.pdf)) as pdf:
        things = match(tree_of(pdf), landmarks).things

    assert checked.faults == ()
    large = [thing for thing in things if thing.kind in ("Table", "L") and thing.size > 2]
    assert [(thing.kind, thing.size, len(pages_of(thing.element)) > 1) for thing in large] == [
        ("Table", 90, True),
        ("Table", 90, True),
        ("L", 120, True),
        ("Table", 60, True),
    ]


def pages_of(element):
    return {page for inside in element.walk() for page, _ in inside.marks}


def test_what_stands_in_an_entry_over_pages_is_read_in_its_order():
    long = "word " * 900
    page = sample.document_of(sample.text(f"<ul><li>{long}<ul><li>Inner {long}</li></ul><p>Last {long}</p></li></ul>"))
    with pikepdf.open(BytesIO(render_checked(page).pdf)) as pdf:
        outer, inner = tree_of(pdf).of_kind("L")

        assert [kid.kind for kid in outer.kids[0].kids] == ["Lbl", "LBody"]
        kinds = [kid.kind for kid in outer.kids[0].kids[1].kids]
        assert kinds[-2:] == ["L", "P"]
        assert [min(pages_of(each)) for each in (outer, inner)] == [3, 4]
        assert len(outer.kids) == len(inner.kids) == 1


def test_head_of_a_table_is_read_once_and_its_cells_refer_to_that():
    with pikepdf.open(BytesIO(render_checked(sample.document_of(sample.records(rows=90))).pdf)) as pdf:
        tree = tree_of(pdf)
        names = [str(cell.raw.ID) for cell in tree.of_kind("TH")]
        asked_for = {str(name) for cell in tree.of_kind("TD") for name in cell.raw.A.Headers}

    assert len(tree.of_kind("THead")) == 1
    assert asked_for <= set(names)
    assert len(names) == len(set(names))


def entries(number, inside=""):
    """Entries of a list that take up to six lines each; every third holds `inside`."""
    said = [f"<p>{'What partners agreed to do. ' * (place % 6 + 1)}</p>" for place in range(number)]
    return "".join(f"<li>{words}{inside if place % 3 == 1 else ''}</li>" for place, words in enumerate(said))


def rows(number, words=3):
    return "".join(f"<tr><th scope='row'>Row</th><td>{'word ' * words}</td></tr>" for _ in range(number))


HEAD = "<thead><tr><th scope='col'>Name</th><th scope='col'>Words</th></tr></thead>"
HARD_TO_FOLLOW = {
    "lists in lists": f"<ul>{entries(40, f'<ol>{entries(7)}</ol><p>And after.</p>')}</ul>",
    "lists one after another": "".join(f"<ul>{entries(number)}</ul>" for number in range(1, 20)),
    "tables one after another": "".join(f"<table>{HEAD}<tbody>{rows(n)}</tbody></table>" for n in range(1, 30)),
    "rows over pages": f"<table>{HEAD}<tbody>{rows(4, words=900)}</tbody></table>",
    "entries over pages": f"<ul><li>{'word ' * 3000}</li><li>{'word ' * 2000}</li></ul>",
    "table without a head": f"<table><tbody>{rows(60).replace('th', 'td')}</tbody></table>",
}


@pytest.mark.parametrize("body", HARD_TO_FOLLOW.values(), ids=HARD_TO_FOLLOW)
def test_sound_file_is_never_held_back(body):
    assert words(faults_of(sample.text(body), sample.text("<p>After</p>", id=2))) == []


@pytest.mark.parametrize("kind", ["L", "Table"])
def test_what_is_missing_is_found_among_what_runs_over_pages(kind):
    blocks = [
        sample.text(HARD_TO_FOLLOW["lists in lists"], id=1),
        *(sample.records(rows=9, id=n) for n in range(2, 30)),
    ]
    page = report_html(sample.document_of(*blocks), for_pdf=True)
    with pikepdf.open(BytesIO(render_checked(sample.document_of(*blocks)).pdf)) as pdf:
        take_away(pdf, tree_of(pdf).of_kind(kind)[0].raw)
        changed = BytesIO()
        pdf.save(changed)

    named = words(check_file(changed.getvalue(), page))

    assert f"{'List' if kind == 'L' else 'Table'} " in named[0]
    assert named[0].endswith("in the tags, section 1") or named[0].endswith("from the tags, section 1")


def test_report_of_many_chapters_passes():
    faults = render_checked(sample.large_document(chapters=6)).faults

    # Its blocks share their ids, which WeasyPrint remarks on.
    assert [fault for fault in faults if not fault.is_conforming] == []
