from dataclasses import replace

from reports.tests import sample
from reports.words_shown import words_shown


def words_of(*blocks, **changes):
    (section,) = sample.document_of(*blocks, **changes).sections
    return list(words_shown(section))


def test_title_prose_lists_tables_and_notes_are_read_in_order():
    html = "<p>One <strong>bold</strong></p><ul><li>Two</li></ul><table><tr><th>A</th><td>B</td></tr></table>"
    table = replace(sample.measures_table(rows=1, id=3), heading="Measures")
    note = sample.note(1)

    assert words_of(sample.text(html, heading="Head", id=1), table, title="Chapter", notes=(note,)) == [
        (0, "Chapter"),
        (1, "Head"),
        (1, "One bold"),
        (1, "Two"),
        (1, "A\tB"),
        (3, "Measures"),
        (3, "Measures"),
        *((3, words) for words in table_words(table.rows[0])),
        (0, "Source 1: the published guidance."),
    ]


def table_words(row):
    return [row.name, row.value, row.previous, row.change, row.comparators, row.period, row.area]


def test_what_nobody_reads_is_left_out():
    found = {words for _, words in words_of(sample.chart(form="bar"), sample.sources())}

    assert found & {"bar", sample.chart().alt, "section-1"} == set()
    assert {"Assessments of neglect", "207", "Police return", "Neglect"} <= found


def test_headings_in_capitals_are_left_out():
    block = sample.text("<h3>FORCE AND POWER</h3><p>FORCE stays.</p><h3>GCP2 in use</h3>", heading="SUMMARY", id=1)

    assert words_of(block, title="NEGLECT") == [(1, "FORCE stays."), (1, "GCP2 in use")]


def test_both_sides_of_what_was_said_and_done_are_read_as_they_are_shown():
    assert (10, "Done in May, with young people.") in words_of(sample.said_and_did())
