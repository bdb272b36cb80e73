from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from partnership.choices import Permission
from partnership.models import User
from partnership.states import WrongState
from reviews.choices import (
    REVIEW_TRANSITIONS,
    STEP_WORDS,
    Decision,
    DelayReason,
    ReviewKind,
    ReviewStage,
)
from reviews.deadlines import Deadline, deadline_of
from reviews.models.themes import Theme
from reviews.stages import order_of, stage_at


class PracticeReviewQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Which reviews somebody may know of. What of each they may read says `is_readable_by`."""
        if user.may(Permission.REVIEW_READ_ALL):
            return self
        return self.filter(withdrawn_at=None) if user.may(Permission.REPORT_READ) else self.none()

    def readable_by(self, user):
        """Those whose texts somebody may read, as `is_readable_by` says of one."""
        if user.may(Permission.REVIEW_READ_ALL):
            return self
        steps = ReviewStep.objects.filter(stage=ReviewStage.PUBLISHED)
        return self.visible_to(user).filter(Q(stage=ReviewStage.PUBLISHED) | Q(pk__in=steps.values("review")))

    def in_force(self):
        return self.filter(withdrawn_at=None)

    def with_steps(self):
        """With what the deadlines and the case's line need: three queries."""
        return self.select_related("follows").prefetch_related("steps", "follows__steps")


class PracticeReview(models.Model):
    """A review of what agencies did in a case or theme, under a pseudonymous reference: never a child's details.

    It moves from stage to stage, each with its date, and may follow from another: an incident that was notified, its
    rapid review, the practice review that this led to. It is never deleted; one recorded in error is withdrawn.
    """

    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20, choices=ReviewKind)
    stage = models.CharField(max_length=24, choices=ReviewStage)
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    reason = models.TextField("reason for the decision", blank=True)
    outcome = models.TextField("where it stands", blank=True)
    delay = models.CharField("what delays it", max_length=24, choices=DelayReason, blank=True)
    delay_text = models.TextField("more on the delay", blank=True)
    link = models.URLField("where it is published", max_length=500, blank=True)
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="led_to")
    themes = models.ManyToManyField(Theme, related_name="reviews", blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = PracticeReviewQuerySet.as_manager()

    class Meta:
        ordering = ["reference"]
        constraints = [
            models.CheckConstraint(condition=Q(decision="") | ~Q(reason=""), name="review_decision_has_its_reason"),
            models.CheckConstraint(condition=Q(link="") | Q(link__startswith="https://"), name="review_link_is_https"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
                name="review_withdrawn_at_by_and_why_together",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.reference}"

    def move_to(self, stage: str) -> None:
        """Set the stage; raises `WrongState` where the kind's table has no such move. Does not save."""
        if self.withdrawn_at or stage not in self.next_stages:
            words = "withdrawn" if self.withdrawn_at else self.get_stage_display().lower()
            raise WrongState(f"{self} is {words}: this can no longer be done.")
        self.stage = stage

    @property
    def next_stages(self) -> list[ReviewStage]:
        moves = REVIEW_TRANSITIONS[ReviewKind(self.kind)][ReviewStage(self.stage)]
        return [stage for stage in order_of(self.kind) if stage in moves]

    @cached_property
    def dates(self) -> dict[str, date]:
        return {step.stage: step.on for step in self.steps.all()}

    @property
    def not_before(self) -> date | None:
        """The date of what it follows, before which nothing of it can be."""
        if self.follows is None:
            return None
        is_rapid = self.follows.kind == ReviewKind.RAPID_REVIEW
        return self.follows.dates.get(ReviewStage.COMPLETED if is_rapid else ReviewStage.NOTIFIED)

    @property
    def counted_on(self) -> date | None:
        """The date that puts it into a reporting year: for what a rapid review led to, that review's decision."""
        if self.kind == ReviewKind.LCSPR and self.follows:
            return self.follows.counted_on
        if self.kind == ReviewKind.SERIOUS_INCIDENT:
            return self.dates.get(ReviewStage.NOTIFIED)
        first = ReviewStage.COMPLETED if self.kind == ReviewKind.RAPID_REVIEW else ReviewStage.TO_START
        return self.dates.get(first)

    def stage_at(self, day: date) -> str:
        return stage_at(self.kind, self.stage, self.dates, day)

    def is_counted_in(self, period) -> bool:
        """A closed period counts what was recorded, and not withdrawn, when it was closed; an open one what is now."""
        if period.closed_at is None:
            return self.withdrawn_at is None
        return self.recorded_at <= period.closed_at and (
            self.withdrawn_at is None or self.withdrawn_at >= period.closed_at
        )

    @property
    def is_published(self) -> bool:
        return self.stage == ReviewStage.PUBLISHED or ReviewStage.PUBLISHED in self.dates

    def is_readable_by(self, user) -> bool:
        """Whether somebody may read its texts and themes, and not only its reference, kind, stage and dates."""
        return user.may(Permission.REVIEW_READ_ALL) or (self.is_published and user.may(Permission.REPORT_READ))

    @property
    def deadline(self) -> Deadline | None:
        """What the guidance asks of it by when; None where the day that it counts from is not known."""
        return deadline_of(self.kind, self.dates, notified_on=self.not_before)

    @property
    def due(self) -> Deadline | None:
        """The deadline that still waits."""
        is_over = self.withdrawn_at or not self.next_stages
        deadline = None if is_over else self.deadline
        return deadline if deadline and deadline.is_open else None


class ReviewStep(models.Model):
    """The day on which a review came to a stage."""

    review = models.ForeignKey(PracticeReview, models.CASCADE, related_name="steps")
    stage = models.CharField(max_length=24, choices=ReviewStage)
    on = models.DateField()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [models.UniqueConstraint(fields=["review", "stage"], name="review_step_once")]

    def __str__(self):
        return f"{self.title}, {self.on:%-d %B %Y}"

    @property
    def title(self) -> str:
        return STEP_WORDS[ReviewStage(self.stage)]
