"""The figure book: everything a report may say of its measures, looked up by measure and period.

It is filled once with measures and values and then answers without the database. Every number in it has been through
`disclosure`; nothing else gives a number to a page.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from partnership.models import ReportingPeriod
from priorities.choices import DisclosureRule, Qualifier, Unit, ValueCode
from priorities.disclosure import Shown, change, disclose, disclose_counts, percent_change, share, tells_of_few
from priorities.models import Comparator, Measure, MeasureRating, MeasureValue, Target
from priorities.rag import Goal, Rating, rate
from priorities.wording import difference_in_words, in_words

SHOWS = {
    "value": "Value",
    "change": "Change since the period before",
    "percent-change": "Change in per cent",
    "share": "Share",
    "comparator": "Comparator",
}
"""What of a measure can be placed in prose, with the words the editor offers it by."""


@dataclass(frozen=True, kw_only=True)
class Defined:
    """A number that its calculation has disclosed already, and the words without which nobody may read it.

    They come from the calculation, so that no name the board gives a measure can leave them out: "of bookings".
    """

    number: Decimal
    definition: str


Computed = Mapping[tuple[str, str, str], Decimal | Defined]
"""Numbers computed from records, by calculation, what it is of, and the period's code."""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One number as it is shown: already disclosed, rounded and worded."""

    code: str
    name: str
    show: str
    """What of the measure is shown, one of `SHOWS`."""
    text: str
    """The words in the report, such as "around 6,000"."""
    period_code: str
    period: str
    area: str
    source: str
    as_at: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A measure in one period: what is known of it and how it may be shown."""

    measure: Measure
    period: ReportingPeriod
    area: str
    shown: Shown
    counts: tuple[Shown, Shown] | None = None
    """The two counts that a share or a rate was worked out from, where they are known."""
    source: str
    as_at: str = ""
    status: str = ""
    note: str = ""
    definition: str = ""
    """Words that stand behind the number wherever it is said; empty where the measure's name is enough."""
    comparators: tuple[Comparator, ...] = ()
    """Stored ones, and last the target."""
    target: Target | None = field(default=None, repr=False)
    judgement: MeasureRating | None = field(default=None, repr=False)
    """The board's own rating, beside what the target says."""
    previous: "Entry | None" = field(default=None, repr=False)
    denominator: "Entry | None" = field(default=None, repr=False)

    def text(self, show: str = "value") -> str | None:
        """The words for one of `SHOWS`, or None where the measure has no such thing."""
        measure = self.measure
        if show == "value":
            return self._defined(in_words(self.shown, unit=measure.unit, decimals=measure.decimals), "{} {}")
        if show == "comparator":
            return self.comparator_text(self.comparators[0]) if self.comparators else None
        shown = self._derived(show)
        if shown is None or shown.number is None:
            return None
        magnitude = Shown(abs(shown.number), qualifier=shown.qualifier)
        if show == "change":
            words = difference_in_words(magnitude, unit=measure.unit, decimals=measure.decimals)
        else:
            words = in_words(magnitude, unit=Unit.PERCENT, decimals=measure.decimals)
        return self._defined(words, "{} ({})")

    def _defined(self, words: str, form: str) -> str:
        return form.format(words, self.definition) if self.definition else words

    @property
    def with_unit(self) -> str:
        """The value with the noun of its unit, as a page of measures shows it: "3 years"."""
        text = str(self.text())
        has_noun = self.measure.unit in (Unit.PERCENT, Unit.POUNDS, Unit.FRACTION) or self.definition
        return text if has_noun or self.shown.number is None else f"{text} {Unit(self.measure.unit).label}"

    @property
    def change_in_words(self) -> str:
        """ "Rise of 20%", for a percentage "Rise of 5 points", "No change"; empty where that is not known."""
        if self.direction in ("", "no change"):
            return self.direction.capitalize()
        in_points = self.measure.unit in (Unit.PERCENT, Unit.FRACTION)
        said = None if in_points else self.text("percent-change")
        return f"{self.direction.capitalize()} of {said or self.text('change')}"

    @property
    def rating(self) -> Rating:
        """How what is shown stands against the target."""
        measure, target = self.measure, self.target
        goal = target and Goal(target.number, target.margin, target.qualifier)
        return rate(self.shown, goal, polarity=measure.polarity, unit=measure.unit, decimals=measure.decimals)

    def _derived(self, show: str) -> Shown | None:
        if show == "share":
            return self.denominator and share(self.shown, self.denominator.shown, rule=self.measure.disclosure)
        if self.previous is None:
            return None
        return {"change": change, "percent-change": percent_change}[show](self.shown, self.previous.shown)

    def comparator_text(self, comparator: Comparator) -> str:
        """The comparator's number in words; it is published elsewhere, so it is never hidden."""
        shown = disclose(
            comparator.number,
            code=comparator.code,
            qualifier=comparator.qualifier,
            rule=DisclosureRule.NOT_PEOPLE,
        )
        return in_words(shown, unit=self.measure.unit, decimals=self.measure.decimals)

    @property
    def comparators_in_words(self) -> list[str]:
        """What the value is held against, the target last: "England: 50%"."""
        return [f"{comparator}: {self.comparator_text(comparator)}" for comparator in self.comparators]

    @property
    def direction(self) -> str:
        """ "rise", "fall" or "no change" since the period before; empty where that is not known."""
        difference = self._derived("change")
        if difference is None or difference.number is None:
            return ""
        return "rise" if difference.number > 0 else "fall" if difference.number < 0 else "no change"


