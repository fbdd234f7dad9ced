"""Do something with many tasks at once, see how far it is, and undo it."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from feedback.follow_up.clocks.timing import at_minute
from feedback.follow_up.inbox import queries as inbox_queries
from feedback.follow_up.inbox.asking import written
from feedback.follow_up.inbox.filters import queue_url
from feedback.follow_up.inbox.forms import BulkForm
from feedback.follow_up.inbox.many import queries
from feedback.follow_up.inbox.many.ordering import NothingSelected, order, order_undo
from feedback.follow_up.inbox.many.working import work_at_once
from feedback.follow_up.inbox.models import BulkDeed
from feedback.follow_up.inbox.views import asked_for, door, fresh, page
from surveys.brand.queries import all_brands
from surveys.clock import business_now
from surveys.database import db
from surveys.doors import spoken
from surveys.errors import N_, Refusal
from surveys.staff.door import current_staff

__all__ = ("door",)  # the door of the inbox, with these deeds hung on it

# What a deed is called, on its button too, and what is said once it is done.
NAMES = {
    "take": N_("Take"),
    "give": N_("Give"),
    "snooze": N_("Put them off"),
    "close": N_("Close"),
    "ask": N_("Ask why"),
    "write": N_("Letter to everybody"),
    "undo": N_("Undo"),
}
DONE = NAMES | {
    "take": N_("Taken"),
    "give": N_("Given"),
    "snooze": N_("Snoozed"),
    "close": N_("Closed"),
    "ask": N_("Asked why"),
    "undo": N_("Undone"),
}


@door.post("/many")
def do_many() -> ResponseReturnValue:
    """Do one thing with the selected tasks, or with all of the queue."""
    form, now, asked = BulkForm(), business_now(), asked_for(business_now())
    if not form.validate():
        return page(bulk_form=form), 422
    try:
        chosen: Any = list(queries.ids_of(list(dict.fromkeys(request.form.getlist("task")))[:1000]).values())
        if request.form.get("all"):
            chosen = inbox_queries.narrowed(asked, current_staff(), now)
        elif not chosen:
            raise NothingSelected()
        deed = order(request.form.get("kind", ""), details_of(form), chosen, now, by=current_staff())
        work_at_once(deed, now)
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        form.blame(refusal)
        if refusal.field is None or refusal.field not in form:
            flash(spoken(refusal), "error")
        return page(bulk_form=form), refusal.status
    return told(deed)


@door.post("/many/<public_id>/undo")
def undo(public_id: str) -> ResponseReturnValue:
    """Take back what a deed has done."""
    now = business_now()
    deed = order_undo(queries.deed_of(public_id, current_staff()), now, by=current_staff())
    work_at_once(deed, now)
    db.session.commit()
    return told(deed)


@door.get("/many/<public_id>")
def many(public_id: str) -> ResponseReturnValue:
    """Show how far a deed is, and for which tasks it was refused."""
    return render_template("follow_up/many.html", **facts(queries.deed_of(public_id, current_staff())))


@door.get("/many/<public_id>/progress")
def progress(public_id: str) -> ResponseReturnValue:
    """Return how far it is, for the page to keep itself up to date."""
    deed = queries.deed_of(public_id, current_staff())
    return fresh(render_template("follow_up/_progress.html", **facts(deed)))


def facts(deed: BulkDeed) -> dict[str, Any]:
    """Return what the page of a deed shows."""
    return {
        "deed": deed,
        "name": _(NAMES[deed.kind]),
        "progress": queries.progress_of(deed),
        "refused": queries.refused_of(deed).items,
        "queue": written(request.args),
        "undoable": queries.can_undo(deed),
        "listed": queries.LISTED,
    }


def details_of(form: BulkForm) -> dict[str, Any]:
    """Return what a deed needs, as it is kept; a day to put tasks off begins where the first shop is."""
    day, brand = form.snoozed_until.data, all_brands()[0]
    return {
        "assignee": form.assignee.data or "",
        "until": at_minute(day, brand.opens, brand).isoformat() if day else "",
        "reason": form.reason.data or "",
        "outcome": form.outcome.data or "",
    }


def told(deed: BulkDeed) -> ResponseReturnValue:
    """Go back to the queue, from a letter that was taken back to its incident, and say how it went.

    Where something waits or was refused, go to the page of the deed.
    """
    found = queries.progress_of(deed)
    queue: dict[str, Any] = {**written(request.args)}
    if found.waiting or found.refused:
        return redirect(url_for("inbox.many", public_id=deed.public_id, **queue), 303)
    if deed.undoes is not None and deed.undoes.incident is not None:
        flash(ngettext("%(num)s letter was taken back.", "%(num)s letters were taken back.", found.done))
        return redirect(url_for("incidents.incident", public_id=deed.undoes.incident.public_id), 303)
    link = Markup('<a href="{}">{}</a>').format(
        url_for("inbox.many", public_id=deed.public_id, **queue),
        ngettext("%(num)s task", "%(num)s tasks", found.done),
    )
    flash(Markup("{}: {}").format(_(DONE[deed.kind]), link))
    asked = asked_for(business_now())
    return redirect(queue_url(asked), 303)
