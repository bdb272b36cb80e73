"""The door of every view. Which role may do what stands in `choices.ROLES`."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied

from partnership.choices import Permission


def requires(permission: Permission) -> Callable:
    """Refuse a view to those without the permission. Which objects they may see is the QuerySet's `visible_to`."""

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.user.may(permission):
                raise PermissionDenied(f"This page is for people who {permission}.")
            return view(request, *args, **kwargs)

        guarded.permission = permission
        return guarded

    return decorate
