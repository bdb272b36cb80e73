"""What prose becomes in the report: cross-references, pictures, and what is said of those that lead nowhere."""

from dataclasses import replace

from reports.assemble import assemble
from reports.choices import Kind
from reports.models import Block, ReportImage
from reports.rendering.html import report_html, section_body
from reports.tests.factories import make_block, make_report, make_section
from reports.tests.test_images import drawing, file_of, keep

PICTURE = '<figure><img data-image="{}" alt="{}"><figcaption>By children</figcaption></figure>'


def read(section):
    """The prose of the section's last block and the problems of the report."""
    document = assemble(section.report)
    written = next(each for each in document.sections if each.id == section.pk)
    return written.blocks[-1].html, [problem.message for problem in document.problems]


def test_a_cross_reference_becomes_words_and_a_link_inside_the_report(db):
    section = make_section(number="4.1")
    table = make_block(section, Kind.MEASURES_TABLE, heading="Figures")
    make_block(
        section,
        body=f'<p>See <span data-ref="section:{section.pk}"></span> and <span data-ref="block:{table.pk}"></span>.</p>',
    )

    assert read(section) == (
        '<p>See <a class="cross-reference" href="#section-4-1">section 4.1</a> and '
        f'<a class="cross-reference" href="#block-{table.pk}">the table “Figures” in section 4.1</a>.</p>',
        [],
    )


def test_a_cross_reference_follows_the_number_of_its_section(db):
    section = make_section(number="4.1")
    make_block(section, body=f'<p>See <span data-ref="section:{section.pk}"></span>.</p>')
    section.number = "5"
    section.save()

    assert read(section)[0] == '<p>See <a class="cross-reference" href="#section-5">section 5</a>.</p>'


def test_a_cross_reference_to_what_is_gone_is_named_as_a_problem(db):
    section = make_section()
    make_block(section, body='<p>See <span data-ref="section:999"></span>, <span data-ref="block:999"></span>.</p>')

    assert read(section) == (
        '<p>See <span class="figure--missing">[no such section]</span>, '
        '<span class="figure--missing">[no such chart or table]</span>.</p>',
        [
            "A cross-reference leads to a section that is not in the report.",
            "A cross-reference leads to a chart or table that is not in the report.",
        ],
    )


def test_a_picture_is_kept_in_the_document_by_its_digest(db):
    section = make_section()
    image = keep(file_of(drawing()), section.report)
    make_block(section, body=PICTURE.format(image.pk, "A wall"))

    document = assemble(section.report)

    assert [(each.id, each.digest, each.width, each.height) for each in document.images] == [
        (image.pk, image.digest, 300, 200)
    ]
    assert document.sections[0].blocks[0].html == (
        f'<figure><img data-image="{image.pk}" alt="A wall" width="300" height="200">'
        "<figcaption>By children</figcaption></figure>"
    )


def test_a_page_of_the_portal_finds_a_picture_at_its_address_and_a_file_has_it_inside(db):
    section = make_section()
    image = keep(file_of(drawing()), section.report)
    make_block(section, body=PICTURE.format(image.pk, "A wall"))
    document = assemble(section.report)

    page = section_body(document, document.sections[0])
    file = report_html(document, for_pdf=True)

    assert f'<img src="/images/{image.pk}/" alt="A wall" width="300" height="200">' in page
    assert file.count('<img src="data:image/png;base64,') == 1
    assert "data-image" not in file


def test_a_picture_without_alternative_text_and_one_that_is_gone_are_named_as_problems(db):
    section = make_section()
    image = keep(file_of(drawing()), section.report)
    make_block(section, body=PICTURE.format(image.pk, "") + "\n" + PICTURE.format(999, "A wall"))

    html, problems = read(section)

    assert '<span class="figure--missing">[no such picture] A wall</span>' in html
    assert problems == [
        "A picture has no alternative text: words for people who cannot see it.",
        "A picture is not among the report's pictures. Add it again.",
    ]


def test_a_part_by_itself_looks_in_the_whole_report_for_what_a_reference_leads_to(db):
    report = make_report()
    other = make_section(report, number="2")
    section = make_section(report, number="1")
    body = "".join(f'<p>See <span data-ref="section:{each.pk}"></span></p>' for each in (section, other))
    make_block(section, body=body)
    document = assemble(report)

    page = section_body(document, next(each for each in document.sections if each.id == section.pk))
    alone = report_html(replace(document, sections=document.sections[1:]), for_pdf=True)

    assert '<a class="cross-reference" href="#section-1">section 1</a>' in page
    assert '<a class="cross-reference" href="/reports/2022-23/preview/#section-2">section 2</a>' in page
    assert "<p>See section 2</p>" in alone


def test_words_that_look_like_a_picture_stay_words(db):
    section = make_section()
    make_block(section, body='<p>&lt;img data-image="1" alt=""&gt;</p>')

    page = section_body(document := assemble(section.report), document.sections[0])

    assert '<p>&lt;img data-image="1" alt=""&gt;</p>' in page


def test_texts_without_pictures_and_references_cost_no_query(db, django_assert_max_num_queries):
    make_block(make_section(make_report()), body="<p>Words</p>")
    assert ReportImage.objects.count() == 0
    report = Block.objects.get().section.report

    with django_assert_max_num_queries(29):
        assemble(report)
