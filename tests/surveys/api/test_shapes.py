from datetime import UTC, datetime, timedelta, timezone

import pytest

from surveys.api.shapes import one_line, read_moment, written


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        # The examples of RFC 3339, 5.8.
        ("1985-04-12T23:20:50.52Z", datetime(1985, 4, 12, 23, 20, 50, 520_000, tzinfo=UTC)),
        ("1996-12-19T16:39:57-08:00", datetime(1996, 12, 20, 0, 39, 57, tzinfo=UTC)),
        ("1996-12-19t16:39:57z", datetime(1996, 12, 19, 16, 39, 57, tzinfo=UTC)),
    ],
)
def test_moments_of_any_offset_are_read_into_utc(text, moment):
    assert read_moment(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-03-01",
        "2026-03-01T10:00:00",
        "2026-03-01T10:00Z",
        "2026-W10-1T10:00:00Z",
        "20260301T100000Z",
        "2026-02-30T10:00:00Z",
        "2026-06-30T23:59:60Z",
        "2026-03-01T10:00:00 Europe/Berlin",
        "2026-03-01T10:00:00+25:00",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "٢٠٢٦-03-01T10:00:00Z",
        "2026-03-01T10:00:00Z\n",
        1772359200,
        True,
    ],
)
def test_what_is_no_moment_is_refused(text):
    with pytest.raises(ValueError):
        read_moment(text)


def test_moments_are_written_in_utc():
    east = timezone(timedelta(hours=2))
    assert written(datetime(2026, 3, 1, 10, tzinfo=east)) == "2026-03-01T08:00:00Z"
    assert written(None) is None


@pytest.mark.parametrize("text", ["a\nb", "a\rb", "a\x00", "a\u2028b", "\x85"])
def test_a_line_has_no_breaks(text):
    with pytest.raises(ValueError):
        one_line(text)


def test_a_line_may_hold_any_script():
    assert one_line("Zoë 🧑‍🚀 שָׁלוֹם") == "Zoë 🧑‍🚀 שָׁלוֹם"
