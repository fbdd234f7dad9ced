"""Note what a huddle decided, and that it is done."""

from datetime import datetime

from feedback.huddle.days import stretch_of
from feedback.huddle.models import HuddleDecision
from feedback.huddle.packing import calendar
from surveys.database import db
from surveys.errors import N_, Refusal
from surveys.staff.models import StaffMember

LONGEST = 400


def decide(text: str, by: StaffMember, now: datetime) -> HuddleDecision:
    """Store a decision of today's huddle; raise Refusal naming `text` when it is empty or longer than 400 characters."""
    text = " ".join(text.split())
    if not text:
        raise Refusal(N_("Write what was decided."), field="text")
    if len(text) > LONGEST:
        raise Refusal(N_("Write at most %(most)s characters."), field="text", most=LONGEST)
    made = HuddleDecision(text=text, day=stretch_of(now, calendar(None)).today, made_at=now, made_by=by)
    db.session.add(made)
    db.session.flush()
    return made


def tick(decision: HuddleDecision, is_done: bool, by: StaffMember, now: datetime) -> None:
    """Note that a decision is done, or that it is not after all; said twice it stays as it was."""
    if is_done != (decision.done_at is not None):
        decision.done_at, decision.done_by_id = (now, by.id) if is_done else (None, None)
        db.session.flush()
