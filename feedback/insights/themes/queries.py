"""Who mentions which theme, by place and score; and what the loop has worked out beforehand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select, func, or_, select

from feedback.analysis.models import Analysis, Vector, is_current
from feedback.insights.breakdowns import Count
from feedback.insights.dimensions.belonging import answer_to
from feedback.insights.listing import AT_HAND, Listed
from feedback.insights.queries import AT, PLACE, answers, cell_counts, counts_at
from feedback.insights.selection import UNKNOWN, Selection
from feedback.insights.suppression import Cell
from feedback.insights.themes.counting import FIRST_LEVEL, mentioning, told, told_by
from feedback.insights.themes.heard import Heard
from feedback.insights.themes.models import THEMES as THEMES_SOURCE
from feedback.insights.themes.models import DriverEstimate, TypicalComment
from surveys.database import db
from surveys.questionnaires.models import Survey
from surveys.responses.models import Response
from surveys.responses.queries import held_back
from surveys.scales import SCALES
from surveys.work import not_set_aside

# So many of the newest answers tell what goes together with the score: more make it no surer than it needs to be.
MOST_ANSWERS = 50_000
MOST_VECTORS = 10_000  # 15 MB while their middle is looked for
KEPT_FOR = timedelta(hours=1)


class Spoken(NamedTuple):
    """A comment as the encoder knows it: its response with the group of the score, its vector and its themes."""

    response_id: int
    group: str
    numbers: bytes
    themes: frozenset[str]


def heard(
    survey: Survey, selection: Selection, now: datetime, counts: Sequence[Count] | None = None
) -> Heard:
    """Return the answers to one survey in the period of a selection, from everywhere, with all that they mention.

    `counts` are its `cell_counts`, where somebody has asked for them already.
    """
    whole = selection.whole.of(survey.key)
    if counts is None:
        counts = [count for count in cell_counts(whole, now) if count.survey == survey.key]
    by_place = [(place_of(count), count.score, count.n) for count in counts]
    return Heard.of(survey.kind, by_place, told(whole, now))


def heard_by_choice(survey: Survey, question: str, selection: Selection, now: datetime) -> Heard:
    """Return the same with the answer to one of its questions as the last part of each place, counted in the rows.

    Who was not asked that question, or did not answer it, has the value "-".
    """
    whole = selection.whole.of(survey.key)
    by = (*PLACE, func.coalesce(answer_to(question), UNKNOWN))
    each = answers(
        select(*(column.label(f"by_{at}") for at, column in enumerate(by)), Response.score),
        whole,
        joined=True,
    )
    rows = each.where(counts_at(now)).subquery()
    counted = db.session.execute(select(*rows.c, func.count()).group_by(*rows.c)).tuples()
    by_place = [((*place,), score, n) for *place, score, n in counted]
    return Heard.of(survey.kind, by_place, told_by(by, whole, now))


def place_of(count: Count) -> Cell:
    """Return where answers come from, with the dimensions in their order."""
    return count.country, count.carrier, count.language


def newest_answer_at(selection: Selection, now: datetime) -> datetime | None:
    """Return when the newest answer of a selection came, whatever its period."""
    ever = replace(selection, since=None, until=None)
    newest: datetime | None = db.session.scalar(answers(select(func.max(AT)), ever).where(counts_at(now)))
    return newest


def survey_to_estimate(job: str, now: datetime) -> Survey | None:
    """Return a survey whose drivers and typical comments are older than an hour, or None when all are fresh or set aside.

    While nobody had answered, there is nothing to keep for an hour: such a one comes up as soon as somebody has.
    """
    fresh = select(DriverEstimate.survey_id).where(
        DriverEstimate.source == THEMES_SOURCE,
        DriverEstimate.made_at > now - KEPT_FOR,
        DriverEstimate.made_at <= now,
    )
    answered = select(Response.id).where(Response.survey_id == Survey.id, Response.score.is_not(None))
    held = [survey.id for survey in held_back()]
    wanted = select(Survey).where(Survey.kind.in_(SCALES), Survey.id.not_in(held), Survey.versions.any())
    wanted = wanted.where(answered.exists(), Survey.id.not_in(fresh), not_set_aside(job, Survey.id))
    return db.session.scalar(wanted.order_by(Survey.id).limit(1))


def comments_since(
    survey: Survey, since: datetime, now: datetime
) -> tuple[dict[int, int], list[tuple[int, str]]]:
    """Return the scores of the newest read comments by response id, and which themes they mention."""
    read = _of(survey, select(Response.id, Response.score), since, now).join(Analysis, is_current())
    newest = read.order_by(Response.id.desc()).limit(MOST_ANSWERS)
    scores = dict(db.session.execute(newest).tuples().all())
    return scores, _mentions(survey, since, now)


def further_answers_since(
    survey: Survey, since: datetime, now: datetime
) -> list[tuple[int, Mapping[str, Any]]]:
    """Return score and further answers of the newest responses to the version that is asked now."""
    read = _of(survey, select(Response.score, Response.answers), since, now)
    read = read.where(Response.version_id == survey.current.id)
    return list(db.session.execute(read.order_by(Response.id.desc()).limit(MOST_ANSWERS)).tuples())


def vectors_since(survey: Survey, since: datetime, now: datetime) -> list[Spoken]:
    """Return the newest comments that the encoder has read."""
    read = _of(survey, select(Response.id, Response.group, Vector.numbers), since, now)
    read = read.join(Analysis, is_current()).join(Vector, Vector.response_id == Response.id)
    read = read.where(Response.comment.is_not(None)).order_by(Response.id.desc()).limit(MOST_VECTORS)
    themes: dict[int, set[str]] = {}
    for response_id, code in _mentions(survey, since, now):
        themes.setdefault(response_id, set()).add(code)
    return [
        Spoken(response_id, group or "", numbers, frozenset(themes.get(response_id, ())))
        for response_id, group, numbers in db.session.execute(read).tuples()
    ]


def estimates_of(survey: Survey) -> dict[str, DriverEstimate]:
    """Return what the loop has worked out of the drivers of a survey, by what they are drawn from."""
    wanted = select(DriverEstimate).where(DriverEstimate.survey_id == survey.id)
    return {estimate.source: estimate for estimate in db.session.scalars(wanted)}


def typical_comments(
    survey: Survey, theme: str, now: datetime
) -> dict[str, list[tuple[TypicalComment, Listed]]]:
    """Return the comments that stand for many, by mood, the nearest to their middle first; counted ones alone."""
    wanted = (
        select(TypicalComment, Response, Analysis)
        .join(Response, TypicalComment.response_id == Response.id)
        .join(Analysis, is_current())
        .where(Response.survey_id == survey.id, TypicalComment.theme == theme)
        .where(Response.comment.is_not(None), counts_at(now))
        .order_by(TypicalComment.place)
        .options(*AT_HAND)
    )
    found: dict[str, list[tuple[TypicalComment, Listed]]] = {"unhappy": [], "happy": []}
    for row, response, analysis in db.session.execute(wanted).tuples():
        found[row.mood].append((row, Listed(response, analysis)))
    return found


def _of(survey: Survey, read: Select[Any], since: datetime, now: datetime) -> Select[Any]:
    """Return `read` from the answers to one survey since a moment that count."""
    recent = or_(
        Response.submitted_at >= since, Response.submitted_at.is_(None) & (Response.saved_at >= since)
    )
    return read.where(Response.survey_id == survey.id, recent, counts_at(now))


def _mentions(survey: Survey, since: datetime, now: datetime) -> list[tuple[int, str]]:
    read = _of(survey, select(Response.id, FIRST_LEVEL).select_from(Response), since, now)
    return list(db.session.execute(mentioning(read).distinct()).tuples())
