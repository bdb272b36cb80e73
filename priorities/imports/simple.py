"""The simple layout: a line for each value."""

import difflib
from datetime import date, datetime

from partnership.spreadsheets import Row
from priorities.choices import ComparatorKind, Qualifier
from priorities.imports.contents import ImportedComparator, ImportedFile, ImportedValue
from priorities.imports.reading import Reader, Refused, financial_year

NEEDED = ("measure", "period", "value", "source")
OPTIONAL = ("qualifier", "as at", "note")
COMPARATORS = {
    "england": ComparatorKind.ENGLAND,
    "region": ComparatorKind.REGION,
    "statistical neighbours": ComparatorKind.NEIGHBOURS,
    "target": ComparatorKind.TARGET,
}
LONGEST_SOURCE = 300


class SimpleReader(Reader):
    def read(self) -> ImportedFile:
        known = (*NEEDED, *OPTIONAL, *COMPARATORS)
        for column in self.columns:
            if column not in known:
                near = difflib.get_close_matches(column, known, n=1)
                hint = f"Did you mean “{near[0]}”?" if near else f"The columns are {', '.join(known)}."
                self.fault(self.headings, column, f"This column is not known. {hint}")
        if not self.has_columns(NEEDED):
            return self.result()
        seen: dict[tuple[str, str], int] = {}
        values = [value for row in self.even_rows() if (value := self._value(row, seen))]
        return self.result(values=tuple(values))

    def _value(self, row: Row, seen: dict[tuple[str, str], int]) -> ImportedValue | None:
        before = len(self.faults)
        for column in ("measure", "period", "source"):
            if not self.cell(row, column):
                self.fault(row, column, f"This cell is empty. Enter the {column}.")
        if len(self.cell(row, "source")) > LONGEST_SOURCE:
            self.fault(row, "source", f"The source has more than {LONGEST_SOURCE} characters. Shorten it.")
        value = self.parsed(row, "value", self.number)
        qualifier = self.parsed(row, "qualifier", _qualifier)
        as_at = self.parsed(row, "as at", _day)
        comparators = tuple(
            ImportedComparator(kind, "", number)
            for column, kind in COMPARATORS.items()
            if self.cell(row, column) and (number := self.parsed(row, column, self.number))
        )
        if value and value.number is None and qualifier not in (None, Qualifier.EXACT):
            self.fault(row, "qualifier", "A code has no qualifier. Leave this cell empty.")
        measure, period = self.cell(row, "measure"), self.cell(row, "period")
        first = seen.setdefault((measure.casefold(), period.casefold()), row.line)
        if measure and period and first != row.line:
            self.fault(row, "measure", f"Line {first} gives this measure for this period already.")
        if len(self.faults) > before or value is None:
            return None
        return ImportedValue(
            line=row.line,
            column=self.title("value"),
            measure=measure,
            period=period,
            dates=financial_year(period),
            value=value,
            qualifier=qualifier,
            source=self.cell(row, "source"),
            as_at=as_at,
            note=self.cell(row, "note"),
            comparators=comparators,
        )


QUALIFIERS = {
    "": Qualifier.EXACT,
    **{each.value: each for each in Qualifier},
    **{each.label: each for each in Qualifier},
}


def _qualifier(text: str) -> str:
    try:
        return QUALIFIERS[text.lower()].value
    except KeyError:
        allowed = ", ".join(Qualifier.values)
        raise Refused(f"“{text}” is not known here. Write one of {allowed}, or leave the cell empty.") from None


def _day(text: str) -> date | None:
    if not text:
        return None
    for pattern in ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y"):
        try:
            return datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    raise Refused(f"“{text}” is not a real date. Write it as 31/03/2023 or 2023-03-31.")
