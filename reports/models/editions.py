from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from partnership.choices import Permission
from partnership.models import Agency, User
from partnership.states import Moves
from reports.choices import (
    EDITION_TRANSITIONS,
    OPEN_EDITIONS,
    PUBLIC_EDITIONS,
    SIGNATURE_TRANSITIONS,
    EditionStatus,
    PlaceKind,
    SignatureStatus,
    SigningOrder,
)
from reports.models.reports import AnnualReport


class SigningPlace(models.Model):
    """A place below the report for a safeguarding partner to sign, or for the chair; it is there in every draft."""

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="signing_places")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    post = models.CharField(max_length=150)
    kind = models.CharField(max_length=10, choices=PlaceKind, default=PlaceKind.PARTNER)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["report", "order"], name="signing_place_order_once")]

    def __str__(self):
        return f"{self.post}, {self.agency}"

    @property
    def is_partner(self) -> bool:
        return self.kind == PlaceKind.PARTNER


class EditionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.may(Permission.REPORT_READ) else self.none()

    def open(self):
        """In sign-off, or signed and to be published."""
        return self.filter(status__in=OPEN_EDITIONS)

    def public(self):
        """Those that were published, whatever became of them."""
        return self.filter(status__in=PUBLIC_EDITIONS)


class Edition(Moves, models.Model):
    """The report as it was frozen to be signed: from here on it is this text, whatever happens to the records.

    It is void as soon as the report says something else, or the board takes it back. Signed by all, it is published
    as a version with a number that stays at its address: superseded by a corrected one, or withdrawn with a reason.
    """

    TRANSITIONS = EDITION_TRANSITIONS

    report = models.ForeignKey(AnnualReport, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField(help_text="The version's number; a void edition leaves it to the next.")
    status = models.CharField(max_length=12, choices=EditionStatus, default=EditionStatus.IN_SIGN_OFF)
    order = models.CharField(max_length=12, choices=SigningOrder, default=SigningOrder.IN_PARALLEL)
    document = models.TextField(help_text="The Document as JSON, without what signing adds.")
    signed_hash = models.CharField(max_length=64, help_text="What the signatures are bound to.")
    correction_note = models.TextField(blank=True, help_text="What a later version corrects.")
    frozen_at = models.DateTimeField(default=timezone.now)
    frozen_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    published = models.TextField(blank=True, help_text="The published Document as JSON, with names and dates.")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True, help_text="When it became void or was withdrawn.")
    reason = models.TextField(blank=True, help_text="Why it is void or withdrawn.")

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "number"], condition=~Q(status=EditionStatus.VOID), name="edition_number_once"
            ),
            models.UniqueConstraint(fields=["report"], condition=Q(status__in=OPEN_EDITIONS), name="edition_one_open"),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="edition_published_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(status__in=PUBLIC_EDITIONS, published_at__isnull=False) & ~Q(published="")
                | ~Q(status__in=PUBLIC_EDITIONS) & Q(published_at__isnull=True, published=""),
                name="edition_public_has_its_document",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[EditionStatus.VOID, EditionStatus.WITHDRAWN], ended_at__isnull=False)
                & ~Q(reason="")
                | ~Q(status__in=[EditionStatus.VOID, EditionStatus.WITHDRAWN]) & Q(ended_at__isnull=True, reason=""),
                name="edition_ended_says_why",
            ),
        ]

    def __str__(self):
        return f"{self.report}, version {self.number}"

    @property
    def is_open(self) -> bool:
        """Whether it is in sign-off, or signed and not published yet."""
        return self.status in OPEN_EDITIONS


