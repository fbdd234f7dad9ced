from datetime import UTC, datetime

from surveys.shops.told import Event, in_order

EARLY, LATE = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)


def test_events_stand_in_the_order_of_what_they_tell_of():
    first, second = Event("b", {}, EARLY), Event("a", {}, LATE)
    assert in_order([second, first]) == [first, second]


def test_of_one_moment_the_order_is_the_same_however_they_came():
    events = [Event("b", {}, EARLY, "2"), Event("a", {}, EARLY, "9"), Event("b", {}, EARLY, "1")]
    assert in_order(events) == in_order(events[::-1])
