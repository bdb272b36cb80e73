import secrets

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from partnership.models import User
from training.choices import Did, LetterStatus, Moment, QuoteFrom
from training.models.courses import Course
from training.models.sessions import Session

SCALE = (MinValueValidator(1), MaxValueValidator(5))


def pseudonym() -> str:
    """A number for one person at one session that says nothing of them."""
    return secrets.token_hex(8)


class EvaluationForm(models.Model):
    """What people are asked about one course, before it, straight after and 6 to 12 weeks later.

    The questions are the same for every course, so that courses can be held beside each other; what they are about and
    the words at the ends of the scale are the course's own. A course without one is not evaluated.
    """

    course = models.OneToOneField(Course, models.PROTECT, related_name="evaluation_form")
    topic = models.CharField(max_length=200, help_text="Completes: How confident are you in …")
    lowest = models.CharField("words at 1", max_length=60, default="Not at all")
    highest = models.CharField("words at 5", max_length=60, default="Fully")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["course__title"]

    def __str__(self):
        return f"Evaluation of {self.course}"


class Invitation(models.Model):
    """One person who is asked about one session, without an account and without a name.

    The address is needed to write to them. It goes once they have answered the last questions, ask not to be written
    to, or on `email_until`; then only a number holds their answers together.
    """

    session = models.ForeignKey(Session, models.PROTECT, related_name="invitations")
    number = models.CharField(max_length=16, unique=True, default=pseudonym)
    email = models.EmailField(blank=True)
    email_until = models.DateField()
    invited_at = models.DateTimeField(auto_now_add=True)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    declined_at = models.DateTimeField("asked not to be written to", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "email"], condition=~Q(email=""), name="invited_once"),
            models.CheckConstraint(
                condition=Q(declined_at__isnull=True) | Q(email=""), name="declined_keeps_no_address"
            ),
        ]

    def __str__(self):
        return f"Person {self.number[:4]}, {self.session}"


class LetterQuerySet(models.QuerySet):
    def claimable(self, now):
        """Waiting, or taken by a scheduler that has gone without handing anything to the mail server."""
        return self.filter(
            Q(status=LetterStatus.WAITING, not_before__lte=now) | Q(status=LetterStatus.CLAIMED, lease_until__lt=now)
        )

    def unclear(self, now):
        """Handed to the mail server by a scheduler that never said how it went."""
        return self.filter(status=LetterStatus.SENDING, lease_until__lt=now)

    def sent(self):
        """Those whose link may be in somebody's hands."""
        return self.filter(status__in=[LetterStatus.SENDING, LetterStatus.SENT, LetterStatus.UNCLEAR])


class Letter(models.Model):
    """One email that asks one person at one moment: the row is the job (docs/decisions/0007).

    Its link is made as it is handed to the mail server and kept only as a hash: nobody who reads the database can
    answer for somebody else.
    """

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="letters")
    moment = models.CharField(max_length=10, choices=Moment)
    is_reminder = models.BooleanField(default=False)
    token_hash = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(auto_now_add=True)
    status = models.CharField(max_length=8, choices=LetterStatus, default=LetterStatus.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField(default=timezone.now, help_text="When it may be tried (again).")
    claim = models.CharField(max_length=32, blank=True, help_text="Which claim holds the row; a later one takes over.")
    lease_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["status", "not_before"], name="letter_to_send")]
        constraints = [
            models.UniqueConstraint(fields=["invitation", "moment", "is_reminder"], name="letter_once"),
            models.UniqueConstraint(fields=["token_hash"], condition=~Q(token_hash=""), name="letter_has_its_link"),
            models.CheckConstraint(
                condition=Q(status=LetterStatus.SENT, sent_at__isnull=False)
                | (~Q(status=LetterStatus.SENT) & Q(sent_at__isnull=True)),
                name="letter_sent_has_a_time",
            ),
        ]

    def __str__(self):
        return f"{self.invitation}: {self.get_moment_display().lower()}"


class EvaluationAnswer(models.Model):
    """What one person answered at one moment. It is given once and stays as it is.

    Only numbers added up over at least six people leave the portal. What somebody wrote leaves it as a `Quotation`
    alone.
    """

    invitation = models.ForeignKey(Invitation, models.PROTECT, related_name="answers")
    moment = models.CharField(max_length=10, choices=Moment)
    confidence = models.PositiveSmallIntegerField(validators=SCALE)
    knowledge = models.PositiveSmallIntegerField(validators=SCALE)
    will_do = models.TextField("what they will do", blank=True)
    has_done = models.CharField("whether they did something differently", max_length=8, choices=Did, blank=True)
    did = models.TextField("what they did", blank=True)
    changed = models.TextField("what it changed for a child", blank=True)
    can_be_quoted = models.BooleanField("may be quoted without their name", default=False)
    answered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["invitation", "moment"], name="answered_once"),
            models.CheckConstraint(
                condition=Q(confidence__gte=1, confidence__lte=5, knowledge__gte=1, knowledge__lte=5),
                name="answer_on_the_scale",
            ),
            models.CheckConstraint(
                condition=Q(moment=Moment.FOLLOW_UP, has_done__in=Did.values)
                | (~Q(moment=Moment.FOLLOW_UP) & Q(has_done="", did="", changed="")),
                name="answer_says_what_was_done_at_the_end",
            ),
            models.CheckConstraint(
                condition=Q(moment=Moment.AFTER) | Q(will_do=""), name="answer_plans_straight_after"
            ),
        ]

    def __str__(self):
        return f"{self.invitation}: {self.get_moment_display().lower()}"


class Quotation(models.Model):
    """Words of an evaluation that the person lets be quoted and the board has released: only these reach a report.

    Taking it back deletes the row; the record of changes says who did.
    """

    answer = models.ForeignKey(EvaluationAnswer, models.PROTECT, related_name="quotations")
    question = models.CharField(max_length=8, choices=QuoteFrom)
    released_at = models.DateTimeField(auto_now_add=True)
    released_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["answer", "question"], name="quoted_once")]

    def __str__(self):
        return f"Quote from {self.answer}"

    @property
    def words(self) -> str:
        return str(getattr(self.answer, self.question))
