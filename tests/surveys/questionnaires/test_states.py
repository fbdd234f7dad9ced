from datetime import timedelta

import pytest

from surveys.questionnaires.states import STATES, State, state_of


@pytest.mark.parametrize(
    ("published", "closes", "is_archived", "state"),
    [
        (False, None, False, State.DRAFT),
        (False, None, True, State.ARCHIVED),
        (True, None, False, State.PUBLISHED),
        (True, timedelta(seconds=1), False, State.PUBLISHED),
        (True, timedelta(0), False, State.CLOSED),
        (True, -timedelta(days=1), True, State.ARCHIVED),
    ],
)
def test_a_survey_stands_somewhere(now, published, closes, is_archived, state):
    closes_at = None if closes is None else now + closes

    assert state_of(published, closes_at, now if is_archived else None, now) is state


def test_every_state_has_its_word():
    assert set(STATES) == set(State)
