from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property

from partnership.choices import Permission, Role, permissions_of
from partnership.models.organisations import Agency


class UserManager(BaseUserManager):
    def create_user(self, *, email, name, password=None, **fields):
        user = self.model(email=self.normalize_email(email), name=name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """A person who signs in, by email. What they may do follows from their memberships, never from a flag."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    post = models.CharField("job title", max_length=150, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_unique_whatever_case")]

    def __str__(self):
        return self.name

    @cached_property
    def current_memberships(self):
        return list(self.memberships.select_related("agency"))

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        """What this person may do, over all their memberships."""
        return permissions_of(membership.role for membership in self.current_memberships)

    def may(self, permission: Permission) -> bool:
        return self.is_active and permission in self.permissions

    @property
    def agency_ids(self) -> list[int]:
        return [membership.agency_id for membership in self.current_memberships]

    def agency_ids_where(self, permission: Permission) -> list[int]:
        """The agencies this person may do it for: a role at one gives nothing at another."""
        if not self.is_active:
            return []
        return [each.agency_id for each in self.current_memberships if permission in permissions_of([each.role])]


class Membership(models.Model):
    """A person's role at an agency. It begins when a board manager adds it and ends when it is removed."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)

    class Meta:
        ordering = ["agency__name", "role"]
        constraints = [
            models.UniqueConstraint(fields=["user", "agency", "role"], name="membership_once"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role_known"),
        ]

    def __str__(self):
        return f"{self.user}, {self.get_role_display()} at {self.agency}"
