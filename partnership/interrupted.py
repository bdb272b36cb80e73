"""What somebody had typed when they turned out to be signed out: kept on the server until they have signed in again.

A long form carries a signed mark of who opened it, and where. Only with that is anything kept, so that a stranger can
leave nothing here, and only the same person gets it back: a computer may be shared.
"""

from datetime import timedelta

from django.core import signing
from django.http import HttpRequest, QueryDict

from partnership.models import User

FIELD = "opened_by"
"""The hidden field of a form that holds its mark."""

SALT = KEY = "partnership.interrupted"
LONGEST_OPEN = timedelta(days=7)
"""How long a page may have been open for what was typed in it to be kept."""

KEPT_FOR = 60 * 60
"""How many seconds there are to sign in again."""

LONGEST = 1_000_000
"""Characters as they were sent: more than the longest form can hold that is not nonsense."""

KEPT = "You were signed out. What you typed is kept for an hour: sign in, and it stands in the form again."
"""What the sign-in page says then."""


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks: it shows no pages, and what was typed stays on the page that it belongs to."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def mark(request: HttpRequest) -> str:
    """Who opens this page now, signed, for `FIELD` of its form."""
    return signing.dumps([request.user.pk, request.path], salt=SALT)


def keep_typed(request: HttpRequest) -> bool:
    """Keep what was sent by a form that carries its mark, for the person who opened it; whether it did."""
    opened_by = _opened_by(request)
    if opened_by is None or request.user.pk not in (None, opened_by):
        return False
    typed = request.POST.urlencode()
    if len(typed) > LONGEST or not User.objects.filter(pk=opened_by, is_active=True).exists():
        return False
    request.session[KEY] = {"by": opened_by, "path": request.path, "typed": typed}
    if request.user.pk is None:
        request.session.set_expiry(KEPT_FOR)
    return True


def typed_before(request: HttpRequest) -> QueryDict | None:
    """What this person had typed on this page when they were interrupted, if they were."""
    kept = request.session.get(KEY)
    if not kept or (kept["by"], kept["path"]) != (request.user.pk, request.path):
        return None
    return QueryDict(kept["typed"])


def forget_typed(request: HttpRequest) -> None:
    """Once it has been sent again."""
    if typed_before(request) is not None:
        del request.session[KEY]


def _opened_by(request: HttpRequest) -> int | None:
    try:
        person, path = signing.loads(request.POST.get(FIELD, ""), salt=SALT, max_age=LONGEST_OPEN)
    except signing.BadSignature:
        return None
    return person if path == request.path else None
