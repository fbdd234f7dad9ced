"""Which stretches of a period are taken from what is added up, and which from the rows themselves.

A calendar has the days of one time zone. A period is cut into months and days that are added up, and the rest: a
beginning or an end in the middle of a day, the days that are not over, those with a mark. So any period of any zone,
also one that lies half an hour beside the calendar's, is counted exactly; only what fits the calendar is quick.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

A_DAY = timedelta(days=1)
# More runs of marked days than these are read as one, with the days between them.
MOST_RUNS = 6


class Stretch(NamedTuple):
    """Days from `first` to the day before `after`; from the beginning of time where `first` is None."""

    first: date | None
    after: date


class Piece(NamedTuple):
    """A stretch of moments, half open; None is an open end."""

    since: datetime | None
    until: datetime | None


@dataclass(frozen=True)
class Cover:
    """A period in its parts: together they are the period, and no two of them overlap."""

    months: tuple[Stretch, ...] = ()
    days: tuple[Stretch, ...] = ()
    raw: tuple[Piece, ...] = ()


def start_of(day: date, zone: tzinfo) -> datetime:
    """Return the first moment of a day, in UTC."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def day_of(at: datetime, zone: tzinfo) -> date:
    """Return the day that a moment belongs to, so that it lies between the starts of this day and the next.

    Where a clock was set back over midnight, its date alone would say otherwise.
    """
    day = at.astimezone(zone).date()
    if at < start_of(day, zone):
        return day - A_DAY
    return day + A_DAY if at >= start_of(day + A_DAY, zone) else day


def cover(
    period: Piece, zone: tzinfo, rolled_until: date | None, marked: Iterable[date], *, by_months: bool
) -> Cover:
    """Return the parts of a period; days before `rolled_until` are added up unless `marked`.

    With `by_months` whole months stand for their days.
    """
    since, until = period
    inner = _whole_days(period, zone, rolled_until)
    if inner is None:
        return Cover(raw=(period,))
    apart = runs(day for day in marked if (inner.first is None or day >= inner.first) and day < inner.after)
    if len(apart) > MOST_RUNS:
        apart = [Stretch(apart[0].first, apart[-1].after)]
    raw = [Piece(start_of(first, zone), start_of(after, zone)) for first, after in apart if first]
    begin, end = start_of(inner.first, zone) if inner.first else None, start_of(inner.after, zone)
    if since is not None and since != begin:
        raw.append(Piece(since, begin))
    if until is None or end < until:
        raw.append(Piece(end, until))
    clean = _between(inner, apart)
    months = tuple(each for each in map(_months_in, clean) if each) if by_months else ()
    days = tuple(part for each in clean for part in _rest(each, _months_in(each) if by_months else None))
    return Cover(months, days, tuple(raw))


def _whole_days(period: Piece, zone: tzinfo, rolled_until: date | None) -> Stretch | None:
    """Return the days that lie in the period from beginning to end and are added up; None without any."""
    if rolled_until is None:
        return None
    first = None
    if period.since is not None:
        first = day_of(period.since, zone)
        first += A_DAY if start_of(first, zone) != period.since else timedelta(0)
    after = rolled_until if period.until is None else min(rolled_until, day_of(period.until, zone))
    return Stretch(first, after) if first is None or first < after else None


def runs(days: Iterable[date]) -> list[Stretch]:
    """Return days as runs of neighbours."""
    found: list[Stretch] = []
    for day in sorted(set(days)):
        if found and found[-1].after == day:
            found[-1] = Stretch(found[-1].first, day + A_DAY)
        else:
            found.append(Stretch(day, day + A_DAY))
    return found


def _between(inner: Stretch, apart: list[Stretch]) -> list[Stretch]:
    """Return what is left of some days without the runs that are apart."""
    firsts = [inner.first, *(after for _first, after in apart)]
    afters = [*(first for first, _after in apart if first), inner.after]
    parts = zip(firsts, afters, strict=True)
    return [Stretch(first, after) for first, after in parts if first is None or first < after]


def _months_in(days: Stretch) -> Stretch | None:
    """Return the whole months among some days."""
    first, after = days.first, days.after.replace(day=1)
    if first is not None and first.day > 1:
        first = month_after(first)
    return Stretch(first, after) if first is None or first < after else None


def _rest(days: Stretch, months: Stretch | None) -> list[Stretch]:
    """Return the days that are not in the months."""
    if months is None:
        return [days]
    found = [Stretch(months.after, days.after)] if months.after < days.after else []
    if days.first is not None and months.first is not None and days.first < months.first:
        found.append(Stretch(days.first, months.first))
    return found


def month_after(day: date) -> date:
    """Return the first day of the month after that of `day`."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def fits(edges: Iterable[datetime], zone: tzinfo) -> bool:
    """Return whether all edges are starts of days."""
    return all(start_of(day_of(edge, zone), zone) == edge for edge in edges)


def clipped(edges: Iterable[datetime], piece: Piece) -> list[datetime]:
    """Return the edges pulled into a piece, so that stretches outside of it are empty."""
    low, high = piece
    found = [max(edge, low) if low is not None else edge for edge in edges]
    return [min(edge, high) if high is not None else edge for edge in found]
