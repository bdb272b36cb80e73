"""The results of a round of audits, by standard and by agency, beside those of the round before.

What agencies say of themselves and what was agreed after a challenge are told apart. Only signed-off assessments count.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from partnership.models import Agency
from priorities.choices import DisclosureRule, Unit
from priorities.disclosure import Shown, share
from priorities.wording import in_words
from reviews.models import AuditRound, Grade, SelfAssessment, Standard, StandardAnswer


@dataclass(frozen=True, kw_only=True)
class Cell:
    """An agency's grade in a standard: its own, and the agreed one where it was challenged."""

    standard: Standard
    answer: StandardAnswer | None

    @property
    def own(self) -> Grade | None:
        return self.answer.grade if self.answer else None

    @property
    def final(self) -> Grade | None:
        return self.answer.final_grade if self.answer else None

    @property
    def is_agreed(self) -> bool:
        """Whether the grade that counts was agreed after a challenge."""
        return self.answer is not None and self.answer.agreed_grade_id is not None

    @property
    def own_in_words(self) -> str:
        return self.own.name if self.own else ""

    @property
    def final_in_words(self) -> str:
        return self.final.name if self.final else ""


@dataclass(frozen=True, kw_only=True)
class AgencyRow:
    assessment: SelfAssessment
    cells: tuple[Cell, ...]

    @property
    def agency(self) -> Agency:
        return self.assessment.agency


@dataclass(frozen=True, kw_only=True)
class GradeShare:
    """How many agencies have a grade in a standard: by their own word, after challenge, and in the round before."""

    grade: Grade
    own: int
    final: int
    of: int
    before: int | None
    of_before: int

    @property
    def own_in_words(self) -> str:
        return told(self.own, self.of)

    @property
    def final_in_words(self) -> str:
        return told(self.final, self.of)

    @property
    def before_in_words(self) -> str:
        return "Not asked" if self.before is None else told(self.before, self.of_before)


@dataclass(frozen=True, kw_only=True)
class StandardResult:
    standard: Standard
    shares: tuple[GradeShare, ...]

    @property
    def caption(self) -> str:
        """Tells the standard's table from the others of the page."""
        return f"Agencies by grade in standard {self.standard.code}"


@dataclass(frozen=True, kw_only=True)
class Results:
    audit_round: AuditRound
    grades: tuple[Grade, ...]
    standards: tuple[StandardResult, ...]
    agencies: tuple[AgencyRow, ...]
    asked: int

    @property
    def answered(self) -> int:
        return len(self.agencies)


def told(count: int, of: int) -> str:
    """A count of agencies with its share, such as “12 of 15 (80%)”. Agencies are no people: nothing is hidden."""
    if not of:
        return "None"
    part = share(Shown(Decimal(count)), Shown(Decimal(of)), rule=DisclosureRule.NOT_PEOPLE)
    return f"{count} of {of} ({in_words(part, unit=Unit.PERCENT)})"


def results_of(audit_round: AuditRound) -> Results:
    """The results of a round: a fixed number of queries, however many agencies and standards."""
    standards = list(audit_round.standards.prefetch_related("descriptors__grade"))
    grades = tuple(audit_round.grades.all())
    assessments = list(audit_round.assessments.signed_off().select_related("agency"))
    answers = _answers(audit_round)
    before = _tally(audit_round.follows_id)
    rows = [
        AgencyRow(
            assessment=assessment,
            cells=tuple(
                Cell(standard=standard, answer=answers.get((assessment.pk, standard.pk))) for standard in standards
            ),
        )
        for assessment in assessments
    ]
    return Results(
        audit_round=audit_round,
        grades=grades,
        standards=tuple(_standard_result(standard, grades, rows, before) for standard in standards),
        agencies=tuple(rows),
        asked=audit_round.assessments.count(),
    )


def signed_off_answers(*rounds: int) -> list[StandardAnswer]:
    """The graded answers of the signed-off assessments of rounds: one query."""
    found = StandardAnswer.objects.filter(
        assessment__in=SelfAssessment.objects.signed_off().filter(round__in=rounds), grade__isnull=False
    )
    return list(found.select_related("grade", "agreed_grade"))


def _answers(audit_round: AuditRound) -> dict[tuple[int, int], StandardAnswer]:
    return {(answer.assessment_id, answer.standard_id): answer for answer in signed_off_answers(audit_round.pk)}


Tally = Mapping[int, Counter[str]]
"""How many agencies have a grade, by the standard's key and the grade's name."""


def _tally(round_id: int | None) -> Tally:
    tally: dict[int, Counter[str]] = {}
    for answer in signed_off_answers(round_id) if round_id else ():
        grade = answer.final_grade
        tally.setdefault(answer.standard_id, Counter())[grade.name if grade else ""] += 1
    return tally


def _standard_result(
    standard: Standard, grades: Sequence[Grade], rows: Sequence[AgencyRow], before: Tally
) -> StandardResult:
    cells = [cell for row in rows for cell in row.cells if cell.standard == standard and cell.answer]
    own, final = Counter(cell.own for cell in cells), Counter(cell.final for cell in cells)
    earlier = before.get(standard.carried_from_id or 0)
    return StandardResult(
        standard=standard,
        shares=tuple(
            GradeShare(
                grade=grade,
                own=own[grade],
                final=final[grade],
                of=len(cells),
                before=earlier.get(grade.name, 0) if earlier else None,
                of_before=earlier.total() if earlier else 0,
            )
            for grade in grades
        ),
    )
