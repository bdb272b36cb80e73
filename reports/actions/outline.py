"""The outline of a report: which sections it has, in which order, and who writes them until when."""

from datetime import date

from django.db import transaction
from django.db.models import F, Max, QuerySet
from django.utils import timezone

from partnership import audit
from partnership.models import Agency, Group, User
from partnership.states import WrongState
from priorities.models import Priority
from reports.choices import Numbering
from reports.models import AnnualReport, Section
from reports.numbering import Place, automatic_numbers
from reports.queries import outline

ASIDE = 1_000_000
"""Added to the places of sections while they are put in order, since no two may have the same."""

MOST_SECTIONS = 200


@transaction.atomic
def add_section(
    *,
    report: AnnualReport,
    parent: Section | None = None,
    number: str = "",
    title: str,
    owner: Agency,
    priority: Priority | None = None,
    group: Group | None = None,
    writer: User | None = None,
    due_on: date | None = None,
    words_wished: int | None = None,
    by: User,
) -> Section:
    """Add a section at the end of the report or of its parent.

    Where the portal numbers the report, it gets its number from its place, if any `number` is given.
    """
    report = _lock(report)
    if report.sections.count() >= MOST_SECTIONS:
        raise WrongState(f"{report} has {MOST_SECTIONS} sections already.")
    section = Section(
        report=report,
        number=number,
        title=title,
        owner=owner,
        priority=priority,
        group=group,
        writer=writer,
        due_on=due_on,
        words_wished=words_wished,
    )
    _put_below(section, parent)
    section.save()
    _renumber(report)
    section.refresh_from_db()
    audit.record("section.added", target=section, by=by)
    return section


@transaction.atomic
def change_section(
    *,
    section: Section,
    parent: Section | None,
    number: str,
    title: str,
    owner: Agency,
    priority: Priority | None,
    group: Group | None,
    writer: User | None,
    due_on: date | None,
    words_wished: int | None,
    by: User,
) -> Section:
    """Change where a section stands, what it is called, and who writes it until when.

    Its texts stay as they are, and so does an approval. Raises `WrongState` where it cannot stand below `parent`.
    """
    report, section = _locked(section)
    before = _in_words(section)
    section.number, section.title, section.owner = number, title, owner
    section.priority, section.group, section.writer = priority, group, writer
    section.due_on, section.words_wished = due_on, words_wished
    if parent != section.parent:
        _put_below(section, parent)
    section.save()
    _renumber(report)
    section.refresh_from_db()
    if changes := [words for words in _in_words(section) if words not in before]:
        audit.record("section.changed", target=section, by=by, detail="\n".join(changes))
    return section


@transaction.atomic
def move_section(*, section: Section, is_up: bool, by: User) -> Section:
    """Let a section change places with the one before or behind it in its chapter; at either end it stays."""
    report, section = _locked(section)
    beside = list(_beside(report, section.parent))
    here = beside.index(section)
    there = here + (-1 if is_up else 1)
    if 0 <= there < len(beside):
        beside[here], beside[there] = beside[there], beside[here]
        _put_in_order(beside)
        _renumber(report)
        audit.record("section.moved", target=section, by=by)
    return section


@transaction.atomic
def remove_section(*, section: Section, by: User) -> Section:
    """Take a section out of its report, with the sub-sections in it; `put_back_section` brings all of them back."""
    report, section = _locked(section)
    taken_out = [section, *section.children.all()]
    Section.objects.filter(pk__in=[each.pk for each in taken_out]).update(removed_at=timezone.now(), removed_by=by)
    _renumber(report)
    for each in taken_out:
        audit.record("section.removed", target=each, by=by)
    section.refresh_from_db(from_queryset=Section.with_removed.all())
    return section


