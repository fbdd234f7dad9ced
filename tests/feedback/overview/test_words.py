"""Words: every state and reason that is stored has one."""

from feedback.follow_up.states import STATES
from feedback.follow_up.states import State as TaskState
from feedback.overview.words import BASES, DECISIONS, EVENTS, SOLVED
from surveys.brand.models import BASES as KNOWN_BASES
from surveys.customers.models import Purchase
from surveys.invitations.states import State
from surveys.questionnaires.starters import SOLVED as KNOWN_ANSWERS


def test_nothing_that_is_stored_is_without_a_word():
    assert set(DECISIONS) == set(State)
    assert set(STATES) == set(TaskState)
    assert set(BASES) == set(KNOWN_BASES)
    assert set(SOLVED) == set(KNOWN_ANSWERS)
    assert all(hasattr(Purchase, column) for column, _ in EVENTS)
