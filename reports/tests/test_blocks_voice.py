import pytest

from partnership.tests.factories import make_agency, make_alice, make_period
from priorities.choices import Qualifier, Unit
from priorities.tests.factories import make_measure, make_value
from reports.assemble import assemble
from reports.choices import Kind
from reports.document import Quote
from reports.tests.factories import make_block, read_new
from reviews import actions
from reviews.choices import FeedbackMethod, FeedbackSource
from reviews.models import Feedback

pytestmark = pytest.mark.django_db


def hear(title="What helps", *, quotes=(), is_confirmed=True, **fields):
    alice = make_alice()
    row = {
        "source": FeedbackSource.CHILDREN,
        "method": FeedbackMethod.GROUP,
        "title": title,
        "period": make_period(),
        "agency": make_agency(),
        "summary": "Somebody who stays.",
        "by": alice,
    }
    feedback = actions.record_feedback(**row | fields)
    for words in quotes:
        actions.add_quote(feedback=feedback, words=words, said_by="A young person", by=alice)
    if is_confirmed:
        version = Feedback.objects.get(pk=feedback.pk).version
        posts = {"consent_by": "Participation lead", "anonymity_by": "Board officer"}
        actions.confirm_feedback(feedback=feedback, version=version, **posts, by=alice)


def test_only_what_may_be_quoted_is_told():
    hear("Secret", is_confirmed=False)
    hear("Another year", period=make_period("2021-22"))

    block = read_new(Kind.VOICE)

    assert (block.voices, block.intro) == ((), "No feedback of 2022/23 can be quoted yet.")


def test_a_voice_says_who_what_and_what_changed():
    hear(took_part=14, changed="A key worker stays for a year.", quotes=["Just one person."])

    (voice,) = read_new(Kind.VOICE).voices

    assert voice.title == "What helps"
    assert voice.who == "Children and young people. Group or forum. Number taking part: 14"
    assert voice.said == "Somebody who stays."
    assert voice.quotes == (Quote(text="Just one person.", attribution="A young person"),)
    assert voice.changed == "A key worker stays for a year."


def test_few_who_took_part_are_not_counted():
    hear(took_part=3)

    (voice,) = read_new(Kind.VOICE).voices

    assert voice.who == "Children and young people. Group or forum. Number taking part: hidden to protect people"


def test_those_whom_a_measure_counts_are_told_as_its_figure():
    measure = make_measure("SURVEYED", unit=Unit.PEOPLE)
    make_value(measure, 412, qualifier=Qualifier.OVER)
    hear(counted_by=measure)
    block = make_block(kind=Kind.VOICE)

    read = assemble(block.section.report)

    (voice,) = read.sections[0].blocks[0].voices
    assert voice.who == "Children and young people. Group or forum. Number taking part: over 412"
    assert [(figure.code, figure.text) for figure in read.figures] == [("SURVEYED", "over 412")]
