import pytest
from django.urls import reverse

from partnership.tests.factories import make_alice, make_bob
from reports.assemble import assemble
from reports.choices import Kind
from reports.content import QuotationContent
from reports.document import ExplainedTerm
from reports.publishing import findings_of
from reports.tests.factories import make_block, make_report, make_section, make_term, read_new


@pytest.fixture
def report(db):
    return make_report()


def make_glossary(report):
    return make_block(make_section(report, number="9", title="Words"), Kind.GLOSSARY)


def glossary(report):
    (block,) = assemble(report).sections[-1].blocks
    return block


def messages(report):
    return [(each.section, each.block_id, each.message) for each in assemble(report).problems]


def test_terms_that_the_report_uses_stand_in_the_order_of_the_alphabet(report):
    for abbreviation in ("MACE", "DfE", "CDOP", "ICB", "DHR"):
        make_term(abbreviation, f"The {abbreviation}")
    section = make_section(report, title="The CDOP")
    make_block(section, body="<p>ICBs and dhr.</p>")
    make_block(section, Kind.QUOTES, quotations=(QuotationContent("DfE asked.", "A head"),))
    make_glossary(report)

    assert glossary(report).terms == (
        ExplainedTerm(abbreviation="CDOP", meaning="The CDOP"),
        ExplainedTerm(abbreviation="DfE", meaning="The DfE"),
        ExplainedTerm(abbreviation="ICB", meaning="The ICB"),
    )


def test_what_the_glossary_itself_says_is_no_use_of_a_term(report):
    make_term("MACE", "A panel of the SSCB")
    make_term("SSCB", "The board")
    make_block(make_section(report), body="<p>MACE</p>")
    make_glossary(report)

    assert [term.abbreviation for term in glossary(report).terms] == ["MACE"]


def test_an_abbreviation_explained_nowhere_is_a_problem_where_it_is_used_first(report):
    make_term("MACE")
    make_block(make_section(report, number="1", title="One"), body="<p>MACE, and child death overview panel (CDOP)</p>")
    used = make_block(make_section(report, number="2", title="Two"), body="<p>The MASH met. CDOP met.</p>")
    make_block(make_section(report, number="3", title="Three"), body="<p>MASHs</p>")
    make_glossary(report)

    assert messages(report) == [("2 Two", used.pk, "MASH is not explained in the glossary.")]


def test_a_report_without_a_glossary_promises_no_explanation(report):
    make_block(make_section(report), body="<p>MASH</p>")

    assert messages(report) == []


def test_a_report_without_abbreviations_says_so(db):
    block = read_new(Kind.GLOSSARY)

    assert (block.intro, block.terms) == ("This report uses no abbreviation that the glossary explains.", ())


def test_the_page_of_a_file_leads_to_the_block(report):
    used = make_block(make_section(report, number="1", title="One"), body="<p>MASH</p>")
    make_glossary(report)

    (finding,) = findings_of(assemble(report), (), is_draft=True)

    assert (finding.words, finding.section, finding.block) == (
        "MASH is not explained in the glossary, section 1 One",
        used.section_id,
        used.pk,
    )


def test_the_board_explains_it_from_the_sections_page(client, report):
    block = make_block(make_section(report), body="<p>The S&amp;A met.</p>")
    make_glossary(report)
    address = f"{reverse('reports:term-add')}?abbreviation=S%26A"

    client.force_login(make_alice())
    assert address in client.get(reverse("reports:section-detail", args=[block.section_id])).content.decode()
    assert 'value="S&amp;A"' in client.get(address).content.decode()

    client.force_login(make_bob())
    assert address not in client.get(reverse("reports:section-detail", args=[block.section_id])).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_is_the_same_for_every_size(report, django_assert_num_queries, count):
    for number in range(count):
        make_term(f"MACE{number}")
        make_block(make_section(report, number=f"{number}"), body=f"<p>MACE{number} and MASH{number}</p>")
    make_glossary(report)
    make_block(make_section(report, number="8"), Kind.SOURCES)

    with django_assert_num_queries(25):
        document = assemble(report)

    assert len(document.problems) == count
