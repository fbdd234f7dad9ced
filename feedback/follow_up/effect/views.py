"""The page that says whether following up works, and the owner's decision about figures of single persons."""

from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from feedback.follow_up.effect import measuring, queries
from feedback.follow_up.effect.deciding import show_persons
from feedback.follow_up.effect.filters import waited
from feedback.follow_up.effect.measuring import Effect, Person
from feedback.follow_up.effect.pictures import DAY, Words, horizon_of, told_until, waiting_chart
from feedback.follow_up.effect.recovery import PERSON_FROM, Share
from feedback.follow_up.effect.survival import Curve
from feedback.insights.geometry import NARROW, WIDE
from feedback.insights.queries import calendar_zone
from feedback.insights.scores import THIN_BELOW
from feedback.insights.selection import Days, Selection, over, read
from surveys.brand.queries import all_brands
from surveys.clock import business_now
from surveys.database import db
from surveys.staff.door import StaffDoor, allowed, current_staff
from surveys.staff.queries import team

door = StaffDoor("effect", __name__, permission="insights", url_prefix="/insights/follow-up")
owners_door = StaffDoor("person_figures", __name__, permission="owners", url_prefix="/insights/follow-up")

YEAR = 365
PRESETS = (90, 180, YEAR)


@door.get("")
def effect() -> ResponseReturnValue:
    """Show what following up has done for the tasks of a period."""
    now = business_now()
    selection = selected(now)
    found = measuring.effect(selection, now)
    today = now.astimezone(selection.zone).date()
    return render_template(
        "follow_up/effect.html",
        effect=found,
        selection=selection,
        brands=all_brands(),
        presets=[(days, over(selection, Days.until(today, days))) for days in PRESETS],
        parts=measuring.parts_of(found),
        pictures=pictures(found) if found.tally.n else [],
        persons=persons(selection, now),
        are_persons_shown=queries.persons_are_shown(),
        may_decide=allowed("owners"),
        person_from=PERSON_FROM,
        least=THIN_BELOW,
        Share=Share,
    )


@owners_door.post("/persons")
def decide_persons() -> ResponseReturnValue:
    """Show figures of single persons, or stop it."""
    is_shown = request.form.get("show") == "yes"
    show_persons(is_shown, business_now(), by=current_staff())
    db.session.commit()
    flash(gettext("Saved."))
    return redirect(url_for("effect.effect", _anchor="persons"), 303)


def selected(now: datetime) -> Selection:
    """Return what the address selects; the last twelve months unless it says otherwise, because orders need 90 days."""
    zone = calendar_zone(request.args.get("brand", "").strip() or None)
    today = now.astimezone(zone).date()
    usual = Days.until(today, YEAR)
    given = {"since": usual.first.isoformat()} | {
        name: value for name, value in request.args.items() if name in ("brand", "since", "until") and value
    }
    return read(given, today, zone)


def pictures(found: Effect) -> list[dict[str, Any]]:
    """Return both curves in both sizes with their titles, and a table of the same."""
    return [
        picture("contact", found.contact, gettext("Percent of tasks whose customer was contacted")),
        picture("solution", found.solution, gettext("Percent of tasks that are solved")),
    ]


def picture(name: str, curve: Curve, unit: str) -> dict[str, Any]:
    """Return one curve as it is drawn, with the rows of its table."""
    horizon, until, median = horizon_of(curve), told_until(curve), curve.quantile()
    ninety = curve.quantile(0.9).time
    last = gettext("{number} days") if horizon.unit == DAY else gettext("{number} hours")
    words = Words(unit, last, gettext("half within %(time)s", time=waited(median.time)))
    return {
        "name": name,
        "curve": curve,
        "unit": unit,
        "median": median,
        "ninety": ninety if ninety is not None and ninety <= until else None,
        "charts": [waiting_chart(curve, words, size) for size in (WIDE, NARROW)],
        "rows": [(time, curve.at(time)) for time in horizon.ticks[1:] if time <= until],
    }


def persons(selection: Selection, now: datetime) -> list[tuple[str, Person]]:
    """Return the names and sums of persons whom the reader may see: all for admins, oneself for everybody else."""
    if not queries.persons_are_shown():
        return []
    names = {each.id: each.name for each in team()}
    me = current_staff()
    shown = measuring.persons(selection, now)
    return [
        (names[each.staff_id], each)
        for each in shown
        if each.staff_id in names and (allowed("staff") or each.staff_id == me.id)
    ]
