"""Decide whether figures of single persons are shown: off until an owner says otherwise (methodology 4.12)."""

from datetime import datetime

from feedback.follow_up.effect.models import PersonFigures
from surveys.database import db
from surveys.staff.models import StaffMember


def show_persons(is_shown: bool, now: datetime, *, by: StaffMember) -> PersonFigures:
    """Show figures of single persons from now on, or do not; who decided stays noted."""
    decision = db.session.get(PersonFigures, 1) or PersonFigures(id=1)
    decision.is_shown, decision.changed_at, decision.changed_by_id = is_shown, now, by.id
    db.session.add(decision)
    db.session.flush()
    return decision
