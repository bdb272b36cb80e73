import pytest
from django.core.management import call_command

from partnership.tests.factories import make_agency, make_alice, make_bob, make_partnership
from reports.models import AnnualReport, Section
from reports.tests.factories import make_report, make_section
from reports.tests.word_sample import h1, h2, p, row, table, word_file
from reports.word.package import NO_WORD


@pytest.fixture
def alice(db):
    make_partnership()
    return make_alice()


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "report.docx"
    path.write_bytes(word_file(h1("1 Neglect"), p("Four words are here"), h2("1.1 Early help"), table(row("A", "B"))))
    return path


def stopped(*arguments, **options):
    with pytest.raises(SystemExit) as stop:
        call_command("import_report", *arguments, **options)
    return stop.value.code


def test_report_is_made_and_what_could_not_be_kept_is_said(alice, path, capsys):
    call_command("import_report", path, year="2023-24")

    said = capsys.readouterr()
    assert said.out == "Annual report 2023/24: 2 sections, 6 words.\n"
    assert said.err == "1.1 Early help: Tables without a header row: mark their header cells\n"
    assert AnnualReport.objects.get().period.code == "2023-24"
    assert {section.owner.code for section in Section.objects.all()} == {"board"}


def test_owner_and_person_can_be_named(alice, path):
    make_agency("council")

    call_command("import_report", path, year="2023-24", owner="council", by=alice.email)

    assert {section.owner.code for section in Section.objects.all()} == {"council"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"year": "2023"}, "“2023” is not a year. Write it as 2023-24.\n"),
        ({"year": "2023-25"}, "“2023-25” is not a year. Write it as 2023-24.\n"),
        ({"year": "2023-24", "owner": "nobody"}, "There is no agency “nobody”.\n"),
        (
            {"year": "2023-24", "by": "x@example.org"},
            "Nobody with the address x@example.org may change the report's outline, say who writes what, and begin or "
            "import a year's report.\n",
        ),
    ],
)
def test_what_cannot_be_is_one_line_and_nothing_is_made(alice, path, capsys, options, said):
    assert (stopped(path, **options), capsys.readouterr().err) == (2, said)
    assert not AnnualReport.objects.exists()


def test_person_without_the_right_cannot_import(alice, path, capsys):
    bob = make_bob()

    assert stopped(path, year="2023-24", by=bob.email) == 2
    assert capsys.readouterr().err.startswith(f"Nobody with the address {bob.email} may ")


def test_file_that_is_no_word_file_is_refused(alice, tmp_path, capsys):
    path = tmp_path / "report.docx"
    path.write_bytes(b"words")

    assert (stopped(path, year="2023-24"), capsys.readouterr().err) == (2, f"{NO_WORD}\n")


def test_file_that_is_not_there_is_said(alice, tmp_path, capsys):
    path = tmp_path / "no.docx"

    assert stopped(path, year="2023-24") == 2
    assert capsys.readouterr().err == f"{path} could not be read: No such file or directory.\n"


def test_year_that_has_a_report_is_left_as_it_is(alice, path, capsys):
    make_section(make_report("2023-24"))

    assert stopped(path, year="2023-24") == 2
    assert capsys.readouterr().err == "There is a report of 2023/24 already. Choose a year without a report.\n"
