from datetime import date

from django.db import models
from django.db.models import F, Q

from partnership.choices import Permission
from partnership.models import Agency, User
from reviews.choices import (
    RISK_LEVELS,
    ChallengeState,
    ControlsWork,
    Impact,
    Likelihood,
    RiskCategory,
    RiskLevel,
    RiskTreatment,
)
from reviews.models.withdrawals import Withdrawable, WithdrawableQuerySet


class PartnerChallenge(Withdrawable):
    """One partner asking another to answer for something, kept so that the board sees what came of it.

    It waits for a response, is answered, and is closed with its outcome.
    """

    raised_by = models.ForeignKey(Agency, models.PROTECT, related_name="challenges_raised")
    raised_by_post = models.CharField("post of who raised it", max_length=150, blank=True)
    raised_to = models.ForeignKey(Agency, models.PROTECT, related_name="challenges_received")
    raised_on = models.DateField()
    title = models.CharField("about", max_length=200)
    text = models.TextField("what was asked")
    response = models.TextField(blank=True)
    responded_on = models.DateField(null=True, blank=True)
    outcome = models.TextField(blank=True)
    closed_on = models.DateField(null=True, blank=True)
    changed = models.TextField("what changed because of it", blank=True)

    class Meta(Withdrawable.Meta):
        ordering = ["-raised_on", "-pk"]
        constraints = [
            *Withdrawable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(response="", responded_on__isnull=True)
                | (~Q(response="") & Q(responded_on__isnull=False, responded_on__gte=F("raised_on"))),
                name="partner_challenge_response_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", closed_on__isnull=True)
                | (~Q(outcome="") & Q(closed_on__isnull=False, closed_on__gte=F("raised_on"))),
                name="partner_challenge_outcome_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True)
                | Q(responded_on__isnull=True)
                | Q(closed_on__gte=F("responded_on")),
                name="partner_challenge_closed_after_its_response",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def state(self) -> ChallengeState:
        if self.closed_on:
            return ChallengeState.CLOSED
        return ChallengeState.ANSWERED if self.responded_on else ChallengeState.OPEN


def level_of(score: int) -> RiskLevel:
    """How bad a score is: likelihood times impact, 1 to 25."""
    return next(level for least, level in RISK_LEVELS if score >= least)


class RiskQuerySet(WithdrawableQuerySet):
    def visible_to(self, user):
        """The board's, the chair's and the signatories'; what was withdrawn the board's and the chair's."""
        if not user.may(Permission.RISK_READ):
            return self.none()
        return self if user.may(Permission.REVIEW_READ_ALL) else self.in_force()


class Risk(Withdrawable):
    """Something that could keep the partnership from making children safer, and what is done about it.

    It is scored as likelihood times impact when it is recorded and at every review; the latest score is the current
    one, and all of them are kept. It ends by being closed with a reason.
    """

    code = models.CharField(max_length=20, unique=True)
    title = models.CharField("risk", max_length=200)
    category = models.CharField(max_length=20, choices=RiskCategory)
    owner = models.ForeignKey(Agency, models.PROTECT, related_name="risks")
    owner_post = models.CharField("post of who owns it", max_length=150)
    causes = models.TextField(blank=True)
    consequences = models.TextField(blank=True)
    controls = models.TextField("what is done about it", blank=True)
    controls_work = models.CharField("how far that works", max_length=12, choices=ControlsWork)
    treatment = models.CharField("what we chose to do", max_length=12, choices=RiskTreatment)
    initial_likelihood = models.PositiveSmallIntegerField(choices=Likelihood)
    initial_impact = models.PositiveSmallIntegerField(choices=Impact)
    target_likelihood = models.PositiveSmallIntegerField(choices=Likelihood)
    target_impact = models.PositiveSmallIntegerField(choices=Impact)
    review_due_on = models.DateField("next review due on")
    closed_on = models.DateField(null=True, blank=True)
    closed_reason = models.TextField(blank=True)

    objects = RiskQuerySet.as_manager()

    class Meta(Withdrawable.Meta):
        ordering = ["code"]
        constraints = [
            *Withdrawable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(initial_likelihood__range=(1, 5), initial_impact__range=(1, 5))
                & Q(target_likelihood__range=(1, 5), target_impact__range=(1, 5)),
                name="risk_scores_from_1_to_5",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, closed_reason="")
                | (Q(closed_on__isnull=False) & ~Q(closed_reason="")),
                name="risk_closed_on_and_why_together",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.title}"

    @property
    def initial_score(self) -> int:
        return self.initial_likelihood * self.initial_impact

    @property
    def target_score(self) -> int:
        return self.target_likelihood * self.target_impact

    @property
    def current(self) -> "RiskScore":
        """The latest score; there is one from the day on which the risk was recorded."""
        return list(self.scores.all())[-1]

    def is_late(self, today: date) -> bool:
        return not self.closed_on and self.review_due_on < today


class RiskScore(models.Model):
    """How likely and how bad a risk was on the day it was looked at. Scores are added, never changed."""

    risk = models.ForeignKey(Risk, models.CASCADE, related_name="scores")
    on = models.DateField()
    likelihood = models.PositiveSmallIntegerField(choices=Likelihood)
    impact = models.PositiveSmallIntegerField(choices=Impact)
    note = models.TextField("why", blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(likelihood__range=(1, 5), impact__range=(1, 5)), name="risk_score_from_1_to_5"
            )
        ]

    def __str__(self):
        return f"{self.score} on {self.on:%-d %B %Y}"

    @property
    def score(self) -> int:
        return self.likelihood * self.impact

    @property
    def level(self) -> RiskLevel:
        return level_of(self.score)
