"""The sign of life that the page of a task gives, and who else is there."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from feedback.follow_up.presence.noting import arriving, leaving
from feedback.follow_up.presence.queries import present_at, task_id_or_missing
from surveys.clock import real_now
from surveys.doors import note_in_passing
from surveys.staff.door import StaffDoor, current_staff

door = StaffDoor("presence", __name__, permission="tasks", url_prefix="/tasks")
# It is said every few seconds and changes nothing of the shop: nobody waits for it, and no account of it is kept.
door.writes_at_once = False
door.is_audited = False
# A page left open gives signs all night: whoever has gone home is signed out after two hours all the same.
door.is_use = False

WRITES = ("mail", "note")


@door.post("/<public_id>/presence")
def presence(public_id: str) -> ResponseReturnValue:
    """Note that somebody is at a task; answer with who else is."""
    task_id, me, now = task_id_or_missing(public_id), current_staff().id, real_now()
    writes = request.form.get("writes")
    note_in_passing(arriving(task_id, me, writes if writes in WRITES else None, now))
    return render_template("follow_up/_presence.html", present=present_at(task_id, me, now))


@door.post("/<public_id>/presence/end")
def end(public_id: str) -> ResponseReturnValue:
    """Note that somebody has left a task."""
    note_in_passing(leaving(task_id_or_missing(public_id), current_staff().id, real_now()))
    return "", 204
