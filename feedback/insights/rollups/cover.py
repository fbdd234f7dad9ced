"""Which stretches of a period are taken from what is added up, and which from the rows themselves.

A calendar has the days of one time zone. A period is cut into months and days that are added up, and the rest: a
beginning or an end in the middle of a day, the days that are not over, those with a mark. So any period of any zone,
also one that lies half an hour beside the calendar's, is counted exactly; only what fits the calendar is quick.

A marked day does not break its month up: what was kept of the day is taken away from that of the month again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from typing import NamedTuple

A_DAY = timedelta(days=1)
# Of more runs of marked days than these the nearest are read as one, with the days between them.
MOST_RUNS = 30


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
    """A period in its parts: months and days that are added up, and the rest, without the `changed` days.

    Together they are the period. The changed days lie in the months and nowhere else; no other two parts overlap.
    """

    months: tuple[Stretch, ...] = ()
    days: tuple[Stretch, ...] = ()
    raw: tuple[Piece, ...] = ()
    changed: tuple[Stretch, ...] = ()


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
    apart = nearest_joined(
        runs(day for day in marked if (inner.first is None or day >= inner.first) and day < inner.after)
    )
    raw = [Piece(start_of(first, zone), start_of(after, zone)) for first, after in apart if first]
    begin, end = start_of(inner.first, zone) if inner.first else None, start_of(inner.after, zone)
    if since is not None and since != begin:
        raw.append(Piece(since, begin))
    if until is None or end < until:
        raw.append(Piece(end, until))
    months = _months_in(inner) if by_months else None
    days = [part for each in _rest(inner, months) for part in _between(each, _both(apart, each))]
    changed = _both(apart, months) if months else []
    return Cover((months,) if months else (), tuple(days), tuple(raw), tuple(changed))


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


def nearest_joined(apart: list[Stretch]) -> list[Stretch]:
    """Return runs of days, of too many those as one that have the fewest days between them."""
    gaps = [(later.first or later.after) - earlier.after for earlier, later in pairwise(apart)]
    narrowest_first = sorted(range(len(gaps)), key=gaps.__getitem__)
    closed = set(narrowest_first[: max(0, len(apart) - MOST_RUNS)])
    found = apart[:1]
    for at, run in enumerate(apart[1:]):
        if at in closed:
            found[-1] = Stretch(found[-1].first, run.after)
        else:
            found.append(run)
    return found


def _both(apart: Iterable[Stretch], days: Stretch) -> list[Stretch]:
    """Return what of some runs lies in a stretch of days."""
    low, high = days
    found = [
        Stretch(first if low is None or first is None else max(first, low), min(after, high))
        for first, after in apart
    ]
    return [each for each in found if each.first is None or each.first < each.after]


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


def edges_in(edges: Sequence[datetime], pieces: Iterable[Piece]) -> list[datetime]:
    """Return the ends of the pieces, and which of the ascending `edges` lie in one; those are what parts their rows."""
    ends = [
        (max(since, edges[0]) if since else edges[0], min(until, edges[-1]) if until else edges[-1])
        for since, until in pieces
    ]
    inside = (edge for since, until in ends for edge in edges if since < edge < until)
    return sorted({*inside, *(end for each in ends for end in each)})
