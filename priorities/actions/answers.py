"""What an update says in words and by what its impact is known: kept with the update's save, in its transaction."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from priorities.models import Answer, ImpactEvidence, Measure, QuarterlyUpdate, Question


@dataclass(frozen=True, kw_only=True)
class KnownBy:
    """One thing that shows an impact: a measure, or what an audit, feedback or an evaluation said."""

    kind: str
    measure: Measure | None = None
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class HowImpactIsKnown:
    """All that shows an impact; or that the agency says itself that nothing does so far."""

    known_by: tuple[KnownBy, ...] = ()
    is_unshown: bool = False


def keep_answers(
    update: QuarterlyUpdate, texts: Mapping[str, str], *, carried: Mapping[str, Answer], checked: Collection[str]
) -> None:
    """Keep each text under its question's name; an empty one takes the answer away.

    `carried` are the names whose text is carried over now, with the answers that they come from; `checked` those whose
    carried text the agency says still holds. Raises `KeyError` for a name that the round does not ask.
    """
    questions = {question.name: question for question in Question.objects.meant_for(update)}
    kept = {answer.question_id: answer for answer in Answer.objects.filter(update=update)}
    for name, text in texts.items():
        question = questions[name]
        answer = kept.get(question.pk) or Answer(update=update, question=question)
        if not text:
            if answer.pk:
                answer.delete()
            continue
        if name in carried:
            answer.carried_from, answer.is_unchecked = carried[name], True
        elif name in checked or answer.text != text:
            answer.is_unchecked = False
        answer.text = text
        answer.save()


def keep_how_impact_is_known(update: QuarterlyUpdate, known: HowImpactIsKnown) -> None:
    """Replace what was linked before. `is_unshown` is set on the update, which the caller saves."""
    update.is_impact_unshown = known.is_unshown
    ImpactEvidence.objects.filter(update=update).delete()
    ImpactEvidence.objects.bulk_create(
        ImpactEvidence(update=update, kind=each.kind, measure=each.measure, description=each.description)
        for each in known.known_by
    )
