"""A report from a Word file: what was read waits until somebody has looked at it, then all of it becomes records."""

import re
from collections.abc import Mapping

from django.db import transaction

from partnership import audit
from partnership.models import Agency, Partnership, User
from partnership.states import WrongState
from partnership.years import code_of, label_of
from reports.actions.arranging import add_block
from reports.actions.beginning import begin_report
from reports.actions.images import keep_drawn_image
from reports.actions.outline import add_section
from reports.actions.saving import BlockSave, save_section
from reports.choices import Numbering, ReportStatus, VersionAct
from reports.import_parts import blocks_from
from reports.models import AnnualReport, ReportImport, Section
from reports.word import ImportedSection, Outline, to_json


@transaction.atomic
def keep_report_import(*, name: str, outline: Outline, by: User) -> ReportImport:
    """Keep what was read from a file for its sender to look at, in place of an earlier one; old ones of anybody go."""
    ReportImport.objects.make_room(by=by)
    upload = ReportImport.objects.create(name=name, outline=to_json(outline), uploaded_by=by)
    audit.record("report-import.uploaded", target=upload, by=by)
    return upload


@transaction.atomic
def drop_report_import(*, upload: ReportImport, by: User) -> None:
    """Take away what was read from a file, without importing it."""
    audit.record("report-import.dropped", target=upload, by=by)
    upload.delete()


@transaction.atomic
def import_report(*, outline: Outline, year: int, owner: Agency, by: User) -> AnnualReport:
    """Make the report of the financial year that begins in `year` from what was read, all of it or nothing.

    Year and report are made where they are missing; every section belongs to `owner`. Raises `WrongState` where the
    year's report has sections already.
    """
    Partnership.objects.select_for_update().first()  # one import at a time
    report = _empty_report(year, owner=owner, by=by)
    keys = {
        str(place): keep_drawn_image(report=report, drawn=picture.content, by=by).pk
        for place, picture in enumerate(outline.pictures, start=1)
    }
    chapter = None
    for imported in outline.sections:
        parent = chapter if imported.level > 1 else None
        section = _add_section(imported, report, parent, keys, owner=owner, by=by)
        chapter = chapter if parent else section
    audit.record("report.imported", target=report, by=by, detail=f"{len(outline.sections)} sections")
    return report


def _empty_report(year: int, *, owner: Agency, by: User) -> AnnualReport:
    """The year's report without sections, in which numbers stay as they were typed."""
    report = AnnualReport.objects.filter(period__code=code_of(year)).first()
    if report is None:
        report = begin_report(year=year, title="Annual report", has_standard_outline=False, owner=owner, by=by)
    elif report.status != ReportStatus.DRAFTING or report.sections.exists():
        raise WrongState(f"There is a report of {label_of(year)} already. Choose a year without a report.")
    report.numbering = Numbering.FREE
    report.save()
    return report


def _add_section(
    imported: ImportedSection,
    report: AnnualReport,
    parent: Section | None,
    keys: Mapping[str, int],
    *,
    owner: Agency,
    by: User,
) -> Section:
    section = add_section(
        report=report, parent=parent, number=imported.number, title=imported.title, owner=owner, by=by
    )
    saves = {}
    for text in imported.texts:
        for kind, content in blocks_from(_with_keys(text, keys)):
            block = add_block(section=section, kind=kind, by=by)
            saves[block.pk] = BlockSave(block.version, content)
    save_section(section=section, saves=saves, by=by, act=VersionAct.IMPORTED)
    return section


def _with_keys(text: str, keys: Mapping[str, int]) -> str:
    """The text with its pictures named by their keys."""
    return re.sub(r'data-image="(\d+)"', lambda found: f'data-image="{keys[found[1]]}"', text)
