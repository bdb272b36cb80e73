"""Abbreviations in a text: which there are, and which of them the text itself explains."""

import re
from collections.abc import Iterable, Iterator

from partnership.identifiers import AREA, POSTCODE

NOT_EXPLAINED = frozenset(
    {"AND", "ALL", "COVID", "EU", "GOV", "IT", "NO", "NOT", "OK", "ONLY", "OR", "PDF", "TV", "UK", "US"}
)
"""What GOV.UK's style guide takes as known, and words that people write in capitals for their weight."""

TOKEN = r"(?<!\w)[^\W\d_]\w*(?:&\w+)*"
"""A word, or such as "S&A". A full stop ends it, so that "S.47" and "e.g." are no abbreviations."""
_TOKENS = re.compile(TOKEN)
_ADDRESSES = re.compile(r"\S*(?:://|@|\bwww\.)\S*")
_YEAR = re.compile(r"\d{4}$")
_ROMAN = re.compile("X{0,3}(?:IX|IV|V?I{0,3})")
_PLACE = re.compile(rf"{AREA}\d[A-Z\d]?")
_IN_BRACKETS = re.compile(rf"\(({TOKEN})\)")
_WORDS = re.compile(r"[^\W_]+(?:['’]\w+)?")
_WITH_BRACKETS = re.compile(rf"({TOKEN}) \(([^()]+)\)")
MORE_WORDS = 5
"""So many words more than an abbreviation has letters may stand for it: "and", "of", "the"."""


def abbreviations_in(words: str) -> list[str]:
    """The abbreviations of a text in the order of first use, each once, without the "s" of several.

    That is a word with two or more capitals and fewer small letters: "MACE", "KCSiE", "GCP2", "S&A". Addresses,
    postcodes or their first halves, Roman numerals and the years behind a word do not count.
    """
    found = (_abbreviation(token) for token in _TOKENS.findall(_ADDRESSES.sub(" ", POSTCODE.sub(" ", words))))
    return list(dict.fromkeys(filter(None, found)))


def _abbreviation(token: str) -> str:
    """The abbreviation that a word is; empty for any other word."""
    token = _YEAR.sub("", token)
    if token.endswith("s") and not token[-2:-1].islower():
        token = token[:-1]
    capitals, small = sum(map(str.isupper, token)), sum(map(str.islower, token))
    is_other = token in NOT_EXPLAINED or "_" in token or _ROMAN.fullmatch(token) or _PLACE.fullmatch(token)
    return "" if capitals < 2 or small >= capitals or is_other else token


def explained_in(words: str) -> set[str]:
    """The abbreviations that a text spells out: "Graded Care Profile 2 (GCP2)", or "GCP2 (Graded Care Profile 2)"."""
    before = ((found[1], words[: found.start()]) for found in _IN_BRACKETS.finditer(words))
    behind = ((found[1], found[2]) for found in _WITH_BRACKETS.finditer(words))
    pairs = ((_abbreviation(token), said) for token, said in (*before, *behind))
    return {abbreviation for abbreviation, said in pairs if abbreviation and _spells(said, abbreviation)}


def _spells(said: str, abbreviation: str) -> bool:
    """Whether the last of these words begin with the letters of an abbreviation; between them may stand others."""
    wanted = [letter for letter in abbreviation.casefold() if letter.isalnum()]
    initials = [word[0].casefold() for word in _WORDS.findall(said)][-len(wanted) - MORE_WORDS :]
    if not initials or initials[-1] != wanted[-1]:
        return False
    waiting = iter(initials)
    return all(letter in waiting for letter in wanted)


class Vocabulary:
    """Finds terms in texts, as whole words and in their own capitals; "ICBs" and "ICB’s" are ICB."""

    def __init__(self, terms: Iterable[str]):
        longest_first = sorted(terms, key=lambda term: (-len(term), term))
        either = "|".join(map(re.escape, longest_first))
        self._terms = re.compile(rf"(?<!\w)({either})(?=s?(?!\w))") if either else None

    def terms_in(self, words: str) -> Iterator[str]:
        """Every use of a term, in order."""
        if self._terms:
            yield from (found[1] for found in self._terms.finditer(words))

    def without_terms(self, words: str) -> str:
        """The text with a gap for each term, so that no part of one is taken for another abbreviation."""
        return self._terms.sub(" ", words) if self._terms else words
