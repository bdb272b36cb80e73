import pytest
from django.core.management import call_command

from partnership.actions import set_neighbours
from partnership.models import Area
from partnership.tests.factories import make_erin, make_partnership
from priorities.models import Measure, MeasureValue
from priorities.tests.dfe_sample import LINES, dfe_file


@pytest.fixture
def run(db, tmp_path, capsys):
    make_partnership()

    def run_on(content, *options, name="figures.csv"):
        path = tmp_path / name
        path.write_bytes(content)
        status = 0
        try:
            call_command("import_measures", path, *options)
        except SystemExit as stop:
            status = stop.code
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return run_on


def test_import_says_in_a_line_what_it_did(run):
    make_erin()

    said = run(dfe_file(), "--authority", "Northshire")

    assert said == (
        0,
        "figures.csv, imported: 6 new values, 0 changed, 0 as before; 3 new measures, 2 new periods.\n",
        "",
    )
    assert MeasureValue.objects.in_force().count() == 6


def test_dry_run_says_what_would_be_done_and_does_nothing(run):
    said = run(dfe_file(), "--authority", "E10000028", "--dry-run")

    assert said == (
        0,
        "figures.csv, not imported, would be: 6 new values, 0 changed, 0 as before; 3 new measures, 2 new periods.\n",
        "",
    )
    assert not Measure.objects.exists()


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_each_fault_has_a_line_of_its_own(run, options):
    make_erin()
    lines = [LINES[0].replace("403090", "many"), *LINES[1:3], LINES[3].replace("432", ""), *LINES[4:]]

    said = run(dfe_file(*lines), "--authority", "Northshire", *options)

    assert said == (
        1,
        "",
        "Line 2, column “At31_episodes”: “many” is not a number. "
        "Write a number, or one of the codes c, z, x, u, low.\n"
        "Line 5, column “awaiting_assessment”: This cell is empty. "
        "Write a number, or one of the codes c, z, x, u, low: x says that the number is not available.\n",
    )
    assert not MeasureValue.objects.exists()


def test_without_an_authority_the_partnerships_area_is_taken(run):
    said = run(dfe_file(), "--dry-run")

    assert said[0] == 1
    assert said[2] == (
        "Line 1, column “la_name”: There is no local authority “County” in this file. "
        "It has Northshire; Southport, City of.\n"
    )


def test_file_that_is_not_there_is_named(db, capsys):
    with pytest.raises(SystemExit) as stop:
        call_command("import_measures", "/nowhere/figures.csv")

    assert stop.value.code == 1
    assert capsys.readouterr().err == "/nowhere/figures.csv could not be read: No such file or directory.\n"


def test_new_measures_belong_to_the_agency_that_is_named(run):
    erin = make_erin()

    run(dfe_file(), "--authority", "Northshire", "--owner", "board", "--by", erin.email)

    assert {measure.owner.code for measure in Measure.objects.all()} == {"board"}
    assert {value.entered_by for value in MeasureValue.objects.all()} == {erin}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--owner", "nobody"), "There is no agency “nobody”.\n"),
        (("--by", "x@example.org"), "Nobody with the address x@example.org may import figures from files.\n"),
    ],
)
def test_unknown_agency_or_person_is_named(run, options, said):
    make_erin()

    assert run(dfe_file(), "--authority", "Northshire", *options) == (1, "", said)


def test_only_the_columns_that_are_named_come_in(run):
    make_erin()

    run(dfe_file(), "--authority", "Northshire", "--columns", "rate_percent, At31_episodes")

    assert sorted(Measure.objects.values_list("code", flat=True)) == [
        "DFE_AT31_EPISODES_CHILDREN_IN_NEED",
        "DFE_RATE_PERCENT_CHILDREN_IN_NEED",
    ]


def test_neighbours_that_the_file_does_not_have_are_named(run):
    erin = make_erin()
    Area.objects.filter(pk=make_partnership().area_id).update(ons_code="E10000028")
    set_neighbours(neighbours=[("Southport", "E06000021"), ("Nowhere", "E06000099")], by=erin)

    said = run(dfe_file(), "--authority", "Northshire")

    assert said[1].splitlines()[1:] == ["Statistical neighbours not in the file: Nowhere."]
