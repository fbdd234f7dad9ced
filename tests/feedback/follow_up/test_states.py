"""Every move of a task passes one gate."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from feedback.follow_up.states import (
    MOVES,
    OPEN_STATES,
    DetailMissing,
    Details,
    IllegalMove,
    ReopenTooLate,
    State,
    allowed_moves,
    move,
    move_with,
)

NOW = datetime(2026, 11, 4, 10, tzinfo=UTC)
FOUND = Details(resolution="refund", cause="carrier")

STAFF_MOVES = {
    "new": {"in_progress", "closed"},
    "in_progress": {"waiting_customer", "waiting_internal", "resolved", "closed"},
    "waiting_customer": {"in_progress", "resolved", "closed"},
    "waiting_internal": {"in_progress", "resolved", "closed"},
    "resolved": {"in_progress"},
    "verifying": {"in_progress"},
    "closed": {"in_progress"},
}
SYSTEM_MOVES = STAFF_MOVES | {
    "resolved": {"in_progress", "verifying", "closed"},
    "verifying": {"in_progress", "closed"},
}


@pytest.mark.parametrize("by_system, table", [(False, STAFF_MOVES), (True, SYSTEM_MOVES)])
@pytest.mark.parametrize("current", State)
def test_exactly_the_agreed_moves_are_allowed(current, by_system, table):
    assert set(allowed_moves(current, by_system=by_system)) == table[current]
    for wanted in State:
        if wanted in table[current] or wanted is current:
            assert move(current, wanted, by_system) is wanted
        else:
            with pytest.raises(IllegalMove):
                move(current, wanted, by_system)


def test_a_refused_move_names_those_that_are_allowed():
    with pytest.raises(IllegalMove) as refusal:
        move("new", "resolved")

    assert refusal.value.status == 409
    assert refusal.value.allowed == (State.IN_PROGRESS, State.CLOSED)
    assert str(refusal.value) == (
        "This task is “new” and cannot become “resolved”. Possible now: in_progress, closed."
    )


def test_staff_are_not_offered_what_only_the_system_may_do():
    with pytest.raises(IllegalMove) as refusal:
        move("verifying", "closed")

    assert refusal.value.allowed == (State.IN_PROGRESS,)


def test_a_word_that_is_no_state_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError):
        move("new", "snoozed")


def test_no_state_is_a_dead_end():
    assert all(MOVES[state] for state in State)


def test_waiting_for_the_customer_needs_a_date():
    with pytest.raises(DetailMissing) as refusal:
        move_with("in_progress", "waiting_customer", Details(), NOW)

    assert refusal.value.field == "waiting_until"


@pytest.mark.parametrize("wait", [timedelta(seconds=1), timedelta(days=7)])
def test_waiting_for_the_customer_may_last_up_to_seven_days(wait):
    details = Details(waiting_until=NOW + wait)

    assert move_with("in_progress", "waiting_customer", details, NOW) is State.WAITING_CUSTOMER


@pytest.mark.parametrize("wait", [timedelta(days=-1), timedelta(0), timedelta(days=8)])
def test_a_date_that_is_over_or_too_far_away_is_refused(wait):
    with pytest.raises(DetailMissing):
        move_with("in_progress", "waiting_customer", Details(waiting_until=NOW + wait), NOW)


def test_the_seventh_day_counts_whole_in_the_zone_of_the_date():
    berlin = ZoneInfo("Europe/Berlin")

    last = Details(waiting_until=datetime(2026, 11, 11, 23, 59, tzinfo=berlin))
    assert move_with("in_progress", "waiting_customer", last, NOW) is State.WAITING_CUSTOMER
    with pytest.raises(DetailMissing, match="7 days at most"):
        beyond = Details(waiting_until=datetime(2026, 11, 12, 0, 0, tzinfo=berlin))
        move_with("in_progress", "waiting_customer", beyond, NOW)


@pytest.mark.parametrize("wait", [timedelta(seconds=1), timedelta(days=14)])
def test_waiting_for_a_colleague_may_last_up_to_fourteen_days(wait):
    details = Details(waiting_until=NOW + wait, note="The warehouse counts")

    assert move_with("in_progress", "waiting_internal", details, NOW) is State.WAITING_INTERNAL


@pytest.mark.parametrize(
    "details, field, said",
    [
        (Details(note="Count"), "waiting_until", "until when"),
        (Details(waiting_until=NOW, note="Count"), "waiting_until", "over"),
        (Details(waiting_until=NOW + timedelta(days=15), note="Count"), "waiting_until", "14 days at most"),
        (Details(waiting_until=NOW + timedelta(days=1)), "note", "who has to do what"),
        (Details(waiting_until=NOW + timedelta(days=1), note=" "), "note", "who has to do what"),
    ],
)
def test_waiting_for_a_colleague_needs_a_day_and_what_is_to_be_done(details, field, said):
    with pytest.raises(DetailMissing, match=said) as refusal:
        move_with("in_progress", "waiting_internal", details, NOW)

    assert refusal.value.field == field


def test_a_cause_that_nobody_found_wants_a_note():
    unknown = Details(resolution="refund", cause="unknown")
    for note in (None, " "):
        with pytest.raises(DetailMissing, match="why the cause is not known") as refusal:
            move_with("in_progress", "resolved", replace(unknown, note=note), NOW)
        assert refusal.value.field == "note"
    found = replace(unknown, note="The parcel is gone")
    assert move_with("in_progress", "resolved", found, NOW) is State.RESOLVED


@pytest.mark.parametrize("current", ["in_progress", "waiting_customer", "waiting_internal"])
def test_resolving_needs_a_resolution_and_a_cause(current):
    assert move_with(current, "resolved", FOUND, NOW) is State.RESOLVED


@pytest.mark.parametrize(
    "details, field",
    [
        (Details(), "resolution"),
        (Details(cause="carrier"), "resolution"),
        (Details(resolution="magic", cause="carrier"), "resolution"),
        (Details(resolution="refund"), "cause"),
        (Details(resolution="refund", cause="moon"), "cause"),
    ],
)
def test_resolving_without_them_is_refused_at_the_field(details, field):
    with pytest.raises(DetailMissing) as refusal:
        move_with("in_progress", "resolved", details, NOW)

    assert refusal.value.field == field
    assert refusal.value.status == 422


@pytest.mark.parametrize("current", sorted(OPEN_STATES))
@pytest.mark.parametrize("outcome", ["no_action", "invalid", "duplicate", "no_permission", "unreachable"])
def test_an_open_task_may_be_closed_if_the_outcome_says_why(current, outcome):
    assert move_with(current, "closed", Details(outcome=outcome), NOW) is State.CLOSED


@pytest.mark.parametrize("outcome", [None, "recovered", "unverified", "bored"])
def test_staff_cannot_close_a_task_as_recovered_or_without_a_reason(outcome):
    with pytest.raises(DetailMissing, match="choose one of the outcomes"):
        move_with("in_progress", "closed", Details(outcome=outcome), NOW)


@pytest.mark.parametrize("outcome", ["recovered", "partly", "not_recovered", "unverified", "no_permission"])
def test_the_system_closes_with_what_the_customer_said(outcome):
    assert move_with("verifying", "closed", Details(outcome=outcome), NOW, by_system=True) is State.CLOSED


def test_without_a_way_to_ask_the_system_closes_at_once():
    closing = Details(outcome="unverified")

    assert move_with("resolved", "closed", closing, NOW, by_system=True) is State.CLOSED
    with pytest.raises(DetailMissing):
        move_with("resolved", "closed", Details(), NOW, by_system=True)


@pytest.mark.parametrize("current", ["resolved", "verifying"])
def test_a_resolved_task_may_be_taken_up_again(current):
    assert move_with(current, "in_progress", Details(), NOW) is State.IN_PROGRESS


def test_a_closed_task_may_be_taken_up_again_for_thirty_days():
    closed = Details(closed_at=NOW - timedelta(days=30))

    assert move_with("closed", "in_progress", closed, NOW) is State.IN_PROGRESS
    with pytest.raises(ReopenTooLate):
        move_with("closed", "in_progress", closed, NOW + timedelta(seconds=1))


def test_staying_in_the_same_state_needs_nothing():
    assert move_with("resolved", "resolved", Details(), NOW) is State.RESOLVED