class SignatureQuerySet(models.QuerySet):
    def of(self, user):
        """Those that this person can give: a signatory for their agency, the chair for the chair's place."""
        partner = Q(kind=PlaceKind.PARTNER, agency__in=user.agency_ids_where(Permission.SIGNATURE_GIVE))
        chair = Q(kind=PlaceKind.CHAIR, agency__in=user.agency_ids_where(Permission.STATEMENT_MAKE))
        return self.filter(partner | chair)

    def with_names(self):
        return self.select_related("edition__report__period", "agency", "acted_by")

    def given(self):
        return self.filter(status=SignatureStatus.GIVEN)

    def missing(self):
        """Of safeguarding partners, and not given: while there are any, the edition is not signed."""
        return self.filter(kind=PlaceKind.PARTNER).exclude(status=SignatureStatus.GIVEN)

    def in_turn(self):
        """Asked for now: awaited, and where one signs after the other, those before have signed."""
        earlier = self.model.objects.missing().filter(edition=OuterRef("edition"), order__lt=OuterRef("order"))
        waits = Q(Exists(earlier), edition__order=SigningOrder.IN_ORDER, kind=PlaceKind.PARTNER)
        return self.filter(edition__status=EditionStatus.IN_SIGN_OFF, status=SignatureStatus.AWAITED).exclude(waits)

    def awaiting(self, user):
        """Those that this person is asked for, and whose turn it is."""
        return self.of(user).in_turn().with_names()

    def voided_for(self, user):
        """What this person signed in an edition that is void, until the report is put to sign-off again."""
        later = Edition.objects.filter(report=OuterRef("edition__report"), pk__gt=OuterRef("edition"))
        own = self.filter(acted_by=user, is_on_paper=False, status=SignatureStatus.GIVEN)
        return own.filter(~Exists(later), edition__status=EditionStatus.VOID).with_names()


class Signature(Moves, models.Model):
    """What one place says of an edition: awaited, signed, or refused with a reason.

    It is bound to the edition's hash. One on paper is recorded by the board, with the day that stands on the paper.
    """

    TRANSITIONS = SIGNATURE_TRANSITIONS

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="signatures")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    post = models.CharField(max_length=150)
    kind = models.CharField(max_length=10, choices=PlaceKind)
    order = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, choices=SignatureStatus, default=SignatureStatus.AWAITED)
    name = models.CharField(max_length=150, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    signed_hash = models.CharField(max_length=64, blank=True)
    is_on_paper = models.BooleanField(default=False)
    comment = models.TextField(blank=True, help_text="What the chair says of the report.")
    reason = models.TextField(blank=True, help_text="Why it was refused.")
    acted_at = models.DateTimeField(null=True, blank=True)
    acted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Who signed, refused or recorded it."
    )

    objects = SignatureQuerySet.as_manager()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "order"], name="signature_order_once"),
            models.CheckConstraint(
                condition=Q(acted_at__isnull=True, acted_by__isnull=True)
                | Q(acted_at__isnull=False, acted_by__isnull=False),
                name="signature_acted_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(status=SignatureStatus.GIVEN, signed_on__isnull=False, acted_at__isnull=False)
                & ~Q(name="")
                & ~Q(signed_hash="")
                | ~Q(status=SignatureStatus.GIVEN) & Q(signed_on__isnull=True, name="", signed_hash=""),
                name="signature_given_is_bound",
            ),
            models.CheckConstraint(
                condition=~Q(status=SignatureStatus.REFUSED) | ~Q(reason="") & Q(acted_at__isnull=False),
                name="signature_refused_says_why",
            ),
        ]

    def __str__(self):
        return f"{self.post}, {self.agency}"


class Recipient(models.Model):
    """Somebody who is sent every published report, such as the national panel; within days where the law says so."""

    name = models.CharField(max_length=200, unique=True)
    email = models.EmailField(blank=True)
    is_statutory = models.BooleanField(default=False)
    within_days = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["-is_statutory", "name"]

    def __str__(self):
        return self.name


class ReceiptQuerySet(models.QuerySet):
    def outstanding(self):
        return self.filter(told_at__isnull=True).order_by(F("due_on").asc(nulls_last=True), "name")


class Receipt(models.Model):
    """That a recipient is to be sent an edition by a day, and that it was: by the portal's email, or by hand."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="receipts")
    recipient = models.ForeignKey(Recipient, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    is_statutory = models.BooleanField(default=False)
    due_on = models.DateField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    told_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    how = models.CharField(max_length=200, blank=True)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        ordering = ["-is_statutory", "name"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "name"], name="receipt_once_each"),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True, told_by__isnull=True, how="")
                | Q(told_at__isnull=False, told_by__isnull=False) & ~Q(how=""),
                name="receipt_told_at_by_and_how_together",
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.edition}"
