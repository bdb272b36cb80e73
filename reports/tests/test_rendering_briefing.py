from io import BytesIO

import pdfplumber
import pikepdf
import pytest
from django.urls import reverse

from partnership.tests.factories import make_alice, make_partnership
from reports.rendering.briefing import render_briefing
from reports.rendering.failed import RenderingFailed
from reviews.briefing import LONGEST_ACTION, MOST_ACTIONS, MOST_THEMES, BriefingPage, PageAction
from reviews.choices import ReviewStage
from reviews.forms.briefings import LONGEST_LINE
from reviews.tests.factories import make_briefing, make_review

pytestmark = pytest.mark.django_db


def words(length):
    return ("Practitioners ask what the child's day is like and write down what they hear. " * 20)[:length]


def make_page(**fields):
    """A page with as much on it as the form lets through."""
    return BriefingPage(
        **{
            "reference": "LR-2021-01",
            "kind": "Local child safeguarding practice review",
            "title": words(90),
            "what_happened": words(600),
            "themes": tuple(f"Exploring earlier offences {number}" for number in range(MOST_THEMES)),
            "learned": (words(LONGEST_LINE),) * 5,
            "actions": (PageAction(text=words(LONGEST_ACTION), agency="County council", state="done"),) * MOST_ACTIONS,
            "questions": (words(LONGEST_LINE),) * 4,
            **fields,
        }
    )


def test_a_full_briefing_is_one_tagged_page_of_a4():
    pdf = render_briefing(make_page(), make_partnership())

    with pdfplumber.open(BytesIO(pdf)) as opened:
        [page] = opened.pages
        text = " ".join(page.extract_text().split())
        lowest = max(word["bottom"] for word in page.extract_words())
    assert (round(page.width), round(page.height)) == (595, 842)
    assert lowest < 842 - 14 / 25.4 * 72
    heads = ("7-minute briefing", "What happened", "What we learned", "What is being done", "Questions for your team")
    assert [head for head in heads if head not in text] == []


def test_it_is_tagged_and_says_what_it_is():
    with pikepdf.open(BytesIO(render_briefing(make_page(title="Babies"), make_partnership()))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-GB"
        with pdf.open_metadata() as about:
            assert (about["pdfuaid:part"], about["dc:title"]) == ("1", "7-minute briefing: Babies")


def test_the_same_page_is_the_same_bytes():
    partnership = make_partnership()

    assert render_briefing(make_page(), partnership) == render_briefing(make_page(), partnership)


def test_what_does_not_fit_on_a_page_is_refused():
    with pytest.raises(RenderingFailed, match="does not fit on one page"):
        render_briefing(make_page(what_happened="W " * 3000), make_partnership())


def test_markup_in_the_words_stays_words():
    pdf = render_briefing(make_page(title="<h1>Babies</h1> & others"), make_partnership())

    with pdfplumber.open(BytesIO(pdf)) as opened:
        assert "<h1>Babies</h1> & others" in " ".join(opened.pages[0].extract_text().split())


def download(client, briefing):
    make_partnership()
    client.force_login(make_alice())
    return client.get(reverse("reports:briefing-download", args=[briefing.pk]))


def test_a_cleared_briefing_is_downloaded(client):
    review = make_review("LR-2021-01", stage=ReviewStage.PUBLISHED, outcome="Never to leave")

    response = download(client, make_briefing(review, is_cleared=True))

    assert response["Content-Disposition"] == 'attachment; filename="7-minute-briefing-LR-2021-01.pdf"'
    with pdfplumber.open(BytesIO(response.content)) as opened:
        text = opened.pages[0].extract_text()
    assert ("Say who leads" in text, "Never to leave" in text) == (True, False)


def test_nothing_leaves_before_it_is_cleared(client):
    briefing = make_briefing()

    response = download(client, briefing)

    assert response.url == reverse("reviews:briefing-detail", args=[briefing.pk])
