from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from priorities.choices import ValueCode
from priorities.typed import NotANumber, answer_typed, number_typed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", "0"),
        ("610", "610"),
        ("007", "7"),
        ("12.5", "12.5"),
        ("0.25", "0.25"),
        ("1,234", "1234"),
        ("1,234,567", "1234567"),
        ("1,234.5", "1234.5"),
        ("12,345", "12345"),
        ("1 234", "1234"),
        ("1\u00a0234\u00a0567", "1234567"),
        ("1\u202f234", "1234"),
        ("58%", "58"),
        ("58 %", "58"),
        ("£5,000", "5000"),
        ("£ 5,000", "5000"),
        ("-3", "-3"),
        ("\u22123", "-3"),
        ("\u20133", "-3"),
        ("  610\n", "610"),
        ("\u00a0610\u00a0", "610"),
    ],
)
def test_a_number_is_read_as_people_type_it(text, expected):
    assert number_typed(text) == Decimal(expected)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "n/a",
        "N/A",
        "-",
        "\u2013",
        "none",
        "about 600",
        "600+",
        "<5",
        "1,23",
        "12,34,567",
        "1234,567",
        "1,234,",
        ",123",
        "1 23",
        "5 6",
        "1,234 567",
        "1.2.3",
        "1.234,5",
        ".5",
        "5.",
        "1e6",
        "1/2",
        "10-20",
        "--3",
        "5%%",
        "%",
        "£",
        "$5",
        "5k",
        "nan",
        "Infinity",
        "٣",
    ],
)
def test_anything_else_is_refused(text):
    with pytest.raises(NotANumber):
        number_typed(text)


def test_the_refusal_repeats_what_was_typed_and_says_what_to_type():
    with pytest.raises(NotANumber) as refusal:
        number_typed(" n/a ")

    assert str(refusal.value) == "“n/a” is not a number. Write it in digits, such as 1,234 or 7.5."


@given(st.integers(-(10**12), 10**12))
def test_a_number_written_with_thousands_separators_is_read_back(number):
    assert number_typed(f"{number:,}") == number


@given(st.text(max_size=12))
def test_any_text_is_a_number_or_is_refused(text):
    try:
        number = number_typed(text)
    except NotANumber:
        return
    assert number.is_finite()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,234", Decimal(1234)),
        ("58%", Decimal(58)),
        ("nil", Decimal(0)),
        (" Nil ", Decimal(0)),
        ("zero", Decimal(0)),
        ("n/a", ValueCode.NOT_AVAILABLE),
        ("N/A", ValueCode.NOT_AVAILABLE),
        ("NA", ValueCode.NOT_AVAILABLE),
        ("not known", ValueCode.NOT_AVAILABLE),
        ("c", ValueCode.SUPPRESSED),
        ("Z", ValueCode.NOT_APPLICABLE),
        ("x", ValueCode.NOT_AVAILABLE),
        ("u", ValueCode.UNRELIABLE),
        ("LOW", ValueCode.LOW),
    ],
)
def test_an_answer_is_a_number_or_a_code(text, expected):
    answer = answer_typed(text)

    assert (answer, type(answer)) == (expected, type(expected))


@pytest.mark.parametrize("text", ["-", "\u2013", "\u2212", "--", "none", "None"])
def test_what_can_mean_two_things_is_refused(text):
    with pytest.raises(NotANumber, match="can mean two things"):
        answer_typed(text)


@pytest.mark.parametrize("text", ["10-20", "10\u201320", "10 to 20", "1,000 - 2,000", "5-10%"])
def test_a_range_is_refused_as_one(text):
    with pytest.raises(NotANumber, match="is a range"):
        answer_typed(text)


@pytest.mark.parametrize("text", ["", "cc", "c5", "about 600", "<5", "5k"])
def test_any_other_answer_is_refused_as_no_number(text):
    with pytest.raises(NotANumber, match="is not a number"):
        answer_typed(text)


@given(st.text(max_size=12))
def test_any_text_is_an_answer_or_is_refused(text):
    try:
        answer = answer_typed(text)
    except NotANumber:
        return
    assert isinstance(answer, ValueCode) or answer.is_finite()
