from django.db import models
from django.db.models import F, Q

from partnership.choices import Permission
from partnership.models import Evidence, EvidenceLinkQuerySet
from priorities.models.updates import QuarterlyUpdate


class UpdateEvidenceQuerySet(EvidenceLinkQuerySet):
    def visible_to(self, user):
        """One's own agency's always; with others' updates, what stood with them when they were handed in."""
        visible = Q(update__agency__in=user.agency_ids_where(Permission.UPDATE_READ_OWN))
        if user.may(Permission.UPDATE_READ_ALL):
            updates = QuarterlyUpdate.objects.visible_to(user)
            visible |= Q(update__in=updates, evidence__uploaded_at__lte=F("update__submitted_at"))
        return self.filter(visible)


class UpdateEvidence(models.Model):
    """A file that an agency sends with a quarterly update. It is added and removed while the update is open."""

    update = models.ForeignKey(QuarterlyUpdate, models.PROTECT, related_name="evidence_links")
    evidence = models.OneToOneField(Evidence, models.PROTECT, related_name="update_link")

    objects = UpdateEvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "update evidence"

    def __str__(self):
        return str(self.evidence)
