"""Where a report answers the statutory guidance: each item with the sections that answer it."""

from dataclasses import dataclass

from reports.models import AnnualReport, Guidance, ItemAnswer, Section, StatutoryItem


@dataclass(frozen=True, kw_only=True)
class ItemRow:
    """An item with the answers that stand in the report, in its order."""

    item: StatutoryItem
    answers: tuple[ItemAnswer, ...]

    @property
    def is_without_evidence(self) -> bool:
        """Whether it is answered, and no answer says what shows it."""
        return bool(self.answers) and not any(answer.evidence for answer in self.answers)


@dataclass(frozen=True, kw_only=True)
class Coverage:
    guidance: Guidance
    rows: tuple[ItemRow, ...]

    @property
    def unanswered(self) -> int:
        return sum(not row.answers for row in self.rows)

    @property
    def without_evidence(self) -> int:
        return sum(row.is_without_evidence for row in self.rows)

    @property
    def codes_by_section(self) -> dict[int, list[str]]:
        """The codes of the items that each section answers, by its id."""
        found: dict[int, list[str]] = {}
        for row in self.rows:
            for answer in row.answers:
                found.setdefault(answer.section_id, []).append(row.item.code)
        return found


def coverage(report: AnnualReport) -> Coverage | None:
    """What the report's guidance asks and where it is answered, in three queries; None without a guidance."""
    guidance = Guidance.objects.filter(reports=report).first()
    if guidance is None:
        return None
    answers: dict[int, list[ItemAnswer]] = {}
    standing = ItemAnswer.objects.standing().filter(section__report=report, item__guidance=guidance)
    for answer in sorted(standing.select_related("section__parent"), key=lambda answer: _place(answer.section)):
        answers.setdefault(answer.item_id, []).append(answer)
    return Coverage(
        guidance=guidance,
        rows=tuple(ItemRow(item=item, answers=tuple(answers.get(item.pk, ()))) for item in guidance.items.in_force()),
    )


def _place(section: Section) -> tuple[int, int]:
    """Where a section stands in its report: a chapter stands before its sub-sections."""
    return (section.parent.order, section.order + 1) if section.parent else (section.order, 0)
