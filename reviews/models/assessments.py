from django.db import models
from django.db.models import F, Q

from partnership.choices import Permission
from partnership.models import Agency, Evidence, EvidenceLinkQuerySet, User
from partnership.states import Moves, WrongState
from priorities.models import AgreedAction
from reviews.choices import ASSESSMENT_TRANSITIONS, AssessmentStatus
from reviews.models.audits import AuditRound, Grade, Standard


class SelfAssessmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own agency's in any state; signed off, the board team, the chair and the peer who was chosen too."""
        visible = Q(agency__in=user.agency_ids_where(Permission.ASSESSMENT_READ_OWN))
        shared = Q(peer__in=user.agency_ids_where(Permission.ASSESSMENT_WRITE))
        if user.may(Permission.ASSESSMENT_READ_ALL):
            shared = Q()
        return self.filter(visible | Q(shared, status=AssessmentStatus.SIGNED_OFF))

    def known_to(self, user):
        """Of which somebody may know how far they are: the board team of all. What they say is for `visible_to`."""
        return self.all() if user.may(Permission.AUDIT_MANAGE) else self.visible_to(user)

    def writable_by(self, user):
        return self.filter(agency__in=user.agency_ids_where(Permission.ASSESSMENT_WRITE))

    def kept_by(self, user):
        """What somebody may open again, and bring surveys to: their own agency's, the board team all."""
        return self.all() if user.may(Permission.AUDIT_MANAGE) else self.writable_by(user)

    def challengeable_by(self, user):
        """What somebody may challenge: the board team what it reads, others what their agency was chosen to look at."""
        if user.may(Permission.AUDIT_MANAGE):
            return self.visible_to(user)
        return self.visible_to(user).filter(peer__in=user.agency_ids_where(Permission.ASSESSMENT_WRITE))

    def awaiting_peer(self, user):
        """What a user's agency was chosen to look at and has not challenged, until the report of its year is signed."""
        own = user.agency_ids_where(Permission.ASSESSMENT_WRITE)
        done = Challenge.objects.filter(agency__in=own).values("answer__assessment")
        asked = self.signed_off().filter(peer__in=own, round__period__closed_at=None)
        return asked.exclude(pk__in=done)

    def signed_off(self):
        return self.filter(status=AssessmentStatus.SIGNED_OFF)

    def awaiting_agency(self):
        """Those that were asked for and are not signed off, what is due first on top."""
        return self.exclude(status=AssessmentStatus.SIGNED_OFF).order_by("round__due_on", "agency__name")

    def with_names(self):
        return self.select_related("round__period", "agency", "peer")


class SelfAssessment(Moves, models.Model):
    """What an agency says of itself in a round. Signed off by name and post it counts; it can be reopened."""

    TRANSITIONS = ASSESSMENT_TRANSITIONS

    round = models.ForeignKey(AuditRound, models.PROTECT, related_name="assessments")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="self_assessments")
    peer = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="peer_assessments")
    status = models.CharField(max_length=12, choices=AssessmentStatus, default=AssessmentStatus.NOT_STARTED)
    signed_off_at = models.DateTimeField(null=True, blank=True)
    signed_off_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    signed_off_name = models.CharField("signed off by", max_length=150, blank=True)
    signed_off_post = models.CharField("post", max_length=150, blank=True)
    reopen_reason = models.TextField("why it is open again", blank=True)

    objects = SelfAssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["agency__name"]
        constraints = [
            models.UniqueConstraint(fields=["round", "agency"], name="assessment_once"),
            models.CheckConstraint(condition=Q(peer=None) | ~Q(peer=F("agency")), name="assessment_peer_is_another"),
            models.CheckConstraint(
                condition=Q(signed_off_at__isnull=True, signed_off_by__isnull=True, signed_off_name="")
                | Q(signed_off_at__isnull=False, signed_off_by__isnull=False) & ~Q(signed_off_name=""),
                name="assessment_signed_off_at_by_and_name_together",
            ),
            models.CheckConstraint(
                condition=Q(status=AssessmentStatus.SIGNED_OFF, signed_off_at__isnull=False)
                | ~Q(status=AssessmentStatus.SIGNED_OFF) & Q(signed_off_at__isnull=True),
                name="assessment_signed_off_has_its_day",
            ),
        ]

    def __str__(self):
        return f"{self.agency}, {self.round}"

    @property
    def is_open(self) -> bool:
        return self.status != AssessmentStatus.SIGNED_OFF

    def require_open(self) -> None:
        """Raise `WrongState` once it is signed off."""
        if not self.is_open:
            raise WrongState(f"{self} is signed off. Reopen it to change its answers.")


class StandardAnswerQuerySet(models.QuerySet):
    def filled(self):
        """Those that say something: a row can also be there for its files alone."""
        return self.exclude(grade=None, narrative="")


