from dataclasses import replace

import pytest

from partnership import inspection
from partnership.choices import FileKind
from partnership.filetypes import RefusedFile, pdf_inside
from partnership.inspection import TOO_HARD, inspect
from partnership.tests import sample_files as sample


def test_good_file_comes_back_as_it_is():
    assert inspect(sample.pdf(), FileKind.PDF) == sample.pdf()


def test_refusal_comes_back_in_its_words():
    with pytest.raises(RefusedFile) as refusal:
        inspect(sample.pdf_with_script(), FileKind.PDF)

    assert str(refusal.value) == pdf_inside.HOLDS_PROGRAM


@pytest.mark.parametrize(("limit", "value"), [("wall_seconds", 0.01), ("memory_mb", 40)])
def test_file_that_takes_too_much_is_refused_and_harms_nobody(monkeypatch, limit, value):
    monkeypatch.setattr(inspection, "LIMITS", replace(inspection.LIMITS, **{limit: value}))

    with pytest.raises(RefusedFile) as refusal:
        inspect(sample.photo(size=(3000, 3000)), FileKind.JPEG)

    assert str(refusal.value) == TOO_HARD
