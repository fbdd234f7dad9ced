"""How tasks read: their states, why they are here, the clock in words, and who did what."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from babel import Locale
from flask import Flask
from flask_babel import format_date, get_locale, gettext
from markupsafe import Markup

from feedback.follow_up.assigning.routing import WHY, told_apart
from feedback.follow_up.clocks.countdown import CLOCKS, CONTACT, PROMISE, RESOLUTION, UPDATE
from feedback.follow_up.closing.causes import STARTERS, first_level
from feedback.follow_up.closing.models import OwnDetail
from feedback.follow_up.codes import CAUSES, OUTCOMES, RESOLUTIONS
from feedback.follow_up.excerpts import first_words
from feedback.follow_up.models import Task
from feedback.follow_up.states import STATES, State
from surveys.brand.models import Brand
from surveys.code_book.themes import Label, label
from surveys.database import db
from surveys.errors import N_
from surveys.filters import moment

SOON = timedelta(hours=2)


@dataclass(frozen=True)
class Clock:
    """The time of a task in words; `kind` is late, soon or nothing."""

    said: str
    exact: str
    iso: str
    kind: str = ""


def state_word(state: str) -> str:
    """Return the word for a state."""
    return str(gettext(STATES[state]))


def owner_reason(code: str | None) -> str:
    """Return why somebody was given the task, or why nobody was free; empty when a person decided."""
    rule, fact = told_apart(code)
    if not rule:
        return ""
    language = Locale.parse(str(get_locale()))
    day = format_date(date.fromisoformat(fact), gettext("d MMMM")) if rule == "handled_before" else ""
    return str(gettext(WHY[rule], day=day, language=language.languages.get(fact, fact)))


def theme_word(code: str) -> str:
    """Return the words for what the customer complains of."""
    return label(code, str(get_locale()))


def code_word(code: str) -> str:
    """Return the words for a resolution, a cause or an outcome."""
    found = (RESOLUTIONS | CAUSES | OUTCOMES).get(code)
    return found.within(str(get_locale())) if found else code


def detail_word(key: str) -> str:
    """Return the words for a finer cause with the cause it is part of: "Carrier: Late on the way"."""
    own = db.session.get(OwnDetail, key)
    words = Label(own.en, own.de) if own else STARTERS.get(key, Label(key, key))
    return f"{code_word(first_level(key))}: {words.within(str(get_locale()))}"


def short_span(length: timedelta) -> str:
    """Return a length of time as short as it can be said: "20 min", "3 h", "4 d"; at least a minute."""
    minutes = max(1, int(abs(length).total_seconds() // 60))
    if minutes < 60:
        return str(gettext("%(n)s min", n=minutes))
    if minutes < 48 * 60:
        return str(gettext("%(n)s h", n=minutes // 60))
    return str(gettext("%(n)s d", n=minutes // (24 * 60)))


def clock_of(task: Task, now: datetime) -> Clock | None:
    """Return the clock that runs, or when a waiting task comes back; None when there is neither."""
    zone = task.customer.brand.time_zone
    if task.due_at is not None:
        said = clock_words(task.due_at, now)
        exact, iso = moment(task.due_at, zone), task.due_at.isoformat()
        if task.due_at < now:
            return Clock(said, exact, iso, "late")
        kind = "soon" if task.due_at - now < SOON else ""
        return Clock(said, exact, iso, kind)
    if task.waiting_until is not None:
        day = format_date(task.waiting_until.astimezone(ZoneInfo(zone)).date(), gettext("d MMM"))
        exact, iso = moment(task.waiting_until, zone), task.waiting_until.isoformat()
        return Clock(str(gettext("back on %(day)s", day=day)), exact, iso)
    return None


def clock_words(due_at: datetime, now: datetime) -> str:
    """Return how much time is left until then, or since when it is over."""
    phrase = N_("overdue by %(span)s") if due_at < now else N_("%(span)s left")
    return str(gettext(phrase, span=short_span(due_at - now)))


def promise_word(task: Task) -> str:
    """Return what the running clock counts down to; empty when none runs."""
    if task.due_at is None:
        return ""
    due = {
        CONTACT: task.contact_due_at if task.contacted_at is None else None,
        UPDATE: task.update_due_at,
        RESOLUTION: task.resolution_due_at,
        PROMISE: task.promise_due_at,
    }
    return next((str(gettext(CLOCKS[name])) for name, at in due.items() if at == task.due_at), "")


def snooze_word(task: Task) -> str:
    """Return until when a task is put off; empty for one in sight."""
    if task.snoozed_until is None:
        return ""
    at = moment(task.snoozed_until, task.customer.brand.time_zone)
    return str(gettext("put off until %(moment)s", moment=at))


def is_late(task: Task, now: datetime) -> bool:
    """Return whether a promise to the customer is broken."""
    return task.due_at is not None and task.due_at < now


def end_word(task: Task) -> str:
    """Return what became of a task that is not open any more."""
    if task.state == State.CLOSED and task.outcome:
        return code_word(task.outcome)
    return state_word(task.state)


def web_link(url: str | None) -> str | None:
    """Return `url` if a browser may follow it: http or https only, nothing that runs."""
    if url is None or urlsplit(url).scheme.lower() not in ("http", "https"):
        return None
    return url


def linked(text: str, url: str | None) -> Markup:
    """Return `text` as a link to another site in a window of its own, or as it is without a safe address."""
    safe = web_link(url)
    if safe is None:
        return Markup("{}").format(text)
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(safe, text)


def business_hours(brand: Brand) -> str:
    """Return the hours in which the brand's promises count, such as 9:00 to 18:00."""
    opens, closes = (f"{minutes // 60}:{minutes % 60:02}" for minutes in (brand.opens, brand.closes))
    return str(gettext("%(opens)s to %(closes)s", opens=opens, closes=closes))


def init_app(app: Flask) -> None:
    """Give the filters to every template."""
    for function in (
        state_word,
        owner_reason,
        theme_word,
        code_word,
        detail_word,
        clock_of,
        clock_words,
        promise_word,
        snooze_word,
        is_late,
        end_word,
        linked,
        first_words,
        business_hours,
    ):
        app.add_template_filter(function)
