"""The editions of the statutory guidance, what each asks of a yearly report, and which one a report answers."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from partnership import audit
from partnership.models import Partnership, User
from partnership.states import WrongState, require_version
from reports.models import AnnualReport, Guidance, ItemAnswer, Section, StatutoryItem
from reports.standard_guidance import STANDARD_GUIDANCE, StandardItem

COPIED = ("order", "code", "title", "text", "duty", "source")
"""What an edition takes over of the items of another."""


def take_guidance(report: AnnualReport) -> None:
    """Let a new report answer the edition in force for its year; the first one brings the standard editions."""
    editions = list(Guidance.objects.order_by("starts_on")) or _store_standard_guidance()
    begun = [edition for edition in editions if edition.starts_on <= report.period.starts_on]
    report.guidance = begun[-1] if begun else editions[0]


@transaction.atomic
def add_guidance(
    *, title: str, starts_on: date, is_confirmed: bool, copied_from: Guidance | None = None, by: User
) -> Guidance:
    """Add an edition, with the items of another to begin with; reports that there are keep theirs."""
    guidance = Guidance(title=title, starts_on=starts_on, is_confirmed=is_confirmed)
    _require_free(guidance)
    guidance.save()
    if copied_from:
        StatutoryItem.objects.bulk_create(
            StatutoryItem(guidance=guidance, **{name: getattr(item, name) for name in COPIED})
            for item in copied_from.items.in_force()
        )
    audit.record("guidance.added", target=guidance, by=by, detail=f"Items of {copied_from}" if copied_from else "")
    return guidance


@transaction.atomic
def change_guidance(*, guidance: Guidance, version: int, by: User, **fields: Any) -> Guidance:
    """Correct an edition's title, its first year, or whether it is confirmed; raises `StaleSave`."""
    guidance = _lock(guidance)
    require_version(guidance, version)
    before = _set(guidance, fields)
    _require_free(guidance)
    _keep(guidance, before, "guidance.changed", by)
    return guidance


@transaction.atomic
def add_statutory_item(
    *, guidance: Guidance, code: str, title: str, text: str, duty: str, source: str = "", by: User
) -> StatutoryItem:
    """Say one thing more that an edition asks for, at the end; raises `WrongState` where the code is taken."""
    guidance = _lock(guidance)
    last = guidance.items.aggregate(last=Max("order"))["last"]
    item = StatutoryItem(guidance=guidance, code=code, title=title, text=text, duty=duty, source=source)
    _require_free_code(item)
    item.order = 0 if last is None else last + 1
    item.save()
    audit.record("statutory-item.added", target=item, by=by, detail=str(guidance))
    return item


@transaction.atomic
def change_statutory_item(*, item: StatutoryItem, version: int, by: User, **fields: Any) -> StatutoryItem:
    """Correct what an item says; its answers stay. Raises `StaleSave`, and `WrongState` where the code is taken."""
    item = _locked(item)
    require_version(item, version)
    before = _set(item, fields)
    _require_free_code(item)
    _keep(item, before, "statutory-item.changed", by)
    return item


@transaction.atomic
def remove_statutory_item(*, item: StatutoryItem, by: User) -> None:
    """Take an item away that no report answers; raises `WrongState` otherwise."""
    item = _locked(item)
    if item.answers.exists():
        raise WrongState(f"A report answers {item} already, so it cannot be removed. You can withdraw it.")
    audit.record("statutory-item.removed", target=item, by=by, detail=str(item.guidance))
    item.delete()


@transaction.atomic
def withdraw_statutory_item(*, item: StatutoryItem, by: User) -> StatutoryItem:
    """Ask for it no more; its answers stay. Raises `WrongState` if it is withdrawn already."""
    item = _locked(item)
    if item.withdrawn_at:
        raise WrongState(f"{item} is withdrawn already.")
    item.withdrawn_at, item.withdrawn_by = timezone.now(), by
    item.save()
    audit.record("statutory-item.withdrawn", target=item, by=by, detail=str(item.guidance))
    return item


