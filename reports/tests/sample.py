"""A small report with every kind of block, made without records, for the tests of rendering and checks."""

from dataclasses import replace
from itertools import count

from priorities.figurebook import Figure
from reports import document
from reports.document import (
    Block,
    CaseStudyBlock,
    ChartBlock,
    CoveredItem,
    Document,
    ExplainedTerm,
    GlossaryBlock,
    KeyFigure,
    KeyFiguresBlock,
    ListBlock,
    MeasureRow,
    MeasureTableBlock,
    Note,
    Place,
    PointList,
    Quote,
    QuotesBlock,
    RecordsBlock,
    SaidAndDid,
    SaidAndDidBlock,
    Section,
    Series,
    Signature,
    SignaturesBlock,
    Source,
    SourcesBlock,
    StatutoryCoverageBlock,
    Table,
    TableRow,
    TextBlock,
    Voice,
    VoiceBlock,
    WhereAnswered,
)

PARAGRAPH = (
    "<p>Partners met each month and looked at what had changed for children since the last meeting. Where nothing had "
    "changed, they asked why, and who would act. The record of those questions is part of this report.</p>"
)
STANDING_LISTS = {
    "deliverables": ("Key deliverables", "A needs analysis that the new strategy is built on"),
    "difference": ("What difference have we made?", "Risk is falling for most children who were discussed"),
    "barriers": ("Barriers and challenges", "Children’s own words are still missing from many safety plans"),
    "focus": ("Focus for next year", "A full review of the panels, with children and practitioners"),
}


def sample_document(**changes: object) -> Document:
    """The sample, with any of the Document's fields changed."""
    return replace(_document(_sections()), **changes)


def document_of(*blocks: Block, **changes: object) -> Document:
    """A report with one chapter that holds these blocks; `changes` are the chapter's."""
    return _document((replace(_section("1", "Chapter", 1, *blocks), **changes),))


def large_document(chapters: int) -> Document:
    """A report of so many chapters, each with a sub-section: about four pages a chapter."""
    ids = count(1000)
    sections = []
    for number in range(1, chapters + 1):
        prose = tuple(text(PARAGRAPH * 3, heading=f"Theme {part}", id=next(ids)) for part in (1, 2, 3))
        lists = tuple(standing_list(kind, id=next(ids)) for kind in STANDING_LISTS)
        chapter = _section(str(number), f"Chapter number {number}", 1, *prose, chart(id=next(ids)))
        below = _section(f"{number}.1", f"Part of chapter {number}", 2, *prose, *lists, measures_table(id=next(ids)))
        sections += [chapter, below]
    return _document(tuple(sections))


def text(html: str = PARAGRAPH, *, heading: str = "", level: int = 3, id: int = 1) -> TextBlock:
    return TextBlock(id=id, heading=heading, heading_level=level, html=html)


def standing_list(kind: str = "focus", *, items: int = 3, level: int = 3, id: int = 2, intro: str = "") -> ListBlock:
    heading, item = STANDING_LISTS[kind]
    return ListBlock(
        id=id, kind=kind, heading=heading, heading_level=level, intro_html=intro, items=(f"{item}.",) * items
    )


def said_and_did(*, level: int = 3, id: int = 10) -> SaidAndDidBlock:
    """Two points of last year, the second of which nobody has answered."""
    return SaidAndDidBlock(
        id=id,
        heading="What we said, what we did",
        heading_level=level,
        intro_html="",
        points=(
            SaidAndDid(
                said="<strong>Review</strong> the panels.", did="Done in May, with <strong>young people</strong>."
            ),
            SaidAndDid(said="Audit the plans.", did=""),
        ),
    )


def measures_table(*, rows: int = 2, level: int = 3, id: int = 3) -> MeasureTableBlock:
    row = MeasureRow(
        name="Children discussed at exploitation panels",
        value="610",
        previous="around 508 (May 2021 to April 2022)",
        change="Rise of 20%",
        comparators="England: not published",
        period="May 2022 to April 2023",
        area="Staffordshire",
    )
    return MeasureTableBlock(id=id, heading="Measures", heading_level=level, caption="Measures", rows=(row,) * rows)


