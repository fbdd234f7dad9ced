"""Tick a step of going live that only a person can know to be done, or untick it."""

from datetime import datetime

from feedback.going_live.models import MAIL_LEFT, TICKED, TickedStep
from surveys.database import db
from surveys.errors import Missing
from surveys.staff.models import StaffMember


def tick(key: str, by: StaffMember, now: datetime) -> None:
    """Note that the step `key` is done; ticking twice keeps the first moment. Refuses an unknown step as missing."""
    if key not in TICKED:
        raise Missing()
    _keep(key, by, now)


def note_mail_left(by: StaffMember, now: datetime) -> None:
    """Note that a test mail has left, so that it can be said to have arrived; the first moment counts."""
    _keep(MAIL_LEFT, by, now)


def _keep(key: str, by: StaffMember, now: datetime) -> None:
    """Keep that `key` came to be, once."""
    if db.session.get(TickedStep, key) is None:
        db.session.add(TickedStep(key=key, ticked_at=now, ticked_by=by))
        db.session.flush()


def untick(key: str) -> None:
    """Forget that the step `key` was done."""
    step = db.session.get(TickedStep, key)
    if step is None:
        raise Missing()
    db.session.delete(step)
    db.session.flush()
