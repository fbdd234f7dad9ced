"""A mail can be taken back until the loop has taken it up to send it."""

from datetime import datetime

from feedback.follow_up.conversation.models import Reply
from feedback.follow_up.conversation.queries import reply_for_update
from feedback.follow_up.moving import record
from feedback.follow_up.queries import task_for_update
from surveys.errors import N_, Conflict
from surveys.staff.models import StaffMember


class LeftAlready(Conflict):
    """The mail is on its way, or was dealt with."""

    phrase = N_("It is too late to take this mail back: it is leaving, or has left. Write another one.")


def take_back(task_id: str, public_id: str, now: datetime, *, actor: StaffMember | None) -> Reply:
    """Take back a mail that has not been taken up yet; its text stays for the next one. Refuses with LeftAlready.

    The row is locked first, and the loop claims a row by changing it: one of the two is too late.
    """
    reply = reply_for_update(task_id, public_id)
    if reply.state != "queued" or reply.claimed_until is not None:
        raise LeftAlready()
    reply.state, reply.due_at = "taken_back", None
    record(task_for_update(reply.task_id), "taken_back", now, actor=actor, after=reply.public_id)
    return reply
