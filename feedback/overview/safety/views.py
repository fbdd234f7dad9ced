"""The register of danger and law: who said it, whose it is, what was done."""

from datetime import datetime

from flask import render_template, request
from flask.typing import ResponseReturnValue

from feedback.analysis.intents.words import INTENT_NAMES
from feedback.follow_up.opening import why_no_task
from feedback.overview.safety.queries import KINDS, Entry, entries
from feedback.overview.words import NO_TASK
from surveys.clock import business_now
from surveys.cursor import decode, page_of
from surveys.staff.door import StaffDoor

door = StaffDoor("safety", __name__, permission="export_tasks", url_prefix="/inbox/register")
ROWS = 50


@door.get("")
def register() -> ResponseReturnValue:
    """List every answer that spoke of danger or of law, with its task and what was done."""
    kind, after = request.args.get("kind"), request.args.get("after")
    kind = kind if kind in KINDS else None
    begin = decode(after, datetime, int) if after else None
    found = page_of(
        entries(ROWS + 1, kind, (begin[0], begin[1]) if begin else None),
        ROWS,
        lambda entry: (entry.given_at, entry.response.id),
    )
    return render_template(
        "overview/register.html",
        entries=found.items,
        next_page=found.next,
        no_task={entry.response.id: why_not(entry) for entry in found.items if entry.task is None},
        kinds={kind: INTENT_NAMES[kind] for kind in KINDS},
        chosen=kind,
        after=after,
        now=business_now(),
    )


def why_not(entry: Entry) -> str:
    """Return why nobody follows an answer up, as an English sentence."""
    return NO_TASK[why_no_task(entry.response, entry.analysis)]
