import pytest

from reports.headings import only_headings


@pytest.mark.parametrize(
    ("outline", "found"),
    [
        ([], []),
        ([(1, False)], [False]),
        ([(1, False), (2, False)], [True, False]),
        ([(1, True), (2, False)], [False, False]),
        ([(1, False), (1, False), (2, True)], [False, True, False]),
    ],
)
def test_only_a_chapter_with_sub_sections_and_nothing_of_its_own_is_only_a_heading(outline, found):
    assert only_headings(outline) == found
