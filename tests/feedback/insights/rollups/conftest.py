"""A shop whose answers are added up."""

from datetime import timedelta

import pytest

from feedback.insights.rollups import ticks


@pytest.fixture
def shop(make, now):
    """A shop whose answers of forty days are added up."""
    for day in range(1, 41, 3):
        make.response(day % 6, submitted_at=now - timedelta(days=day))
    while ticks.roll_up(now, 10):
        pass
    return make
