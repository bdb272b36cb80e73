from dataclasses import replace

import pytest

from partnership import inspection
from partnership.filetypes import RefusedFile
from reports.tests.word_sample import NAMES, h1, p, word_file
from reports.word import read_word
from reports.word.document import read_document
from reports.word.package import NO_WORD, TOO_LONG
from reports.word.reading import TOO_HARD


def test_file_is_read_in_a_process_of_its_own_as_it_would_be_here():
    content = word_file(h1("1 Neglect"), p("Wörter"))

    assert read_word(content) == read_document(content)


def test_refusal_comes_back_in_its_words():
    with pytest.raises(RefusedFile) as refusal:
        read_word(b"no Word file")

    assert str(refusal.value) == NO_WORD


@pytest.mark.parametrize(("limit", "value"), [("wall_seconds", 0.01), ("memory_mb", 40)])
def test_file_that_takes_too_much_is_refused_and_harms_nobody(monkeypatch, limit, value):
    monkeypatch.setattr(inspection, "LIMITS", replace(inspection.LIMITS, **{limit: value}))

    with pytest.raises(RefusedFile) as refusal:
        read_word(word_file(h1("A"), *[p("Words " * 20)] * 20_000))

    assert str(refusal.value) == TOO_HARD


def test_memory_of_the_worker_is_bounded(monkeypatch):
    """A file within every limit of size, of which the tree needs more than it may have: nearly two million elements."""
    monkeypatch.setattr(inspection, "LIMITS", replace(inspection.LIMITS, memory_mb=400))
    body = "".join(f"<w:p><w:r w:x='{number}'/></w:p>" for number in range(900_000))
    content = word_file(parts={"word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>"})

    with pytest.raises(RefusedFile) as refusal:
        read_word(content)

    assert str(refusal.value) == TOO_LONG
