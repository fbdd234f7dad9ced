"""The page that says who changed what, and who took data out."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from surveys.audit.deeds import SOMETHING, Deed, Subject
from surveys.audit.models import AuditEvent
from surveys.audit.queries import Choice, calendar_zone, names_of, page_of_events
from surveys.errors import N_, Refusal
from surveys.staff.door import StaffDoor
from surveys.staff.queries import team

door = StaffDoor("audit", __name__, permission="privacy", url_prefix="/settings/changes")
ON_A_PAGE = 50
WAYS = {"page": N_("changed"), "export": N_("took data out"), "command": N_("by command")}
WHAT = {"created": N_("new"), "changed": N_("changed"), "deleted": N_("deleted")}
FIELDS = ("staff", "way", "about", "since", "until")


class Done(NamedTuple):
    """What somebody did, as the page says it; `url` is None for what is gone or has no page."""

    row: AuditEvent
    at: datetime
    deed: Deed
    name: str | None = None
    url: str | None = None
    is_gone: bool = False


@door.get("")
def changes() -> ResponseReturnValue:
    """List what staff changed and took out, the newest first, by the days of the shop."""
    given = {name: request.args.get(name, "").strip() for name in FIELDS}
    zone = calendar_zone()
    page = page_of_events(choice_of(given, zone), ON_A_PAGE, request.args.get("cursor") or None)
    chosen: dict[str, Any] = {name: value for name, value in given.items() if value}
    return render_template(
        "audit/changes.html",
        days=[
            (day, list(done)) for day, done in groupby(told(page.items, zone), lambda done: done.at.date())
        ],
        zone=zone,
        given=given,
        people=team(),
        next_url=url_for("audit.changes", **chosen, cursor=page.next) if page.next else "",
        words={"ways": WAYS, "what": WHAT},
    )


def told(rows: Sequence[AuditEvent], zone: str) -> list[Done]:
    """Return the rows in plain words, with links to what is still there."""
    words: Mapping[str, Deed] = current_app.config["DEEDS"]
    deeds = [words.get(row.action, SOMETHING) for row in rows]
    about: dict[Subject, set[str]] = {}
    for row, deed in zip(rows, deeds, strict=True):
        if deed.subject and row.object_id:
            about.setdefault(deed.subject, set()).add(row.object_id)
    there = {subject: names_of(subject, keys) for subject, keys in about.items()}
    found = []
    for row, deed in zip(rows, deeds, strict=True):
        done = Done(row, row.at.astimezone(ZoneInfo(zone)), deed)
        if deed.subject and row.object_id:
            names = there[deed.subject]
            is_there = row.object_id in names
            url = address_of(deed.subject, row.object_id) if is_there else None
            done = done._replace(name=names.get(row.object_id), url=url, is_gone=not is_there)
        found.append(done)
    return found


def address_of(subject: Subject, key: str) -> str:
    """Return the page of a thing, or of the list in which it stands."""
    named: dict[str, Any] = {subject.key: key} if subject.has_page else {}
    return url_for(subject.endpoint, **named)


def choice_of(given: Mapping[str, str], zone: str) -> Choice:
    """Return what the address chooses; refuse what is no day and no known way."""
    if given["way"] and given["way"] not in WAYS:
        raise Refusal(N_("Choose one of those in the list."), field="way")
    return Choice(
        staff=given["staff"] or None,
        way=given["way"] or None,
        about=given["about"] or None,
        since=beginning(given["since"], "since", zone),
        until=beginning(given["until"], "until", zone, later=timedelta(days=1)),
    )


def beginning(said: str, field: str, zone: str, later: timedelta = timedelta(0)) -> datetime | None:
    """Return when a day begins, or the one `later`, None for none."""
    if not said:
        return None
    try:
        begins = datetime.combine(date.fromisoformat(said) + later, time.min, ZoneInfo(zone))
        return begins.astimezone(UTC)  # A day at either end of the calendar has no moment there.
    except (ValueError, OverflowError):
        raise Refusal(N_("Write the day as 2026-12-31."), field=field) from None
