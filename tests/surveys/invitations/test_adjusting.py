"""Changing when a touchpoint asks."""

from dataclasses import replace
from datetime import timedelta

import pytest

from surveys.errors import Refusal, SeveralRefusals
from surveys.invitations.adjusting import LIMITS, Timing, adjust, timing_of
from surveys.invitations.founding import ask_after_delivery

READY_MADE = Timing(
    is_on=True,
    delay_days=7,
    shipped_margin_days=4,
    placed_margin_days=10,
    opens=9,
    closes=20,
    rest_days=30,
    latest_hours=72,
)


def test_the_ready_made_touchpoint_is_that_of_the_readme(make, now):
    make.survey("nps")
    touchpoint = ask_after_delivery(make.brand(), now)

    assert timing_of(touchpoint) == READY_MADE


def test_a_new_timing_is_noted_with_who_and_when(make, now):
    touchpoint, olga = make.touchpoint(), make.staff("Olga", role="admin")
    wanted = Timing(
        is_on=False,
        delay_days=3,
        shipped_margin_days=2,
        placed_margin_days=5,
        opens=8,
        closes=24,
        rest_days=90,
        latest_hours=24,
    )
    adjust(touchpoint, wanted, olga, now)

    assert timing_of(touchpoint) == wanted
    assert (touchpoint.changed_by_id, touchpoint.changed_at) == (olga.id, now)
    assert touchpoint.delay == timedelta(days=3)


@pytest.mark.parametrize("field", LIMITS)
def test_numbers_out_of_limits_are_refused_with_their_field(make, now, field):
    touchpoint, olga = make.touchpoint(), make.staff("Olga", role="admin")
    low, high = LIMITS[field]
    for wrong in (low - 1, high + 1):
        with pytest.raises(Refusal, match=f"from {low} to {high}") as refused:
            adjust(touchpoint, replace(READY_MADE, **{field: wrong}), olga, now)
        assert refused.value.field == field
    assert timing_of(touchpoint) == READY_MADE


def test_everything_wrong_is_named_at_once(make, now):
    wrong = replace(READY_MADE, delay_days=-1, rest_days=-1)

    with pytest.raises(SeveralRefusals) as refused:
        adjust(make.touchpoint(), wrong, make.staff(), now)
    assert [each.field for each in refused.value.refusals] == ["delay_days", "rest_days"]


def test_hours_that_leave_no_time_are_refused(make, now):
    with pytest.raises(Refusal, match="nobody would ever be asked") as refused:
        adjust(make.touchpoint(), replace(READY_MADE, opens=20, closes=20), make.staff(), now)
    assert refused.value.field == "closes"
