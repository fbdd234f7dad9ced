"""Counts out of what is added up, and of the rows where it is not.

Each function is given the one that counts rows, and counts as that does; while a page is read, the same once.
What is taken from here says `covering`.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from operator import add
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from feedback.insights.breakdowns import Count
from feedback.insights.response_rates import Dispositions
from feedback.insights.rollups.cover import Stretch, day_of, edges_in, fits
from feedback.insights.rollups.covering import PLACES, Covered, covered, knows
from feedback.insights.rollups.models import AnswerRollup, InvitationRollup, ThemeRollup
from feedback.insights.selection import Selection
from feedback.insights.suppression import Cell
from feedback.insights.themes.heard import FEELINGS, SCORES
from surveys.brand.models import Brand
from surveys.database import db, read_once
from surveys.questionnaires.models import Survey

ANSWERS, INVITATIONS, THEMES = "answers", "invitations", "themes"
NUMBERS = [getattr(AnswerRollup, f"n{score}") for score in SCORES]
DISPOSITIONS = ("complete", "partial", "silent", "unknown")
BECAME = [
    InvitationRollup.complete,
    InvitationRollup.partial,
    InvitationRollup.silent,
    InvitationRollup.unclear,
]
TOLD = [getattr(ThemeRollup, name) for name in (*(f"n{score}" for score in SCORES), *FEELINGS)]
Model = type[AnswerRollup] | type[InvitationRollup] | type[ThemeRollup]
# Who mentions what: by code and where from how many gave each score, and how many sound how.
Told = dict[str, dict[Cell, Sequence[int]]]


@read_once
def score_counts(
    selection: Selection, now: datetime, rows: Callable[[Selection, datetime], Mapping[int, int]]
) -> Mapping[int, int]:
    """Return how often each score was given; see `insights.queries.score_counts`."""
    found = covered(ANSWERS, selection, now, by_place=not selection.is_whole)
    if found is None:
        return rows(selection, now)
    counts: Counter[int] = Counter()
    for rest in rest_of(selection, found):
        counts.update(rows(rest, now))
    for totals in db.session.execute(added(AnswerRollup, NUMBERS, found, selection)).tuples():
        counts.update(dict(zip(SCORES, map(int, totals), strict=True)))
    return {score: n for score, n in counts.items() if n}


@read_once
def cell_counts(
    selection: Selection, now: datetime, rows: Callable[[Selection, datetime], Sequence[Count]]
) -> Sequence[Count]:
    """Return the counts of every cell and score, from everywhere; see `insights.queries.cell_counts`."""
    whole = selection.whole
    found = covered(ANSWERS, whole, now, by_place=True) if knows(selection) else None
    if found is None:
        return rows(selection, now)
    counts: Counter[tuple[Any, ...]] = Counter()
    for rest in rest_of(selection, found):
        for count in rows(rest, now):
            counts[count[:-1]] += count.n
    keys = _keys()
    by = (AnswerRollup.survey_id, AnswerRollup.country, AnswerRollup.carrier, AnswerRollup.language)
    for row in db.session.execute(added(AnswerRollup, NUMBERS, found, whole, *by)).tuples().all():
        for score, n in zip(SCORES, row[len(by) :], strict=True):
            if n:
                counts[(keys[row[0]], *row[1 : len(by)], score)] += int(n)
    return [Count._make((*cell, n)) for cell, n in counts.items()]


@read_once
def _keys() -> Mapping[int, str]:
    return dict(db.session.execute(select(Survey.id, Survey.key)).tuples().all())


def bucket_counts(
    selection: Selection,
    edges: Sequence[datetime],
    now: datetime,
    rows: Callable[[Selection, Sequence[datetime], datetime], list[dict[int, int]]],
) -> list[dict[int, int]]:
    """Return the score counts of the stretches between `edges`; see `insights.queries.bucket_counts`."""
    bounded = replace(selection, since=edges[0], until=edges[-1]) if len(edges) > 1 else None
    # A stretch that a month lies in may begin within it, so days are added.
    found = (
        covered(ANSWERS, bounded, now, by_place=not selection.is_whole, by_months=False) if bounded else None
    )
    if bounded is None or found is None or not fits(edges[1:-1], found.zone):
        return rows(selection, edges, now)
    counts: list[Counter[int]] = [Counter() for _ in edges[1:]]
    for rest in rest_of(bounded, found):
        # Only what parts the rest is asked for: of three years of weeks a day under way lies in one.
        ends = edges_in(edges, found.parts.raw)
        for since, scores in zip(ends, rows(rest, ends, now), strict=False):
            counts[bisect_right(edges, since) - 1].update(scores)
    starts = [day_of(edge, found.zone) for edge in edges[1:-1]]
    sums = [[0] * len(SCORES) for _ in edges[1:]]
    kept = db.session.connection().execute(added(AnswerRollup, NUMBERS, found, bounded, AnswerRollup.start))
    for start, *totals in kept.all():
        at = bisect_right(starts, start)
        sums[at] = [*map(add, sums[at], totals)]
    for known, more in zip(counts, sums, strict=True):
        known.update(dict(zip(SCORES, map(int, more), strict=True)))
    return [{score: n for score, n in each.items() if n} for each in counts]


def not_followed_up(selection: Selection, now: datetime, rows: Callable[[Selection, datetime], int]) -> int:
    """Return how many unhappy answers want no contact; see `insights.queries.not_followed_up`."""
    found = covered(ANSWERS, selection, now, by_place=not selection.is_whole)
    if found is None:
        return rows(selection, now)
    kept = db.session.execute(added(AnswerRollup, [AnswerRollup.refused], found, selection)).scalars()
    return sum(map(int, kept)) + sum(rows(rest, now) for rest in rest_of(selection, found))


def told(selection: Selection, now: datetime, rows: Callable[[Selection, datetime], Told]) -> Told:
    """Return who mentions what; see `themes.counting.told`."""
    found = covered(THEMES, selection, now, by_place=True)
    if found is None:
        return rows(selection, now)
    by = (ThemeRollup.country, ThemeRollup.carrier, ThemeRollup.language, ThemeRollup.code)
    # Past the ORM, which would take each of some thousand rows into its hands for nothing.
    kept = db.session.connection().execute(added(ThemeRollup, TOLD, found, selection, *by)).tuples()
    counts: Told = {}
    for country, carrier, language, code, *numbers in kept.all():
        counts.setdefault(code, {})[country, carrier, language] = tuple(numbers)
    for rest in rest_of(selection, found):
        for code, places in rows(rest, now).items():
            known = counts.setdefault(code, {})
            for place, numbers in places.items():
                known[place] = (*map(add, known[place], numbers),) if place in known else numbers
    return without_nobody(counts) if found.parts.changed else counts


def without_nobody(counts: Told) -> Told:
    """Return the counts without the places that nobody is left in after changed days were taken away."""
    left = {
        code: {place: numbers for place, numbers in places.items() if any(numbers)}
        for code, places in counts.items()
    }
    return {code: places for code, places in left.items() if places}


def dispositions(selection: Selection, rows: Callable[[Selection], Dispositions]) -> Dispositions:
    """Return what became of the invitations; see `insights.queries.dispositions`.

    Those to anonymous surveys are not added up: see `triggers`.
    """
    found = covered(INVITATIONS, selection, None, by_place=not selection.is_whole)
    if found is None or has_anonymous(selection):
        return rows(selection)
    counts: Counter[str] = Counter()
    for rest in rest_of(selection, found):
        counts.update(asdict(rows(rest)))
    for totals in db.session.execute(added(InvitationRollup, BECAME, found, selection)).tuples():
        counts.update(dict(zip(DISPOSITIONS, map(int, totals), strict=True)))
    return Dispositions(**counts)


def has_anonymous(selection: Selection) -> bool:
    """Return whether a survey of the selection is anonymous."""
    theirs = select(Survey.id).where(Survey.is_anonymous)
    if selection.survey is not None:
        theirs = theirs.where(Survey.key == selection.survey)
    return db.session.scalar(select(theirs.exists())) or False


def rest_of(selection: Selection, found: Covered) -> list[Selection]:
    """Return the selection over what is not added up, all of it together; nothing where all is."""
    pieces = found.parts.raw
    if len(pieces) > 1:
        return [replace(selection, within=pieces)]
    return [replace(selection, since=piece.since, until=piece.until) for piece in pieces]


def added(
    model: Model,
    numbers: Sequence[InstrumentedAttribute[int]],
    found: Covered,
    selection: Selection,
    *by: InstrumentedAttribute[Any],
) -> Select[Any]:
    """Return the question for sums of `numbers` over what is covered, for each of `by`.

    Each stretch is asked for by itself: of several joined by OR, SQLite reads all that is kept. All are in one question,
    so that a month and the changed days that are taken away from it are of one moment.
    """
    day = "day" if found.by_place else "whole"
    stretches = [("month", each, 1) for each in found.parts.months]
    stretches += [(day, each, 1) for each in found.parts.days]
    stretches += [(day, each, -1) for each in found.parts.changed]
    theirs = [model.calendar_id == found.calendar_id, *_theirs(model, selection)]
    pieces = [
        select(*by, *(number if sign > 0 else -number for number in numbers)).where(
            *theirs, lies_in(model, unit, stretch)
        )
        for unit, stretch, sign in stretches
    ]
    kept = union_all(*(pieces or [select(*by, *numbers).where(false())])).subquery("kept")
    places, values = [*kept.c][: len(by)], [*kept.c][len(by) :]
    read = select(*places, *(func.coalesce(func.sum(value), 0) for value in values))
    return read.group_by(*places) if by else read


def _theirs(model: Model, selection: Selection) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions that a row is of the selection, its period apart."""
    if selection.survey is not None:
        # By its number, so that the index tells the rows of other surveys.
        yield model.survey_id == select(Survey.id).where(Survey.key == selection.survey).scalar_subquery()
    if selection.brand is not None:
        yield model.brand_id == select(Brand.id).where(Brand.key == selection.brand).scalar_subquery()
    for name in PLACES:
        wanted = getattr(selection, name)
        if wanted is not None:
            yield getattr(model, name) == wanted


def lies_in(model: Model, unit: str, stretch: Stretch) -> ColumnElement[bool]:
    """Return the condition that a row is of this unit and begins in the stretch."""
    begins = [model.start >= stretch.first] if stretch.first is not None else []
    return and_(model.unit == unit, *begins, model.start < stretch.after)
