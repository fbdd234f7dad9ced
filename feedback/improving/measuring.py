"""Measure the days before an improvement took effect and those after, by the rules of all figures."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from feedback.improving.models import Improvement
from feedback.improving.queries import raised_count, unsettled_count
from feedback.improving.subjects import CAUSE, Subject
from feedback.improving.verdicts import Comparison, Hope, Side, windows
from feedback.insights.breakdowns import Count, cell_of, score_counts_of, sizes_of
from feedback.insights.mix import of_who, told
from feedback.insights.mixing import mixes_between
from feedback.insights.queries import calendar_zone, cell_counts
from feedback.insights.selection import DIMENSIONS, Days, Selection, over
from feedback.insights.suppression import hidden_cells
from surveys.responses.queries import held_back


def subject_of(improvement: Improvement) -> Subject:
    """Return what the improvement is about."""
    return Subject(improvement.about, improvement.code)


def hope_of(improvement: Improvement) -> Hope:
    """Return what was hoped for."""
    return Hope(improvement.measure, improvement.direction, improvement.least)


def zone_of(improvement: Improvement) -> ZoneInfo:
    """Return the zone whose days count."""
    return calendar_zone(improvement.brand.key if improvement.brand else None)


def selection_of(improvement: Improvement, days: Days) -> Selection:
    """Return the answers that the improvement looks at, within some days."""
    brand = improvement.brand.key if improvement.brand else None
    everywhere = Selection(survey=improvement.survey.key, brand=brand, zone=zone_of(improvement))
    known: dict[str, Any] = {name: value for name, value in improvement.parts.items() if name in DIMENSIONS}
    return over(replace(everywhere, **known), days)


def evidence_days(improvement: Improvement) -> Days:
    """Return the days of the evidence."""
    return Days(improvement.evidence_since, improvement.evidence_until)


def comparison(improvement: Improvement, now: datetime) -> Comparison | None:
    """Return both windows: as they were when it was judged, else as far as they have come; None without a beginning."""
    kind = improvement.survey.kind
    if improvement.figures is not None:
        return Comparison.from_data(kind, improvement.figures)
    today = now.astimezone(zone_of(improvement)).date()
    if improvement.state != "in_effect" or improvement.effect_on is None or improvement.check_on is None:
        return None
    return compared(improvement, improvement.effect_on, improvement.check_on, today, now)


def compared(
    improvement: Improvement, effect_on: date, check_on: date, today: date, now: datetime
) -> Comparison:
    """Return both windows; the later one ends today if it is not over yet."""
    before, after = windows(effect_on, check_on)
    after = Days(after.first, max(after.first, min(after.last, today)))
    kind = improvement.survey.kind
    chosen = [selection_of(improvement, days) for days in (before, after)]
    counted = [cell_counts(each, now) for each in chosen]
    sides = [
        side(improvement, selection, counts, now) for selection, counts in zip(chosen, counted, strict=True)
    ]
    is_hidden = improvement.survey in held_back() or any(
        not each.is_whole and cell_of(each) in hidden_cells(sizes_of(counts))
        for each, counts in zip(chosen, counted, strict=True)
    )
    found = Comparison(kind, sides[0], sides[1], is_hidden=is_hidden)
    mixes = () if is_hidden else mixes_between(kind, chosen[0], chosen[1], now)
    mixed = told(of_who(mixes), is_clear=found.by_score.outcome == "changed")
    return replace(found, mixed=tuple(mix.dimension for mix in mixed))


def side(improvement: Improvement, selection: Selection, counts: Sequence[Count], now: datetime) -> Side:
    """Return one window."""
    subject, days = subject_of(improvement), selection.days
    assert days is not None, "windows are whole days"
    unsettled = unsettled_count(selection, now) if subject.about == CAUSE else 0
    return Side(days, score_counts_of(counts, selection), raised_count(selection, subject, now), unsettled)


def is_over(improvement: Improvement, now: datetime, grace: timedelta) -> bool:
    """Tell whether the window has ended so long ago that its last answers are counted and read."""
    if improvement.check_on is None:
        return False
    midnight = selection_of(improvement, Days(improvement.check_on, improvement.check_on)).since
    return midnight is not None and midnight + grace <= now
