"""Count in the rows who mentions what: of every theme and detail the answers by score, and how they sound.

An answer that mentions several details of a theme counts once in it, and sounds as its worst clause about it does.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Float, Select, case, cast, func, literal, select

from feedback.analysis.models import THEME, Analysis, Mention, is_current
from feedback.analysis.sentiment import FAINT
from feedback.insights.queries import PLACE, answers, counts_at, instead_of_rows
from feedback.insights.rollups import queries as rollups
from feedback.insights.rollups.queries import Told
from feedback.insights.selection import Selection
from feedback.insights.themes.heard import A_COMMENT, FEELINGS, SCORES
from surveys.code_book.themes import DETAILS, THEMES
from surveys.database import db
from surveys.responses.models import Response

LEVELS = {code: code for code in THEMES} | {code: code.partition(".")[0] for code in DETAILS}
FIRST_LEVEL: ColumnElement[str] = case(LEVELS, value=Mention.code, else_=Mention.code)


@instead_of_rows(rollups.told)
def told(selection: Selection, now: datetime) -> Told:
    """Return who mentions what by country, carrier, language and code; the numbers as `mentioned` has them."""
    return mentioned(selection, counts_at(now), PLACE)


def mentioned(selection: Selection, counting: ColumnElement[bool], by: Sequence[Any]) -> Told:
    """Return by `by` and code how many answers gave each score, and how many sound how: SCORES and then FEELINGS.

    Codes are those of the first level, those of the second, and A_COMMENT for every comment that was read, whatever it
    is about. How a mention sounds nobody may have been able to tell, so the feelings may be fewer than the scores.
    """
    found: Told = {}
    keys = [column.label(f"by_{at}") for at, column in enumerate(by)]
    for read in (
        _mentions(keys, FIRST_LEVEL, selection, counting),
        # As a longer text a code is no way in for SQLite, which would take all mentions ever instead of those of a day.
        _mentions(keys, Mention.code, selection, counting).where((Mention.code + "").in_(DETAILS)),
        _comments(keys, selection, counting),
    ):
        each = read.subquery()
        names = [*(each.c[key.name] for key in keys), each.c.code, each.c.score, _feeling(each.c.felt)]
        for *key, score, feeling, n in db.session.execute(select(*names, func.count()).group_by(*names)):
            numbers = found.setdefault((*key,), [0] * (len(SCORES) + len(FEELINGS)))
            numbers[score] += n
            if feeling:
                numbers[len(SCORES) + FEELINGS.index(feeling)] += n
    return found


def _mentions(
    keys: Sequence[Any], code: Any, selection: Selection, counting: ColumnElement[bool]
) -> Select[Any]:
    """Return the question for each answer and what it mentions, once."""
    by = [Response.id, *keys, code.label("code"), Response.score.label("score")]
    read = answers(select(*by, func.min(Mention.polarity).label("felt")), selection, joined=True)
    return mentioning(read).where(counting).group_by(*by)


def _comments(keys: Sequence[Any], selection: Selection, counting: ColumnElement[bool]) -> Select[Any]:
    """Return the question for each answer whose comment was read."""
    columns = [
        literal(A_COMMENT).label("code"),
        Response.score.label("score"),
        cast(None, Float).label("felt"),
    ]
    read = answers(select(*keys, *columns), selection, joined=True)
    return read.join(Analysis, is_current()).where(counting)


def _feeling(felt: ColumnElement[Any]) -> ColumnElement[str]:
    negative, neutral, positive = FEELINGS
    known = ((felt.is_(None), ""), (felt < -FAINT, negative), (felt > FAINT, positive))
    return case(*known, else_=neutral)


def mentioning(read: Select[Any]) -> Select[Any]:
    """Return a question about answers for the themes that their comments mention."""
    return (
        read.join(Analysis, is_current())
        .join(Mention, Mention.analysis_id == Analysis.id)
        .where(Mention.kind == THEME)
    )
