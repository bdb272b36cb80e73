"""The list of themes: its verbs, what recurs, its pages."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from partnership.models import AuditEvent
from partnership.states import WrongState
from partnership.tests.factories import (
    make_agency,
    make_alice,
    make_area,
    make_bob,
    make_partnership,
    make_period,
)
from reviews import actions
from reviews.choices import ReviewStage
from reviews.models import Theme
from reviews.queries import reporting_year, theme_histories, years_side_by_side
from reviews.tests.factories import make_review, make_theme

pytestmark = pytest.mark.django_db


def inspect(subject, started_on, themes):
    return actions.record_inspection(
        body="Ofsted", subject=subject, agency=make_agency(), started_on=started_on, themes=themes, by=make_alice()
    )


def years():
    found = theme_histories(Theme.objects.all())
    return {history.theme.name: (history.years, history.is_recurring) for history in found}


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2022, 3, 31), "2021/22"),
        (date(2022, 4, 1), "2022/23"),
        (date(2022, 12, 31), "2022/23"),
        (date(2000, 1, 1), "1999/00"),
    ],
)
def test_a_reporting_year_runs_from_april_to_march(day, year):
    assert reporting_year(day) == year


def test_a_theme_recurs_when_it_was_raised_in_three_different_years_whatever_raised_it():
    make_review("LR-2019-01", first_day=date(2019, 5, 1), themes=["Neglect", "Curiosity"])
    make_review("LR-2019-02", first_day=date(2019, 6, 1), themes=["Neglect", "Curiosity"])
    make_review("LR-2019-03", first_day=date(2019, 7, 1), themes=["Curiosity"])
    inspect("Visit", date(2021, 5, 1), ["Neglect", "Curiosity"])
    actions.record_child_deaths(
        period=make_period("2022-23"), area=make_area(), notified=9, themes=["Neglect"], by=make_alice()
    )
    make_theme("Never raised")

    assert years() == {
        "Neglect": (("2019/20", "2021/22", "2022/23"), True),
        "Curiosity": (("2019/20", "2021/22"), False),
        "Never raised": ((), False),
    }


@pytest.mark.parametrize(
    ("first", "shown"),
    [
        (2020, ["2020/21", "2021/22", "2022/23"]),
        (2009, ["2015/16", "2016/17", "2017/18", "2018/19", "2019/20", "2020/21", "2021/22", "2022/23"]),
    ],
)
def test_years_stand_side_by_side_without_a_gap(first, shown):
    inspect("First", date(first, 5, 1), ["Neglect"])
    inspect("Last", date(2022, 5, 1), ["Curiosity"])

    assert years_side_by_side(theme_histories(Theme.objects.all())) == shown


def test_without_themes_there_are_no_years():
    assert years_side_by_side([]) == []


def test_a_withdrawn_review_raises_nothing():
    review = make_review(themes=["Neglect"])
    actions.withdraw_review(review=review, reason="Twice.", by=make_alice())

    assert years() == {"Neglect": ((), False)}


def test_a_theme_is_added_once_and_renamed():
    theme = make_theme("Neglct")

    actions.rename_theme(theme=theme, name="Neglect", by=make_alice())

    with pytest.raises(IntegrityError), transaction.atomic():
        actions.add_theme(name="Neglect", by=make_alice())
    assert list(AuditEvent.objects.filter(target_model="reviews.theme").values_list("verb", "detail")) == [
        ("theme.renamed", "Was: Neglct"),
        ("theme.added", ""),
    ]


def test_merging_moves_everything_that_raised_the_theme_and_says_so():
    review = make_review(themes=["Men", "Risk from men"])
    visit = inspect("Visit", date(2021, 5, 1), ["Men"])
    deaths = actions.record_child_deaths(
        period=make_period(), area=make_area(), notified=9, themes=["Men"], by=make_alice()
    )
    theme, into = Theme.objects.get(name="Men"), Theme.objects.get(name="Risk from men")

    actions.merge_theme(theme=theme, into=into, by=make_alice())

    assert [list(each.themes.all()) for each in (review, visit, deaths)] == [[into]] * 3
    assert list(Theme.objects.all()) == [into]
    assert AuditEvent.objects.filter(verb="theme.merged").values_list("target_label", "detail").get() == (
        "Risk from men",
        "Took in: Men",
    )


def test_a_theme_is_not_merged_into_itself_nor_into_one_that_is_gone():
    theme, gone = make_theme("A"), make_theme("B")
    Theme.objects.filter(pk=gone.pk).delete()

    for into in (theme, gone):
        with pytest.raises(WrongState):
            actions.merge_theme(theme=theme, into=into, by=make_alice())

    assert Theme.objects.get() == theme


def sign_in(client, person):
    make_partnership()
    client.force_login(person)
    return client


@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("theme-list", 11), ("theme-detail", 14)])
def test_theme_pages_take_the_same_number_of_queries_whatever_there_is(
    client, django_assert_num_queries, name, queries, size
):
    for number in range(size):
        make_review(f"LR-2022-{number}", themes=["Neglect", f"Theme {number}"])
        inspect(f"Visit {number}", date(2021, 5, 1), ["Neglect"])
    actions.record_child_deaths(period=make_period(), area=make_area(), notified=9, themes=["Neglect"], by=make_alice())
    address = reverse(f"reviews:{name}", args=[make_theme().pk] if name == "theme-detail" else [])
    sign_in(client, make_alice()).get(address)

    with django_assert_num_queries(queries):
        client.get(address)


def test_a_partner_sees_of_a_theme_what_is_published_and_not_even_the_year_of_the_rest(client):
    make_review("LR-2022-01", themes=["Neglect"])
    make_review("LR-2021-01", stage=ReviewStage.PUBLISHED, first_day=date(2021, 5, 1), themes=["Neglect"])

    page = sign_in(client, make_bob()).get(reverse("reviews:theme-detail", args=[make_theme().pk]))

    assert [review.reference for review in page.context["reviews"]] == ["LR-2021-01"]
    assert page.context["history"].years == ("2021/22",)
    assert "LR-2022-01" not in page.content.decode()


def test_a_theme_that_only_an_unpublished_review_raised_is_not_told_to_a_partner(client):
    make_review("LR-2022-01", themes=["Forced marriage"])
    make_review("LR-2021-01", stage=ReviewStage.PUBLISHED, first_day=date(2021, 5, 1), themes=["Neglect"])
    address = reverse("reviews:theme-list")

    told = [
        [history.theme.name for history in sign_in(client, person).get(address).context["histories"]]
        for person in (make_bob(), make_alice())
    ]

    assert told == [["Neglect"], ["Forced marriage", "Neglect"]]


def test_a_theme_that_is_there_already_is_refused_beside_the_field(client):
    make_theme("Neglect")

    page = sign_in(client, make_alice()).post(reverse("reviews:theme-add"), {"name": " neglect "})

    assert page.context["form"].errors == {"name": ["This theme is on the list already"]}
    assert Theme.objects.count() == 1
