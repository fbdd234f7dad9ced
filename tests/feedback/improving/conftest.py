"""A story of one change that helped."""

from datetime import timedelta

import pytest

from tests.feedback.improving.raising import answered, raised

DAY = timedelta(days=1)


@pytest.fixture
def story(make, now):
    """A month in which a third came late, and one in which hardly anything did."""
    with make.at_one_go():
        for _ in range(15):
            raised(make, now - 40 * DAY)
        answered(make, now - 40 * DAY, 30, (9, 7, 3))
        raised(make, now - 10 * DAY)
        answered(make, now - 10 * DAY, 40, (9, 10))
    return make.staff("Olga", "owner")
