import pytest

from partnership.filetypes import RefusedFile
from partnership.tests.sample_files import photo
from reports.richtext import clean, word_count
from reports.tests.word_sample import (
    BULLETS,
    CHAPTERS,
    NAMES,
    NUMBERS,
    OTHER_NUMBERS,
    cell,
    drawing,
    h1,
    h2,
    item,
    link,
    note,
    notes,
    p,
    rels,
    row,
    run,
    table,
    text_box,
    word_file,
)
from reports.word.document import LONGEST_TEXT, NO_TEXT, numbered_title, read_document
from reports.word.outline import Loss, from_json, to_json

FIGURE = '<figure><img data-image="1" alt="A bar chart"></figure>'
PICTURE = {"image": ("image", "media/image1.png")}


def read(*blocks, **more):
    return read_document(word_file(*blocks, **more))


def text(*blocks, **more):
    """The text of the one section that these blocks make below its heading."""
    (section,) = read(h1("Chapter"), *blocks, **more).sections
    return "\n".join(section.texts)


def lost(*blocks, **more):
    return [(each.loss, each.where, each.words) for each in read(h1("Chapter"), *blocks, **more).lost]


def test_headings_of_two_levels_make_sections_and_deeper_ones_stay_in_the_text():
    outline = read(
        h1("Foreword"),
        p("Dear reader"),
        p("4 Quality", style="OurChapter"),
        h2("4.1 Child exploitation"),
        p("What we did", style="Heading3"),
        p("Words"),
    )

    assert [(section.number, section.title, section.level, section.texts) for section in outline.sections] == [
        ("", "Foreword", 1, ("<p>Dear reader</p>",)),
        ("4", "Quality", 1, ()),
        ("4.1", "Child exploitation", 2, ("<h3>What we did</h3>\n<p>Words</p>",)),
    ]
    assert outline.lost == ()


@pytest.mark.parametrize(
    ("title", "label", "expected"),
    [
        ("4.1 Child exploitation", "", ("4.1", "Child exploitation")),
        ("4.1. Child exploitation", "", ("4.1", "Child exploitation")),
        ("3) Neglect", "", ("3", "Neglect")),
        ("2022/23 in numbers", "", ("", "2022/23 in numbers")),
        ("2023 in numbers", "", ("", "2023 in numbers")),
        ("4.1", "", ("", "4.1")),
        ("Neglect", "3.2.", ("3.2", "Neglect")),
        ("Standing orders", "Appendix A", ("", "Appendix A Standing orders")),
        ("Neglect", "", ("", "Neglect")),
    ],
)
def test_number_of_a_heading_is_told_from_its_words(title, label, expected):
    assert numbered_title(title, label) == expected


def test_numbers_that_word_counts_are_counted():
    def chapter(title, depth):
        numbering = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{CHAPTERS}"/></w:numPr>'
        return p(title, style="Heading2" if depth else "berschrift1", properties=numbering)

    outline = read(*(chapter(*each) for each in (("A", 0), ("B", 1), ("C", 1), ("D", 0), ("E", 1))), p("Words"))

    assert [str(section) for section in outline.sections] == ["1 A", "1.1 B", "1.2 C", "2 D", "2.1 E"]


def test_what_stands_before_the_first_heading_has_a_section_and_cover_and_contents_go():
    outline = read(
        p("Annual report 2022/23", style="Title"),
        p(""),
        p("To our readers"),
        p("Contents", style="TOCHeading"),
        p("Neglect 3", style="TOC1"),
        h1("Neglect"),
        p("Words"),
    )

    assert [(section.title, section.texts) for section in outline.sections] == [
        ("Opening pages", ("<p>To our readers</p>",)),
        ("Neglect", ("<p>Words</p>",)),
    ]
    assert [(each.loss, each.where, each.words, each.count) for each in outline.lost] == [
        (Loss.COVER, "", "Annual report 2022/23", 1),
        (Loss.CONTENTS, "", "", 2),
    ]


