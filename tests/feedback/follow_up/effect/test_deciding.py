"""Whether figures of single persons are shown is the owner's to say, and stays noted."""

from datetime import timedelta

from sqlalchemy import func, select

from feedback.follow_up.effect.deciding import show_persons
from feedback.follow_up.effect.models import PersonFigures
from feedback.follow_up.effect.queries import persons_are_shown
from surveys.database import db


def test_they_are_off_until_somebody_says_so_and_one_decision_holds(make, now):
    owner = make.staff(role="owner")
    assert not persons_are_shown()

    show_persons(True, now, by=owner)
    assert persons_are_shown()
    later = now + timedelta(days=1)
    decision = show_persons(False, later, by=owner)

    assert not persons_are_shown()
    assert (decision.changed_at, decision.changed_by_id) == (later, owner.id)
    assert db.session.scalar(select(func.count()).select_from(PersonFigures)) == 1
