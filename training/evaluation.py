"""What evaluation shows of courses: how the same people changed, and how many did something differently.

Nothing is told of fewer than six people. The base of every result is those who answered both times, and the number of
people asked stands beside it; where the two are so close that they tell of few, nothing is told either. Of all courses
only those count that are told themselves, so that nobody can subtract them.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import Count, QuerySet

from partnership.choices import PeriodKind
from partnership.models import ReportingPeriod
from priorities.choices import DisclosureRule, Unit, ValueCode
from priorities.disclosure import SMALLEST_SHOWN, Shown, disclose, share, tells_of_few
from priorities.wording import in_words, number_in_words, round_half_up
from training.choices import Did, Moment, QuoteFrom
from training.models import Course, EvaluationAnswer, Quotation, Session
from training.moments import window

RULE = DisclosureRule.SUPPRESS_SMALL
DECIMALS = 1
MARKS = ("confidence", "knowledge")


@dataclass(frozen=True, kw_only=True)
class Base:
    """Those whom a result stands on: how many answered both times, of how many who were asked."""

    people: int = 0
    asked: int = 0

    @property
    def is_told(self) -> bool:
        """Whether it tells of nobody: at least six answered, and nobody can find out how one of few did or did not."""
        return self.people > 0 and not tells_of_few(Decimal(self.people), Decimal(self.asked), rule=RULE)

    @property
    def withheld(self) -> Shown | None:
        """What stands in place of a result that cannot be told; None where it can."""
        if not self.people:
            return Shown(None, ValueCode.NOT_AVAILABLE)
        return None if self.is_told else Shown(None, ValueCode.SUPPRESSED)

    @property
    def text(self) -> str:
        """ "58 of the 96 people asked (60%)", or that it is hidden."""
        if not self.people:
            return "Nobody has answered both times yet"
        if not self.is_told:
            return "Hidden to protect people: too few answered, or all but a few"
        rate = number_in_words(Decimal(self.people) / self.asked * 100, unit=Unit.PERCENT)
        return f"{self.people:,} of the {self.asked:,} people asked ({rate})"

    @property
    def words(self) -> str:
        """What stands behind a result wherever it is said."""
        return f"{self.people:,} people who answered both times, of {self.asked:,} asked"

    def __add__(self, other: "Base") -> "Base":
        return Base(people=self.people + other.people, asked=self.asked + other.asked)


@dataclass(frozen=True, kw_only=True)
class Change:
    """The mean difference of the marks that the same people gave themselves before a course and after it."""

    base: Base
    total: int = 0
    """Of all differences."""

    @property
    def shown(self) -> Shown:
        return self.base.withheld or Shown(round_half_up(Decimal(self.total) / self.base.people, DECIMALS))

    @property
    def text(self) -> str:
        """ "+1.3 points"; without a number the words of its code."""
        number = self.shown.number
        words = in_words(self.shown, unit="", decimals=DECIMALS)
        if number is None:
            return words
        return f"{'+' if number > 0 else ''}{words} points"

    def __add__(self, other: "Change") -> "Change":
        return Change(base=self.base + other.base, total=self.total + other.total)


@dataclass(frozen=True, kw_only=True)
class ShareWhoDid:
    """How many of the same people say at the end that they have done something differently."""

    base: Base
    did: int = 0

    @property
    def shown(self) -> Shown:
        if withheld := self.base.withheld:
            return withheld
        did, people = (disclose(Decimal(count), rule=RULE) for count in (self.did, self.base.people))
        percent = share(did, people, rule=RULE)
        return percent if percent.number is None else Shown(round_half_up(percent.number, 0))

    @property
    def text(self) -> str:
        return in_words(self.shown, unit=Unit.PERCENT)

    def __add__(self, other: "ShareWhoDid") -> "ShareWhoDid":
        return ShareWhoDid(base=self.base + other.base, did=self.did + other.did)


@dataclass(frozen=True, kw_only=True)
class Evaluated:
    """A course's evaluation in one reporting year, or that of all courses."""

    title: str
    after: dict[str, Change]
    """By the mark, straight after."""
    later: dict[str, Change]
    """By the mark, 6 to 12 weeks later."""
    did: ShareWhoDid

    @property
    def is_told(self) -> bool:
        """Whether anything of 6 to 12 weeks later is told."""
        return self.later["confidence"].shown.number is not None


@dataclass(frozen=True, kw_only=True)
class EvaluatedYear:
    period: ReportingPeriod
    by_course: dict[str, Evaluated]
    """By the course's code."""

    @cached_property
    def all_courses(self) -> Evaluated:
        """All courses that are told themselves, each result by itself."""
        told = self.by_course.values()
        return Evaluated(
            title="All courses",
            after={mark: _added(each.after[mark] for each in told) for mark in MARKS},
            later={mark: _added(each.later[mark] for each in told) for mark in MARKS},
            did=sum(
                (each.did for each in told if each.did.shown.number is not None),
                start=ShareWhoDid(base=Base()),
            ),
        )


def _added(changes: Iterable[Change]) -> Change:
    return sum((each for each in changes if each.shown.number is not None), start=Change(base=Base()))


@dataclass(frozen=True)
class _Held:
    """A session that people were asked about."""

    course: str
    title: str
    held_on: date
    asked: int


