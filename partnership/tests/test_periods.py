"""Closing a period, as its report is signed."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from partnership import actions
from partnership.models import AuditEvent
from partnership.states import WrongState
from partnership.tests.factories import make_erin, make_period

pytestmark = pytest.mark.django_db


def test_a_period_is_closed_once_and_can_be_reopened():
    erin, period = make_erin(), make_period()

    with time_machine.travel(datetime(2023, 9, 1, tzinfo=UTC), tick=False):
        actions.close_period(period=period, by=erin)
    period.refresh_from_db()
    assert (period.closed_at, period.closed_by) == (datetime(2023, 9, 1, tzinfo=UTC), erin)

    with pytest.raises(WrongState, match="2022/23 is closed already"):
        actions.close_period(period=period, by=erin)
    actions.reopen_period(period=period, reason="The signature is void.", by=erin)
    period.refresh_from_db()
    assert (period.closed_at, period.closed_by) == (None, None)
    with pytest.raises(WrongState, match="2022/23 is not closed"):
        actions.reopen_period(period=period, reason="Again.", by=erin)

    assert list(AuditEvent.objects.filter(verb__startswith="period.").order_by("pk").values_list("verb", "detail")) == [
        ("period.added", ""),
        ("period.closed", ""),
        ("period.reopened", "The signature is void."),
    ]


def test_years_are_added_up_to_the_one_of_today_once():
    make_period("2022-23")

    added = actions.add_years(until=date(2025, 4, 1))

    assert [(each.code, each.label, each.starts_on, each.ends_on) for each in added] == [
        ("2023-24", "2023/24", date(2023, 4, 1), date(2024, 3, 31)),
        ("2024-25", "2024/25", date(2024, 4, 1), date(2025, 3, 31)),
        ("2025-26", "2025/26", date(2025, 4, 1), date(2026, 3, 31)),
    ]
    assert actions.add_years(until=date(2026, 3, 31)) == []


def test_an_empty_portal_gets_the_year_of_today():
    assert [each.code for each in actions.add_years(until=date(2026, 3, 31))] == ["2025-26"]
