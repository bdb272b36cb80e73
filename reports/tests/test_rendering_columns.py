from reports.rendering.columns import column_widths


def test_names_have_more_room_than_numbers():
    name, *numbers = column_widths(
        ("Measure", "Value", "Before"), [("Children discussed at exploitation panels", "610", "580")]
    )

    assert name > 2 * max(numbers)


def test_every_column_has_room_for_its_longest_word():
    heads = ("Theme", *["2018/19"] * 5, "Embedded")

    widths = column_widths(heads, [("Intra-familial child sexual abuse", *["Raised"] * 5, "3")])

    assert [width >= 100 * len(head) / 74 for width, head in zip(widths, heads, strict=True)] == [True] * 7


def test_columns_take_the_whole_width_and_one_alone_all_of_it():
    assert column_widths(("Only",), []) == (100,)
    assert abs(sum(column_widths(("One", "Two", "Three"), [("a\nb", "", "x" * 600)])) - 100) <= 1
