"""What evaluation shows of courses: how the same people changed, and how many did something differently.

Nothing is told of fewer than six people. The base of every result is those who answered both times, and the number of
people asked stands beside it; where the two are so close that they tell of few, nothing is told either. Of all courses
only those count that are told themselves, so that nobody can subtract them. A result grows in steps (`training.steps`),
so that nobody can subtract yesterday's from today's.
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
from training.steps import known_in_steps

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
        return self.people > 0 and self.is_step

    @property
    def is_step(self) -> bool:
        """Whether a result may grow by these people: it may also be that many were asked, and none of them answered."""
        return self.asked > 0 and not tells_of_few(Decimal(self.people), Decimal(self.asked), rule=RULE)

    @property
    def withheld(self) -> Shown | None:
        """What stands in place of a result that cannot be told; None where it can."""
        if not self.people:
            return Shown(None, ValueCode.NOT_AVAILABLE)
        return None if self.is_told else Shown(None, ValueCode.SUPPRESSED)

    @property
    def text(self) -> str:
        """ "58 of the 96 people asked (60%)", or that it is hidden."""
        if not self.asked:
            return "Not told before the time to answer is over"
        if not self.is_step:
            return "Hidden to protect people: too few answered, or all but a few"
        if not self.people:
            return "Nobody answered both times"
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

    base: Base = Base()
    total: int = 0
    """Of all differences."""

    @property
    def is_step(self) -> bool:
        return self.base.is_step

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

    base: Base = Base()
    did: int = 0

    @property
    def is_step(self) -> bool:
        return self.base.is_step and (not self.base.people or self.shown.number is not None)

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

    @property
    def text_with_base(self) -> str:
        """ "68% of 22 people": they may be fewer than those whose change is told."""
        return self.text if self.shown.number is None else f"{self.text} of {self.base.people:,} people"

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
    caveats: tuple[str, ...] = ()
    """What a reader must know of the sessions."""

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
            did=sum((each.did for each in told if each.did.shown.number is not None), start=ShareWhoDid()),
            caveats=tuple(dict.fromkeys(caveat for each in told for caveat in each.caveats)),
        )


def _added(changes: Iterable[Change]) -> Change:
    return sum((each for each in changes if each.shown.number is not None), start=Change())


@dataclass(frozen=True)
class _Held:
    """A session that people were asked about."""

    course: str
    title: str
    held_on: date
    caveat: str
    asked: int


def evaluated(
    periods: Sequence[ReportingPeriod], today: date, *, course: Course | None = None
) -> dict[str, EvaluatedYear]:
    """What evaluation shows by the code of each reporting year, for one course or all: two queries.

    Only whole years are told, since a quarter could be subtracted from its year.
    """
    asked = Session.objects.filter(invitations__isnull=False).annotate(asked=Count("invitations"))
    asked = asked.order_by("held_on", "pk")  # as their questions close
    answers = EvaluationAnswer.objects.order_by("pk")
    if course:
        asked, answers = asked.filter(course=course), answers.filter(invitation__session__course=course)
    sessions = {
        pk: _Held(course=code, title=title, held_on=held_on, caveat=caveat, asked=count)
        for pk, code, title, held_on, caveat, count in asked.values_list(
            "pk", "course__code", "course__title", "held_on", "caveat", "asked"
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
                    code: _evaluated([(sessions[pk], list(people[pk].values())) for pk in pks], today)
                    for code, pks in sorted(by_course.items())
                },
            )
    return years


Answered = dict[str, EvaluationAnswer]
"""What one person answered, by moment."""


def _evaluated(sessions: list[tuple[_Held, list[Answered]]], today: date) -> Evaluated:
    after, later = (_closed(sessions, moment, today) for moment in (Moment.AFTER, Moment.FOLLOW_UP))
    held = [each for each, _ in sessions]
    return Evaluated(
        title=held[0].title,
        after={mark: known_in_steps((each.change(mark) for each in after), nothing=Change()) for mark in MARKS},
        later={mark: known_in_steps((each.change(mark) for each in later), nothing=Change()) for mark in MARKS},
        did=known_in_steps((each.who_did for each in later), nothing=ShareWhoDid()),
        caveats=tuple(dict.fromkeys(each.caveat for each in held if each.caveat)),
    )


@dataclass(frozen=True)
class _Closed:
    """The answers before and at a moment of those who gave both, about a session that nobody can answer about now."""

    asked: int
    pairs: list[tuple[EvaluationAnswer, EvaluationAnswer]]

    @property
    def base(self) -> Base:
        return Base(people=len(self.pairs), asked=self.asked)

    def change(self, mark: str) -> Change:
        return Change(
            base=self.base, total=sum(getattr(now, mark) - getattr(before, mark) for before, now in self.pairs)
        )

    @property
    def who_did(self) -> ShareWhoDid:
        return ShareWhoDid(base=self.base, did=sum(now.has_done == Did.YES for _, now in self.pairs))


def _closed(sessions: list[tuple[_Held, list[Answered]]], moment: Moment, today: date) -> list[_Closed]:
    return [
        _Closed(
            held.asked,
            [(each[Moment.BASELINE], each[moment]) for each in people if Moment.BASELINE in each and moment in each],
        )
        for held, people in sessions
        if window(moment, held.held_on).is_over(today)
    ]


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


def words_of(course: Course, today: date) -> list[YearOfWords]:
    """What people wrote about a course, by reporting year, the latest first: three queries.

    Words are read once the time to answer is over, so that they do not tell whose they are by the day they come.
    """
    answers = EvaluationAnswer.objects.filter(invitation__session__course=course).select_related("invitation__session")
    rows = [
        row
        for row in answers.prefetch_related("quotations").order_by("moment", "pk")
        if window(row.moment, row.invitation.session.held_on).is_over(today)
    ]
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
