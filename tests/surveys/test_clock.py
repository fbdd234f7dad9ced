"""Two clocks: the real one, and the business's, which a demo may set ahead."""

from datetime import UTC, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from surveys.clock import ClockOffset, business_now, real_now, reset, set_forward
from surveys.database import db


def test_without_a_demo_the_business_lives_in_real_time(app):
    before = real_now()

    assert before <= business_now() <= real_now()
    assert business_now().tzinfo is UTC


def test_a_clock_set_forward_twice_runs_ahead_by_both(app):
    set_forward(timedelta(days=1))
    set_forward(timedelta(hours=2))

    ahead = timedelta(days=1, hours=2)
    before = real_now()
    assert before + ahead <= business_now() <= real_now() + ahead
    assert real_now() - before < ahead


def test_a_clock_is_reset_once_and_for_all(app):
    set_forward(timedelta(days=1))
    reset()
    reset()

    assert business_now() <= real_now()


def test_a_clock_never_goes_back(app):
    with pytest.raises(IntegrityError):
        set_forward(timedelta(seconds=-1))


def test_there_is_one_clock_only(app):
    db.session.add(ClockOffset(id=2, seconds=0))

    with pytest.raises(IntegrityError):
        db.session.flush()