class FigureBook:
    """Entries by measure code and period code. `measure`, `figure` and `entry` answer None for what is not in it."""

    def __init__(
        self,
        *,
        measures: Iterable[Measure],
        values: Iterable[MeasureValue],
        periods: Iterable[ReportingPeriod],
        computed: Computed,
        targets: Iterable[Target] = (),
        judgements: Iterable[MeasureRating] = (),
    ):
        """Measures with `area` and `denominator` selected, values with `period`, `area` and prefetched comparators."""
        by_measure = defaultdict(list)
        goals = {(target.measure_id, target.period_id): target for target in targets}
        judged = {(judgement.measure_id, judgement.period_id): judgement for judgement in judgements}
        for value in values:
            by_measure[value.measure_id].append(value)
        periods = list(periods)
        self._measures: dict[str, Measure] = {}
        found: dict[str, list[Entry]] = {}
        for measure in measures:
            self._measures[measure.code] = measure
            if measure.calculation:
                found[measure.code] = _computed_entries(measure, periods, computed)
            else:
                found[measure.code] = [
                    _entry(measure, value) for value in by_measure[measure.pk] if value.area_id == measure.area_id
                ]
        self._entries = {
            code: sorted(
                (_held(_without_the_rest(entry, found), goals, judged) for entry in entries),
                key=lambda entry: (entry.period.starts_on, entry.period.ends_on),
            )
            for code, entries in found.items()
        }

    def measure(self, code: str) -> Measure | None:
        """The measure itself, whether it has a value or not."""
        return self._measures.get(code)

    def entry(self, code: str, period_code: str) -> Entry | None:
        """The measure in that period, linked with the period before and its denominator."""
        for entry in self._entries.get(code, ()):
            if entry.period.code == period_code:
                return self._linked(entry)
        return None

    def entries(self, code: str) -> list[Entry]:
        """The measure in every period there is, oldest first."""
        return [self._linked(entry) for entry in self._entries.get(code, ())]

    def figure(self, code: str, period_code: str, show: str) -> Figure | None:
        """What the prose shows for a token, or None where the measure, the period or the kind is not there."""
        entry = self.entry(code, period_code)
        text = entry.text(show) if entry and show in SHOWS else None
        if entry is None or text is None:
            return None
        return Figure(
            code=code,
            name=entry.measure.name,
            show=show,
            text=text,
            period_code=period_code,
            period=entry.period.label,
            area=entry.area,
            source=entry.source,
            as_at=entry.as_at,
        )

    def _linked(self, entry: Entry) -> Entry:
        denominator = entry.measure.denominator
        return replace(
            entry,
            previous=self._previous(entry),
            denominator=self._denominator(denominator.code, entry) if denominator else None,
        )

    def _previous(self, entry: Entry) -> Entry | None:
        """The same measure in the latest period of the same kind that ended before this one began."""
        earlier = [
            other
            for other in self._entries[entry.measure.code]
            if other.period.kind == entry.period.kind and other.period.ends_on < entry.period.starts_on
        ]
        return earlier[-1] if earlier else None

    def _denominator(self, code: str, entry: Entry) -> Entry | None:
        """The denominator in the same period, else its latest value from before: 15 recommendations of last autumn."""
        candidates = [
            other for other in self._entries.get(code, ()) if other.period.starts_on <= entry.period.starts_on
        ]
        same = [other for other in candidates if other.period.code == entry.period.code]
        return (same or candidates or [None])[-1]


