from django.db import models
from django.db.models import Q

from partnership.models import User
from priorities.choices import HowKnown, Topic
from priorities.models.measures import Measure
from priorities.models.plan import Priority
from priorities.models.updates import QuarterlyUpdate, UpdateRound


class QuestionQuerySet(models.QuerySet):
    def asked(self):
        """What agencies are asked today: what the board no longer asks is left out."""
        return self.filter(ended_at=None)

    def meant_for(self, update):
        """The questions of the update's round that go to its priority, asked or no longer."""
        return self.filter(Q(priority=None) | Q(priority=update.priority_id), round=update.round_id)

    def about_the_same_as(self, question):
        """Others of its round with its topic that some update would be asked besides it, even if asked no longer."""
        if question.topic == Topic.OTHER:
            return self.none()
        others = self.filter(round=question.round, topic=question.topic).exclude(pk=question.pk)
        if question.priority_id is None:
            return others
        return others.filter(Q(priority=None) | Q(priority=question.priority_id))


class Question(models.Model):
    """What a round asks in words.

    A round takes its questions from the round before, and the board changes them on the round's page. The topic says
    what the question is about, whatever its words: by it answers stand beside those of the quarter before and come
    into the report. What agencies have been asked is not removed, only no longer asked: somebody may be answering it.
    """

    round = models.ForeignKey(UpdateRound, models.CASCADE, related_name="questions")
    topic = models.CharField(max_length=20, choices=Topic)
    words = models.CharField("question", max_length=200)
    help = models.CharField("help", max_length=500, blank=True)
    is_required = models.BooleanField("must be answered", default=False)
    priority = models.ForeignKey(Priority, models.PROTECT, null=True, blank=True, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(topic__in=Topic.values), name="question_topic_known"),
            models.CheckConstraint(condition=~Q(words=""), name="question_has_words"),
            models.UniqueConstraint(
                fields=["round", "topic"],
                condition=~Q(topic=Topic.OTHER) & Q(priority__isnull=True),
                name="question_topic_once_a_round",
            ),
            models.UniqueConstraint(
                fields=["round", "topic", "priority"],
                condition=~Q(topic=Topic.OTHER) & Q(priority__isnull=False),
                name="question_topic_once_a_priority",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="question_ended_at_and_by_together",
            ),
        ]

    def __str__(self):
        return self.words

    @property
    def name(self) -> str:
        """What its field in the form is called, and its answer: the topic, where the round has that once."""
        return self.topic if self.topic != Topic.OTHER else f"question-{self.pk}"

    @property
    def has_been_asked(self) -> bool:
        """Whether there are updates that it stands in, so that somebody may have it open."""
        return self._updates.exists()

    def has_been_asked_beside(self, priority: Priority) -> bool:
        """Whether it stands in updates on other priorities than this."""
        return self._updates.exclude(priority=priority).exists()

    @property
    def _updates(self):
        updates = QuarterlyUpdate.objects.filter(round=self.round_id)
        return updates.filter(priority=self.priority_id) if self.priority_id else updates


class Answer(models.Model):
    """What an update says to one question. It exists while it says something.

    Carried over from the quarter before, it is unchecked until somebody changes its words or says that it still holds.
    """

    update = models.ForeignKey(QuarterlyUpdate, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    text = models.TextField()
    carried_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    is_unchecked = models.BooleanField(default=False)

    class Meta:
        ordering = ["question__order", "question_id"]
        constraints = [
            models.UniqueConstraint(fields=["update", "question"], name="answer_once"),
            models.CheckConstraint(condition=~Q(text=""), name="answer_says_something"),
        ]

    def __str__(self):
        return self.text


class ImpactEvidence(models.Model):
    """By what an update's impact on children is known: a measure, or what an audit, feedback or evaluation said.

    Without any, what the update says of impact is shown as activity only (domain.md 2.3).
    """

    update = models.ForeignKey(QuarterlyUpdate, models.CASCADE, related_name="impact_evidence")
    kind = models.CharField(max_length=10, choices=HowKnown)
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="+")
    description = models.TextField("which one, and what it said", blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "impact evidence"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=HowKnown.values), name="impact_evidence_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=HowKnown.MEASURE, measure__isnull=False, description="")
                | (~Q(kind=HowKnown.MEASURE) & Q(measure__isnull=True) & ~Q(description="")),
                name="impact_evidence_measure_or_words",
            ),
            models.UniqueConstraint(
                fields=["update", "kind"],
                condition=~Q(kind=HowKnown.MEASURE),
                name="impact_evidence_once_a_kind",
            ),
            models.UniqueConstraint(
                fields=["update", "measure"],
                condition=Q(measure__isnull=False),
                name="impact_evidence_once_a_measure",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.measure or self.description}"
