"""Ticks of going live: the first moment counts, unknown steps are missing."""

from datetime import timedelta

import pytest

from feedback.going_live.models import TickedStep
from feedback.going_live.ticking import note_mail_left, tick, untick
from surveys.database import db
from surveys.errors import Missing


def test_the_first_tick_counts(make, now):
    olga, ben = make.staff("Olga", "owner"), make.staff("Ben", "admin")

    tick("dns", olga, now)
    tick("dns", ben, now + timedelta(days=1))

    step = db.session.get(TickedStep, "dns")
    assert (step.ticked_by, step.ticked_at) == (olga, now)


def test_what_is_no_step_and_what_is_not_ticked_is_missing(make, now):
    with pytest.raises(Missing):
        tick("everything", make.staff("Olga", "owner"), now)
    with pytest.raises(Missing):
        tick("mail_left", make.staff("Ada", "admin"), now)
    with pytest.raises(Missing):
        untick("dns")


def test_the_first_test_mail_that_left_counts(make, now):
    olga = make.staff("Olga", "owner")

    note_mail_left(olga, now)
    note_mail_left(olga, now + timedelta(days=1))

    assert db.session.get(TickedStep, "mail_left").ticked_at == now
