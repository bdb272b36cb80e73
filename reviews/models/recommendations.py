from datetime import date, timedelta

from django.db import models
from django.db.models import Prefetch, Q

from partnership.choices import Permission
from partnership.models import Agency, User
from partnership.states import Moves
from priorities.choices import HowKnown
from priorities.models import AgreedAction, Measure
from reviews.choices import (
    CHECKABLE_STATUSES,
    LEAST_DAYS_TO_A_CHECK,
    RECOMMENDATION_TRANSITIONS,
    EmbeddedOutcome,
    RecommendationSource,
    RecommendationStatus,
)
from reviews.models.inspections import Inspection
from reviews.models.practice_reviews import PracticeReview
from reviews.models.themes import Theme


class RecommendationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Which recommendations somebody may know of. What each says is for those whom `readable_by` lets through."""
        if user.may(Permission.REVIEW_READ_ALL):
            return self
        return (
            self.filter(review__withdrawn_at=None, inspection__withdrawn_at=None)
            if user.may(Permission.REPORT_READ)
            else self.none()
        )

    def readable_by(self, user):
        """Those whose words somebody may read: not what an unpublished review says, unless their agency owns it."""
        if user.may(Permission.REVIEW_READ_ALL):
            return self
        reviews = PracticeReview.objects.readable_by(user)
        return self.visible_to(user).filter(Q(review=None) | Q(review__in=reviews) | Q(agency__in=user.agency_ids))

    def with_names(self):
        """With all that a list tells of each: five queries."""
        return self.select_related("review", "inspection", "agency").prefetch_related(
            "themes",
            "review__steps",
            "checks",
            Prefetch("actions", AgreedAction.objects.select_related("owner").prefetch_related("date_changes")),
        )

    def in_force(self):
        return self.exclude(status=RecommendationStatus.WITHDRAWN)

    def checks_due(self, today: date):
        """Those of which it is time to see whether they last."""
        return self.filter(status__in=CHECKABLE_STATUSES, check_due_on__lte=today)


class Recommendation(Moves, models.Model):
    """What a review, an inspection, an audit or somebody else told an agency to do.

    It is open until it is signed off with evidence; that closes it. Embedded it becomes only when a later check finds
    so and says how that is known. A check that finds otherwise opens it again. `steps` keeps each of these days.
    """

    TRANSITIONS = RECOMMENDATION_TRANSITIONS

    text = models.TextField("what is recommended")
    source = models.CharField("made by", max_length=16, choices=RecommendationSource)
    review = models.ForeignKey(PracticeReview, models.PROTECT, null=True, blank=True, related_name="recommendations")
    inspection = models.ForeignKey(Inspection, models.PROTECT, null=True, blank=True, related_name="recommendations")
    source_text = models.CharField("where it stands", max_length=200, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="recommendations")
    made_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    themes = models.ManyToManyField(Theme, related_name="recommendations", blank=True)
    actions = models.ManyToManyField(AgreedAction, through="RecommendationAction", related_name="recommendations")
    status = models.CharField(max_length=16, choices=RecommendationStatus, default=RecommendationStatus.OPEN)
    version = models.PositiveIntegerField(default=1)

    signed_off_on = models.DateField(null=True, blank=True)
    sign_off_body = models.CharField("who signed it off", max_length=200, blank=True)
    evidence = models.TextField("what shows that it is done", blank=True)
    check_due_on = models.DateField("next check due", null=True, blank=True)

    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["made_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(review__isnull=True, inspection__isnull=True)
                | Q(source=RecommendationSource.REVIEW, review__isnull=False, inspection__isnull=True)
                | Q(source=RecommendationSource.INSPECTION, review__isnull=True, inspection__isnull=False),
                name="recommendation_source_fits_its_link",
            ),
            models.CheckConstraint(
                condition=Q(review__isnull=False) | Q(inspection__isnull=False) | ~Q(source_text=""),
                name="recommendation_says_where_it_stands",
            ),
            models.CheckConstraint(
                condition=(Q(status__in=CHECKABLE_STATUSES, signed_off_on__isnull=False) & ~Q(evidence=""))
                & ~Q(sign_off_body="")
                | (~Q(status__in=CHECKABLE_STATUSES) & Q(signed_off_on__isnull=True, check_due_on__isnull=True)),
                name="recommendation_signed_off_with_evidence",
            ),
            models.CheckConstraint(
                condition=~Q(status=RecommendationStatus.SIGNED_OFF) | Q(check_due_on__isnull=False),
                name="recommendation_signed_off_is_checked",
            ),
            models.CheckConstraint(
                condition=Q(signed_off_on__isnull=True) | Q(signed_off_on__gte=models.F("made_on")),
                name="recommendation_signed_off_after_it_was_made",
            ),
        ]

    def __str__(self):
        return f"Recommendation {self.pk}"

    @property
    def made_by(self) -> str:
        """What made it, in words that tell nothing of a case: the review's reference, the inspection's subject."""
        return str(self.review or (self.inspection and self.inspection.subject) or self.source_text)

    @property
    def is_open(self) -> bool:
        return self.status == RecommendationStatus.OPEN

    @property
    def can_be_checked(self) -> bool:
        return self.status in CHECKABLE_STATUSES

    @property
    def checkable_from(self) -> date | None:
        """The first day on which a check can see whether it lasts; None while it is open."""
        return self.signed_off_on and self.signed_off_on + timedelta(days=LEAST_DAYS_TO_A_CHECK)

    @property
    def can_be_reopened(self) -> bool:
        return RecommendationStatus.OPEN in self.TRANSITIONS[self.status]

    @property
    def not_before(self) -> date:
        """The last day on which something came of it: nothing that follows can be earlier."""
        return max((step.on for step in self.steps.all()), default=self.made_on)

    def steps_by_the_end_of(self, period) -> list["RecommendationStep"]:
        """Its steps up to the period's last day; of a closed period those on record when it was closed.

        None if it was not in force on that day: not made yet, or withdrawn.
        """
        steps = [
            step
            for step in self.steps.all()
            if step.on <= period.ends_on and (period.closed_at is None or step.recorded_at <= period.closed_at)
        ]
        return [] if steps and steps[-1].status == RecommendationStatus.WITHDRAWN else steps

    def is_readable_by(self, user) -> bool:
        """Whether somebody may read what it says, and not only what made it, whose it is and how far it is."""
        return self.review is None or self.agency_id in user.agency_ids or self.review.is_readable_by(user)


class RecommendationAction(models.Model):
    """That an agreed action serves a recommendation; one action may serve several."""

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="action_links")
    action = models.ForeignKey(AgreedAction, models.PROTECT, related_name="recommendation_links")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "action"], name="recommendation_has_an_action_once")
        ]

    def __str__(self):
        return f"{self.recommendation}: {self.action}"


class RecommendationStep(models.Model):
    """The day on which a recommendation came to a status, and why."""

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="steps")
    status = models.CharField(max_length=16, choices=RecommendationStatus)
    on = models.DateField()
    why = models.TextField(blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=RecommendationStatus.WITHDRAWN) | ~Q(why=""),
                name="recommendation_withdrawn_with_a_reason",
            )
        ]

    def __str__(self):
        return f"{self.get_status_display()}, {self.on:%-d %B %Y}"


class EmbeddedCheck(models.Model):
    """A later look at a signed-off recommendation: is it how people work now, and how is that known?"""

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="checks")
    checked_on = models.DateField()
    outcome = models.CharField(max_length=12, choices=EmbeddedOutcome)
    how_known = models.CharField("how it is known", max_length=10, choices=HowKnown, blank=True)
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="+")
    finding = models.TextField("what it found")
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["checked_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome=EmbeddedOutcome.EMBEDDED) | ~Q(how_known=""), name="embedded_says_how_it_is_known"
            ),
            models.CheckConstraint(
                condition=Q(how_known=HowKnown.MEASURE, measure__isnull=False)
                | (~Q(how_known=HowKnown.MEASURE) & Q(measure__isnull=True)),
                name="check_by_a_figure_names_it",
            ),
            models.CheckConstraint(condition=~Q(finding=""), name="check_says_what_it_found"),
        ]

    def __str__(self):
        return f"{self.get_outcome_display()}, {self.checked_on:%-d %B %Y}"
