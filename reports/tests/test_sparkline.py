import re

from reports.sparkline import HEIGHT, MARGIN, WIDTH, sparkline


def lines(svg):
    return [
        [tuple(map(float, point.split(","))) for point in found.split()] for found in re.findall(r'points="(.*?)"', svg)
    ]


def dots(svg):
    return [tuple(map(float, found)) for found in re.findall(r'cx="(.*?)" cy="(.*?)" r="(.*?)"', svg)]


def test_numbers_stand_from_left_to_right_and_the_highest_on_top():
    svg = sparkline([1, 3, 2], label="Trend")

    assert lines(svg) == [[(MARGIN, HEIGHT - MARGIN), (WIDTH / 2, MARGIN), (WIDTH - MARGIN, HEIGHT / 2)]]
    assert dots(svg) == [(WIDTH - MARGIN, HEIGHT / 2, 3)]


def test_what_is_hidden_is_a_gap_and_a_number_alone_is_a_dot():
    svg = sparkline([1, 2, None, 3, None, 2, 1], label="Trend")

    assert [len(line) for line in lines(svg)] == [2, 2]
    assert [round(x) for x, _, _ in dots(svg)] == [60, 115]


def test_drawing_is_the_same_whatever_is_hidden():
    """None is all that it gets of a hidden number, and the scale comes from the shown ones."""
    svg = sparkline([10, None, 20], label="Trend")

    assert [y for _, y, _ in dots(svg)] == [HEIGHT - MARGIN, MARGIN]


def test_equal_numbers_lie_in_the_middle():
    assert lines(sparkline([4, 4], label="Trend")) == [[(MARGIN, HEIGHT / 2), (WIDTH - MARGIN, HEIGHT / 2)]]


def test_fewer_than_two_numbers_are_no_line():
    assert [sparkline(values, label="Trend") for values in ([], [None, None], [3], [3, None])] == [""] * 4


def test_words_say_the_same_and_are_escaped():
    svg = sparkline([1, 2], label='Trend. "2021/22": <1>')

    assert 'role="img" aria-label="Trend. &quot;2021/22&quot;: &lt;1&gt;"' in svg
