"""The inbox: whose turn it is, and what to do first."""

from datetime import datetime, timedelta
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import false

from feedback.follow_up.conversation.showing import unanswered_among
from feedback.follow_up.deciding.priorities import Priority
from feedback.follow_up.deciding.words import LEVELS
from feedback.follow_up.inbox import queries, saving
from feedback.follow_up.inbox.asking import Asked, read
from feedback.follow_up.inbox.filters import queue_url
from feedback.follow_up.inbox.forms import BulkForm, SaveForm
from feedback.follow_up.inbox.many.queries import last_deed
from feedback.follow_up.inbox.neighbouring import beside
from feedback.follow_up.incidents.gathering import DAY
from feedback.follow_up.incidents.queries import running_now
from feedback.follow_up.presence.queries import present_among
from feedback.follow_up.queries import people_for_tasks, task_or_missing
from feedback.follow_up.service_levels import PROMISES
from feedback.insights.listing import Wanted, count_responses
from feedback.insights.queries import calendar_zone
from feedback.insights.selection import read as read_selection
from surveys.brand.queries import all_brands, brand_or_missing
from surveys.clock import business_now, real_now
from surveys.code_book.themes import THEMES
from surveys.database import db
from surveys.errors import Refusal
from surveys.post_box.queries import unmatched_count
from surveys.responses.queries import anybody_answered
from surveys.scales import SCALES
from surveys.staff.door import StaffDoor, allowed, current_staff

first_page = StaffDoor("first_page", __name__, permission="own_account")
door = StaffDoor("inbox", __name__, permission="tasks", url_prefix="/inbox")

ROWS = 50
HOUR, WEEK = timedelta(hours=1), timedelta(days=7)


@first_page.get("/")
def home() -> ResponseReturnValue:
    """Lead everybody to the page they work with."""
    return redirect(url_for("inbox.inbox") if allowed("tasks") else url_for("insights.insights"), 303)


@door.get("")
def inbox() -> ResponseReturnValue:
    """Show a queue of tasks, the most urgent first."""
    return page()


def page(save_form: SaveForm | None = None, bulk_form: BulkForm | None = None) -> str:
    """Return the page of the queue that the address names; the forms are those that were refused."""
    now, staff = business_now(), current_staff()
    asked = asked_for(now)
    bulk_form = bulk_form or BulkForm(formdata=None)
    bulk_form.offer(people_for_tasks(), staff)
    return render_template(
        "follow_up/inbox.html",
        **shown(asked, now),
        not_followed_up=count_responses(refused(asked.brand, now), now),
        promises=promises(),
        why=LEVELS,
        filters=saving.filters_of(staff),
        save_form=save_form or SaveForm(formdata=None),
        bulk=bulk_form,
        people=people_for_tasks(),
        levels=[level.value for level in Priority],
        themes=THEMES,
        me=staff,
        last=last_deed(staff, now),
        waiting=unmatched_count(of_people=True),
    )


@door.get("/rows")
def rows() -> ResponseReturnValue:
    """Return the queue alone, for the page to keep itself up to date; 304 when nothing changed."""
    now = business_now()
    return fresh(render_template("follow_up/_queue.html", **shown(asked_for(now), now)))


@door.get("/beside/<public_id>")
def rows_beside(public_id: str) -> ResponseReturnValue:
    """Return the queue beside an opened task, for its page to keep itself up to date; 304 when nothing changed."""
    now = business_now()
    it, asked = task_or_missing(public_id), asked_for(now)
    found = beside(it, asked, current_staff(), now)
    return fresh(
        render_template("follow_up/_beside.html", task=it, asked=asked, beside=found, scales=SCALES, now=now)
    )


def fresh(text: str) -> ResponseReturnValue:
    """Return a part of a page that the browser keeps, asking each time whether its copy still holds."""
    answer = make_response(text)
    answer.add_etag()
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer.make_conditional(request)


def promises() -> list[tuple[str, int, int]]:
    """Return each priority with the business hours to its first contact and the business days to its solution."""
    return [
        (priority, promise.first_contact // HOUR, promise.resolution_days)
        for priority, promise in PROMISES.items()
    ]


def asked_for(now: datetime) -> Asked:
    """Return the queue the address names; without a view one's own tasks, or all."""
    key = " ".join(request.args.get("brand", "").split())
    brand = brand_or_missing(key) if key else None
    found = read(request.args)
    if found is None:
        view = "mine" if queries.has_own(current_staff(), brand, now) else "open"
        found = read(request.args.to_dict() | {"view": view}) or Asked(view)
    return found


def shown(asked: Asked, now: datetime) -> dict[str, Any]:
    """Return what the queue shows."""
    after = request.args.get("after")
    brand, brands = brand_or_missing(asked.brand) if asked.brand else None, all_brands()
    counts = queries.counts(current_staff(), brand, now)
    condition = queries.narrowed(asked, current_staff(), now)
    matching = queries.count_of(condition) if asked.terms else counts[asked.view]
    # Where nothing is, a page would be looked for through the whole queue.
    found = queries.page_of_queue(asked, condition if matching else false(), ROWS, after)
    tasks = [row[0] for row in found.items]
    return {
        "asked": asked,
        "after": after,
        "tasks": tasks,
        "matching": matching,
        "mixed": queries.mixed_readings(tasks),
        "unanswered": unanswered_among(tasks),
        "present": present_among(tasks, current_staff().id, real_now()),
        "next_page": found.next,
        "counts": counts,
        "answered": bool(found.items) or anybody_answered(),
        "week": None if found.items else queries.solved_since(now - WEEK, brand),
        "incidents": running_now(brand, now - DAY),
        "brands": brands,
        "several_brands": not asked.brand and len(brands) > 1,
        "scales": SCALES,
        "now": now,
    }


def refused(brand: str, now: datetime) -> Wanted:
    """Return the list of unhappy answers that nobody follows up, as the page of responses shows it.

    It counts what the insights count, of all surveys together.
    """
    chosen = {"brand": brand} if brand else {}
    days = read_selection(chosen, now.astimezone(zone := calendar_zone(chosen.get("brand"))).date(), zone)
    return Wanted(days, mood="unhappy", is_refused=True, is_counted=True)


@door.post("/filters")
def save() -> ResponseReturnValue:
    """Keep the queue that is shown under a name."""
    form, now = SaveForm(), business_now()
    if not form.validate():
        return page(save_form=form), 422
    asked = asked_for(now)
    try:
        saving.save(form.name.data or "", asked, now, by=current_staff(), shared=bool(form.shared.data))
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        form.blame(refusal)
        return page(save_form=form), refusal.status
    flash(_("Kept. It stands above the queue."))
    return redirect(queue_url(asked), 303)


@door.post("/filters/<public_id>/share")
def share(public_id: str) -> ResponseReturnValue:
    """Let the team see a filter of one's own, or no longer."""
    kept = saving.own_filter(public_id, current_staff())
    saving.change(kept, shared=bool(request.form.get("shared")))
    db.session.commit()
    flash(_("Saved."))
    return redirect(url_for("inbox.inbox"), 303)


@door.post("/filters/<public_id>/throw-away")
def throw_away(public_id: str) -> ResponseReturnValue:
    """Forget a filter of one's own."""
    saving.throw_away(public_id, by=current_staff())
    db.session.commit()
    flash(_("It is gone."))
    return redirect(url_for("inbox.inbox"), 303)