@pytest.mark.parametrize(("gallery", "loss"), [("Table of Contents", Loss.CONTENTS), ("Cover Pages", Loss.COVER)])
def test_parts_that_word_makes_are_left_out(gallery, loss):
    made = f'<w:sdtPr><w:docPartObj><w:docPartGallery w:val="{gallery}"/></w:docPartObj></w:sdtPr>'
    outline = read(f"<w:sdt>{made}<w:sdtContent>{p('Neglect 3')}</w:sdtContent></w:sdt>", h1("Neglect"), p("Words"))

    assert [section.title for section in outline.sections] == ["Neglect"]
    assert [each.loss for each in outline.lost] == [loss]


def test_headings_without_a_chapter_before_them_are_chapters():
    outline = read(p("To our readers"), h2("Neglect"), p("Words"), h2("Early help"), p("Words"))

    assert [(section.title, section.level) for section in outline.sections] == [
        ("Opening pages", 1),
        ("Neglect", 1),
        ("Early help", 1),
    ]


def test_heading_above_the_contents_goes_with_them():
    outline = read(h1("Contents"), p("Neglect 3", style="TOC1"), h1("Neglect"), p("Words"))

    assert [section.title for section in outline.sections] == ["Neglect"]


def test_words_keep_what_they_are_and_lose_how_they_look():
    relations = {"link": ("hyperlink", "https://example.org/?a=1&b=2"), "file": ("hyperlink", "file:///C:/x.docx")}
    paragraph = p(
        run("Bold", "<w:b/>"),
        run(" not", '<w:b w:val="0"/>'),
        " ",
        run("slanted", '<w:i/><w:color w:val="FF0000"/><w:lang w:val="en-US"/>'),
        run(" diolch", '<w:lang w:val="cy-GB"/>'),
        "<w:r><w:tab/><w:t>one</w:t><w:br/><w:t>two</w:t><w:noBreakHyphen/><w:t>three </w:t></w:r>",
        link("link", "link"),
        run(" <b>&"),
        link(" file", "file"),
    )

    assert text(paragraph, relations=relations) == (
        '<p><strong>Bold</strong> not <em>slanted</em><span lang="cy-GB"> diolch</span> one<br>two‑three '
        '<a href="https://example.org/?a=1&amp;b=2">link</a> &lt;b&gt;&amp; file</p>'
    )
    assert lost(paragraph, relations=relations) == [(Loss.LINK, "Chapter", "file")]


def test_address_of_a_field_is_a_link():
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://example.org/"</w:instrText>'
        '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>here</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )

    assert text(p(field, " and on")) == '<p><a href="https://example.org/">here</a> and on</p>'


def test_lists_go_two_deep_and_what_is_deeper_joins_the_second_level():
    blocks = [item("one"), item("two", depth=1), item("three", depth=2), item("four"), p("End")]

    assert text(*blocks) == "<ul><li>one<ul><li>two</li><li>three</li></ul></li><li>four</li></ul>\n<p>End</p>"
    assert lost(*blocks) == [(Loss.LIST_LEVEL, "Chapter", "three")]


def test_list_by_the_name_of_its_style_is_as_deep_as_it_says():
    assert text(item("one"), p("two", style="ListBullet2")) == "<ul><li>one<ul><li>two</li></ul></li></ul>"


def test_numbered_lists_stand_apart_and_one_that_goes_on_says_so():
    first, second = item("a", list_id=NUMBERS), item("b", list_id=NUMBERS)

    assert text(first, second, item("x", list_id=OTHER_NUMBERS), item("•")) == (
        "<ol><li>a</li><li>b</li></ol>\n<ol><li>x</li></ol>\n<ul><li>•</li></ul>"
    )
    assert lost(first, second) == []
    assert lost(first, p("Between"), second) == [(Loss.LIST_NUMBERS, "Chapter", "b")]