def key_figures(*, level: int = 3, id: int = 18) -> KeyFiguresBlock:
    return KeyFiguresBlock(
        id=id,
        heading="The year at a glance",
        heading_level=level,
        figures=(
            KeyFigure(text="610", words="children discussed", scope="May 2022 to April 2023, Staffordshire"),
            KeyFigure(text="around 20%", words="more than the year before", scope="2022/23, Staffordshire"),
            KeyFigure(text="two-thirds", words="of plans", scope="2022/23, Staffordshire"),
        ),
    )


def chart(*, form: str = "bar", level: int = 3, id: int = 4, **changes: object) -> ChartBlock:
    block = ChartBlock(
        id=id,
        heading="Assessments of neglect",
        heading_level=level,
        caption="Graded care profile assessments recorded",
        form=form,
        unit="assessments",
        category_name="Period",
        categories=("2020/21", "2021/22", "2022/23"),
        series=(Series(name="Assessments", values=(None, 71, 207), texts=("not available", "71", "207")),),
        alt="Bar chart. Graded care profile assessments recorded. 2020/21: not available; 2021/22: 71; 2022/23: 207.",
        note="The tool came into use in April 2021.",
        total="",
    )
    return replace(block, **changes)


def quotes(*, level: int = 3, id: int = 5) -> QuotesBlock:
    return QuotesBlock(
        id=id,
        heading="What practitioners told us",
        heading_level=level,
        quotes=(
            Quote(text="I now start from what a day is like for the child.", attribution="A health visitor"),
            Quote(text="Parents can see what we mean, and so can we.", attribution=""),
        ),
    )


def case_study(*, level: int = 3, id: int = 6) -> CaseStudyBlock:
    return CaseStudyBlock(
        id=id,
        heading="A mentor who had been there",
        heading_level=level,
        html=PARAGRAPH + "<ul><li>a place on a course</li><li>a team to play for</li></ul>",
        source="Commissioned service, shared with consent",
    )


def records(*, rows: int = 3, is_prose: bool = False, level: int = 3, id: int = 8) -> RecordsBlock:
    """A table of so many rows, each second one below the one above it, then a list."""
    return RecordsBlock(
        id=id,
        heading="Reviews",
        heading_level=level,
        intro="Two themes recurred.",
        tables=(
            Table(
                caption="Reviews in 2022/23",
                heads=("Reviews", "Number", "Share"),
                rows=tuple(
                    TableRow(
                        head=f"Reviews of kind {row}", detail="Of one area.", cells=("6", ""), is_below=bool(row % 2)
                    )
                    for row in range(rows)
                ),
                is_prose=is_prose,
            ),
        ),
        lists=(PointList(title="What the panel put first", points=("Safer sleep", "Asthma & allergies")),),
        note="Dates are illustrative.",
    )


def voices(*, level: int = 3, id: int = 9) -> VoiceBlock:
    heard = Voice(
        title="What helps",
        who="Children and young people. Group or forum. Number taking part: 14",
        said="Somebody who stays.\n\nSomebody who listens.",
        quotes=(Quote(text="Just <one> person.", attribution="A young person"),),
        changed="A key worker stays for a year.",
    )
    return VoiceBlock(
        id=id,
        heading="What we heard",
        heading_level=level,
        voices=(heard, replace(heard, title="School", quotes=(), changed="")),
        intro="",
    )


def statutory_coverage(*, level: int = 3, id: int = 36) -> StatutoryCoverageBlock:
    """An item that a section answers, and one that none does."""
    answered = CoveredItem(
        code="M1",
        title="What the partners did",
        asks="What was done under the arrangements.",
        duty="Must",
        answers=(WhereAnswered(anchor="section-1", words="1 Neglect", evidence="How <many> families were helped."),),
    )
    unanswered = CoveredItem(code="A5", title="Scrutiny", asks="What it observed.", duty="Should", answers=())
    return StatutoryCoverageBlock(
        id=id,
        heading="Statutory guidance",
        heading_level=level,
        intro="The guidance says what a report must contain.",
        caption="What the guidance asks",
        rows=(answered, unanswered),
    )


def sources(*, rows: int = 2, level: int = 3, id: int = 35) -> SourcesBlock:
    source = Source(
        measure="Children discussed at exploitation panels",
        texts=("610 children", "20% (change in per cent)"),
        period="May 2022 to April 2023",
        area="Staffordshire",
        source="Police return",
        as_at="30 April 2023",
        places=(Place(anchor="section-1", number="1", title="Neglect"),),
    )
    return SourcesBlock(
        id=id, heading="", heading_level=level, intro="Each figure is kept once.", sources=(source,) * rows
    )


