"""Count in the rows who mentions what: of every theme and detail the answers by score, and how they sound.

An answer that mentions several details of a theme counts once in it, and sounds as its worst clause about it does.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CTE, ColumnElement, Float, Select, and_, case, cast, func, literal, select, union_all

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


def first_level_of(code: ColumnElement[str]) -> ColumnElement[str]:
    """Return the theme that a code belongs to."""
    return case(LEVELS, value=code, else_=code)


FIRST_LEVEL = first_level_of(Mention.code)  # type: ignore[arg-type]


@instead_of_rows(rollups.told)
def told(selection: Selection, now: datetime) -> Told:
    """Return who mentions what by country, carrier, language and code; the numbers as `mentioned` has them."""
    return told_by(PLACE, selection, now)


def told_by(by: Sequence[Any], selection: Selection, now: datetime) -> Told:
    """Return who mentions what by code and `by`, counted in the rows."""
    width, counts = len(by), Told()
    for row in db.session.execute(mentioned(selection, counts_at(now), by)).tuples():
        counts.setdefault(row[width], {})[row[:width]] = row[width + 1 :]
    return counts


def mentioned(selection: Selection, counting: ColumnElement[bool], by: Sequence[Any]) -> Select[Any]:
    """Return the question for how many answers gave each score, and how many sound how, by `by` and code.

    The numbers are those of SCORES and then of FEELINGS. Codes are those of the first level, those of the second, and
    A_COMMENT for every comment that was read, whatever it is about. How a mention sounds nobody may have been able to
    tell, so the feelings may be fewer than the scores.
    """
    said = _said([column.label(f"by_{at}") for at, column in enumerate(by)], selection, counting)
    keys = [said.c[f"by_{at}"] for at in range(len(by))]
    theme = first_level_of(said.c.code)
    by_theme = select(
        said.c.id, *keys, theme.label("code"), said.c.score, func.min(said.c.felt).label("felt")
    )
    # Each code of an answer is there once, so that nothing has to be grouped for it.
    once = (said.c.id, *keys)
    each = union_all(
        by_theme.where(said.c.code.is_not(None)).group_by(said.c.id, *keys, theme, said.c.score),
        select(*once, said.c.code, said.c.score, said.c.felt).where(said.c.code.in_(DETAILS)),
        select(*once, literal(A_COMMENT), said.c.score, cast(None, Float)).where(said.c.nth == 1),
    ).subquery()
    names = [*(each.c[key.name] for key in keys), each.c.code]
    feelings = _feelings(each.c.felt)
    are = [*(each.c.score == score for score in SCORES), *(feelings[name] for name in FEELINGS)]
    return select(*names, *(func.sum(case((it, 1), else_=0)) for it in are)).group_by(*names)


def _said(keys: Sequence[Any], selection: Selection, counting: ColumnElement[bool]) -> CTE:
    """Return the answers whose comment was read, once for each code that they mention; for none if there is none.

    They are numbered, so that each answer can be counted once.
    """
    by = [Response.id, *keys, Mention.code.label("code"), Response.score.label("score")]
    nth = func.row_number().over(partition_by=Response.id, order_by=Response.id).label("nth")
    read = answers(select(*by, func.min(Mention.polarity).label("felt"), nth), selection, joined=True)
    read = read.join(Analysis, is_current())
    mention = and_(Mention.analysis_id == Analysis.id, Mention.kind == THEME)
    return read.outerjoin(Mention, mention).where(counting).group_by(*by).cte("said")


def _feelings(felt: ColumnElement[Any]) -> dict[str, ColumnElement[bool]]:
    """Return how to tell each feeling; of whom nobody could tell how it sounds has none."""
    negative, neutral, positive = FEELINGS
    return {negative: felt < -FAINT, neutral: felt.between(-FAINT, FAINT), positive: felt > FAINT}


def mentioning(read: Select[Any]) -> Select[Any]:
    """Return a question about answers for the themes that their comments mention."""
    return (
        read.join(Analysis, is_current())
        .join(Mention, Mention.analysis_id == Analysis.id)
        .where(Mention.kind == THEME)
    )
