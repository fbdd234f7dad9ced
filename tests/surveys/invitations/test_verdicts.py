"""Now, later or never: what is known decides, and the reason is named."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from surveys.invitations.cadence import AskingRule
from surveys.invitations.states import Reason
from surveys.invitations.verdicts import Past, Standing, Verdict, called_off, refused, timed
from surveys.segments.conditions import Condition, Unmet

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)  # a Tuesday
DAY = timedelta(days=1)
RULE = AskingRule()
ABROAD = Unmet(Condition("country", "one_of", ("AT",)), ("DE",))


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({}, None),
        ({"has_objected": True, "barred": "undeliverable"}, Reason.OBJECTED),
        ({"barred": "undeliverable", "is_cancelled": True}, Reason.UNDELIVERABLE),
        ({"is_cancelled": True, "is_refunded": True}, Reason.CANCELLED),
        ({"is_refunded": True, "is_on": False}, Reason.REFUNDED),
        ({"is_on": False, "permission": "no_evidence"}, Reason.TOUCHPOINT_OFF),
        ({"permission": "no_evidence", "unmet": ABROAD}, Reason.NO_EVIDENCE),
        ({"unmet": ABROAD, "has_address": False}, Reason.CONDITIONS),
        ({"has_address": False}, Reason.NO_ADDRESS),
    ],
)
def test_the_first_reason_is_the_one_that_is_told(values, reason):
    assert refused(Standing(**values), "delivered") is reason


def test_an_order_called_off_matters_by_what_is_asked_about():
    assert called_off("returned", False, True) is None
    assert called_off("refunded", True, True) is None
    assert called_off("returned", True, False) is Reason.CANCELLED
    assert called_off("placed", False, True) is Reason.REFUNDED


def test_the_longest_wait_is_named():
    rule = AskingRule(rest=30 * DAY, rest_after_answer=60 * DAY, yearly=4, latest=400 * DAY)
    asked = [NOON - days * DAY for days in (300, 200, 100, 10)]
    past = Past(asked=asked, answered=NOON - 9 * DAY, held=Reason.OPEN_TASK)

    # 20 days of rest, 51 after the answer, 65 until the first of four is a year ago, 6 hours for the task.
    assert timed(NOON, NOON, rule, past, BERLIN) == Verdict(
        later=datetime(2026, 5, 14, 11, tzinfo=UTC), because=Reason.YEARLY_LIMIT
    )


def test_sundays_and_holidays_are_passed_over():
    sunday = NOON + 5 * DAY
    rule = AskingRule(skip_sundays=True, closed=frozenset({(NOON + 6 * DAY).date()}))

    # Monday 16 March is closed too: Tuesday, 9:00 in Berlin = 8:00 UTC.
    assert timed(sunday, sunday, rule, Past(), BERLIN).later == datetime(2026, 3, 17, 8, tzinfo=UTC)
    assert timed(sunday, sunday, RULE, Past(), BERLIN) == Verdict()


def test_any_hour_passes_over_the_hours_alone():
    night = NOON + timedelta(hours=10)

    assert timed(night, night, RULE, Past(), BERLIN, any_hour=True) == Verdict()
    held = timed(night, night, RULE, Past(held=Reason.OPEN_TASK), BERLIN, any_hour=True)
    assert held.because == Reason.OPEN_TASK
