"""Which sections of a report answer what the statutory guidance asks, and with what evidence."""

from django.db import transaction

from partnership import audit
from partnership.models import User
from partnership.states import WrongState, require_version
from reports.actions.versions import lock_section
from reports.models import ItemAnswer, Section, StatutoryItem


@transaction.atomic
def add_item_answer(*, section: Section, item: StatutoryItem, evidence: str = "", by: User) -> ItemAnswer:
    """Say that a section answers an item; raises `WrongState` where it says so already, or nobody asks for it."""
    section = lock_section(section)
    item = StatutoryItem.objects.select_related("guidance").get(pk=item.pk)
    if item.withdrawn_at or item.guidance_id != section.report.guidance_id:
        raise WrongState(f"This report is not asked for {item}.")
    if section.item_answers.filter(item=item).exists():
        raise WrongState(f"{section} answers {item} already. Change what is said there.")
    answer = ItemAnswer.objects.create(section=section, item=item, evidence=evidence)
    audit.record("item-answer.added", target=answer, by=by, detail=evidence)
    return answer


@transaction.atomic
def change_item_answer(*, answer: ItemAnswer, version: int, evidence: str, by: User) -> ItemAnswer:
    """Say otherwise what in the section is the evidence; raises `StaleSave` if that was changed since `version`."""
    answer = _locked(answer)
    require_version(answer, version)
    if evidence != answer.evidence:
        audit.record("item-answer.changed", target=answer, by=by, detail=f"From: {answer.evidence}\nTo: {evidence}")
        answer.evidence = evidence
        answer.version += 1
        answer.save()
    return answer


@transaction.atomic
def remove_item_answer(*, answer: ItemAnswer, by: User) -> None:
    """Say that a section does not answer an item after all; the record of changes keeps what was said."""
    answer = _locked(answer)
    audit.record("item-answer.removed", target=answer, by=by, detail=answer.evidence)
    answer.delete()


def _locked(answer: ItemAnswer) -> ItemAnswer:
    """The answer as it is now, held with its section."""
    lock_section(answer.section)
    locked = ItemAnswer.objects.with_names().filter(pk=answer.pk).first()
    if locked is None:
        raise WrongState(f"{answer} was removed in the meantime.")
    return locked
