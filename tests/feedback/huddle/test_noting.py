"""What a huddle decided is noted, ticked, and unticked."""

from datetime import timedelta

import pytest

from feedback.huddle.noting import decide, tick
from surveys.errors import Refusal


def test_a_decision_is_ticked_once_and_taken_back(make, now):
    ben = make.staff("Ben")
    made = decide("  Ring the\n carrier ", ben, now)
    assert (made.text, made.day) == ("Ring the carrier", now.date())
    tick(made, True, ben, now)
    tick(made, True, make.staff("Nadia"), now + timedelta(hours=1))
    assert (made.done_at, made.done_by_id) == (now, ben.id)
    tick(made, False, ben, now)
    assert made.done_at is None and made.done_by_id is None


@pytest.mark.parametrize("text", ["", "  \n", "x" * 401])
def test_nothing_and_too_much_are_refused(make, now, text):
    with pytest.raises(Refusal) as refused:
        decide(text, make.staff(), now)
    assert refused.value.field == "text"
