"""The moment a delay counts from."""

from datetime import UTC, datetime, timedelta

import pytest

from surveys.invitations.clocks import COUNTS_FROM, TRIGGERS, Moments, Start, Usual, start_of, usual_span

PLACED = datetime(2026, 3, 1, 10, tzinfo=UTC)
DAY = timedelta(days=1)


def start(trigger, usual=None, **moments):
    return start_of(trigger, Moments(PLACED, **moments), usual, 4 * DAY, 10 * DAY)


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_an_event_that_happened_is_the_clock(trigger):
    moments = dict.fromkeys(Moments._fields, PLACED + DAY)

    assert start_of(trigger, Moments(**moments), None, DAY, DAY) == Start(
        PLACED + DAY, COUNTS_FROM.get(trigger, trigger)
    )


def test_only_a_delivery_is_estimated():
    assert [start(trigger) for trigger in ("shipped", "returned", "refunded")] == [None, None, None]
    assert start("delivered") == Start(PLACED + 10 * DAY, "placed_margin", 10 * DAY)
    assert start("delivered", shipped=PLACED) == Start(PLACED + 4 * DAY, "shipped_margin", 4 * DAY)
    usual = Usual(3 * DAY, 50)
    assert start("delivered", usual) == start("delivered")
    assert start("delivered", usual, shipped=PLACED) == Start(PLACED + 3 * DAY, "carrier", 3 * DAY, 50)


def test_what_a_decision_keeps_of_it():
    assert Start(PLACED, "delivered").as_data() == {"clock": "delivered"}
    assert Start(PLACED, "carrier", timedelta(hours=60), 30).as_data() == {
        "clock": "carrier",
        "days": 2.5,
        "parcels": 30,
    }


def test_nine_of_ten_parcels_had_arrived():
    # Spans of 1 to 30 days in no order: the 27th of 30 is the nearest rank of 90 percent.
    spans = [timedelta(days=(7 * n) % 31) for n in range(1, 31)]

    assert usual_span(spans) == Usual(timedelta(days=27), 30)
    assert usual_span(spans[:29]) is None