def test_table_keeps_header_cells_and_merged_cells():
    blocks = table(
        row("Agency", cell("People", span=2), is_header=True),
        row(cell("Police", merge="restart"), "1", "2"),
        row(cell("", merge="continue"), cell(p("3"), item("x"))),
    )

    assert text(blocks) == (
        '<table><thead><tr><th scope="col">Agency</th><th scope="col" colspan="2">People</th></tr></thead>'
        '<tbody><tr><td rowspan="2">Police</td><td>1</td><td>2</td></tr>'
        "<tr><td>3<ul><li>x</li></ul></td></tr></tbody></table>"
    )
    assert lost(blocks) == []


@pytest.mark.parametrize(("look", "tag", "losses"), [("0020", "th", []), ("0000", "td", [Loss.HEADER_CELLS])])
def test_first_row_is_the_head_if_the_table_looks_so(look, tag, losses):
    blocks = table(row("Agency"), row("Police"), look=look)

    assert f"{tag}" in text(blocks).split("Agency")[0]
    assert ("<th" in text(blocks)) == (tag == "th")
    assert [loss for loss, _, _ in lost(blocks)] == losses


def test_words_of_a_table_in_a_table_and_of_a_frame_are_kept_once():
    nested = table(row("A", cell(table(row("B"), row("C")))), row("D", "E"), look="0020")
    framed = table(row(cell(p("In a frame"), item("point"))))

    assert text(nested).count("<table>") == 1
    assert [text(nested).count(f"{letter}<") for letter in "ABCDE"] == [1, 1, 1, 1, 1]
    assert text(framed) == "<p>In a frame</p>\n<ul><li>point</li></ul>"
    assert [loss for loss, _, _ in lost(nested, framed)] == [Loss.NESTED_TABLE, Loss.FRAME]


def test_notes_stand_where_they_are_made_and_write_their_links_out():
    parts = {
        "word/footnotes.xml": notes("First note"),
        "word/endnotes.xml": notes("At the end", kind="endnote"),
    }
    relations = {"f": ("footnotes", "footnotes.xml"), "e": ("endnotes", "endnotes.xml")}
    blocks = [p("One", note(1), " two", note(1, "endnote"), note(9))]

    assert text(*blocks, parts=parts, relations=relations) == (
        '<p>One<span data-note="First note"></span> two<span data-note="At the end"></span></p>'
    )


def test_note_of_a_heading_stands_in_its_first_paragraph():
    outline = read(
        h1("Chapter", note(1)),
        p("Words"),
        parts={"word/footnotes.xml": notes("Say so")},
        relations={"f": ("footnotes", "footnotes.xml")},
    )

    (section,) = outline.sections
    assert (section.title, section.texts) == ("Chapter", ('<p>Words<span data-note="Say so"></span></p>',))


def test_address_of_a_link_in_a_note_stands_in_its_words():
    linked = f"<w:footnotes {NAMES}><w:footnote w:id='1'>{p(link('guidance', 'g'))}</w:footnote></w:footnotes>"
    parts = {
        "word/footnotes.xml": linked,
        "word/_rels/footnotes.xml.rels": rels({"g": ("hyperlink", "https://example.org/")}),
    }

    assert text(p("One", note(1)), parts=parts, relations={"f": ("footnotes", "footnotes.xml")}) == (
        '<p>One<span data-note="guidance (https://example.org/)"></span></p>'
    )


def test_words_of_a_text_box_in_a_note_stand_once():
    boxed = f"<w:footnotes {NAMES}><w:footnote w:id='1'>{p('Note', text_box(p('boxed')))}</w:footnote></w:footnotes>"
    more = {"parts": {"word/footnotes.xml": boxed}, "relations": {"f": ("footnotes", "footnotes.xml")}}

    assert text(p("One", note(1)), **more) == '<p>One<span data-note="Note boxed"></span></p>'
    assert Loss.IN_NOTE in [loss for loss, _, _ in lost(p("One", note(1)), **more)]


def test_quotes_are_quotes():
    assert text(p("We were heard.", style="Quote"), p("Words")) == clean(
        "<blockquote><p>We were heard.</p></blockquote><p>Words</p>"
    )


