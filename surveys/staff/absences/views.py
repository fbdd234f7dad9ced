"""The pages of absences: one's own, and those of a colleague with how much of which work they take."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveys.clock import business_now
from surveys.database import db
from surveys.errors import Refusal
from surveys.staff import hiring, queries
from surveys.staff.absences import planning
from surveys.staff.absences.forms import AbsenceForm, WorkForm
from surveys.staff.door import StaffDoor, current_staff
from surveys.staff.models import StaffMember
from surveys.staff.permissions import may

own_door = StaffDoor("own_work", __name__, permission="own_account", url_prefix="/account/absences")
team_door = StaffDoor("team_work", __name__, permission="staff", url_prefix="/settings/team")


@own_door.get("", endpoint="work")
def own() -> ResponseReturnValue:
    """One's own absences."""
    return page(current_staff())


@own_door.post("", endpoint="add")
def add_own() -> ResponseReturnValue:
    """Plan an absence of one's own."""
    return add(current_staff(), url_for("own_work.work"))


@own_door.post("/<absence_id>/drop", endpoint="drop")
def drop_own(absence_id: str) -> ResponseReturnValue:
    """Take back an absence of one's own."""
    return drop(current_staff(), absence_id, url_for("own_work.work"))


@team_door.route("/<public_id>/work", methods=["GET", "POST"])
def work(public_id: str) -> ResponseReturnValue:
    """How much of which work a colleague takes, and when they are not there."""
    someone = queries.staff_or_missing(public_id)
    form = WorkForm(data={"capacity": someone.capacity, "languages": someone.languages})
    if not form.is_submitted():
        return page(someone, work_form=form)
    hiring.check_may_manage(someone, current_staff().role)
    try:
        if not form.validate():
            return page(someone, work_form=form), 422
        planning.set_work(someone, form.capacity.data, form.languages.data or ())
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        form.blame(refusal)
        return page(queries.staff_or_missing(public_id), work_form=form), refusal.status
    flash(_("Saved."))
    return redirect(url_for("team_work.work", public_id=public_id), 303)


@team_door.post("/<public_id>/absences", endpoint="add")
def add_for_colleague(public_id: str) -> ResponseReturnValue:
    """Plan an absence of a colleague."""
    someone = queries.staff_or_missing(public_id)
    hiring.check_may_manage(someone, current_staff().role)
    return add(someone, url_for("team_work.work", public_id=public_id))


@team_door.post("/<public_id>/absences/<absence_id>/drop", endpoint="drop")
def drop_for_colleague(public_id: str, absence_id: str) -> ResponseReturnValue:
    """Take back an absence of a colleague."""
    someone = queries.staff_or_missing(public_id)
    hiring.check_may_manage(someone, current_staff().role)
    return drop(someone, absence_id, url_for("team_work.work", public_id=public_id))


def add(staff: StaffMember, back: str) -> ResponseReturnValue:
    """Plan an absence and go back; when refused, show the page with what was typed."""
    form, public_id = AbsenceForm(), staff.public_id
    try:
        if not form.validate():
            return page(staff, form), 422
        days = (form.first_day.data, form.last_day.data, form.time_zone.data or "")
        planning.plan_absence(staff, *days, business_now())
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        form.blame(refusal)
        return page(queries.staff_or_missing(public_id), form), refusal.status
    flash(_("The absence is planned."))
    return redirect(back, 303)


def drop(staff: StaffMember, absence_id: str, back: str) -> ResponseReturnValue:
    """Take an absence back and go back to the page."""
    planning.drop_absence(queries.absence_or_missing(staff, absence_id))
    db.session.commit()
    flash(_("The absence is taken back."))
    return redirect(back, 303)


def page(staff: StaffMember, form: AbsenceForm | None = None, work_form: WorkForm | None = None) -> str:
    """Return the page of a person; a form that was refused stands in it with its errors."""
    now = business_now()
    if work_form is None:
        work_form = WorkForm(formdata=None, capacity=staff.capacity, languages=staff.languages)
    return render_template(
        "staff/work.html",
        member=staff,
        form=form or AbsenceForm(formdata=None, time_zone=staff.time_zone),
        work_form=work_form,
        absences=queries.absences_of(staff, now),
        is_there=queries.is_there(staff, now),
        takes_tasks=may(staff.role, "tasks"),
        now=now,
    )