@transaction.atomic
def put_back_statutory_item(*, item: StatutoryItem, by: User) -> StatutoryItem:
    """Ask again for what was withdrawn, with its answers; raises `WrongState` if it is asked for."""
    item = _locked(item)
    if not item.withdrawn_at:
        raise WrongState(f"{item} is asked for already.")
    item.withdrawn_at = item.withdrawn_by = None
    item.save()
    audit.record("statutory-item.put-back", target=item, by=by, detail=str(item.guidance))
    return item


@transaction.atomic
def choose_guidance(*, report: AnnualReport, guidance: Guidance, by: User) -> AnnualReport:
    """Let a report answer another edition; what was said of items that both ask for holds for the other, too."""
    report = AnnualReport.objects.select_for_update(of=("self",)).select_related("period").get(pk=report.pk)
    if report.guidance_id != guidance.pk:
        carry_answers(report, {section.pk: section for section in report.sections.all()}, guidance, is_same_year=True)
        report.guidance = guidance
        report.save()
        audit.record("report.guidance-chosen", target=report, by=by, detail=str(guidance))
    return report


def carry_answers(
    report: AnnualReport, copies: Mapping[int, Section], guidance: Guidance, *, is_same_year: bool
) -> None:
    """Let what a report's sections answer be answered under another guidance, by the sections of `copies`.

    Items are the same where code and title are. Evidence is of its year and does not come along into another.
    """
    same = {(item.code, item.title): item for item in guidance.items.all()}
    answers = ItemAnswer.objects.standing().filter(section__report=report, item__guidance=report.guidance_id)
    ItemAnswer.objects.bulk_create(
        [
            ItemAnswer(
                section=copies[answer.section_id],
                item=same[answer.item.code, answer.item.title],
                evidence=answer.evidence if is_same_year else "",
            )
            for answer in answers.select_related("item")
            if (answer.item.code, answer.item.title) in same
        ],
        ignore_conflicts=True,  # what was answered under that guidance before stays as it was
    )


def _store_standard_guidance() -> list[Guidance]:
    Partnership.objects.select_for_update().first()  # one at a time
    return list(Guidance.objects.order_by("starts_on")) or [
        _stored(Guidance(title=each.title, starts_on=each.starts_on, is_confirmed=each.is_confirmed), each.items)
        for each in STANDARD_GUIDANCE
    ]


def _stored(guidance: Guidance, items: Iterable[StandardItem]) -> Guidance:
    guidance.save()
    StatutoryItem.objects.bulk_create(
        StatutoryItem(
            guidance=guidance,
            order=order,
            code=each.code,
            title=each.title,
            text=each.text,
            duty=each.duty,
            source=each.source,
        )
        for order, each in enumerate(items)
    )
    return guidance


def _set(record: Guidance | StatutoryItem, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Set the fields of a locked record; gives what stood in those that change."""
    before = {name: getattr(record, name) for name, value in fields.items() if getattr(record, name) != value}
    for name in before:
        setattr(record, name, fields[name])
    return before


def _keep(record: Guidance | StatutoryItem, before: Mapping[str, Any], verb: str, by: User) -> None:
    """Save what was set, with a line that says what stood there; where nothing changed, nothing is written."""
    if before:
        record.version += 1
        record.save()
        detail = "\n".join(f"{name} was “{was}”" for name, was in before.items())
        audit.record(verb, target=record, by=by, detail=detail)


def _lock(guidance: Guidance) -> Guidance:
    """Two people change an edition and its items one after the other."""
    return Guidance.objects.select_for_update().get(pk=guidance.pk)


def _locked(item: StatutoryItem) -> StatutoryItem:
    _lock(item.guidance)
    locked = StatutoryItem.objects.select_related("guidance").filter(pk=item.pk).first()
    if locked is None:
        raise WrongState(f"{item} was removed in the meantime.")
    return locked


def _require_free(guidance: Guidance) -> None:
    others = Guidance.objects.exclude(pk=guidance.pk)
    if others.filter(title=guidance.title).exists():
        raise WrongState(f"There is an edition called {guidance.title} already.")
    if same := others.filter(starts_on=guidance.starts_on).first():
        raise WrongState(f"{same} holds from that year already.")


def _require_free_code(item: StatutoryItem) -> None:
    if StatutoryItem.objects.filter(guidance=item.guidance, code=item.code).exclude(pk=item.pk).exists():
        raise WrongState(f"{item.guidance} has an item {item.code} already.")