def evaluated(
    periods: Sequence[ReportingPeriod], today: date, *, course: Course | None = None
) -> dict[str, EvaluatedYear]:
    """What evaluation shows by the code of each reporting year, for one course or all: two queries.

    Only whole years are told, since a quarter could be subtracted from its year.
    """
    asked = Session.objects.filter(invitations__isnull=False).annotate(asked=Count("invitations")).order_by("pk")
    answers = EvaluationAnswer.objects.order_by("pk")
    if course:
        asked, answers = asked.filter(course=course), answers.filter(invitation__session__course=course)
    sessions = {
        pk: _Held(course=code, title=title, held_on=held_on, asked=count)
        for pk, code, title, held_on, count in asked.values_list(
            "pk", "course__code", "course__title", "held_on", "asked"
        )
    }
    people: dict[int, dict[int, dict[str, EvaluationAnswer]]] = defaultdict(lambda: defaultdict(dict))
    for answer in answers.select_related("invitation"):
        people[answer.invitation.session_id][answer.invitation_id][answer.moment] = answer
    years = {}
    for period in periods:
        if period.kind != PeriodKind.FINANCIAL_YEAR:
            continue
        by_course: dict[str, list[int]] = defaultdict(list)
        for pk, held in sessions.items():
            if period.starts_on <= held.held_on <= period.ends_on:
                by_course[held.course].append(pk)
        if by_course:
            years[period.code] = EvaluatedYear(
                period=period,
                by_course={
                    code: _evaluated(
                        [sessions[pk] for pk in pks], [each for pk in pks for each in people[pk].values()], today
                    )
                    for code, pks in sorted(by_course.items())
                },
            )
    return years


def _evaluated(sessions: list[_Held], people: list[dict[str, EvaluationAnswer]], today: date) -> Evaluated:
    asked = {
        moment: sum(each.asked for each in sessions if window(moment, each.held_on).opens_on <= today)
        for moment in (Moment.AFTER, Moment.FOLLOW_UP)
    }
    after, later = _both(people, Moment.AFTER), _both(people, Moment.FOLLOW_UP)
    base_later = Base(people=len(later), asked=asked[Moment.FOLLOW_UP])
    return Evaluated(
        title=sessions[0].title,
        after={mark: _change(mark, after, Base(people=len(after), asked=asked[Moment.AFTER])) for mark in MARKS},
        later={mark: _change(mark, later, base_later) for mark in MARKS},
        did=ShareWhoDid(base=base_later, did=sum(now.has_done == Did.YES for _, now in later)),
    )


Pair = tuple[EvaluationAnswer, EvaluationAnswer]


def _both(people: list[dict[str, EvaluationAnswer]], moment: Moment) -> list[Pair]:
    """The answers before and at the moment of those who gave both."""
    return [(each[Moment.BASELINE], each[moment]) for each in people if Moment.BASELINE in each and moment in each]


def _change(mark: str, pairs: list[Pair], base: Base) -> Change:
    return Change(base=base, total=sum(getattr(now, mark) - getattr(before, mark) for before, now in pairs))


def quotations(period: ReportingPeriod) -> list[Quotation]:
    """What the board has released of a year's answers: one query."""
    held = (period.starts_on, period.ends_on)
    return list(_released().filter(answer__invitation__session__held_on__range=held))


def _released() -> QuerySet[Quotation]:
    quotes = Quotation.objects.select_related("answer__invitation__session__course")
    return quotes.filter(answer__can_be_quoted=True).order_by("pk")


@dataclass(frozen=True, kw_only=True)
class Words:
    """What somebody wrote in answer to one question, without anything that says who."""

    answer_id: int
    question: str
    label: str
    text: str
    can_be_quoted: bool
    quote_id: int | None
    """Where the board has released it."""


@dataclass(frozen=True, kw_only=True)
class YearOfWords:
    period: ReportingPeriod
    is_told: bool
    """Whether so many have answered that the words do not tell whose they are."""
    words: list[Words]


def words_of(course: Course) -> list[YearOfWords]:
    """What people wrote about a course, by reporting year, the latest first: three queries."""
    answers = EvaluationAnswer.objects.filter(invitation__session__course=course).select_related("invitation__session")
    rows = list(answers.prefetch_related("quotations").order_by("moment", "pk"))
    years = []
    for period in ReportingPeriod.objects.filter(kind=PeriodKind.FINANCIAL_YEAR).order_by("-starts_on"):
        within = [row for row in rows if period.starts_on <= row.invitation.session.held_on <= period.ends_on]
        people = {row.invitation_id for row in within if row.moment != Moment.BASELINE}
        words = [each for row in within for each in _words(row)]
        if words:
            is_told = len(people) >= SMALLEST_SHOWN
            years.append(YearOfWords(period=period, is_told=is_told, words=words if is_told else []))
    return years


def _words(answer: EvaluationAnswer) -> Iterable[Words]:
    released = {quote.question: quote.pk for quote in answer.quotations.all()}
    for question in QuoteFrom:
        if text := getattr(answer, question):
            yield Words(
                answer_id=answer.pk,
                question=question.value,
                label=str(question.label),
                text=text,
                can_be_quoted=answer.can_be_quoted,
                quote_id=released.get(question.value),
            )


@dataclass(frozen=True, kw_only=True)
class YearTold:
    """A course's evaluation in one reporting year, for its page."""

    period: ReportingPeriod
    found: Evaluated
    quotes: list[Quotation]


def evaluation_story(course: Course, today: date) -> list[YearTold]:
    """What evaluation says of a course in each reporting year, the latest first: four queries."""
    periods = list(ReportingPeriod.objects.filter(kind=PeriodKind.FINANCIAL_YEAR).order_by("-starts_on"))
    years = evaluated(periods, today, course=course)
    quotes = list(_released().filter(answer__invitation__session__course=course))
    return [
        YearTold(
            period=period,
            found=years[period.code].by_course[course.code],
            quotes=[
                quote
                for quote in quotes
                if period.starts_on <= quote.answer.invitation.session.held_on <= period.ends_on
            ],
        )
        for period in periods
        if period.code in years
    ]
