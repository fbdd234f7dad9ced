"""One gate: every move passes it, staff never give a verdict, and a refusal names what is possible."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.improving.states import (
    MOVES,
    OPEN,
    SYSTEM_MOVES,
    DayMissing,
    IllegalMove,
    NotYet,
    State,
    TooLongAgo,
    WindowUnfit,
    check_in_effect,
    move,
)

TODAY = date(2026, 11, 24)


@given(st.lists(st.sampled_from(State), max_size=6))
def test_whatever_staff_ask_it_ends_where_the_gate_leads(wanted):
    state = State.IDEA
    for each in wanted:
        try:
            state = move(state, each)
        except IllegalMove as refusal:
            assert (
                refusal.status == 409
                and set(refusal.allowed) == set(MOVES[state])
                and each not in MOVES[state]
            )
            assert all(name in str(refusal) for name in MOVES[state])
    assert state != State.CHECKED


def test_every_open_state_may_be_declined_and_the_system_alone_checks():
    assert all(move(state, State.DECLINED) == State.DECLINED for state in OPEN)
    assert move(State.IN_EFFECT, State.CHECKED, by_system=True) == State.CHECKED
    assert SYSTEM_MOVES == {State.IN_EFFECT: (State.CHECKED,)}


@pytest.mark.parametrize(
    ("effect_on", "check_on", "refusal"),
    [
        (None, TODAY, DayMissing),
        (TODAY, None, DayMissing),
        (TODAY + timedelta(days=1), TODAY + timedelta(days=30), NotYet),
        (TODAY - timedelta(days=733), TODAY, TooLongAgo),
        (TODAY - timedelta(days=3), TODAY + timedelta(days=3), WindowUnfit),
        (TODAY, TODAY + timedelta(days=367), WindowUnfit),
        (TODAY, TODAY - timedelta(days=30), WindowUnfit),
    ],
)
def test_a_window_has_days_that_have_come_and_a_fit_length(effect_on, check_on, refusal):
    with pytest.raises(refusal):
        check_in_effect(effect_on, check_on, TODAY)
    check_in_effect(TODAY, TODAY + timedelta(days=7), TODAY)