def test_picture_comes_with_its_words_and_caption_and_the_same_one_is_kept_once():
    blocks = [p("Words ", drawing()), p("Figure 1: Growth", style="Caption"), p(drawing())]
    parts = {"word/media/image1.png": photo(format="PNG")}

    outline = read(h1("Chapter"), *blocks, parts=parts, relations=PICTURE)

    assert [picture.name for picture in outline.pictures] == ["image1.png"]
    assert outline.sections[0].texts == (
        clean(f"<p>Words</p>{FIGURE[:-9]}<figcaption>Figure 1: Growth</figcaption></figure>{FIGURE}"),
    )
    assert outline.lost == ()


def test_what_only_the_elder_form_of_a_drawing_shows_is_taken_from_it():
    ink = drawing().replace("<w:r>", "").replace("</w:r>", "")
    alternatives = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wpi"><w:drawing/></mc:Choice>'
        f"<mc:Fallback>{ink}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    parts = {"word/media/image1.png": photo(format="PNG")}

    assert text(p("Words", alternatives), parts=parts, relations=PICTURE) == f"<p>Words</p>\n{FIGURE}"


@pytest.mark.parametrize(
    ("picture", "content", "loss"),
    [
        (drawing(alternative=""), photo(format="PNG"), Loss.ALTERNATIVE_TEXT),
        (drawing(), b"\x01\x00\x00\x00 EMF", Loss.PICTURE),
        (drawing(), b"\x89PNG\r\n\x1a\n and no more", Loss.PICTURE),
    ],
)
def test_what_a_picture_lacks_is_said(picture, content, loss):
    outline = read(h1("A"), p("Words", picture), parts={"word/media/image1.png": content}, relations=PICTURE)

    assert [each.loss for each in outline.lost] == [loss]
    assert len(outline.pictures) == (loss == Loss.ALTERNATIVE_TEXT)


def test_picture_outside_the_file_is_not_fetched_and_said():
    relations = {"image": ("image", "https://example.org/x.png")}

    assert lost(p("Words", drawing(target="link")), relations=relations) == [
        (Loss.LINKED_PICTURE, "Chapter", "A bar chart")
    ]


def test_template_outside_the_file_is_said():
    template = rels({"t": ("attachedTemplate", "https://example.org/t.dotx")})
    parts = {"word/settings.xml": "<x/>", "word/_rels/settings.xml.rels": template}

    assert lost(p("Words"), parts=parts, relations={"s": ("settings", "settings.xml")}) == [
        (Loss.OUTSIDE, "", "https://example.org/t.dotx")
    ]


def test_words_of_a_text_box_stand_once_after_its_paragraph():
    blocks = [p("Before", text_box(p("In the box"), item("point"))), p("After")]

    assert text(*blocks) == "<p>Before</p>\n<p>In the box</p>\n<ul><li>point</li></ul>\n<p>After</p>"
    assert lost(*blocks) == [(Loss.TEXT_BOX, "Chapter", "In the boxpoint")]


def test_tracked_changes_are_taken_as_accepted():
    paragraph = p(
        run("We "),
        f'<w:del w:id="1">{run("shall").replace("w:t>", "w:delText>").replace("w:t ", "w:delText ")}</w:del>',
        f'<w:ins w:id="2">{run("will")}</w:ins>',
    )

    assert text(paragraph) == "<p>We will</p>"
    assert [loss for loss, _, _ in lost(paragraph)] == [Loss.TRACKED]


