from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class Term(models.Model):
    """An abbreviation of the field with what it stands for, written as everybody writes it: "KCSiE".

    It explains itself in every report that uses it; a report that is frozen keeps what it was then.
    """

    abbreviation = models.CharField(max_length=20, unique=True)
    meaning = models.CharField(max_length=300)
    version = models.PositiveIntegerField(default=1, help_text="Raised by every change, so that stale saves are found.")

    class Meta:
        ordering = [Lower("abbreviation"), "abbreviation"]
        constraints = [
            models.CheckConstraint(condition=~Q(abbreviation="") & ~Q(meaning=""), name="term_says_what_it_means")
        ]

    def __str__(self):
        return self.abbreviation
