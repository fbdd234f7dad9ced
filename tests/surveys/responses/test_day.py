"""The day of an answer is the shop's."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from surveys.responses.day import start_of_day


def test_the_day_is_the_shops_also_when_the_clock_is_put_forward():
    berlin = ZoneInfo("Europe/Berlin")

    assert start_of_day(datetime(2026, 3, 29, 21, 59, tzinfo=UTC), berlin) == datetime(
        2026, 3, 28, 23, tzinfo=UTC
    )
    assert start_of_day(datetime(2026, 3, 29, 22, 0, tzinfo=UTC), berlin) == datetime(
        2026, 3, 29, 22, tzinfo=UTC
    )