@pytest.mark.parametrize(
    ("content", "html", "loss"),
    [
        (run(" secret", "<w:vanish/>"), "<p>Words</p>", Loss.HIDDEN),
        (run(" gone", "<w:strike/>"), "<p>Words gone</p>", Loss.STRUCK),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "<p>Words</p>", Loss.SYMBOL),
        ("<m:oMath><m:r><m:t> x=1</m:t></m:r></m:oMath>", "<p>Words x=1</p>", Loss.FORMULA),
        (f'<w:hyperlink w:anchor="x">{run(" there")}</w:hyperlink>', "<p>Words there</p>", Loss.CROSS_REFERENCE),
        ("<w:r><w:drawing><c:chart/></w:drawing></w:r>", "<p>Words</p>", Loss.CHART),
        ('<w:r><w:commentReference w:id="1"/></w:r>', "<p>Words</p>", Loss.COMMENT),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_said_with_its_place(content, html, loss):
    paragraph = p("Words", content)

    assert text(paragraph) == html
    assert [(each, where) for each, where, _ in lost(paragraph)] == [(loss, "Chapter")]


def test_words_of_headers_are_said_to_be_lost():
    parts = {"word/header1.xml": f"<w:hdr {NAMES}>{p('Official')}</w:hdr>"}

    assert lost(p("Words"), parts=parts, relations={"h": ("header", "header1.xml")}) == [(Loss.HEADERS, "", "Official")]


def test_heading_that_is_too_long_is_a_paragraph():
    long = "words " * 40

    assert text(p("Start"), h1(long)) == f"<p>Start</p>\n<h3>{long.strip()}</h3>"
    assert [loss for loss, _, _ in lost(h1(long))] == [Loss.LONG_HEADING]


def test_long_section_is_cut_between_paragraphs_into_texts_that_fit():
    paragraph = "Twenty characters. " * 500
    outline = read(h1("Chapter"), *[p(f"{number} {paragraph}") for number in range(12)])

    texts = outline.sections[0].texts
    assert len(texts) == 3
    assert sum(text.count("<p>") for text in texts) == 12
    assert all(len(text) <= LONGEST_TEXT + 100 for text in texts)
    assert outline.sections[0].words == sum(map(word_count, texts)) == 12 * 1001


@pytest.mark.parametrize(
    ("block", "said"),
    [
        (p("x" * 2_000), "There is a word of 2,000 characters in “Chapter”."),
        (p("x" * 1_000_000), "One paragraph, list or table in “Chapter” is too long"),
        (p("x", note(1)), "There is a word of 3,000 characters in “Chapter”."),
        (p("words " * 10_000), "One paragraph, list or table in “Chapter” is too long"),
        (table(*[row("a", "b")] * 3_000), "One paragraph, list or table in “Chapter” is too long"),
    ],
    ids=["word", "huge word", "note", "paragraph", "table"],
)
def test_what_no_text_can_hold_is_refused_with_its_place(block, said):
    parts = {"word/footnotes.xml": notes("x" * 3_000)}

    with pytest.raises(RefusedFile) as refusal:
        read(h1("Chapter"), block, parts=parts, relations={"f": ("footnotes", "footnotes.xml")})

    assert str(refusal.value).startswith(said)


def test_file_without_words_is_refused():
    with pytest.raises(RefusedFile) as refusal:
        read(p(""))

    assert str(refusal.value) == NO_TEXT


def test_tables_within_tables_as_deep_as_a_file_can_hold_them_are_read():
    nested = "Words"
    for _ in range(60):
        nested = table(row(cell(nested, "x"), "y"), row("z", "z"))

    assert text(nested).count("Words") == 1


def test_marks_that_nobody_sees_are_gone():
    assert text(p("a\u200bb\u202ec 👪")) == "<p>abc 👪</p>"


def test_outline_survives_being_kept():
    outline = read(
        h1("A"),
        p("Words", drawing(alternative="")),
        parts={"word/media/image1.png": photo(format="PNG")},
        relations=PICTURE,
    )

    assert from_json(to_json(outline)) == outline


def test_section_says_what_it_holds():
    tables = table(row("A", is_header=True), row("B"))
    outline = read(
        h1("A"), item("one"), p("Between"), item("two"), tables, p("Heard", style="Quote"), h1("B"), p("C"), h1("D")
    )

    assert [section.holds for section in outline.sections] == ["2 lists, 1 table, 1 quote", "Text", "Only its heading"]


def test_years_that_the_file_names_are_found():
    outline = read(
        h1("Report 2022/23"), p("In 2022-23 and 2023/24, 2022/29 not, 2021/2022 so."), item("x", list_id=BULLETS)
    )

    assert list(outline.years_named()) == [2022, 2022, 2023, 2021]
