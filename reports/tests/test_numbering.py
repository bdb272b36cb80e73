from reports.numbering import Place, automatic_numbers


def numbers(*places):
    return automatic_numbers([Place(level, has_number) for level, has_number in places])


def test_sections_are_numbered_below_their_chapters():
    assert numbers((1, True), (2, True), (2, True), (1, True), (2, True)) == ["1", "1.1", "1.2", "2", "2.1"]


def test_a_section_without_a_number_keeps_none_and_is_not_counted():
    assert numbers((1, False), (1, True), (2, False), (2, True)) == ["", "1", "", "1.1"]


def test_below_a_chapter_without_a_number_nothing_has_one():
    assert numbers((1, True), (1, False), (2, True), (1, True)) == ["1", "", "", "2"]


def test_no_sections_no_numbers():
    assert numbers() == []
