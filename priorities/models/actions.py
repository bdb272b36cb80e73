from datetime import date

from django.db import models
from django.db.models import Case, Count, F, Q, When
from django.utils import timezone

from partnership.choices import Permission
from partnership.models import Agency, User
from partnership.states import Moves, WrongState
from priorities.choices import ACTION_TRANSITIONS, OPEN_RAGS, ActionStatus, Rag
from priorities.models.plan import Objective, Priority

IS_SLIP = Q(date_changes__to_on__gt=F("date_changes__from_on"))

OFTEN = 3
"""From so many slips on, a date is worth asking about (issue 3)."""


class AgreedActionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All of them for those who read the report: the plan is the whole partnership's."""
        return self.all() if user.may(Permission.REPORT_READ) else self.none()

    def writable_by(self, user):
        """All for those who manage the plan; for others what their agency owns, if they rate actions for it."""
        if user.may(Permission.PLAN_MANAGE):
            return self.all()
        return self.filter(owner__in=user.agency_ids_where(Permission.ACTION_RATE))

    def open(self):
        return self.filter(status=ActionStatus.OPEN)

    def completed(self):
        return self.filter(status=ActionStatus.COMPLETED)

    def overdue(self, today: date):
        return self.open().filter(due_on__lt=today)

    def slipped(self, times: int = 1):
        """Those whose due date was put off so often or more."""
        found = self.model.objects.annotate(slips=Count("date_changes", filter=IS_SLIP)).filter(slips__gte=times)
        return self.filter(pk__in=found.values("pk"))

    def under(self, priority: Priority):
        """Those under a priority, and those that serve it as a theme."""
        return self.filter(
            Q(priority=priority)
            | Q(pk__in=self.model.themes.through.objects.filter(priority=priority).values("agreedaction"))
        )

    def by_attention(self, today: date):
        """What needs attention first: overdue, off track, at risk, the others that are open, then what is closed."""
        attention = Case(
            When(~Q(status=ActionStatus.OPEN), then=4),
            When(due_on__lt=today, then=0),
            When(rag=Rag.RED, then=1),
            When(rag=Rag.AMBER, then=2),
            default=3,
        )
        return self.order_by(attention, "due_on", "pk")

    def with_names(self):
        return self.select_related("priority", "objective", "owner").prefetch_related("date_changes", "themes")


class AgreedAction(Moves, models.Model):
    """One specific thing that an agency will do by a day; the board agrees it, the agency says how far it is.

    It is rated while it is open, completed with evidence or withdrawn with a reason; a completed one can be reopened.
    It stands under a priority where it serves the plan; an action after a review, an audit or an inspection need not.
    `version` counts the changes, so that two people cannot overwrite each other.
    """

    TRANSITIONS = ACTION_TRANSITIONS

    text = models.TextField("what will be done")
    priority = models.ForeignKey(Priority, models.PROTECT, null=True, blank=True, related_name="actions")
    objective = models.ForeignKey(Objective, models.PROTECT, null=True, blank=True, related_name="actions")
    themes = models.ManyToManyField(Priority, related_name="themed_actions", blank=True)
    owner = models.ForeignKey(Agency, models.PROTECT, related_name="agreed_actions")
    owner_post = models.CharField("post of the owner", max_length=150, blank=True)
    due_on = models.DateField()
    status = models.CharField(max_length=12, choices=ActionStatus, default=ActionStatus.OPEN)
    version = models.PositiveIntegerField(default=0)

    rag = models.CharField("rating", max_length=6, choices=Rag, blank=True)
    rag_reason = models.TextField("reason for the rating", blank=True)
    rated_at = models.DateTimeField(null=True, blank=True)
    rated_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    evidence = models.TextField("what shows that it is done", blank=True)

    agreed_at = models.DateTimeField(auto_now_add=True)
    agreed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    status_reason = models.TextField("why it was withdrawn or reopened", blank=True)

    objects = AgreedActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(objective__isnull=True) | Q(priority__isnull=False), name="action_objective_has_priority"
            ),
            models.CheckConstraint(
                condition=Q(rated_at__isnull=True, rated_by__isnull=True)
                | Q(rated_at__isnull=False, rated_by__isnull=False),
                name="action_rated_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(status=ActionStatus.OPEN, closed_at__isnull=True, closed_by__isnull=True)
                | (~Q(status=ActionStatus.OPEN) & Q(closed_at__isnull=False, closed_by__isnull=False)),
                name="action_closed_at_and_by_unless_open",
            ),
            models.CheckConstraint(
                condition=~Q(rag__in=OPEN_RAGS) | ~Q(rag_reason=""), name="action_rated_with_a_reason"
            ),
            models.CheckConstraint(
                condition=(Q(status=ActionStatus.COMPLETED, rag=Rag.BLUE) & ~Q(evidence=""))
                | (~Q(status=ActionStatus.COMPLETED) & ~Q(rag=Rag.BLUE)),
                name="action_blue_when_completed_with_evidence",
            ),
            models.CheckConstraint(
                condition=~Q(status=ActionStatus.WITHDRAWN) | ~Q(status_reason=""),
                name="action_withdrawn_with_a_reason",
            ),
        ]

    def __str__(self):
        return self.text if len(self.text) <= 100 else f"{self.text[:99].rstrip()}…"

    @property
    def is_open(self) -> bool:
        return self.status == ActionStatus.OPEN

    @property
    def can_be_reopened(self) -> bool:
        return ActionStatus.OPEN in self.TRANSITIONS[self.status]

    @property
    def is_overdue(self) -> bool:
        return self.days_overdue > 0

    @property
    def days_overdue(self) -> int:
        """Days past the due date, while it is open."""
        return max((timezone.localdate() - self.due_on).days, 0) if self.is_open else 0

    @property
    def slips(self) -> list["DateChange"]:
        """The times its due date was put off, the first first."""
        return [change for change in self.date_changes.all() if change.is_slip]

    @property
    def slip_text(self) -> str:
        """How often its due date was put off, in words; empty where it never was."""
        times = len(self.slips)
        return "" if not times else "Slipped once" if times == 1 else f"Slipped {times} times"

    @property
    def slips_often(self) -> bool:
        return len(self.slips) >= OFTEN

    def require_open(self) -> None:
        """Raise `WrongState` unless it is open."""
        if not self.is_open:
            raise WrongState(f"“{self}” is {self.get_status_display().lower()}: this can no longer be done.")


class DateChange(models.Model):
    """That the due date of an agreed action was changed, and why. Put off it is a slip; brought forward it is not."""

    action = models.ForeignKey(AgreedAction, models.CASCADE, related_name="date_changes")
    from_on = models.DateField()
    to_on = models.DateField()
    reason = models.TextField()
    changed_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(from_on=F("to_on")), name="date_change_changes"),
            models.CheckConstraint(condition=~Q(reason=""), name="date_change_with_a_reason"),
        ]

    def __str__(self):
        return f"From {self.from_on:%-d %B %Y} to {self.to_on:%-d %B %Y}"

    @property
    def is_slip(self) -> bool:
        return self.to_on > self.from_on