class StandardAnswer(models.Model):
    """How an agency grades itself in one standard, and why; after a challenge the board team may agree another grade.

    Carried from the round before it counts only once somebody checked that it still holds.
    """

    assessment = models.ForeignKey(SelfAssessment, models.PROTECT, related_name="answers")
    standard = models.ForeignKey(Standard, models.PROTECT, related_name="answers")
    grade = models.ForeignKey(Grade, models.PROTECT, null=True, blank=True, related_name="+")
    narrative = models.TextField(blank=True)
    carried_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    is_unchecked = models.BooleanField("carried, not checked", default=False)
    version = models.PositiveIntegerField(default=0)
    agreed_grade = models.ForeignKey(Grade, models.PROTECT, null=True, blank=True, related_name="+")
    agreed_reason = models.TextField("reason for the agreed grade", blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    actions = models.ManyToManyField(AgreedAction, related_name="audit_answers", blank=True)
    """What was agreed because of a gap."""

    objects = StandardAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["standard__position", "standard"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "standard"], name="standard_answer_once"),
            models.CheckConstraint(
                condition=Q(agreed_grade=None, agreed_at=None, agreed_by=None, agreed_reason="")
                | Q(agreed_grade__isnull=False, agreed_at__isnull=False, agreed_by__isnull=False)
                & ~Q(agreed_reason=""),
                name="standard_answer_agreed_at_by_and_why_together",
            ),
        ]

    def __str__(self):
        return f"{self.standard}, {self.assessment}"

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing: neither a grade nor why."""
        return self.grade_id is None and not self.narrative

    @property
    def final_grade(self) -> Grade | None:
        """The grade that counts: the agreed one after a challenge, else the agency's own."""
        return self.agreed_grade or self.grade

    @property
    def is_gap(self) -> bool:
        return self.final_grade is not None and self.final_grade.is_gap

    @property
    def carried_in_words(self) -> str:
        """From which round it was carried, and as what it was settled there; empty if it was not carried."""
        if self.carried_from is None:
            return ""
        agreed = self.carried_from.agreed_grade
        return f"Carried from {self.carried_from.assessment.round}" + (f", settled as {agreed}" if agreed else "")


class AnswerEvidence(models.Model):
    """A file with which an agency shows what it answers. It is added and removed while the assessment is open."""

    answer = models.ForeignKey(StandardAnswer, models.PROTECT, related_name="evidence_links")
    evidence = models.OneToOneField(Evidence, models.PROTECT, related_name="audit_answer_link")

    objects = EvidenceLinkQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "answer evidence"

    def __str__(self):
        return str(self.evidence)


class SurveyResult(models.Model):
    """What an agency's staff say of a standard when they are asked, beside what the agency says of itself."""

    assessment = models.ForeignKey(SelfAssessment, models.CASCADE, related_name="survey_results")
    standard = models.ForeignKey(Standard, models.PROTECT, related_name="+")
    asked = models.PositiveIntegerField("staff asked")
    answered = models.PositiveIntegerField("staff who answered")
    agreeing = models.PositiveIntegerField("staff who agreed")

    class Meta:
        ordering = ["standard__position"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "standard"], name="survey_result_once"),
            models.CheckConstraint(
                condition=Q(answered__lte=F("asked"), agreeing__lte=F("answered")),
                name="survey_parts_are_among_their_whole",
            ),
        ]

    def __str__(self):
        return f"Staff survey, {self.standard}, {self.assessment}"


class ChallengeQuerySet(models.QuerySet):
    def awaiting_response_by(self, user):
        """Those to which the agency of a user has not responded while the grade is not settled."""
        theirs = SelfAssessment.objects.signed_off().writable_by(user)
        is_unsettled = Q(answer__agreed_at=None) | Q(raised_at__gt=F("answer__agreed_at"))
        return self.filter(is_unsettled, answer__assessment__in=theirs, response="")

    def with_names(self):
        return self.select_related("agency", "answer__standard", "answer__assessment__round")


class Challenge(models.Model):
    """What a peer or the board team holds against an answer, and the grade they suggest; the agency responds once."""

    answer = models.ForeignKey(StandardAnswer, models.PROTECT, related_name="challenges")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    text = models.TextField()
    suggested_grade = models.ForeignKey(Grade, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(auto_now_add=True)
    raised_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    response = models.TextField(blank=True)
    responded_at = models.DateTimeField(null=True, blank=True)
    responded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(response="", responded_at=None, responded_by=None)
                | ~Q(response="") & Q(responded_at__isnull=False, responded_by__isnull=False),
                name="challenge_responded_at_by_and_what_together",
            ),
        ]

    def __str__(self):
        return f"Challenge to {self.answer}"
