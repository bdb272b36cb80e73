"""Changes to the terms of the glossary."""

from django.db import transaction

from partnership import audit
from partnership.models import User
from partnership.states import WrongState, require_version
from reports.models import Term

EXPLAINED = "{} is in the glossary already. Change it there if it should say something else."


@transaction.atomic
def add_term(*, abbreviation: str, meaning: str, by: User) -> Term:
    """Explain an abbreviation in every report that uses it; raises `WrongState` where it is explained already."""
    if Term.objects.filter(abbreviation=abbreviation).exists():
        raise WrongState(EXPLAINED.format(abbreviation))
    term = Term.objects.create(abbreviation=abbreviation, meaning=meaning)
    audit.record("term.added", target=term, by=by, detail=meaning)
    return term


@transaction.atomic
def change_term(*, term: Term, version: int, abbreviation: str, meaning: str, by: User) -> Term:
    """Let a term say something else; raises `StaleSave` if it was changed since `version`, `WrongState` as `add_term`.

    Frozen reports keep what they say.
    """
    term = _locked(term)
    require_version(term, version)
    if Term.objects.filter(abbreviation=abbreviation).exclude(pk=term.pk).exists():
        raise WrongState(EXPLAINED.format(abbreviation))
    before = f"Was: {term.abbreviation}, {term.meaning}"
    term.abbreviation, term.meaning, term.version = abbreviation, meaning, version + 1
    term.save()
    audit.record("term.changed", target=term, by=by, detail=before)
    return term


@transaction.atomic
def remove_term(*, term: Term, by: User) -> None:
    """Take a term out of the glossary; raises `WrongState` where somebody else has done so."""
    term = _locked(term)
    audit.record("term.removed", target=term, by=by, detail=term.meaning)
    term.delete()


def _locked(term: Term) -> Term:
    """The term under its row's lock."""
    found = Term.objects.select_for_update().filter(pk=term.pk).first()
    if found is None:
        raise WrongState(f"{term} is no longer in the glossary.")
    return found