@transaction.atomic
def put_back_section(*, section: Section, by: User) -> Section:
    """Let a section stand where it stood, with the sub-sections that were taken out with it.

    If it stands there already, nothing happens. Raises `WrongState` while its chapter is taken out.
    """
    report = _lock(section.report)
    section = Section.with_removed.get(pk=section.pk)
    if section.removed_at is None:
        return section
    if section.parent_id and not Section.objects.filter(pk=section.parent_id).exists():
        raise WrongState(f"Put its chapter back first: “{section.parent}”.")
    beside = list(_beside(report, section.parent))
    place = sum(other.order < section.order for other in beside)
    together = Section.with_removed.filter(parent=section, removed_at=section.removed_at)
    below = list(together)
    _put_in_order([*beside[:place], section, *beside[place:]])
    Section.with_removed.filter(pk=section.pk).update(removed_at=None, removed_by=None)
    together.update(removed_at=None, removed_by=None)
    _renumber(report)
    for each in (section, *below):
        audit.record("section.put-back", target=each, by=by)
    return Section.objects.get(pk=section.pk)


@transaction.atomic
def choose_numbering(*, report: AnnualReport, numbering: str, by: User) -> AnnualReport:
    """Say whether the sections' numbers are typed, or given by the portal; then they are given at once.

    Sections without a number keep none, unless none of them had one.
    """
    report = _lock(report)
    if numbering != report.numbering:
        report.numbering = numbering
        report.save()
        _renumber(report, is_new=not report.sections.exclude(number="").exists())
        audit.record("report.numbering-chosen", target=report, by=by, detail=str(Numbering(numbering).label))
    return report


def _lock(report: AnnualReport) -> AnnualReport:
    """Two people change a report's outline one after the other."""
    return AnnualReport.objects.select_for_update(of=("self",)).select_related("period").get(pk=report.pk)


def _locked(section: Section) -> tuple[AnnualReport, Section]:
    report = _lock(section.report)
    locked = Section.objects.select_for_update().filter(pk=section.pk).first()
    if locked is None:
        raise WrongState(f"{section} was taken out of the report in the meantime.")
    return report, locked


def _beside(report: AnnualReport, parent: Section | None) -> QuerySet[Section]:
    """The sections that stand together: the report's chapters, or the sub-sections of one."""
    return Section.objects.filter(report=report, parent=parent)


def _put_below(section: Section, parent: Section | None) -> None:
    """Let a section stand last below another, or last of the chapters. A report has chapters and sub-sections."""
    if parent is not None:
        parent = Section.objects.filter(pk=parent.pk).first()
        if parent is None:
            raise WrongState("The chapter was taken out of the report in the meantime.")
        if parent.parent_id or parent == section or parent.report_id != section.report_id:
            raise WrongState("A section can only stand in a chapter.")
        if section.pk and section.children.exists():
            raise WrongState(f"{section} is a chapter with sub-sections. Move those first.")
    last = _beside(section.report, parent).aggregate(last=Max("order"))["last"]
    section.parent, section.order = parent, 0 if last is None else last + 1


def _put_in_order(sections: list[Section]) -> None:
    Section.objects.filter(pk__in=[section.pk for section in sections]).update(order=F("order") + ASIDE)
    for order, section in enumerate(sections):
        section.order = order
    Section.with_removed.bulk_update(sections, ["order"])


def _renumber(report: AnnualReport, *, is_new: bool = False) -> None:
    """Give the sections the numbers of their places, where the portal numbers the report: those with one, or all."""
    if report.numbering != Numbering.AUTOMATIC:
        return
    sections = outline(Section.objects.filter(report=report))
    numbers = automatic_numbers([Place(level, is_new or bool(section.number)) for section, level in sections])
    changed = [(section, number) for (section, _), number in zip(sections, numbers, strict=True)]
    for section, number in changed:
        section.number = number
    Section.objects.bulk_update([section for section, _ in changed], ["number"])


def _in_words(section: Section) -> list[str]:
    """What can be changed of a section, a line for each, for the record of changes."""
    return [
        f"Called: {section.number} {section.title}".replace(":  ", ": "),
        f"Chapter: {section.parent or 'none'}",
        f"Owner: {section.owner}",
        f"Writer: {section.writer or 'nobody'}",
        f"Due: {section.due_on or 'no day'}",
        f"Words wished: {section.words_wished or 'any number'}",
        f"Priority: {section.priority or 'none'}",
        f"Group: {section.group or 'none'}",
    ]
