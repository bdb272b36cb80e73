"""What pages and the report read of who we are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q
from django.utils import timezone

from partnership.attendance import Attended, attended
from partnership.choices import Attendance, CostHeading, GroupKind, PeriodKind
from partnership.funding import YearOfFunding, year_of_funding
from partnership.models import Agency, Contribution, Cost, Group, Meeting, MeetingAttendance, ReportingPeriod, Seat


@dataclass(frozen=True, kw_only=True)
class MemberYear:
    """An agency's seat on a group, and how often it came in a year."""

    seat: Seat
    attended: Attended


@dataclass(frozen=True, kw_only=True)
class MeetingLine:
    """A meeting as lists tell it: how many agencies came, and which did not, by their short names."""

    meeting: Meeting
    attended: Attended
    apologies: str
    absent: str


@dataclass(frozen=True, kw_only=True)
class GroupYear:
    """A group in a year: who had a seat on any day of it, and its meetings, the first first."""

    group: Group
    period: ReportingPeriod
    members: tuple[MemberYear, ...]
    meetings: tuple[Meeting, ...]

    @property
    def held(self) -> list[Meeting]:
        return [meeting for meeting in self.meetings if not meeting.cancelled_reason]

    @property
    def lines(self) -> list[MeetingLine]:
        return [_line(meeting) for meeting in self.meetings]

    @property
    def agencies(self) -> list[Agency]:
        """Those with a seat in the year, and those that came without one any more."""
        found = {member.seat.agency_id: member.seat.agency for member in self.members}
        for meeting in self.meetings:
            found |= {each.agency_id: each.agency for each in meeting.attendances.all()}
        return sorted(found.values(), key=lambda agency: agency.name)

    @property
    def cancelled(self) -> list[Meeting]:
        return [meeting for meeting in self.meetings if meeting.cancelled_reason]


def _line(meeting: Meeting) -> MeetingLine:
    each = list(meeting.attendances.all())
    missing = {kind: ", ".join(one.agency.short_name for one in each if one.attendance == kind) for kind in Attendance}
    return MeetingLine(
        meeting=meeting,
        attended=attended(one.attendance for one in each),
        apologies=missing[Attendance.APOLOGIES],
        absent=missing[Attendance.ABSENT],
    )


def financial_years(until: date | None = None) -> list[ReportingPeriod]:
    """Those that have begun by a day, today if none is given, the latest first."""
    years = ReportingPeriod.objects.filter(kind=PeriodKind.FINANCIAL_YEAR)
    return list(years.filter(starts_on__lte=until or timezone.localdate()).order_by("-starts_on"))


def financial_year_of(day: date) -> ReportingPeriod | None:
    years = ReportingPeriod.objects.filter(kind=PeriodKind.FINANCIAL_YEAR, starts_on__lte=day, ends_on__gte=day)
    return years.first()


def year_of_last_meeting(group: Group) -> ReportingPeriod | None:
    """The financial year in which a group met last; None if no meeting is recorded."""
    last = group.meetings.order_by("-held_on").first()
    return financial_year_of(last.held_on) if last else None


def year_of_last_money() -> ReportingPeriod | None:
    """The latest financial year of which anything is recorded that was given or spent."""
    given, spent = Contribution.objects.values("period"), Cost.objects.values("period")
    years = ReportingPeriod.objects.filter(kind=PeriodKind.FINANCIAL_YEAR)
    return years.filter(Q(pk__in=given) | Q(pk__in=spent)).order_by("-starts_on").first()


def group_years(period: ReportingPeriod, groups: Iterable[Group] | None = None) -> list[GroupYear]:
    """The year of these groups, or of all of them, boards first, in four queries."""
    wanted = Group.objects.all() if groups is None else Group.objects.filter(pk__in=[each.pk for each in groups])
    seats = Seat.objects.between(period.starts_on, period.ends_on).select_related("agency")
    meetings = Meeting.objects.filter(held_on__range=(period.starts_on, period.ends_on)).order_by("held_on")
    attendances = MeetingAttendance.objects.select_related("agency")
    found = wanted.prefetch_related(
        Prefetch("seats", seats, to_attr="seats_of_year"),
        Prefetch("meetings", meetings.prefetch_related(Prefetch("attendances", attendances)), to_attr="met"),
    )
    order = list(GroupKind.values)
    return [_group_year(group, period) for group in sorted(found, key=lambda each: order.index(each.kind))]


def _group_year(group: Group, period: ReportingPeriod) -> GroupYear:
    seats, meetings = group.seats_of_year, group.met  # type: ignore[attr-defined]
    came: dict[int, list[str]] = {}
    for meeting in meetings:
        for each in meeting.attendances.all():
            came.setdefault(each.agency_id, []).append(each.attendance)
    return GroupYear(
        group=group,
        period=period,
        members=tuple(MemberYear(seat=seat, attended=attended(came.get(seat.agency_id, ()))) for seat in seats),
        meetings=tuple(meetings),
    )


def funding_of(period: ReportingPeriod) -> YearOfFunding:
    """What the partnership was given and spent in a financial year, with what earlier years left: two queries."""
    until = {"period__kind": PeriodKind.FINANCIAL_YEAR, "period__starts_on__lte": period.starts_on}
    contributions = Contribution.objects.filter(**until).select_related("agency", "period")
    costs = Cost.objects.filter(**until).select_related("period")
    order = list(CostHeading.values)
    in_order = sorted(costs, key=lambda cost: (order.index(cost.heading), cost.words))
    return year_of_funding(period, list(contributions), in_order)
