"""Giving many turns costs few statements."""

import pytest

from surveys.database import db
from surveys.invitations.rounds.planning import plan_rounds
from tests.test_costs import counted_statements


@pytest.mark.once
def test_many_turns_cost_as_many_statements_as_few(old, rolling, now):
    rolling()

    def statements_with(more):
        for _ in range(more):
            old()
        db.session.remove()
        with counted_statements() as statements:
            assert plan_rounds(now, 100) == more
        return len(statements)

    statements_with(1)  # begins the round
    few = statements_with(2)

    assert statements_with(9) == few
