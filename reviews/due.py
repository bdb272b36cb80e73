"""What is due next across all that was learned, and what waits for somebody."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from partnership.choices import Permission
from partnership.models import User
from reviews.models import (
    Feedback,
    PartnerChallenge,
    PracticeReview,
    Recommendation,
    RestraintQuestion,
    Risk,
    SelfAssessment,
)
from reviews.queries import review_rows
from reviews.tracker import recommendation_rows


@dataclass(frozen=True, kw_only=True)
class Due:
    """One thing to be done by a day, and the page where it is done."""

    what: str
    subject: str
    route: str
    pk: int
    on: date


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """How many records wait for something that has no day, and the list that shows them."""

    count: int
    one: str
    many: str
    route: str
    query: str = ""

    @property
    def words(self) -> str:
        return f"{self.count} {self.one if self.count == 1 else self.many}"


LATE = {
    "reviews:review-detail": (
        "practice review is late",
        "practice reviews are late",
        "reviews:review-list",
        "?show=late",
    ),
    "reviews:recommendation-detail": (
        "recommendation is overdue for its work or its check",
        "recommendations are overdue for their work or their check",
        "reviews:recommendation-list",
        "",
    ),
    "reviews:audit-detail": (
        "audit is not signed off by everybody after its due date",
        "audits are not signed off by everybody after their due date",
        "reviews:audit-list",
        "",
    ),
    "reviews:risk-detail": (
        "risk is overdue for review",
        "risks are overdue for review",
        "reviews:risk-list",
        "?show=late",
    ),
}
"""For each kind of what is due, by its page: how many of it late are told, and the list that shows them."""


def what_is_late(due: Iterable[Due], *, today: date) -> list[Waiting]:
    """How much of what is due is late, a line for each kind."""
    counts = Counter(each.route for each in due if each.on < today)
    return [
        Waiting(count=counts[each], one=one, many=many, route=route, query=query)
        for each, (one, many, route, query) in LATE.items()
        if counts[each]
    ]


def what_is_due(user: User, *, today: date) -> list[Due]:
    """What somebody may know to be due, the longest waiting on top: a fixed number of queries."""
    found = [
        *_reviews_due(user, today),
        *_recommendations_due(user, today),
        *_assessments_due(user),
        *_risks_due(user),
    ]
    return sorted(found, key=lambda due: (due.on, due.subject, due.pk))


def what_waits(user: User) -> list[Waiting]:
    """What waits for an answer or a check, without a day."""
    challenges = PartnerChallenge.objects.visible_to(user).in_force().filter(closed_on=None, responded_on=None)
    questions = RestraintQuestion.objects.filter(scrutiny__withdrawn_at=None, answered_on=None)
    found = [
        Waiting(
            count=challenges.count(),
            one="challenge waits for a response",
            many="challenges wait for a response",
            route="reviews:partner-challenge-list",
            query="?state=open",
        ),
        Waiting(
            count=questions.count(),
            one="question on restraint waits for an answer",
            many="questions on restraint wait for an answer",
            route="reviews:restraint-list",
        ),
    ]
    if user.may(Permission.REVIEW_READ_ALL):
        unchecked = Feedback.objects.in_force().count() - Feedback.objects.quotable().count()
        found.append(
            Waiting(
                count=unchecked,
                one="piece of feedback waits to be checked before it is quoted",
                many="pieces of feedback wait to be checked before they are quoted",
                route="reviews:feedback-list",
            )
        )
    return [waiting for waiting in found if waiting.count]


def _reviews_due(user: User, today: date) -> Iterator[Due]:
    reviews = PracticeReview.objects.visible_to(user).in_force().with_steps()
    for row in review_rows(reviews, user=user, today=today):
        if row.due:
            yield Due(
                what=row.due.what,
                subject=row.review.reference,
                route="reviews:review-detail",
                pk=row.review.pk,
                on=row.due.due_on,
            )


def _recommendations_due(user: User, today: date) -> Iterator[Due]:
    recommendations = Recommendation.objects.visible_to(user).in_force().with_names()
    for row in recommendation_rows(recommendations, user=user, today=today):
        if row.due:
            what, on = row.due
            yield Due(
                what=what,
                subject=f"Recommendation, {row.recommendation.made_by}",
                route="reviews:recommendation-detail",
                pk=row.recommendation.pk,
                on=on,
            )


def _assessments_due(user: User) -> Iterator[Due]:
    """Rounds in which somebody is still to sign off, each once."""
    waiting = SelfAssessment.objects.known_to(user).awaiting_agency()
    rounds = {each.round for each in waiting.filter(round__opened_at__isnull=False).select_related("round")}
    for each in rounds:
        yield Due(
            what="Sign off the self-assessment",
            subject=each.title,
            route="reviews:audit-detail",
            pk=each.pk,
            on=each.due_on,
        )


def _risks_due(user: User) -> Iterator[Due]:
    for risk in Risk.objects.visible_to(user).in_force().filter(closed_on=None):
        yield Due(
            what="Review the risk", subject=str(risk), route="reviews:risk-detail", pk=risk.pk, on=risk.review_due_on
        )
