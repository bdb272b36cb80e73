"""What a staff survey says of a standard, in words that tell of nobody."""

from decimal import Decimal

from priorities.choices import DisclosureRule, Unit
from priorities.disclosure import disclose_counts, share
from priorities.wording import in_words, people_in_words

RULE = DisclosureRule.SUPPRESS_SMALL


def survey_in_words(*, asked: int, answered: int, agreeing: int) -> str:
    """How many of the staff who were asked answered, and the share of those that agreed; small counts are hidden."""
    part = share(*disclose_counts((Decimal(agreeing), Decimal(answered)), rule=RULE), rule=RULE)
    told = in_words(part, unit=Unit.PERCENT) if answered else "nobody answered"
    words = [people_in_words(count, unit=Unit.PEOPLE) for count in (asked, answered)]
    return f"Staff survey: {words[0]} asked, {words[1]} answered. Share who agreed: {told}."
