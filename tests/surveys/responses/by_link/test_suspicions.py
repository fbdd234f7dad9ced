"""A form that people could not have filled in so is marked, never refused."""

from datetime import UTC, datetime, timedelta

import pytest

from surveys.responses.by_link.suspicions import BOT, QUICKEST, suspicion_of

NOW = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("trap", "made_at", "why"),
    [
        ("", NOW - timedelta(seconds=30), None),
        ("", NOW - QUICKEST, None),
        ("", NOW - QUICKEST + timedelta(milliseconds=1), BOT),
        ("", None, BOT),
        ("https://buy.example", NOW - timedelta(seconds=30), BOT),
        ("", NOW - timedelta(days=3), None),
    ],
)
def test_what_people_do_not_see_and_how_long_they_need(trap, made_at, why):
    assert suspicion_of(trap, made_at, NOW) == why
