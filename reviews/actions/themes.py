"""Changes to the list of themes."""

from collections.abc import Iterable

from django.db import transaction

from partnership import audit
from partnership.models import User
from partnership.states import WrongState
from reviews.models import Theme


def named_themes(names: Iterable[str]) -> list[Theme]:
    """The themes of these names, added to the list where new."""
    return [Theme.objects.get_or_create(name=name)[0] for name in names]


@transaction.atomic
def add_theme(*, name: str, by: User) -> Theme:
    """Put a theme on the list. The database refuses a name twice."""
    theme = Theme.objects.create(name=name)
    audit.record("theme.added", target=theme, by=by)
    return theme


@transaction.atomic
def rename_theme(*, theme: Theme, name: str, by: User) -> Theme:
    """Give a theme a better name; it stays the same theme."""
    theme = Theme.objects.select_for_update().get(pk=theme.pk)
    before, theme.name = theme.name, name
    theme.save()
    audit.record("theme.renamed", target=theme, by=by, detail=f"Was: {before}")
    return theme


@transaction.atomic
def merge_theme(*, theme: Theme, into: Theme, by: User) -> Theme:
    """Let everything that raised a theme raise another that means the same, and take the first from the list.

    Raises `WrongState` if one of them is no longer there, or both are one.
    """
    locked = {each.pk: each for each in Theme.objects.select_for_update().filter(pk__in=[theme.pk, into.pk])}
    if len(locked) < 2:
        raise WrongState("Choose two themes that are both on the list.")
    theme, into = locked[theme.pk], locked[into.pk]
    for relation in Theme._meta.related_objects:  # whatever has themes, now or later
        if relation.many_to_many and (name := relation.get_accessor_name()):
            getattr(into, name).add(*getattr(theme, name).all())
    audit.record("theme.merged", target=into, by=by, detail=f"Took in: {theme.name}")
    theme.delete()
    return into
