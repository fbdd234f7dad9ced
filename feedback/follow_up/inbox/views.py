"""The inbox: whose turn it is, and what to do first."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from feedback.follow_up.deciding.words import LEVELS
from feedback.follow_up.inbox import queries
from feedback.follow_up.service_levels import PROMISES
from feedback.insights.listing import Wanted, count_responses
from feedback.insights.queries import calendar_zone
from feedback.insights.selection import read
from surveys.brand.models import Brand
from surveys.brand.queries import all_brands, brand_or_missing
from surveys.clock import business_now
from surveys.cursor import Page, decode, page_of
from surveys.post_box.queries import unmatched_count
from surveys.responses.queries import anybody_answered
from surveys.scales import SCALES
from surveys.staff.door import StaffDoor, allowed, current_staff

first_page = StaffDoor("first_page", __name__, permission="own_account")
door = StaffDoor("inbox", __name__, permission="tasks", url_prefix="/inbox")

ROWS = 50
HOUR, WEEK = timedelta(hours=1), timedelta(days=7)
VIEWS = queries.Counts._fields


class Asked(NamedTuple):
    """What the address of the inbox asks for; `brand` is None for all."""

    view: str
    brand: Brand | None
    after: str | None


@first_page.get("/")
def home() -> ResponseReturnValue:
    """Lead everybody to the page they work with."""
    return redirect(url_for("inbox.inbox") if allowed("tasks") else url_for("insights.insights"), 303)


@door.get("")
def inbox() -> ResponseReturnValue:
    """Show a queue of tasks, the most urgent first."""
    now = business_now()
    asked, waiting = asked_for(now), unmatched_count(of_people=True)
    return render_template(
        "follow_up/inbox.html", **shown(asked, now), promises=promises(), why=LEVELS, waiting=waiting
    )


@door.get("/rows")
def rows() -> ResponseReturnValue:
    """Return the queue alone, for the page to keep itself up to date; 304 when nothing changed."""
    now = business_now()
    answer = make_response(render_template("follow_up/_queue.html", **shown(asked_for(now), now)))
    answer.add_etag()
    # The browser keeps its copy and asks each time whether it still holds.
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer.make_conditional(request)


def promises() -> list[tuple[str, int, int]]:
    """Return each priority with the business hours to its first contact and the business days to its solution."""
    return [
        (priority, promise.first_contact // HOUR, promise.resolution_days)
        for priority, promise in PROMISES.items()
    ]


def asked_for(now: datetime) -> Asked:
    """Return the view, brand and page the address names; without a view one's own tasks, or all."""
    key = request.args.get("brand", "").strip()
    brand = brand_or_missing(key) if key else None
    view = request.args.get("view", "")
    if view not in VIEWS:
        view = "mine" if queries.counts(current_staff(), brand, now).mine else "open"
    return Asked(view, brand, request.args.get("after"))


def shown(asked: Asked, now: datetime) -> dict[str, Any]:
    """Return what the queue shows."""
    found, brands = page_of_tasks(asked, now), all_brands()
    tasks = [row[0] for row in found.items]
    return {
        "asked": asked,
        "tasks": tasks,
        "mixed": queries.mixed_readings(tasks),
        "next_page": found.next,
        "counts": queries.counts(current_staff(), asked.brand, now),
        "answered": bool(found.items) or anybody_answered(),
        "week": None if found.items else queries.solved_since(now - WEEK, asked.brand),
        "not_followed_up": count_responses(refused(asked.brand, now), now),
        "brands": brands,
        "several_brands": asked.brand is None and len(brands) > 1,
        "scales": SCALES,
        "now": now,
    }


def refused(brand: Brand | None, now: datetime) -> Wanted:
    """Return the list of unhappy answers that nobody follows up, as the page of responses shows it.

    It counts what the insights count, of all surveys together.
    """
    chosen = {"brand": brand.key} if brand else {}
    days = read(chosen, now.astimezone(zone := calendar_zone(chosen.get("brand"))).date(), zone)
    return Wanted(days, mood="unhappy", is_refused=True, is_counted=True)


def page_of_tasks(asked: Asked, now: datetime) -> Page[Any]:
    """Return one page of a view as rows of the task and its sorting values."""
    condition = queries.views_of(current_staff(), now)[asked.view]
    if asked.view == "resolved":
        after = decode(asked.after, datetime, int) if asked.after else ()
        found = queries.lately_changed(condition, asked.brand, ROWS + 1, after)
    else:
        after = decode(asked.after, int, int, datetime, int) if asked.after else ()
        found = queries.inbox(condition, asked.brand, ROWS + 1, after)
    return page_of(found, ROWS, lambda row: tuple(row[1:]))
