"""Changing when a touchpoint asks."""

from dataclasses import replace
from datetime import timedelta

import pytest

from surveys.errors import Refusal, SeveralRefusals
from surveys.invitations.adjusting import LIMITS, Asking, adjust, asking_of, copy_touchpoint
from surveys.invitations.founding import ask_after_delivery
from surveys.invitations.rounds.listing import set_list
from surveys.invitations.rounds.queries import customers_meant
from surveys.segments.conditions import Condition

READY_MADE = Asking(
    name="After delivery",
    survey="nps",
    trigger="delivered",
    only_team=False,
    is_on=True,
    conditions=(),
    every_days=180,
    delay=7,
    delay_unit="days",
    shipped_margin_days=4,
    placed_margin_days=10,
    opens=9,
    closes=20,
    skip_sundays=True,
    skip_holidays=True,
    spread_hours=0,
    share=100,
    rank=5,
    rest_days=30,
    answer_rest_days=0,
    yearly=0,
    latest_hours=72,
    reminders=0,
    remind_after_days=4,
)


def test_the_ready_made_touchpoint_is_that_of_the_readme(make, now):
    make.survey("nps")
    touchpoint = ask_after_delivery(make.brand(), now)

    assert asking_of(touchpoint) == READY_MADE


def test_a_new_timing_is_noted_with_who_and_when(make, now):
    touchpoint, olga = make.touchpoint(), make.staff("Olga", role="admin")
    wanted = replace(
        READY_MADE,
        name="Anew",
        survey="csat",
        trigger="shipped",
        is_on=False,
        conditions=(Condition("country", "one_of", ("DE",)),),
        delay=30,
        delay_unit="hours",
        closes=24,
        skip_sundays=True,
        share=10,
        reminders=1,
    )
    adjust(touchpoint, wanted, olga, now)

    assert asking_of(touchpoint) == wanted
    assert (touchpoint.changed_by_id, touchpoint.changed_at) == (olga.id, now)
    assert touchpoint.delay == timedelta(hours=30)


@pytest.mark.parametrize("field", LIMITS)
def test_numbers_out_of_limits_are_refused_with_their_field(make, now, field):
    touchpoint, olga = make.touchpoint(), make.staff("Olga", role="admin")
    before = asking_of(touchpoint)
    low, high = LIMITS[field]
    for wrong in (low - 1, high + 1):
        with pytest.raises(Refusal, match=f"from {low} to {high}") as refused:
            adjust(touchpoint, replace(READY_MADE, **{field: wrong}), olga, now)
        assert refused.value.field == field
    assert asking_of(touchpoint) == before


def test_everything_wrong_is_named_at_once(make, now):
    wrong = replace(READY_MADE, delay=-1, rest_days=-1)

    with pytest.raises(SeveralRefusals) as refused:
        adjust(make.touchpoint(), wrong, make.staff(), now)
    assert [each.field for each in refused.value.refusals] == ["delay", "rest_days"]


def test_hours_that_leave_no_time_are_refused(make, now):
    with pytest.raises(Refusal, match="nobody would ever be asked") as refused:
        adjust(make.touchpoint(), replace(READY_MADE, opens=20, closes=20), make.staff(), now)
    assert refused.value.field == "closes"


def test_a_copy_is_off_and_gets_the_first_free_name(make, now):
    touchpoint, olga = make.touchpoint(), make.staff("Olga", role="admin")
    names = [copy_touchpoint(touchpoint, "After delivery", olga, now).name for _ in range(2)]

    assert names == ["After delivery 2", "After delivery 3"]
    assert touchpoint.is_on


def test_what_waits_for_orders_and_what_does_not_are_not_made_of_each_other(make, now):
    olga = make.staff("Olga", role="admin")
    rolling = make.touchpoint(name="Relationship", trigger="rolling")
    for touchpoint, trigger in ((make.touchpoint(), "rolling"), (rolling, "placed"), (rolling, "once")):
        with pytest.raises(Refusal, match="cannot become another kind"):
            adjust(touchpoint, replace(READY_MADE, name="Other", trigger=trigger), olga, now)


def test_the_copy_of_a_send_to_a_list_goes_to_the_same_people_and_not_to_everybody(make, now):
    olga, customer = make.staff("Olga", role="admin"), make.customer(reference="C-1")
    make.customer()
    send = make.touchpoint(name="News", trigger="once", is_on=False)
    set_list(send, "C-1", olga, now)
    twin = copy_touchpoint(send, "News", olga, now)

    assert (twin.by_list, twin.is_on, twin.name) == (True, False, "News 2")
    assert [each.id for each in customers_meant(twin, 0, 10, 1)] == [customer.id]
