from django.db import models
from django.db.models import Q

from partnership.choices import Permission
from partnership.models import User


class WithdrawableQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(withdrawn_at=None)

    def visible_to(self, user):
        """Every reader's what is in force; what was withdrawn only those who keep the records."""
        if user.may(Permission.REVIEW_READ_ALL):
            return self
        return self.in_force() if user.may(Permission.REPORT_READ) else self.none()


class Withdrawable(models.Model):
    """What is never deleted: recorded in error it is withdrawn with the reason, and a signed report keeps it."""

    recorded_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, editable=False, related_name="+")
    withdrawn_reason = models.TextField(blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = WithdrawableQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
                name="%(class)s_withdrawn_at_by_and_why_together",
            )
        ]

    def is_counted_in(self, period) -> bool:
        """A closed period counts what was recorded, and not withdrawn, when it was closed; an open one what is now."""
        if period.closed_at is None:
            return self.withdrawn_at is None
        return self.recorded_at <= period.closed_at and (
            self.withdrawn_at is None or self.withdrawn_at >= period.closed_at
        )
