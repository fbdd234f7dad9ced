"""Handing tasks over to colleagues, and the settings page of who gets tasks."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from feedback.follow_up.assigning import giving, queries
from feedback.follow_up.assigning.forms import HandOverForm
from feedback.follow_up.queries import people_for_tasks
from surveys.clock import business_now
from surveys.database import begin_writing, db
from surveys.errors import Forbidden, Refusal
from surveys.staff.door import StaffDoor, allowed, current_staff
from surveys.staff.models import StaffMember
from surveys.staff.queries import absent_now, staff_or_missing

door = StaffDoor("handing_over", __name__, permission="tasks", url_prefix="/hand-over")
settings_door = StaffDoor("assigning", __name__, permission="settings", url_prefix="/settings/assigning")


@door.get("/<public_id>", endpoint="hand_over")
def ask(public_id: str) -> ResponseReturnValue:
    """Show which tasks of somebody would go to colleagues."""
    return page(whose(public_id), HandOverForm(formdata=None))


@door.post("/<public_id>", endpoint="give")
def give(public_id: str) -> ResponseReturnValue:
    """Give somebody's open tasks to colleagues by the rules, each with a note."""
    form = HandOverForm()
    if not form.validate():
        return page(whose(public_id), form), 422
    begin_writing()
    try:
        done = giving.hand_over(whose(public_id), form.note.data or "", business_now(), actor=current_staff())
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        form.blame(refusal)
        return page(whose(public_id), form), refusal.status
    flash(ngettext("%(num)s task went to a colleague.", "%(num)s tasks went to colleagues.", done.given))
    if done.kept:
        flash(
            ngettext(
                "%(num)s task stays, because nobody is free for it.",
                "%(num)s tasks stay, because nobody is free for them.",
                done.kept,
            ),
            "error",
        )
    return redirect(url_for("handing_over.hand_over", public_id=public_id), 303)


def whose(public_id: str) -> StaffMember:
    """Return the person whose tasks are handed over: oneself, or anybody for those who manage the team."""
    staff = staff_or_missing(public_id)
    if staff is not current_staff() and not allowed("staff"):
        raise Forbidden()
    return staff


def page(staff: StaffMember, form: HandOverForm) -> str:
    """Return the page with the tasks that would be handed over."""
    tasks = queries.running_tasks_of(staff, giving.MOST_HANDED_OVER + 1)
    return render_template(
        "follow_up/hand_over.html",
        member=staff,
        is_me=staff is current_staff(),
        form=form,
        tasks=tasks[: giving.MOST_HANDED_OVER],
        more=len(tasks) > giving.MOST_HANDED_OVER,
        now=business_now(),
    )


@settings_door.get("", endpoint="assigning")
def who_gets_tasks() -> ResponseReturnValue:
    """Show the rules, how much everybody has, and who is away."""
    now = business_now()
    return render_template(
        "follow_up/assigning.html",
        people=people_for_tasks(),
        loads=queries.loads(),
        absent=absent_now(now),
        stands_in=queries.stands_in(),
        waits=queries.waiting_for_somebody(now),
    )


@settings_door.post("")
def set_standing_in() -> ResponseReturnValue:
    """Say whether late tasks of people who are away go to a free colleague."""
    begin_writing()
    giving.set_standing_in(request.form.get("stands_in") == "yes")
    db.session.commit()
    flash(_("Saved."))
    return redirect(url_for("assigning.assigning"), 303)
