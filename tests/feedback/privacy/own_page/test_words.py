"""What became of an answer is told in plain words for every state a task can have."""

import pytest

from feedback.follow_up.codes import CLOSING_OUTCOMES, OUTCOMES
from feedback.follow_up.states import State
from feedback.privacy.own_page.words import ENDED, ENDS, LOOKED_AT, RECEIVED, WAITS_FOR_YOU, course_of


@pytest.mark.parametrize(
    ("state", "outcome", "said"),
    [
        (None, None, RECEIVED),
        ("new", None, LOOKED_AT),
        ("waiting_internal", None, LOOKED_AT),
        ("waiting_customer", None, WAITS_FOR_YOU),
        ("closed", "recovered", "Solved, as you told us."),
        ("closed", "duplicate", ENDED),
    ],
)
def test_states_are_told_to_the_one_who_answered(state, outcome, said):
    assert course_of(state, outcome) == said


def test_no_state_and_no_outcome_is_without_words():
    assert all(course_of(state, None) for state in State)
    assert set(ENDS) <= {*OUTCOMES, *CLOSING_OUTCOMES}
