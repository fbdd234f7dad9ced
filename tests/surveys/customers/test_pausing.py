"""A customer's pause: months of the calendar, ended by itself or by them."""

from datetime import UTC, datetime, timedelta

import pytest

from surveys.customers.pausing import MOST_A_DAY, TooOften, months_later, pause, resume
from surveys.customers.queries import paused_until, permission_history
from surveys.errors import Refusal


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ((2026, 3, 10), 3, (2026, 6, 10)),
        ((2026, 11, 30), 3, (2027, 2, 28)),
        ((2027, 11, 30), 3, (2028, 2, 29)),
        ((2026, 12, 31), 6, (2027, 6, 30)),
        ((2026, 12, 31), 12, (2027, 12, 31)),
    ],
)
def test_months_are_those_of_the_calendar(day, months, later):
    assert months_later(datetime(*day, 11, tzinfo=UTC), months) == datetime(*later, 11, tzinfo=UTC)


def test_a_pause_lasts_until_its_day_and_stands_in_the_history(make, now):
    dora = make.customer()
    pause(dora, 6, now)

    assert dora.paused_until == months_later(now, 6)
    assert paused_until([dora.id], now) == dora.paused_until
    assert paused_until([dora.id], dora.paused_until) is None
    (line,) = permission_history(dora)
    assert (line.kind, line.source, line.evidence) == (
        "paused",
        "page",
        {"until": dora.paused_until.isoformat()},
    )


def test_a_pause_ends_when_the_customer_says_so(make, now):
    dora = make.customer()
    resume(dora, now)
    assert permission_history(dora) == []
    pause(dora, 3, now)
    resume(dora, now)

    assert dora.paused_until is None
    assert sorted(line.kind for line in permission_history(dora)) == ["paused", "resumed"]


def test_a_pause_of_a_duplicate_holds_for_the_person(make, now):
    dora = make.customer()
    twin = make.customer("Dora Twin", merged_into=dora)
    pause(twin, 3, now)

    assert paused_until([dora.id], now) == twin.paused_until


@pytest.mark.parametrize("months", [0, 1, -3, 1200])
def test_other_times_are_refused(make, now, months):
    with pytest.raises(Refusal, match="Choose one"):
        pause(make.customer(), months, now)


def test_ten_pauses_a_day_are_enough_and_each_can_be_ended(make, now):
    dora = make.customer()
    for _ in range(MOST_A_DAY):
        pause(dora, 3, now)
    with pytest.raises(TooOften):
        pause(dora, 6, now)
    resume(dora, now)
    pause(dora, 12, now + timedelta(days=1))

    assert dora.paused_until == months_later(now + timedelta(days=1), 12)
