"""Counts out of what is added up, and of the rows where it is not.

Each function is given the one that counts rows, and counts as that does. The marks are read first: a day without one is
right, and stays so or is marked.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, fields, replace
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Exists, Select, and_, exists, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from feedback.insights.breakdowns import Count
from feedback.insights.response_rates import Dispositions
from feedback.insights.rollups.cover import Cover, Piece, Stretch, clipped, cover, day_of, fits
from feedback.insights.rollups.models import (
    AnswerRollup,
    InvitationRollup,
    RollupCalendar,
    RollupMark,
    ThemeRollup,
)
from feedback.insights.selection import Selection
from feedback.insights.themes.heard import FEELINGS, SCORES
from surveys.brand.models import Brand
from surveys.database import db
from surveys.questionnaires.models import Survey
from surveys.responses.queries import PARTIAL_RESTS

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
PLACES = ("country", "carrier", "language")
# What a selection may restrict for the counts to be found here; with anything else the rows are counted.
KNOWN = {"survey", "brand", "since", "until", "days", "zone", *PLACES}
EVERYTHING = Selection()
MOST_MARKS = 1000
Model = type[AnswerRollup] | type[InvitationRollup] | type[ThemeRollup]
# Who mentions what: by where from and code how many gave each score, and how many sound how.
Told = dict[tuple[Any, ...], list[int]]


class Covered(NamedTuple):
    """What of a selection is added up in which calendar."""

    calendar_id: int
    zone: ZoneInfo
    parts: Cover
    by_place: bool  # the parts are told apart by country, carrier and language


def knows(selection: Selection) -> bool:
    """Return whether the selection restricts nothing but what is told apart here."""
    others = [each.name for each in fields(selection) if each.name not in KNOWN]
    return all(getattr(selection, name) == getattr(EVERYTHING, name) for name in others)


def covered(subject: str, selection: Selection, now: datetime | None, *, by_place: bool) -> Covered | None:
    """Return what of the selection is added up; None where nothing is.

    An answer that was left half-way counts only a while after its day: days of which `now` does not know yet
    are not used. The calendar is that of the selection's zone, else any.
    """
    if not knows(selection):
        return None
    calendars = calendars_of(subject, are_usable=True)
    name = getattr(selection.zone, "key", "UTC")
    calendar = next((each for each in calendars if each.zone == name), next(iter(calendars), None))
    if calendar is None or calendar.rolled_until is None:
        return None
    zone, rolled_until = ZoneInfo(calendar.zone), calendar.rolled_until
    if now is not None:
        rolled_until = min(rolled_until, day_of(now - PARTIAL_RESTS, zone))
    moments = marks_in(subject, Piece(selection.since, selection.until))
    marked = {day_of(at, zone) for at in moments}
    if len(moments) >= MOST_MARKS:
        marked = set(days_between(min(marked), max(marked)))
    parts = cover(Piece(selection.since, selection.until), zone, rolled_until, marked, by_months=by_place)
    return Covered(calendar.id, zone, parts, by_place)


def days_between(first: date, last: date) -> list[date]:
    """Return the days from `first` to `last`, both included."""
    return [first + timedelta(days=each) for each in range((last - first).days + 1)]


def calendars_of(subject: str, *, are_usable: bool = False) -> Sequence[RollupCalendar]:
    """Return the calendars of a subject, the oldest first; of those that are usable none while everything is marked."""
    theirs = select(RollupCalendar).where(RollupCalendar.subject == subject).order_by(RollupCalendar.id)
    if are_usable:
        theirs = theirs.where(~everything_is_marked(subject))
    return db.session.scalars(theirs.execution_options(populate_existing=True)).all()


def everything_is_marked(subject: str) -> Exists:
    """Return the condition that anything of a subject may have changed."""
    return exists().where(RollupMark.subject == subject, RollupMark.at.is_(None))


def marks_in(subject: str, period: Piece) -> list[datetime]:
    """Return the moments in the period whose counts have changed; see also `everything_is_marked`.

    Of very many only the first and the last one are sure to be among them, and MOST_MARKS say so.
    """
    theirs = select(RollupMark.at).where(RollupMark.subject == subject, RollupMark.at.is_not(None))
    if period.since is not None:
        theirs = theirs.where(RollupMark.at >= period.since)
    if period.until is not None:
        theirs = theirs.where(RollupMark.at < period.until)
    found = [at for at in db.session.scalars(theirs.order_by(RollupMark.at).limit(MOST_MARKS)) if at]
    if len(found) == MOST_MARKS:
        found[-1] = db.session.scalar(theirs.order_by(RollupMark.at.desc()).limit(1)) or found[-1]
    return found


def score_counts(
    selection: Selection, now: datetime, rows: Callable[[Selection, datetime], dict[int, int]]
) -> dict[int, int]:
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


def cell_counts(
    selection: Selection, now: datetime, rows: Callable[[Selection, datetime], list[Count]]
) -> list[Count]:
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
    for row in db.session.execute(added(AnswerRollup, NUMBERS, found, whole, *by)).tuples():
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
    read = db.session.execute(added(ThemeRollup, TOLD, found, selection, *by)).tuples()
    counts: Told = {row[: len(by)]: [*row[len(by) :]] for row in read}
    for piece in found.parts.raw:
        for key, numbers in rows(within(selection, piece), now).items():
            known = counts.get(key, [0] * len(numbers))
            counts[key] = [one + other for one, other in zip(known, numbers, strict=True)]
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
