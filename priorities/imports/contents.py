"""What a file of figures says, as typed rows, and what of it somebody chose. Pure data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from priorities.choices import Qualifier


@dataclass(frozen=True)
class Fault:
    """Why a cell, or with no column a whole line, cannot be imported; line 1 names the columns."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        where = f"Line {self.line}, column “{self.column}”" if self.column else f"Line {self.line}"
        return f"{where}: {self.message}"


@dataclass(frozen=True)
class ImportedNumber:
    """A number or the code in its place, and the sign that stood with it (% or £)."""

    number: Decimal | None
    code: str = ""
    sign: str = ""

    @property
    def decimals(self) -> int:
        """How many the number has, without the noughts at its end."""
        exponent = self.number.normalize().as_tuple().exponent if self.number is not None else 0
        return max(0, -int(exponent))


@dataclass(frozen=True)
class ImportedComparator:
    kind: str
    label: str
    value: ImportedNumber


@dataclass(frozen=True)
class ImportedPeriod:
    """Dates with the code and the label they get if they are new; both days are included."""

    code: str
    label: str
    kind: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class ImportedMeasure:
    """What a column of the Department's file counts, for the case that the portal does not count it yet."""

    code: str
    name: str
    definition: str
    unit: str
    decimals: int


@dataclass(frozen=True)
class ImportedArea:
    name: str
    ons_code: str = ""

    def is_same_as(self, other: "ImportedArea") -> bool:
        """By the code, or by the name where a code is missing or has changed with a boundary."""
        is_same_code = bool(self.ons_code) and self.ons_code == other.ons_code
        return is_same_code or self.name.casefold() == other.name.casefold()


@dataclass(frozen=True, kw_only=True)
class ImportedValue:
    """One value as the file gives it, with the place it stands at."""

    line: int
    column: str
    measure: str
    """The measure's code or name."""
    period: str
    """The code or the label of a period."""
    dates: ImportedPeriod | None
    """The dates it stands for, where the words alone say them."""
    value: ImportedNumber
    qualifier: str = Qualifier.EXACT
    source: str
    as_at: date | None = None
    note: str = ""
    comparators: tuple[ImportedComparator, ...] = ()


@dataclass(frozen=True)
class Choice:
    """What somebody takes from the Department's file; the simple layout is taken whole."""

    authority: str = ""
    """A local authority's name or code."""
    columns: tuple[str, ...] = ()
    """Headings of columns with numbers; none: every one."""
    categories: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """For headings of columns that split the lines, the words that are taken; where one is not named: all."""


@dataclass(frozen=True)
class Offer:
    """What there is to choose from in the Department's file, by the headings as the file writes them."""

    authorities: tuple[ImportedArea, ...]
    measures: dict[str, dict[str, str]]
    """For each column with numbers the measures it gives: their names by their codes."""
    categories: dict[str, tuple[str, ...]]
    """For each column that splits the lines in more than one kind, the kinds."""


@dataclass(frozen=True)
class Neighbours:
    """The statistical neighbours of one authority: those that the Department holds it against as most like it."""

    of: ImportedArea
    areas: tuple[ImportedArea, ...]

    def are_of(self, area: ImportedArea) -> bool:
        return area.is_same_as(self.of)


@dataclass(frozen=True, kw_only=True)
class ImportedFile:
    """What a file says, or the faults because of which it is not imported."""

    values: tuple[ImportedValue, ...] = ()
    faults: tuple[Fault, ...] = ()
    area: ImportedArea | None = None
    """The authority that was chosen in the Department's file; the simple layout has none."""
    measures: dict[str, ImportedMeasure] = field(default_factory=dict)
    """By code, those that the Department's file defines."""
    missing_neighbours: tuple[str, ...] = ()
    """Statistical neighbours of the chosen authority that are nowhere in the file."""
