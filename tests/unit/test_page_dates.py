"""Pages show Beijing time, whatever the server's clock is set to."""

from __future__ import annotations

from datetime import UTC, date, datetime

from api.pages.dates import day, moment


def test_a_time_is_shown_in_beijing_time():
    assert moment(datetime(2026, 11, 21, 20, 5, tzinfo=UTC)) == "2026年11月22日 04:05"


def test_the_day_of_a_time_is_the_day_in_beijing():
    assert day(datetime(2026, 12, 31, 20, 0, tzinfo=UTC)) == "2027年1月1日"
    assert day(date(2026, 12, 31)) == "2026年12月31日"
