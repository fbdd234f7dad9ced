"""The picture of before and after: a dot and its interval each, the figures beside it as a table."""

from typing import Any

from babel.numbers import get_decimal_symbol
from flask_babel import get_locale, gettext

from feedback.improving.filters import share_range, share_text
from feedback.improving.verdicts import SCORE, SHARE, Comparison, Side
from feedback.insights.charts import Reading, trend
from feedback.insights.filters import interval_text, range_text, score_text
from feedback.insights.geometry import NARROW, WIDE, TrendChart
from feedback.insights.words import UNITS

ON_SHARES = "csat"  # whose axis runs from 0 to 100


def pictures(seen: Comparison, first: str = SHARE) -> list[dict[str, Any]]:
    """Return the picture of how often it is raised and that of the score, the measure that was hoped for first.

    Each has both sizes and the rows of its table.
    """
    found = [of_shares(seen), of_scores(seen)]
    return found if first == SHARE else found[::-1]


def of_shares(seen: Comparison) -> dict[str, Any]:
    """Return the picture of how many of 100 answers raise it."""
    unit, readings = gettext("Answers of 100 that raise it"), [_share_reading(*each) for each in _sides(seen)]
    before, after = share_text(seen.before.share), share_text(seen.after.share)
    return {
        "name": SHARE,
        "unit": unit,
        "charts": _charts(readings, ON_SHARES, unit),
        "title": gettext("%(before)s of 100 before, %(after)s after", before=before, after=after),
        "range": share_range(seen.by_share),
        "rows": [(name, side, share_text(side.share), _share_range(side)) for name, side in _sides(seen)],
    }


def of_scores(seen: Comparison) -> dict[str, Any]:
    """Return the picture of the score."""
    unit = gettext(UNITS[seen.kind])
    readings = [Reading.of(name, seen.measure(side)) for name, side in _sides(seen)]
    before, after = _score(seen, seen.before), _score(seen, seen.after)
    return {
        "name": SCORE,
        "unit": unit,
        "charts": _charts(readings, seen.kind, unit),
        "title": gettext("%(before)s before, %(after)s after", before=before, after=after),
        "range": range_text(seen.by_score, seen.kind),
        "rows": [(name, side, _score(seen, side), _score_range(seen, side)) for name, side in _sides(seen)],
    }


def _sides(seen: Comparison) -> list[tuple[str, Side]]:
    """Return both windows with their names."""
    return [(gettext("before"), seen.before), (gettext("after"), seen.after)]


def _charts(readings: list[Reading], kind: str, unit: str) -> list[TrendChart]:
    """Return the picture in both sizes; a gap stands between, because two windows are no line."""
    apart, mark = [readings[0], Reading("", None), readings[1]], get_decimal_symbol(get_locale())
    return [trend(apart, kind, unit, size, mark) for size in (WIDE, NARROW)]


def _share_reading(name: str, side: Side) -> Reading:
    interval = side.share_interval
    if side.share is None or interval is None:
        return Reading(name, None)
    return Reading(name, side.share, interval.low, interval.high, side.n)


def _share_range(side: Side) -> str:
    interval = side.share_interval
    if interval is None:
        return "–"
    return str(gettext("%(low)s to %(high)s", low=share_text(interval.low), high=share_text(interval.high)))


def _score(seen: Comparison, side: Side) -> str:
    found = seen.measure(side)
    return score_text(found.score, seen.kind) if found else "–"


def _score_range(seen: Comparison, side: Side) -> str:
    found = seen.measure(side)
    return interval_text(found, seen.kind) if found else "–"