def glossary(*, level: int = 3, id: int = 37) -> GlossaryBlock:
    """Three terms, the last of which is too long to stand beside its meaning."""
    terms = (
        ("KCSiE", "Keeping children safe in education"),
        ("MACE", "multi-agency child exploitation"),
        ("NHS ENGLAND", "the body that leads the National Health Service"),
    )
    return GlossaryBlock(
        id=id,
        heading="Words we use",
        heading_level=level,
        intro="",
        terms=tuple(ExplainedTerm(abbreviation=term, meaning=meaning) for term, meaning in terms),
    )


def signatures(*, level: int = 3, id: int = 7) -> SignaturesBlock:
    return SignaturesBlock(
        id=id,
        heading="Signed by the partners",
        heading_level=level,
        signatures=(
            Signature(
                name="Robin Example",
                post="Director for Children and Families",
                agency="Staffordshire County Council",
                signed_on="12 March 2024",
            ),
            Signature(
                name="سارة الأحمد",
                post="Chief Nursing and Therapies Officer",
                agency="Staffordshire and Stoke-on-Trent Integrated Care Board",
                signed_on="",
            ),
        ),
    )


def note(number: int, *, section: str = "section-1") -> Note:
    return Note(
        id=f"{section}-note-{number}",
        number=number,
        html=f'Source {number}: <a href="https://www.example.org/{number}">the published guidance</a>.',
    )


def reference(to: Note) -> str:
    """The reference to a note, as assembling writes it."""
    return (
        f'<sup class="note-ref"><a id="{to.id}-ref" href="#{to.id}" role="doc-noteref" '
        f'aria-label="Note {to.number}">{to.number}</a></sup>'
    )


def _document(sections: tuple[Section, ...]) -> Document:
    return Document(
        format=document.FORMAT,
        title="Annual report",
        partnership="Staffordshire Safeguarding Children Board",
        short_name="SSCB",
        area="Staffordshire",
        year="2022-23",
        year_label="2022/23",
        period="1 April 2022 to 31 March 2023",
        status="Final draft",
        language="en-GB",
        accent="#1d4f76",
        sections=sections,
        figures=(
            Figure(
                code="MACE_CHILDREN",
                name="Children discussed at exploitation panels",
                show="value",
                text="610",
                period_code="mace-2022-23",
                period="May 2022 to April 2023",
                area="Staffordshire",
                source="Police return",
                as_at="30 April 2023",
            ),
        ),
    )


def _section(number: str, title: str, level: int, *blocks: Block, notes: tuple[Note, ...] = ()) -> Section:
    anchor = f"section-{number.replace('.', '-')}" if number else title.lower()
    return Section(
        id=sum(ord(letter) for letter in anchor),
        anchor=anchor,
        number=number,
        title=title,
        level=level,
        owner="Staffordshire County Council",
        blocks=blocks,
        notes=notes,
    )


def _sections() -> tuple[Section, ...]:
    first, second = note(1), note(2)
    figure = '<span class="figure" data-figure="MACE_CHILDREN">610</span>'
    noted = (
        f"<p>Guidance asks us to publish this report.{reference(first)} It covers {figure} children, and it says what "
        f"we cannot yet show.{reference(second)}</p>"
        "<h3>How we know</h3><ul><li>audits</li><li>what families say</li></ul>"
    )
    return (
        _section("", "Foreword", 1, text(), signatures(id=11)),
        _section("1", "Neglect", 1, text(noted, id=12), chart(id=13), notes=(first, second)),
        _section(
            "1.1",
            "Our strategic approach to children under one, and to what their families need from us",
            2,
            text(heading="What we found", level=4, id=14),
            measures_table(level=4, id=15),
            quotes(level=4, id=16),
        ),
        _section(
            "2",
            "Quality assurance",
            1,
            said_and_did(id=19),
            *(standing_list(kind, id=20 + place) for place, kind in enumerate(STANDING_LISTS)),
            case_study(id=30),
            records(id=32),
            voices(id=33),
            statutory_coverage(id=36),
        ),
        _section("3", "Summary", 1, key_figures(id=34), text(id=31), sources(), glossary()),
    )
