"""How often crash and race tests are repeated: a few times in the suite, CRASH_ROUNDS times in `make bench`."""

import os

import pytest

ROUNDS = int(os.environ.get("CRASH_ROUNDS", "3"))
REPEATS = range(max(1, ROUNDS // 5))
RACES = max(50, 10 * ROUNDS)  # of two people for one task


@pytest.fixture(params=REPEATS)
def race(request: pytest.FixtureRequest) -> int:
    """Repeat a test whose outcome hangs on who comes first; once in the suite."""
    return request.param
