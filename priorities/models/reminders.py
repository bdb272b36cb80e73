from django.db import models
from django.db.models import Q
from django.utils import timezone

from partnership.models import User
from priorities.choices import EmailsWanted, Occasion, ReminderStatus
from priorities.models.updates import QuarterlyUpdate


class EmailChoice(models.Model):
    """Which reminders a person wants by email. Who never chose gets all of them."""

    person = models.OneToOneField(User, models.CASCADE, related_name="email_choice")
    wanted = models.CharField(max_length=4, choices=EmailsWanted, default=EmailsWanted.ALL)

    class Meta:
        ordering = ["person"]
        constraints = [models.CheckConstraint(condition=Q(wanted__in=EmailsWanted.values), name="email_choice_known")]

    def __str__(self):
        return f"{self.person}: {self.get_wanted_display().lower()}"


class ReminderQuerySet(models.QuerySet):
    def claimable(self, now):
        """Waiting, or taken by a scheduler that has gone without handing anything to the mail server."""
        return self.filter(
            Q(status=ReminderStatus.WAITING, not_before__lte=now)
            | Q(status=ReminderStatus.CLAIMED, lease_until__lt=now)
        )

    def unclear(self, now):
        """Handed to the mail server by a scheduler that never said how it went."""
        return self.filter(status=ReminderStatus.SENDING, lease_until__lt=now)

    def meant_for_sending(self):
        return self.exclude(status__in=[ReminderStatus.DROPPED, ReminderStatus.UNWANTED])


class Reminder(models.Model):
    """That one person is reminded of one update on one occasion: the row is the job (docs/decisions/0007).

    A scheduler decides it, once. Another or the same one claims all that wait for the person, puts them in one email,
    and hands it over. If the mail server refuses, the row waits and is tried again; if the scheduler disappears in the
    middle of handing over, the row ends as unclear and is never sent again.
    """

    update = models.ForeignKey(QuarterlyUpdate, models.CASCADE, related_name="reminders")
    person = models.ForeignKey(User, models.CASCADE, related_name="reminders")
    occasion = models.CharField(max_length=10, choices=Occasion)
    falls_on = models.DateField(help_text="The day of the occasion; a later one where the due date is moved.")
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)

    status = models.CharField(max_length=8, choices=ReminderStatus, default=ReminderStatus.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField(default=timezone.now, help_text="When it may be tried (again).")
    claim = models.CharField(max_length=32, blank=True, help_text="Which claim holds the row; a later one takes over.")
    lease_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_at", "-pk"]
        indexes = [models.Index(fields=["status", "not_before"], name="reminder_to_send")]
        constraints = [
            models.UniqueConstraint(fields=["update", "person", "occasion", "falls_on"], name="reminder_once"),
            models.CheckConstraint(
                condition=Q(status=ReminderStatus.SENT, sent_at__isnull=False)
                | (~Q(status=ReminderStatus.SENT) & Q(sent_at__isnull=True)),
                name="reminder_sent_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(occasion=Occasion.ASKED, asked_by__isnull=False)
                | (~Q(occasion=Occasion.ASKED) & Q(asked_by__isnull=True)),
                name="reminder_asked_has_an_asker",
            ),
        ]

    def __str__(self):
        return f"{self.person} of {self.update}: {self.get_occasion_display().lower()}"
