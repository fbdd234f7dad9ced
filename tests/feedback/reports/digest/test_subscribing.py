"""Choosing what comes by mail, and ending it."""

from datetime import timedelta

import pytest

from feedback.reports.digest.subscribing import NotARhythm, stop, subscribe
from feedback.reports.queries import reader_of


def test_a_rhythm_is_chosen_changed_and_ended(make, now, save):
    ben = make.staff("Ben")
    view, later = save(ben), now + timedelta(days=1)
    subscribe(ben, view, "weekly", now)
    subscribe(ben, view, "weekly", later)
    assert (reader_of(ben, view).rhythm, reader_of(ben, view).since) == ("weekly", now)
    subscribe(ben, view, "daily", later)
    assert (reader_of(ben, view).rhythm, reader_of(ben, view).since) == ("daily", later)
    subscribe(ben, None, "monthly", now)
    for given in ((view, "hourly"), (None, "weekly")):
        with pytest.raises(NotARhythm):
            subscribe(ben, *given, now)
    subscribe(ben, view, None, now)
    subscribe(ben, view, None, now)
    assert reader_of(ben, view) is None and reader_of(ben, None) is not None
    stop(reader_of(ben, None))
    assert reader_of(ben, None) is None
