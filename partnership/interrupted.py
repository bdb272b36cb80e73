"""What somebody had typed when they turned out to be signed out: kept on the server until they have signed in again.

A long form carries a signed mark of who opened it, and where. Only with that is anything kept, so that a stranger can
leave nothing here, and only the same person gets it back: a computer may be shared.
"""

from datetime import timedelta
from typing import Any

from django.core import signing
from django.http import HttpRequest, QueryDict

from partnership.models import User

FIELD = "opened_by"
"""The hidden field of a form that holds its mark."""

SALT = "partnership.interrupted"
KEY = "partnership.interrupted.pages"
LONGEST_OPEN = timedelta(days=7)
"""How long a page may have been open for what was typed in it to be kept."""

KEPT_FOR = 60 * 60
"""How many seconds there are to sign in again."""

LONGEST = 1_000_000
"""Characters as they were sent: more than the longest form can hold that is not nonsense."""

LONGEST_TOGETHER, MOST_PAGES = 2_000_000, 10
"""What is kept at once of all pages of one browser; of more the oldest goes."""

KEPT = "You were signed out. What you typed is kept for an hour: sign in, and it stands in the form again."
LOST = "What you had typed earlier on {pages} is no longer kept: there was too much of it."
NOT_KEPT = "You were signed out. What you typed was too long to be kept, and was not saved."
"""What the sign-in page says then."""


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks: it shows no pages, and what was typed stays on the page that it belongs to."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def mark(request: HttpRequest) -> str:
    """Who opens this page now, signed, for `FIELD` of its form."""
    return signing.dumps([request.user.pk, request.path], salt=SALT)


def keep_typed(request: HttpRequest) -> str:
    """Keep what was sent by a form that carries its mark, for the person who opened it.

    Gives what is to be said of it, and of what had to go for it; the empty string where nothing was to be kept.
    """
    opened_by = _opened_by(request)
    if opened_by is None or request.user.pk not in (None, opened_by):
        return ""
    if not User.objects.filter(pk=opened_by, is_active=True).exists():
        return ""
    typed = request.POST.urlencode()
    if len(typed) > LONGEST:
        return NOT_KEPT
    pages = [*_other_pages(request, opened_by), {"by": opened_by, "path": request.path, "typed": typed}]
    request.session[KEY] = kept = _latest(pages)
    if request.user.pk is None:
        request.session.set_expiry(KEPT_FOR)
    lost = [page["path"] for page in pages[: len(pages) - len(kept)]]
    return f"{KEPT} {LOST.format(pages=', '.join(lost))}" if lost else KEPT


def typed_before(request: HttpRequest) -> QueryDict | None:
    """What this person had typed on this page when they were interrupted, if they were."""
    for page in request.session.get(KEY, ()):
        if (page["by"], page["path"]) == (request.user.pk, request.path):
            return QueryDict(page["typed"])
    return None


def forget_typed(request: HttpRequest) -> None:
    """Once it has been sent again."""
    if typed_before(request) is not None:
        request.session[KEY] = _other_pages(request, request.user.pk)


def _other_pages(request: HttpRequest, person: int | None) -> list[dict[str, Any]]:
    here = (person, request.path)
    return [page for page in request.session.get(KEY, ()) if (page["by"], page["path"]) != here]


def _latest(pages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """As many of the pages as may be kept, without the oldest."""
    kept = pages[-MOST_PAGES:]
    while sum(len(page["typed"]) for page in kept) > LONGEST_TOGETHER:
        kept = kept[1:]
    return kept


def _opened_by(request: HttpRequest) -> int | None:
    try:
        person, path = signing.loads(request.POST.get(FIELD, ""), salt=SALT, max_age=LONGEST_OPEN)
    except signing.BadSignature:
        return None
    return person if path == request.path else None
