"""What a year's report tells of who we are: the groups with their meetings, and the money."""

from functools import cached_property

from partnership.funding import YearOfFunding
from partnership.models import ReportingPeriod
from partnership.queries import GroupYear, funding_of, group_years


class YearOfPartnership:
    """The records of one reporting year; what is not asked for is not read."""

    def __init__(self, period: ReportingPeriod):
        self.period = period

    @cached_property
    def groups(self) -> list[GroupYear]:
        return group_years(self.period)

    @cached_property
    def funding(self) -> YearOfFunding:
        return funding_of(self.period)
