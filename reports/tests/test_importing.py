import pytest

from partnership.models import AuditEvent, ReportingPeriod
from partnership.states import WrongState
from partnership.tests.factories import make_agency, make_alice, make_bob, make_partnership, make_period
from partnership.tests.sample_files import photo
from reports import actions
from reports.choices import Kind, Numbering, VersionAct
from reports.models import AnnualReport, Block, ReportImage, ReportImport, Section
from reports.tests.factories import make_report, make_report_import, make_section
from reports.tests.word_sample import drawing, h1, h2, p, word_file
from reports.word.document import read_document

PARTS = {"word/media/image1.png": photo(format="PNG")}
RELATIONS = {"image": ("image", "media/image1.png")}


@pytest.fixture
def alice(db):
    make_partnership()
    return make_alice()


def bring_in(*blocks, by, year=2023, **more):
    outline = read_document(word_file(*blocks, **more))
    return actions.import_report(outline=outline, year=year, owner=make_agency("council"), by=by)


def test_outline_becomes_a_report_of_a_year_that_is_added(alice):
    report = bring_in(
        h1("Foreword"),
        p("Dear reader"),
        h1("4 Quality"),
        h2("4.1 Exploitation"),
        p("Words ", drawing()),
        h1("5 Summary"),
        p("The end"),
        by=alice,
        parts=PARTS,
        relations=RELATIONS,
    )

    assert str(report) == "Annual report 2023/24"
    assert (report.period.code, report.numbering) == ("2023-24", Numbering.FREE)
    assert [
        (str(section), str(section.parent or ""), section.owner.code) for section in Section.objects.order_by("pk")
    ] == [
        ("Foreword", "", "council"),
        ("4 Quality", "", "council"),
        ("4.1 Exploitation", "4 Quality", "council"),
        ("5 Summary", "", "council"),
    ]
    image = ReportImage.objects.get()
    assert [(block.kind, block.body) for block in Block.objects.order_by("pk")] == [
        (Kind.TEXT, "<p>Dear reader</p>"),
        (Kind.TEXT, f'<p>Words</p>\n<figure><img data-image="{image.pk}" alt="A bar chart"></figure>'),
        (Kind.TEXT, "<p>The end</p>"),
    ]
    version = Section.objects.get(title="Foreword").versions.first()
    assert (version.act, version.by) == (VersionAct.IMPORTED, alice)
    said = AuditEvent.objects.filter(verb="report.imported").get()
    assert (said.by, said.detail) == (alice, "4 sections")


def test_year_and_report_that_are_there_are_taken(alice):
    report = make_report("2023-24")

    assert bring_in(h1("A"), p("Words"), by=alice) == report
    assert ReportingPeriod.objects.get() == report.period


def test_report_that_has_sections_is_left_as_it_is(alice):
    section = make_section(make_report("2023-24"))

    with pytest.raises(WrongState) as refusal:
        bring_in(h1("A"), p("Words"), by=alice)

    assert str(refusal.value) == "There is a report of 2023/24 already. Choose a year without a report."
    assert list(Section.objects.all()) == [section]


def test_one_thing_that_fails_leaves_nothing_behind(alice, monkeypatch):
    def fail(**arguments):
        raise WrongState("No more")

    monkeypatch.setattr("reports.actions.importing.save_section", fail)

    with pytest.raises(WrongState):
        bring_in(h1("A"), p("Words"), by=alice)

    assert not AnnualReport.objects.exists()
    assert not ReportingPeriod.objects.exists()
    assert not AuditEvent.objects.filter(verb="report.imported").exists()


def test_what_was_read_replaces_what_its_sender_sent_before(alice):
    bob = make_bob()
    make_report_import(by=alice)
    of_bob = make_report_import(by=bob)

    latest = make_report_import(by=alice)

    assert list(ReportImport.objects.visible_to(alice)) == [latest]
    assert list(ReportImport.objects.visible_to(bob)) == [of_bob]


def test_what_nobody_confirms_goes_after_a_day(alice, time_machine):
    time_machine.move_to("2026-01-01 12:00Z")
    make_report_import(by=alice)
    time_machine.move_to("2026-01-02 12:01Z")

    kept = make_report_import(by=make_bob())

    assert list(ReportImport.objects.all()) == [kept]


def test_what_is_not_wanted_is_taken_away(alice):
    actions.drop_report_import(upload=make_report_import(by=alice), by=alice)

    assert not ReportImport.objects.exists()
    assert AuditEvent.objects.first().verb == "report-import.dropped"


def test_period_that_is_there_keeps_its_label(alice):
    make_period("2023-24")

    assert bring_in(h1("A"), p("Words"), by=alice).period == ReportingPeriod.objects.get()
