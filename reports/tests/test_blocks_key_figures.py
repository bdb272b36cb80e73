import pytest
from django.urls import reverse

from partnership.tests.factories import make_alice, make_period
from priorities.tests.factories import make_measure, make_value
from reports import document
from reports.assemble import assemble
from reports.choices import Kind
from reports.comparison import Words
from reports.content import BlockContent, MeasureContent, content_of, text_of
from reports.models import Block
from reports.tests.factories import make_block, read_new


@pytest.fixture
def measure(db):
    measure = make_measure("MACE_CHILDREN", name="Children discussed at panels")
    make_value(measure, 508, period=make_period("2021-22"))
    make_value(measure, 610)
    return measure


def row(measure, **more):
    return MeasureContent(measure.pk, make_period().pk, **more)


def typed(block, *rows):
    prefix = f"block-{block.pk}"
    return {
        f"{prefix}-version": block.version,
        f"{prefix}-shows": "saved",
        f"{prefix}-whole": "1",
        f"{prefix}-heading": "At a glance",
        f"{prefix}-rows-TOTAL_FORMS": len(rows),
        f"{prefix}-rows-INITIAL_FORMS": 0,
        **{f"{prefix}-rows-{place}-{name}": value for place, row in enumerate(rows) for name, value in row.items()},
    }


def save(client, block, *rows):
    client.force_login(make_alice())
    return client.post(reverse("reports:section-edit", args=[block.section_id]), typed(block, *rows))


def test_report_shows_what_was_chosen_with_its_words_or_the_measures_name(measure):
    rows = (row(measure), row(measure, show="percent-change", words="more than the year before"))

    assert read_new(Kind.KEY_FIGURES, heading="At a glance", measures=rows).figures == (
        document.KeyFigure(text="610", words="Children discussed at panels", scope="2022/23, County"),
        document.KeyFigure(text="20%", words="more than the year before", scope="2022/23, County"),
    )


def test_figures_shown_are_among_those_of_the_report(measure):
    block = make_block(kind=Kind.KEY_FIGURES, measures=(row(measure), row(measure, show="change")))

    figures = assemble(block.section.report).figures

    assert [(figure.code, figure.show, figure.text) for figure in figures] == [
        ("MACE_CHILDREN", "value", "610"),
        ("MACE_CHILDREN", "change", "102"),
    ]


def test_a_small_number_of_people_stays_hidden(db):
    measure = make_measure("FEW_CHILDREN")
    make_value(measure, 3)

    [figure] = read_new(Kind.KEY_FIGURES, measures=(row(measure),)).figures

    assert figure.text == "hidden to protect people"


def test_a_figure_that_is_not_there_is_named_as_a_problem(measure):
    block = make_block(kind=Kind.KEY_FIGURES, measures=(row(measure, show="share", words="of all children"),))

    report = assemble(block.section.report)

    assert report.sections[0].blocks[0].figures == (
        document.KeyFigure(text="[no figure]", words="of all children", scope="2022/23"),
    )
    assert [(problem.block_id, problem.message) for problem in report.problems] == [
        (block.pk, "There is no share of Children discussed at panels for 2022/23.")
    ]


def test_figures_are_chosen_on_the_sections_page(client, measure):
    block = make_block(kind=Kind.KEY_FIGURES)
    chosen = {"measure_id": measure.pk, "period_id": make_period().pk, "show": "change", "words": "more"}

    save(client, block, chosen)

    block = Block.objects.get(pk=block.pk)
    assert content_of(block) == BlockContent(
        heading="At a glance", measures=(row(measure, show="change", words="more"),)
    )


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"show": "nonsense"}, "Select a valid choice. nonsense is not one of the available choices."),
        ({"words": "x" * 201}, "Ensure this value has at most 200 characters (it has 201)."),
        ({"measure_id": "-1"}, "Select a valid choice. -1 is not one of the available choices."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_saved(client, measure, wrong, message):
    block = make_block(kind=Kind.KEY_FIGURES)
    chosen = {"measure_id": measure.pk, "period_id": make_period().pk, "show": "value", "words": "children"}

    page = save(client, block, chosen | wrong)

    [editor] = page.context["editors"]
    assert editor.errors == {f"block-{block.pk}-rows-0-{next(iter(wrong))}": [message]}
    assert 'value="At a glance"' in page.content.decode()
    assert content_of(Block.objects.get(pk=block.pk)) == BlockContent()


def test_versions_name_what_is_shown_and_its_words(measure):
    content = BlockContent(measures=(row(measure), row(measure, show="share", words="of all children")))

    words = Words([content])

    assert [words.measure(each) for each in content.measures] == [
        "Children discussed at panels, 2022/23",
        "Children discussed at panels, 2022/23, share: of all children",
    ]
    assert text_of(content) == "of all children"
