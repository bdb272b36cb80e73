from django.db import models
from django.db.models import F, Q

from partnership.choices import Permission
from partnership.models import Agency, ReportingPeriod, User
from partnership.states import Moves
from priorities.choices import (
    GIVEN_BACK_STATUSES,
    OPEN_STATUSES,
    UPDATE_TRANSITIONS,
    Rag,
    ReminderStatus,
    Topic,
    UpdateStatus,
)
from priorities.models.measures import Measure
from priorities.models.plan import Priority


class UpdateRound(models.Model):
    """A quarter (or other period) for which the board asks partners for updates, until a due date.

    On its opening day the portal asks for what the reporting duties say, once; `asked_at` tells when it did.
    """

    title = models.CharField(max_length=100, unique=True)
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="rounds")
    opens_on = models.DateField()
    due_on = models.DateField()
    asked_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-due_on"]
        constraints = [models.CheckConstraint(condition=Q(due_on__gte=F("opens_on")), name="round_due_after_it_opens")]

    def __str__(self):
        return self.title


class QuarterlyUpdateQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own agency's updates in any state; for those who may read them all, everybody's as they were handed in.

        One that was given back is seen until its agency begins to change it.
        """
        visible = Q(agency__in=user.agency_ids_where(Permission.UPDATE_READ_OWN))
        if user.may(Permission.UPDATE_READ_ALL):
            as_handed_in = Q(status__in=GIVEN_BACK_STATUSES, submitted_version=F("version"))
            visible |= Q(status__in=[UpdateStatus.SUBMITTED, UpdateStatus.ACCEPTED]) | as_handed_in
        return self.filter(visible)

    def writable_by(self, user):
        """The updates of the user's agency, if they may write them, whatever their state."""
        return self.filter(agency__in=user.agency_ids_where(Permission.UPDATE_WRITE))

    def awaiting_partner(self):
        return self.filter(status__in=OPEN_STATUSES)

    def awaited(self, today):
        """What partners are asked for on this day, late or not."""
        return self.awaiting_partner().filter(round__opens_on__lte=today)

    def late(self, today):
        return self.awaited(today).filter(round__due_on__lt=today)

    def awaiting_board(self):
        return self.filter(status=UpdateStatus.SUBMITTED)

    def accepted(self):
        return self.filter(status=UpdateStatus.ACCEPTED)

    def with_last_reminder(self):
        """With `reminded_at`: when a reminder of it was decided last that somebody gets."""
        is_meant = ~Q(reminders__status__in=[ReminderStatus.DROPPED, ReminderStatus.UNWANTED])
        return self.annotate(reminded_at=models.Max("reminders__decided_at", filter=is_meant))

    def without_impact_evidence(self):
        """Those that say something of impact on children and link nothing that shows it: activity only."""
        return self.filter(answers__question__topic=Topic.IMPACT, impact_evidence=None).distinct()

    def with_names(self):
        return self.select_related("round__period", "agency", "priority")

    def with_answers(self):
        """With what each says in words, and by what its impact is known."""
        return self.prefetch_related("answers__question", "impact_evidence__measure")


class QuarterlyUpdate(Moves, models.Model):
    """What one agency says of one priority in one round.

    It appears when the round opens, is drafted and submitted by the agency, and accepted by the board team or
    returned with a reason; once handed in, the board team can reopen it with a reason too. `version` counts the
    saves, so that two colleagues cannot overwrite each other. What it says stands in its answers, one for each
    question of the round; the rating is asked of everybody, so it stands here.
    """

    TRANSITIONS = UPDATE_TRANSITIONS

    round = models.ForeignKey(UpdateRound, models.PROTECT, related_name="updates")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="updates")
    priority = models.ForeignKey(Priority, models.PROTECT, related_name="updates")
    status = models.CharField(max_length=12, choices=UpdateStatus, default=UpdateStatus.NOT_STARTED)
    version = models.PositiveIntegerField(default=0)

    rag = models.CharField("rating", max_length=6, choices=Rag, blank=True)
    rag_reason = models.TextField("reason for the rating", blank=True)
    is_impact_unshown = models.BooleanField("its agency says that nothing yet shows the impact", default=False)

    submitted_version = models.PositiveIntegerField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    approved_by_name = models.CharField("approved by", max_length=150, blank=True)
    approved_by_post = models.CharField("post of the approver", max_length=150, blank=True)
    declared_at = models.DateTimeField("approval declared at", null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    return_reason = models.TextField("what needs to change", blank=True)

    objects = QuarterlyUpdateQuerySet.as_manager()

    class Meta:
        ordering = ["round__due_on", "agency__name", "priority__order"]
        constraints = [
            models.UniqueConstraint(fields=["round", "agency", "priority"], name="update_once_a_round"),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, submitted_by__isnull=True)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="update_submitted_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="update_decided_at_and_by_together",
            ),
            # Whoever submits declares that somebody else has approved it: `submitted_by` is who declared.
            models.CheckConstraint(
                condition=Q(declared_at__isnull=True, approved_by_name="", approved_by_post="")
                | (Q(declared_at__isnull=False) & ~Q(approved_by_name="") & ~Q(approved_by_post="")),
                name="update_declaration_whole_or_not_at_all",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=GIVEN_BACK_STATUSES) | ~Q(return_reason=""),
                name="update_returned_with_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.agency.short_name} on {self.priority.title.lower()}, {self.round.title}"

    @property
    def is_open(self) -> bool:
        """Whether its agency still has to write or submit it."""
        return self.status in OPEN_STATUSES

    @property
    def can_be_reopened(self) -> bool:
        """Whether its agency has handed it in, so that only the board team can let it be changed."""
        return UpdateStatus.REOPENED in self.TRANSITIONS[self.status]

    def answer(self, name: str) -> str:
        """What it says to the question of this name (a topic, or one of its round's own), empty where nothing."""
        if name == "rag":
            return self.get_rag_display()
        if name == "rag_reason":
            return self.rag_reason
        return next((answer.text for answer in self.answers.all() if answer.question.name == name), "")

    @property
    def is_unevidenced(self) -> bool:
        """Whether it says something of impact on children and links nothing that shows it: activity only."""
        return bool(self.answer(Topic.IMPACT)) and not self.impact_evidence.all()


class RequestedMeasure(models.Model):
    """A value that an update asks for: this measure, in this period."""

    update = models.ForeignKey(QuarterlyUpdate, models.CASCADE, related_name="requested_measures")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+")
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["update", "measure", "period"], name="requested_once")]

    def __str__(self):
        return f"{self.measure}, {self.period}"
