"""Which answers are excluded, and what they would change."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import joinedload

from feedback.insights.queries import answers, score_counts
from feedback.insights.scores import Measure, measure
from feedback.insights.selection import Selection
from surveys.cursor import Page, decode, page_of
from surveys.database import db
from surveys.questionnaires.models import Survey
from surveys.questionnaires.queries import surveys_on_scales
from surveys.responses.models import Response
from surveys.responses.queries import held_back, is_included, is_settled

AT_HAND = (
    joinedload(Response.survey),
    joinedload(Response.brand),
    joinedload(Response.customer),
    joinedload(Response.excluded_by),
)


class Excluded(NamedTuple):
    """How many answers to one survey are excluded, and the scores among them that would count."""

    n: int
    scores: dict[int, int]


class WithAndWithout(NamedTuple):
    """The score of one survey as it counts, and as it would be with what is excluded; None without answers."""

    survey: Survey
    n: int
    without: Measure | None
    together: Measure | None


def excluded_by_survey(selection: Selection, now: datetime) -> dict[str, Excluded]:
    """Return what is excluded of each survey of the selection, wherever it came from; only surveys with something."""
    if not is_anything_excluded():
        return {}  # as usual: one look at an empty index instead of one through the whole survey
    settled = is_settled(now).label("settled")
    read = select(Survey.key, Response.score, settled, func.count())
    counted = answers(read, selection.whole).where(~is_included())
    rows = db.session.execute(counted.group_by(Survey.key, Response.score, settled)).tuples()
    totals: dict[str, int] = defaultdict(int)
    scores: dict[str, dict[int, int]] = defaultdict(dict)
    for key, score, is_over, n in rows:
        totals[key] += n
        if score is not None and is_over:
            scores[key][score] = n
    return {key: Excluded(n, scores[key]) for key, n in totals.items()}


def is_anything_excluded() -> bool:
    """Return whether any response is excluded, whenever it was given."""
    return db.session.scalar(select(Response.id).where(~is_included()).limit(1)) is not None


def together(kind: str, counted: Mapping[int, int], excluded: Mapping[int, int]) -> Measure | None:
    """Return the measure of what counts and what is excluded; None without any score."""
    scores = counted.keys() | excluded.keys()
    return measure(kind, {score: counted.get(score, 0) + excluded.get(score, 0) for score in scores})


def with_and_without(selection: Selection, now: datetime) -> Sequence[WithAndWithout]:
    """Return both scores of each survey of the selection of which something is excluded and nothing held back."""
    found, held = excluded_by_survey(selection, now), held_back()
    rows = []
    for survey in surveys_on_scales():
        if survey.key not in found or survey in held:
            continue
        n, scores = found[survey.key]
        counted = score_counts(selection.whole.of(survey.key), now)
        rows.append(
            WithAndWithout(survey, n, measure(survey.kind, counted), together(survey.kind, counted, scores))
        )
    return rows


def excluded_responses(
    selection: Selection, reason: str | None, limit: int, cursor: str | None = None
) -> Page[Response]:
    """Return one page of excluded responses, the last excluded first, none held back; refuse a damaged cursor."""
    shown = Response.survey_id.not_in([survey.id for survey in held_back()])
    read = answers(select(Response), selection.whole).where(~is_included(), shown).options(*AT_HAND)
    if reason is not None:
        read = read.where(Response.excluded_reason == reason)
    if cursor is not None:
        at, row_id = decode(cursor, datetime, int)
        earlier = and_(Response.excluded_at == at, Response.id < row_id)
        read = read.where(or_(Response.excluded_at < at, earlier))
    read = read.order_by(Response.excluded_at.desc(), Response.id.desc()).limit(limit + 1)
    return page_of(list(db.session.scalars(read)), limit, lambda row: (row.excluded_at, row.id))
