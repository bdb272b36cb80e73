from priorities.tests.factories import make_measure
from reports.content import BlockContent, MeasureContent
from reports.side_by_side import side_by_side
from reports.tests.factories import make_report


def only_here(words):
    told, end = (f'<span class="govuk-visually-hidden">{each}</span>' for each in ("only here: ", ", end. "))
    return f"<mark>{told}{words}{end}</mark>"


def test_words_that_stand_only_on_one_side_are_marked_there(db):
    sides = side_by_side(
        BlockContent(body="<p>Visits rose in March.</p>\n<p>Same</p>"),
        BlockContent(body="<p>Visits fell in March.</p>\n<p>Same</p>\n<p>Mine</p>"),
    )

    assert sides.theirs == (
        f'<p class="portal-clash__text">Visits {only_here("rose")} in March.</p><p class="portal-clash__text">Same</p>'
    )
    assert sides.mine == (
        f'<p class="portal-clash__text">Visits {only_here("fell")} in March.</p>'
        f'<p class="portal-clash__text">Same</p><p class="portal-clash__text">{only_here("Mine")}</p>'
    )


def test_many_lines_that_are_the_same_are_counted(db):
    same = "\n".join(f"<p>Line {number}</p>" for number in range(5))

    sides = side_by_side(BlockContent(body=same), BlockContent(body=f"{same}\n<p>Mine</p>"))

    assert sides.theirs == '<p class="govuk-hint">5 lines are the same in both.</p>'


def test_what_looks_like_markup_stays_words(db):
    sides = side_by_side(BlockContent(heading="<b>"), BlockContent(heading="<script>x</script>"))

    assert ("&lt;" in sides.theirs, "<b>" in sides.theirs, "<script" in sides.mine) == (True, False, False)


def test_rows_of_a_table_are_called_by_their_measure_and_period(db):
    period = make_report().period
    row = MeasureContent(make_measure("A1", name="Children seen").pk, period.pk)

    sides = side_by_side(BlockContent(), BlockContent(measures=(row,)))

    assert sides.theirs == ""
    assert f"Children seen, {period}" in sides.mine
