from dataclasses import replace

import pytest

from reports.plainness import hard_to_read, hints_on
from reports.tests import sample

PLAIN = "<p>We are people from the police. We keep children safe. You can talk to us.</p><ul><li>Ask us</li></ul>"
LONG = "<p>" + "we met and we spoke and " * 5 + "we wrote it down.</p>"


def test_short_sentences_of_short_words_need_no_hint():
    assert hints_on(PLAIN) == []


def test_long_sentence_is_named_by_its_first_words():
    assert hints_on(LONG) == [
        "Sentences have 34 words on average. Up to 14 are easy to read.",
        "One sentence has 34 words: “we met and we spoke …”.",
    ]


def test_long_words_are_named_once():
    text = "<p>Safeguarding partnerships help. Multi-agency safeguarding helps children.</p>"

    assert hints_on(text) == ["Many long words: safeguarding, partnerships, multi-agency."]


@pytest.mark.parametrize("text", ["", "<p></p>", "<p>207</p>", "<p>…</p>", "<p>" + "a" * 100_000 + "</p>"])
def test_text_without_sentences_needs_no_more_than_one_hint(text):
    assert len(hints_on(text)) <= 1


def test_note_and_points_are_sentences_of_their_own():
    noted = '<p>We met.<sup class="note-ref"><a href="#n">1</a></sup></p>' + "<ul>" + "<li>We met</li>" * 20 + "</ul>"

    assert hints_on(noted) == []


def test_hints_stand_with_the_file_of_the_childrens_version_alone():
    document = sample.document_of(sample.text(LONG, id=7))

    found = hard_to_read(replace(document, variant="childrens"))

    assert [(finding.block, finding.is_content, finding.is_blocking) for finding in found] == [(7, True, False)] * 2
    assert hard_to_read(document) == []
