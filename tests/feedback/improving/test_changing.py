"""What was hoped for is fixed in time, and a verdict is nobody's to give."""

from datetime import timedelta

import pytest

from feedback.improving.changing import HopedAlready, change
from feedback.improving.judging import judge_due
from feedback.improving.states import IllegalMove, State
from tests.feedback.improving.raising import idea, in_effect

DAY = timedelta(days=1)


def test_what_was_hoped_for_is_fixed_and_a_verdict_is_nobodys_to_give(story, now):
    found = in_effect(now, owner=story)
    for wanted in (
        {"direction": "up"},
        {"least": 3.0},
        {"check_on": now.date() + 20 * DAY},
        {"hypothesis": "x"},
    ):
        with pytest.raises(HopedAlready):
            change(found, wanted, now)
    with pytest.raises(IllegalMove) as refused:
        change(found, {"state": State.CHECKED}, now)
    assert refused.value.allowed == (State.DECLINED,)
    judge_due(now, 10)
    change(found, {"note": "The carrier says so, too.", "title": "Carrier replaced"}, now)
    assert (found.verdict, found.note) == ("worked", "The carrier says so, too.")


@pytest.mark.once
def test_it_is_declined_with_a_reason_at_any_time_before(story, now):
    found = idea(now, owner=story)
    change(found, {"state": State.DECLINED, "reason": "Too dear"}, now)
    assert (found.state, found.reason) == ("declined", "Too dear")
    with pytest.raises(IllegalMove, match="stays as it is"):
        change(found, {"state": State.PLANNED}, now)
