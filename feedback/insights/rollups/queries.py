"""Counts out of what is added up, and of the rows where it is not.

Each function is given the one that counts rows, and counts as that does; while a page is read, the same once.
What is taken from here says `covering`.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from operator import add
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from feedback.insights.breakdowns import Count
from feedback.insights.response_rates import Dispositions
from feedback.insights.rollups.cover import Piece, Stretch, clipped, day_of, fits
from feedback.insights.rollups.covering import PLACES, Covered, covered, knows
from feedback.insights.rollups.models import AnswerRollup, InvitationRollup, ThemeRollup
from feedback.insights.selection import Selection
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
# Who mentions what: by where from and code how many gave each score, and how many sound how.
Told = dict[tuple[Any, ...], Sequence[int]]


@read_once
def score_counts(
    selection: Selection, now: datetime, rows: Callable[[Selection, datetime], Mapping[int, int]]
) -> Mapping[int, int]:
    """Return how often each score was given; see `insights.queries.score_counts`."""
    found = covered(ANSWERS, selection, now, by_place=not selection.is_whole)
    if found is None:
        return rows(selection, now)
    counts: Counter[int] = Counter()
    for piece in found.parts.raw:
        counts.update(rows(within(selection, piece), now))
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
    for piece in found.parts.raw:
        for count in rows(within(selection, piece), now):
            counts[count[:-1]] += count.n
    by = (Survey.key, AnswerRollup.country, AnswerRollup.carrier, AnswerRollup.language)
    for row in db.session.execute(added(AnswerRollup, NUMBERS, found, whole, *by)).tuples().all():
        for score, n in zip(SCORES, row[len(by) :], strict=True):
            if n:
                counts[(*row[: len(by)], score)] += int(n)
    return [Count._make((*cell, n)) for cell, n in counts.items()]


def bucket_counts(
    selection: Selection,
    edges: Sequence[datetime],
    now: datetime,
    rows: Callable[[Selection, Sequence[datetime], datetime], list[dict[int, int]]],
) -> list[dict[int, int]]:
    """Return the score counts of the stretches between `edges`; see `insights.queries.bucket_counts`."""
    bounded = replace(selection, since=edges[0], until=edges[-1]) if len(edges) > 1 else None
    found = covered(ANSWERS, bounded, now, by_place=not selection.is_whole) if bounded else None
    if bounded is None or found is None or not fits(edges, found.zone):
        return rows(selection, edges, now)
    # A stretch that a month lies in may begin within it, so days are added.
    parts = replace(found.parts, months=(), days=(*found.parts.days, *found.parts.months))
    found = found._replace(parts=parts)
    counts: list[Counter[int]] = [Counter() for _ in edges[1:]]
    for piece in parts.raw:
        for at, scores in enumerate(rows(selection, clipped(edges, piece), now)):
            counts[at].update(scores)
    starts = [day_of(edge, found.zone) for edge in edges[1:-1]]
    for start, *totals in db.session.execute(
        added(AnswerRollup, NUMBERS, found, bounded, AnswerRollup.start)
    ).tuples():
        counts[bisect_right(starts, start)].update(dict(zip(SCORES, map(int, totals), strict=True)))
    return [{score: n for score, n in each.items() if n} for each in counts]


def not_followed_up(selection: Selection, now: datetime, rows: Callable[[Selection, datetime], int]) -> int:
    """Return how many unhappy answers want no contact; see `insights.queries.not_followed_up`."""
    found = covered(ANSWERS, selection, now, by_place=not selection.is_whole)
    if found is None:
        return rows(selection, now)
    kept = db.session.execute(added(AnswerRollup, [AnswerRollup.refused], found, selection)).scalars()
    return sum(map(int, kept)) + sum(rows(within(selection, piece), now) for piece in found.parts.raw)


def told(selection: Selection, now: datetime, rows: Callable[[Selection, datetime], Told]) -> Told:
    """Return who mentions what; see `themes.counting.told`."""
    found = covered(THEMES, selection, now, by_place=True)
    if found is None:
        return rows(selection, now)
    by = (ThemeRollup.country, ThemeRollup.carrier, ThemeRollup.language, ThemeRollup.code)
    # Past the ORM, which would take each of some thousand rows into its hands for nothing.
    kept = db.session.connection().execute(added(ThemeRollup, TOLD, found, selection, *by)).tuples()
    counts: Told = {row[: len(by)]: row[len(by) :] for row in kept.all()}
    for piece in found.parts.raw:
        for key, numbers in rows(within(selection, piece), now).items():
            known = counts.get(key)
            counts[key] = (*map(add, known, numbers),) if known else numbers
    return counts


def dispositions(selection: Selection, rows: Callable[[Selection], Dispositions]) -> Dispositions:
    """Return what became of the invitations; see `insights.queries.dispositions`.

    Those to anonymous surveys are not added up: see `triggers`.
    """
    found = covered(INVITATIONS, selection, None, by_place=not selection.is_whole)
    if found is None or has_anonymous(selection):
        return rows(selection)
    counts: Counter[str] = Counter()
    for piece in found.parts.raw:
        counts.update(asdict(rows(within(selection, piece))))
    for totals in db.session.execute(added(InvitationRollup, BECAME, found, selection)).tuples():
        counts.update(dict(zip(DISPOSITIONS, map(int, totals), strict=True)))
    return Dispositions(**counts)


def has_anonymous(selection: Selection) -> bool:
    """Return whether a survey of the selection is anonymous."""
    theirs = select(Survey.id).where(Survey.is_anonymous)
    if selection.survey is not None:
        theirs = theirs.where(Survey.key == selection.survey)
    return db.session.scalar(select(theirs.exists())) or False


def within(selection: Selection, piece: Piece) -> Selection:
    """Return the selection over another period."""
    return replace(selection, since=piece.since, until=piece.until)


def added(
    model: Model,
    numbers: Sequence[InstrumentedAttribute[int]],
    found: Covered,
    selection: Selection,
    *by: InstrumentedAttribute[Any],
) -> Select[Any]:
    """Return the question for sums of `numbers` over what is covered, for each of `by`."""
    sums = [func.coalesce(func.sum(number), 0) for number in numbers]
    read = select(*by, *sums).select_from(model).join(Survey, model.survey_id == Survey.id)
    units = (("month", found.parts.months), ("day" if found.by_place else "whole", found.parts.days))
    stretches = [lies_in(model, unit, each) for unit, several in units for each in several]
    read = read.where(model.calendar_id == found.calendar_id, or_(false(), *stretches))
    if selection.survey is not None:
        # By its number, so that the index tells the rows of other surveys.
        survey = select(Survey.id).where(Survey.key == selection.survey).correlate(None).scalar_subquery()
        read = read.where(model.survey_id == survey)
    if selection.brand is not None:
        brand = select(Brand.id).where(Brand.key == selection.brand).scalar_subquery()
        read = read.where(model.brand_id == brand)
    for name in PLACES:
        wanted = getattr(selection, name)
        if wanted is not None:
            read = read.where(getattr(model, name) == wanted)
    return read.group_by(*by) if by else read


def lies_in(model: Model, unit: str, stretch: Stretch) -> ColumnElement[bool]:
    """Return the condition that a row is of this unit and begins in the stretch."""
    begins = [model.start >= stretch.first] if stretch.first is not None else []
    return and_(model.unit == unit, *begins, model.start < stretch.after)
