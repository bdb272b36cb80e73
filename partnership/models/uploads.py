from datetime import timedelta

from django.db import models
from django.utils import timezone

from partnership.models.people import User

UPLOAD_KEPT_FOR = timedelta(days=1)


class UploadQuerySet(models.QuerySet):
    def visible_to(self, user):
        """It waits for the person who sent it, and for nobody else."""
        return self.filter(uploaded_by=user)

    def held(self, pk, *, by):
        """What this person has waiting, held so that a second click finds it gone; None where it is."""
        return self.visible_to(by).select_for_update(of=("self",)).filter(pk=pk).first()

    def make_room(self, *, by):
        """Delete what this person has waiting, and what anybody has left too long."""
        self.filter(uploaded_by=by).delete()
        self.filter(uploaded_at__lt=timezone.now() - UPLOAD_KEPT_FOR).delete()


class Upload(models.Model):
    """What a person has sent in a file and looks at before it becomes records.

    It is kept until it is confirmed or taken away, and a day at the longest.
    """

    name = models.CharField(max_length=200)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(User, models.CASCADE, related_name="+")

    objects = UploadQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-uploaded_at"]

    def __str__(self):
        return self.name
