"""What somebody looking at numbers has chosen: survey, brand, period, and where the answers come from.

Pages speak in days of the shop's calendar and default to the last 90; machines may also give moments and default
to all time. Inside, a period is half open: `since` belongs to it, `until` is the first moment after it.

A dimension (see `dimensions.names`) that is unknown for an answer is written "-", which is a value like any other: one
may ask for the answers of nobody knows where. At most three may be restricted at once: with more of them the parts
become so small that most are hidden, and the rest is chance.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from feedback.insights.dimensions import names
from feedback.insights.dimensions.names import EVERY, can_be, question_of
from surveys.errors import N_, Refusal
from surveys.masking import quoted
from surveys.scales import GROUPS, Mood

DEFAULT_DAYS = 90
MOST_DAYS = 5 * 366
FIRST_YEAR, LAST_YEAR = 1970, 2100
UNKNOWN = names.UNKNOWN
DIMENSIONS = names.BASIC
MOST_FILTERS = 3
LONGEST_SEARCH = 200  # letters in the search box
ANY_UNHAPPY = "unhappy"

# Stretches of moments, half open; None is an open end.
Stretches = tuple[tuple[datetime | None, datetime | None], ...]

KEY = re.compile(r"[A-Za-z0-9_-]{1,60}")


class NotADay(Refusal):
    """A day that is not on the calendar, or too far away."""

    phrase = N_(
        "“%(given)s” is not a day this page knows. Write it as year-month-day, for example 2026-11-24."
    )


class NotAMoment(Refusal):
    """Neither a day nor a moment with its zone."""

    phrase = N_(
        "“%(given)s” is neither a day (2026-11-24) nor a moment with its zone (2026-11-24T09:00:00Z, years 1970 to 2100)."
    )


class BackToFront(Refusal):
    """The period ends before it begins."""

    phrase = N_("The period ends before it begins. Exchange the first and the last day.")


class TooLong(Refusal):
    """More than five years at once."""

    phrase = N_("The period is longer than five years. Choose a shorter one.")


class NotOnOffer(Refusal):
    """A filter has a value that cannot be."""

    phrase = N_("The filter “%(name)s” cannot be “%(given)s”. Choose one from the list.")

    def __init__(self, field: str, given: str):
        super().__init__(field=field, name=field, given=quoted(given))


class TooManyFilters(Refusal):
    """More dimensions are restricted than can be kept apart from single people."""

    phrase = N_(
        "These are %(given)s filters beside survey, shop and days; at most %(most)s go together. Take one away."
    )


class Days(NamedTuple):
    """A stretch of whole days; both belong to it."""

    first: date
    last: date

    @property
    def length(self) -> int:
        """The number of days."""
        return (self.last - self.first).days + 1

    @classmethod
    def until(cls, last: date, length: int) -> "Days":
        """Return the `length` days that end with `last`."""
        return cls(last - timedelta(days=length - 1), last)


@dataclass(frozen=True)
class Selection:
    """The answers somebody wants to see; None means no restriction.

    `days` is the period as it stands on the page, when it was chosen in days of the calendar of `zone`. Where
    there is something in `within`, only that is meant of the period.
    """

    survey: str | None = None
    brand: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    country: str | None = None
    carrier: str | None = None
    language: str | None = None
    days: Days | None = None
    zone: tzinfo = UTC
    touchpoint: str | None = None
    product: str | None = None
    category: str | None = None
    lateness: str | None = None
    channel: str | None = None
    stage: str | None = None
    segment: str | None = None
    buyer: str | None = None
    value: str | None = None
    theme: str | None = None
    within: Stretches = ()

    @property
    def restricted(self) -> dict[str, str]:
        """The dimensions that are restricted, with the value each must have."""
        chosen = {name: getattr(self, name) for name in EVERY}
        return {name: value for name, value in chosen.items() if value is not None}

    @property
    def stretches(self) -> Stretches:
        """The stretches of moments that are meant; nothing where all times are."""
        is_open = self.since is None and self.until is None
        return self.within or (() if is_open else ((self.since, self.until),))

    @property
    def is_whole(self) -> bool:
        """Whether no dimension is restricted, so that nothing has to be hidden (decision 18)."""
        return not self.restricted

    @property
    def whole(self) -> "Selection":
        """The same answers from everywhere."""
        return self.where(**dict.fromkeys(EVERY))

    @property
    def basic(self) -> "Selection":
        """The same answers with no more dimensions restricted than every page counts by."""
        return self.where(**{name: None for name in EVERY if name not in DIMENSIONS})

    def where(self, **values: str | None) -> "Selection":
        """Return the same selection with other values along some dimensions; None opens one.

        Along a question nothing is ever restricted, so there is nothing to open.
        """
        known = {name: value for name, value in values.items() if question_of(name) is None}
        return replace(self, **known)  # type: ignore[arg-type]

    def of(self, survey: str | None) -> "Selection":
        """Return the same selection of one survey, or of all."""
        return replace(self, survey=survey)

    @property
    def before(self) -> "Selection | None":
        """The same selection over the period of equal length just before; None without both ends."""
        if self.days is None:
            return None
        length = timedelta(days=self.days.length)
        return over(self, Days(self.days.first - length, self.days.first - timedelta(days=1)))

    def query(self, **changes: str | None) -> dict[str, str]:
        """Return the names and values for an address; `changes` replace, and None takes away."""
        days = (
            {"since": self.days.first.isoformat(), "until": self.days.last.isoformat()} if self.days else {}
        )
        chosen = {"survey": self.survey, "brand": self.brand, **days}
        chosen |= self.restricted | changes
        return {name: value for name, value in chosen.items() if value is not None}


def over(selection: Selection, days: Days) -> Selection:
    """Return the selection over other days, as the calendar of its zone has them."""
    since = datetime.combine(days.first, time(), selection.zone)
    until = datetime.combine(days.last + timedelta(days=1), time(), selection.zone)
    return replace(selection, days=days, since=since.astimezone(UTC), until=until.astimezone(UTC))


def read(given: Mapping[str, str], today: date, zone: tzinfo) -> Selection:
    """Read what a page's address says; refuse with a sentence what cannot be.

    Empty values are no choice, unknown names are ignored. Without days the last 90 are meant, with one of them
    the other is today or lies 90 days back.
    """
    chosen = {name: value.strip() for name, value in given.items() if value.strip()}
    last = _day(chosen, "until") or today
    first = _day(chosen, "since") or Days.until(last, DEFAULT_DAYS).first
    if first > last:
        raise BackToFront(field="since")
    if (last - first).days > MOST_DAYS:
        raise TooLong(field="since")
    survey, brand = (_fitting(chosen, name, KEY) for name in ("survey", "brand"))
    return over(Selection(survey, brand, zone=zone).where(**read_dimensions(chosen)), Days(first, last))


def read_dimensions(given: Mapping[str, str | None]) -> dict[str, str]:
    """Return the dimensions that are restricted; refuse values that cannot be, and too many of them."""
    chosen = {name: value for name in EVERY if (value := given.get(name)) is not None}
    for name, value in chosen.items():
        if not can_be(name, value):
            raise NotOnOffer(name, value)
    if len(chosen) > MOST_FILTERS:
        raise TooManyFilters(field=list(chosen)[-1], given=len(chosen), most=MOST_FILTERS)
    return chosen


def group_and_mood(group: str | None, mood: Mood | None, kind: str | None) -> tuple[str | None, Mood | None]:
    """Return the group and the mood that a filter asks for; `kind` is that of the chosen survey, None without one.

    The group "unhappy" was every unhappy answer before a scale had a group of that name. It still is, but where a survey
    on that scale is chosen.
    """
    if group == ANY_UNHAPPY and group not in GROUPS.get(kind or "", ()):
        return None, mood or "unhappy"
    return group, mood


def read_period(
    since: str | None, until: str | None, zone: tzinfo
) -> tuple[datetime | None, datetime | None]:
    """Read the two ends of a period as machines give them: days, or moments (RFC 3339), or nothing.

    A day means its whole length in `zone`; a moment given as `until` does not itself belong to the period.
    Refuses with NotAMoment and BackToFront.
    """
    begin = moment(since, "since", zone) if since else None
    end = moment(until, "until", zone, whole_day=True) if until else None
    if begin and end and begin >= end:
        raise BackToFront(field="since")
    return begin, end


def moment(text: str, field: str, zone: tzinfo, *, whole_day: bool = False) -> datetime:
    """Return the moment that `text` names, in UTC; of a day its beginning, or its end with `whole_day`."""
    try:
        if len(text) == len("2026-11-24"):
            day = date.fromisoformat(text)
            found = datetime.combine(day + timedelta(days=int(whole_day)), time(), zone)
        else:
            # An unescaped + in an address arrives as a space.
            found = datetime.fromisoformat(text.replace(" ", "+"))
        if found.tzinfo is None or not FIRST_YEAR < found.year < LAST_YEAR:
            raise ValueError(text)
    except (ValueError, OverflowError):
        raise NotAMoment(field=field, given=quoted(text)) from None
    return found.astimezone(UTC)


def _day(chosen: Mapping[str, str], name: str) -> date | None:
    text = chosen.get(name)
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise NotADay(field=name, given=quoted(text)) from None
    if not FIRST_YEAR < day.year < LAST_YEAR:
        raise NotADay(field=name, given=quoted(text))
    return day


def _fitting(chosen: Mapping[str, str], name: str, pattern: re.Pattern[str]) -> str | None:
    text = chosen.get(name)
    if text is not None and not pattern.fullmatch(text):
        raise NotOnOffer(name, text)
    return text
