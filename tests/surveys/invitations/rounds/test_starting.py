"""A one-time send starts once, when somebody says so."""

from datetime import timedelta

import pytest

from surveys.errors import Refusal
from surveys.invitations.rounds.starting import NobodyMeant, StartedAlready, start


def test_a_send_starts_once_and_says_by_whom(make, old, once, now):
    touchpoint, ben, customer = once(), make.staff(), old()
    round_ = start(touchpoint, now - timedelta(days=1), ben, now)

    assert (round_.number, round_.starts_at, round_.begun_by) == (1, now, ben)
    assert (round_.last_id, round_.ends_at, touchpoint.is_on) == (customer.id, None, True)
    with pytest.raises(StartedAlready):
        start(touchpoint, now, ben, now)


def test_nothing_starts_that_is_no_send_goes_to_nobody_or_too_far_ahead(make, old, once, rolling, now):
    ben = make.staff()
    with pytest.raises(NobodyMeant):
        start(once(), now, ben, now)
    old()
    with pytest.raises(StartedAlready):
        start(rolling(), now, ben, now)
    with pytest.raises(Refusal, match="twelve months"):
        start(once(), now + timedelta(days=366), ben, now)
