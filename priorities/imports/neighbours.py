"""What an authority's statistical neighbours come to together: an unweighted mean that says of how many."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from priorities.choices import ComparatorKind
from priorities.imports.contents import ImportedComparator, ImportedNumber
from priorities.imports.reading import MOST_DECIMALS


def mean_of(found: Sequence[ImportedNumber], *, of: int) -> ImportedComparator | None:
    """The mean of the neighbours whose number is known, or None where it is for fewer than half of the `of` there are.

    A code is never taken for a number, not even for zero: who has one is left out, and the label says so. The mean is
    kept to as many decimals as a value can have; it is rounded only where it is shown.
    """
    numbers = [each.number for each in found if each.number is not None]
    if not numbers or len(numbers) * 2 < of:
        return None
    mean = (sum(numbers, Decimal(0)) / len(numbers)).quantize(Decimal(1).scaleb(-MOST_DECIMALS), ROUND_HALF_UP)
    label = f"Statistical neighbours, mean of {len(numbers)} of {of}"
    return ImportedComparator(str(ComparatorKind.NEIGHBOURS), label, ImportedNumber(mean.normalize()))
