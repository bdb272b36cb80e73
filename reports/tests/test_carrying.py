from datetime import date

import pytest

from partnership.choices import PeriodKind
from partnership.models import ReportingPeriod
from reports.carrying import YearsOn, carried_content, names_year, parts_of_next, said, years_later
from reports.choices import Kind
from reports.content import BlockContent, ItemContent, MeasureContent
from reports.tests.factories import make_block, make_section


def period(code, label, kind, starts_on, ends_on, pk):
    return ReportingPeriod(code=code, label=label, kind=kind, starts_on=starts_on, ends_on=ends_on, pk=pk)


def year(first, pk):
    code, label = f"{first}-{first % 100 + 1}", f"{first}/{first % 100 + 1}"
    return period(code, label, PeriodKind.FINANCIAL_YEAR, date(first, 4, 1), date(first + 1, 3, 31), pk)


BEFORE, OLD, NEW = year(2021, 1), year(2022, 2), year(2023, 3)
PANELS_BEFORE = period("may21", "May 2021 to April 2022", PeriodKind.CUSTOM, date(2021, 5, 1), date(2022, 4, 30), 4)
PANELS = period("may22", "May 2022 to April 2023", PeriodKind.CUSTOM, date(2022, 5, 1), date(2023, 4, 30), 5)
QUARTER = period("q4", "Quarter 4 2022/23", PeriodKind.QUARTER, date(2023, 1, 1), date(2023, 3, 31), 6)
QUARTER_AFTER = period("q4-after", "Quarter 4 2023/24", PeriodKind.QUARTER, date(2024, 1, 1), date(2024, 3, 31), 7)
PLAN = period("plan", "Business plan 2022 to 2025", PeriodKind.CUSTOM, date(2022, 4, 1), date(2025, 3, 31), 8)
AUTUMN = period("autumn-2021", "Autumn 2021", PeriodKind.CUSTOM, date(2021, 9, 1), date(2021, 11, 30), 9)
PERIODS = [BEFORE, OLD, NEW, PANELS_BEFORE, PANELS, QUARTER, QUARTER_AFTER, PLAN, AUTUMN]


def years_on():
    return YearsOn(OLD, NEW, PERIODS)


def token(code, measure="MACE"):
    return f'<span data-figure="{measure}" data-period="{code}" data-show="value"></span>'


@pytest.mark.parametrize(
    ("day", "years", "later"),
    [
        (date(2023, 6, 30), 1, date(2024, 6, 30)),
        (date(2023, 6, 30), 2, date(2025, 6, 30)),
        (date(2023, 2, 28), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 1, date(2025, 2, 28)),
        (date(2024, 2, 28), 1, date(2025, 2, 28)),
    ],
)
def test_a_day_is_the_same_day_years_later(day, years, later):
    assert years_later(day, years) == later


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (OLD, NEW),
        (BEFORE, OLD),
        (PANELS_BEFORE, PANELS),
        (QUARTER, QUARTER_AFTER),
        (PANELS, NEW),  # nobody has made May 2023 to April 2024: its figure is missing, never last year's
        (PLAN, PLAN),
        (AUTUMN, AUTUMN),
    ],
)
def test_a_period_moves_to_the_same_one_a_year_later(old, new):
    assert years_on().period(old) == new


def test_figures_move_with_the_years():
    text = f"<p>In all {token('2022-23')}, up from {token('2021-22')}.</p>"

    assert years_on().text(text) == f"<p>In all {token('2023-24')}, up from {token('2022-23')}.</p>"


@pytest.mark.parametrize("name", ["2021/22", "2021-22", "2021–22"])
def test_a_figure_of_an_earlier_year_stays_where_its_paragraph_names_that_year(name):
    text = f"<p>For {name} it was {token('2021-22')}, now {token('2022-23')}.</p>\n<p>Before: {token('2021-22')}.</p>"

    assert years_on().text(text) == (
        f"<p>For {name} it was {token('2021-22')}, now {token('2023-24')}.</p>\n<p>Before: {token('2022-23')}.</p>"
    )


def test_the_reports_own_year_moves_though_its_paragraph_names_it():
    assert years_on().text(f"<p>In 2022/23: {token('2022-23')}.</p>") == f"<p>In 2022/23: {token('2023-24')}.</p>"


def test_words_that_only_look_like_a_figure_stay():
    text = '<p>Type data-period="2022-23" here.<span data-note="data-period=&quot;2022-23&quot;"></span></p>'

    assert years_on().text(text) == text


def test_a_figure_of_a_period_that_is_not_there_stays():
    assert years_on().text(f"<p>{token('nowhere')}</p>") == f"<p>{token('nowhere')}</p>"


def test_rows_move_and_two_that_become_the_same_are_one():
    rows = (MeasureContent(1, BEFORE.pk), MeasureContent(1, OLD.pk), MeasureContent(1, PANELS.pk))

    assert years_on().rows(rows) == (MeasureContent(1, OLD.pk), MeasureContent(1, NEW.pk))


def test_a_text_that_names_the_year_before_is_told():
    assert names_year(BlockContent(heading="Neglect in 2022/23"), OLD)
    assert names_year(BlockContent(body="<p>From April 2022, that is <strong>2022-23</strong>.</p>"), OLD)
    assert not names_year(BlockContent(body=f"<p>In all {token('2022-23')} since 2022.</p>"), OLD)


def test_a_focus_is_said_in_the_words_in_which_it_was_printed():
    points = (
        f'<strong>Widen</strong> it to {token("2022-23")}, see <span data-ref="section:4"></span>.'
        '<span data-note="Agreed in May"></span>',
    )

    made = said(points, figure=lambda found: f"{found.code} 610", reference=lambda found: f"section {found.pk}")

    assert made == (ItemContent("", said="<strong>Widen</strong> it to MACE 610, see section 4."),)


def kinds(*blocks):
    return [str(kind) for kind, _ in parts_of_next(blocks)]


@pytest.fixture
def section(db):
    return make_section()


def focus(section, *points):
    return make_block(section, Kind.FOCUS, items=tuple(map(ItemContent, points)))


def test_the_focus_comes_back_before_the_standing_lists(section):
    before = [make_block(section, kind) for kind in (Kind.TEXT, Kind.DELIVERABLES, Kind.QUOTES)]

    assert kinds(*before, focus(section, "Widen it")) == ["text", "said-and-did", "deliverables", "focus"]


def test_what_was_said_last_year_takes_the_place_of_what_was_said_the_year_before(section):
    before = [make_block(section, kind) for kind in (Kind.SAID_AND_DID, Kind.TEXT)]

    assert kinds(*before, focus(section, "Widen it")) == ["said-and-did", "text", "focus"]


def test_a_section_without_a_focus_has_nothing_to_answer(section):
    before = [make_block(section, kind) for kind in (Kind.SAID_AND_DID, Kind.TEXT, Kind.CASE_STUDY)]

    assert kinds(*before, focus(section)) == ["text", "focus"]


def test_standing_lists_begin_empty_and_references_lead_into_the_new_report(section):
    text = make_block(section, heading="Why", body='<p>See <span data-ref="section:4"></span>.</p>', source="Return")
    barriers = make_block(section, Kind.BARRIERS, body="<p>Old</p>", items=(ItemContent("Vacant posts"),))

    assert carried_content(barriers, years_on(), {}) == BlockContent()
    assert carried_content(text, years_on(), {"section:4": "section:9"}) == BlockContent(
        heading="Why", body='<p>See <span data-ref="section:9"></span>.</p>', source="Return"
    )
