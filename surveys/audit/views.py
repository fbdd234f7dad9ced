"""The page that says who changed what, and who took data out."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from surveys.audit.queries import Choice, page_of_events
from surveys.errors import N_, Refusal
from surveys.staff.door import StaffDoor
from surveys.staff.queries import team

door = StaffDoor("audit", __name__, permission="privacy", url_prefix="/settings/changes")
ON_A_PAGE = 50
WAYS = {"page": N_("changed"), "export": N_("took data out"), "command": N_("by command")}
WHAT = {"created": N_("new"), "changed": N_("changed"), "deleted": N_("deleted")}
FIELDS = ("staff", "way", "about", "since", "until")


@door.get("")
def changes() -> ResponseReturnValue:
    """List what staff changed and took out, the newest first."""
    given = {name: request.args.get(name, "").strip() for name in FIELDS}
    page = page_of_events(choice_of(given), ON_A_PAGE, request.args.get("cursor") or None)
    chosen: dict[str, Any] = {name: value for name, value in given.items() if value}
    next_url = url_for("audit.changes", **chosen, cursor=page.next) if page.next else ""
    words = {"ways": WAYS, "what": WHAT}
    return render_template(
        "audit/changes.html", page=page, given=given, people=team(), next_url=next_url, words=words
    )


def choice_of(given: dict[str, str]) -> Choice:
    """Return what the address chooses; refuse what is no day and no known way."""
    if given["way"] and given["way"] not in WAYS:
        raise Refusal(N_("Choose one of those in the list."), field="way")
    since, until = day_of(given["since"], "since"), day_of(given["until"], "until")
    return Choice(
        staff=given["staff"] or None,
        way=given["way"] or None,
        about=given["about"] or None,
        since=since,
        until=until + timedelta(days=1) if until else None,
    )


def day_of(said: str, field: str) -> datetime | None:
    """Return the beginning of a day in UTC, None for none."""
    if not said:
        return None
    try:
        return datetime.combine(date.fromisoformat(said), time.min, UTC)
    except ValueError:
        raise Refusal(N_("Write the day as 2026-12-31."), field=field) from None
