"""Who gets a new task."""

from datetime import UTC, datetime, timedelta

import pytest

from feedback.follow_up.routing import WHY, Candidate, choose_owner

NOON = datetime(2026, 11, 4, 12, tzinfo=UTC)
OLGA, BEN, NADIA = 1, 2, 3


def agent(staff_id, open_tasks=0, *, away=False, hours_without=None):
    """Make a candidate; `hours_without` is the time since the last new task, None for never."""
    given = None if hours_without is None else NOON - timedelta(hours=hours_without)
    return Candidate(staff_id, away, open_tasks, given)


def test_the_customers_own_contact_comes_first_however_busy():
    choice = choose_owner([agent(BEN, 0)], dedicated=agent(OLGA, 30))

    assert choice == (OLGA, "dedicated")


def test_when_the_own_contact_is_away_the_least_loaded_agent_takes_it():
    choice = choose_owner([agent(BEN, 3), agent(NADIA, 2)], dedicated=agent(OLGA, away=True))

    assert choice == (NADIA, "least_loaded")


def test_a_tie_goes_to_whoever_had_no_new_task_for_longest():
    choice = choose_owner([agent(BEN, 2, hours_without=1), agent(NADIA, 2, hours_without=5), agent(OLGA, 9)])

    assert choice == (NADIA, "longest_without")


def test_whoever_never_had_one_comes_before_all_others_in_a_tie():
    choice = choose_owner([agent(BEN, hours_without=900), agent(NADIA)])

    assert choice == (NADIA, "longest_without")


def test_the_same_rows_in_any_order_give_the_same_owner():
    assert choose_owner([agent(NADIA), agent(BEN)]) == choose_owner([agent(BEN), agent(NADIA)])


@pytest.mark.parametrize("agents", [[], [agent(BEN, away=True)]])
def test_when_nobody_is_present_nobody_gets_it(agents):
    assert choose_owner(agents) == (None, "nobody")


def test_every_choice_can_be_explained():
    assert set(WHY) == {"dedicated", "least_loaded", "longest_without", "nobody"}