def _entry(measure: Measure, value: MeasureValue) -> Entry:
    return Entry(
        measure=measure,
        period=value.period,
        area=value.area.name,
        shown=disclose(
            value.number,
            code=value.code,
            qualifier=value.qualifier,
            counts=value.counts,
            rule=measure.disclosure,
            rounding=measure.rounding,
        ),
        counts=value.counts and disclose_counts(value.counts, rule=measure.disclosure, rounding=measure.rounding),
        source=value.source,
        as_at=f"{value.as_at:%-d %B %Y}" if value.as_at else "",
        status=value.get_status_display(),
        note=value.note,
        comparators=tuple(value.comparators.all()),
    )


def _without_the_rest(entry: Entry, found: Mapping[str, list[Entry]]) -> Entry:
    """The entry, hidden where it and what it is a part of would tell of a rest of 1 to 5."""
    measure = entry.measure
    wholes = found.get(measure.denominator.code, ()) if measure.denominator else ()
    whole = next((each.shown.number for each in wholes if each.period.pk == entry.period.pk), None)
    part = entry.shown.number
    if part is None or whole is None or not tells_of_few(part, whole, rule=measure.disclosure):
        return entry
    return replace(entry, shown=Shown(None, ValueCode.SUPPRESSED))


def _held(
    entry: Entry, goals: Mapping[tuple[int, int], Target], judged: Mapping[tuple[int, int], MeasureRating]
) -> Entry:
    """The entry with its target, and the board's judgement; a hidden value has none, for it would tell of it."""
    key = (entry.measure.pk, entry.period.pk)
    target = goals.get(key)
    is_hidden = entry.shown.code == ValueCode.SUPPRESSED
    return replace(
        entry,
        target=target,
        judgement=None if is_hidden else judged.get(key),
        comparators=(*entry.comparators, target.as_comparator) if target else entry.comparators,
    )


def _computed_entries(measure: Measure, periods: list[ReportingPeriod], computed: Computed) -> list[Entry]:
    return [
        _computed_entry(measure, period, computed[key])
        for period in periods
        if (key := (measure.calculation, measure.calculation_of, period.code)) in computed
    ]


def _computed_entry(measure: Measure, period: ReportingPeriod, found: Decimal | Defined) -> Entry:
    is_defined = isinstance(found, Defined)
    return Entry(
        measure=measure,
        period=period,
        area=measure.area.name,
        shown=disclose(
            found.number if is_defined else found,
            qualifier=Qualifier.EXACT,
            rule=DisclosureRule.NOT_PEOPLE if is_defined else measure.disclosure,
            rounding=measure.rounding,
        ),
        source="Computed from the portal's records",
        status="Computed",
        definition=found.definition if is_defined else "",
    )
