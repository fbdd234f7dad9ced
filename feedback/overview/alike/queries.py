"""The responses whose comments say much the same as that of one of them."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from feedback.analysis.likeness.queries import alike
from feedback.analysis.models import Analysis, is_current
from feedback.analysis.readers import Near
from feedback.insights.listing import AT_HAND
from surveys.database import db
from surveys.responses.models import Response
from surveys.responses.queries import held_back

SHOWN = 10


class Alike(NamedTuple):
    """A response whose comment is like that of another, its reading, and how many more wrote just that."""

    response: Response
    analysis: Analysis | None
    more: int


def comments_like(response: Response) -> list[Alike]:
    """Return the comments most like that of `response`, the likest first; the same words stand once."""
    # Some differ in capitals and spaces only: so more are searched for than are shown.
    nears = alike(response.id, 2 * SHOWN)
    rows = rows_of(nears)
    found: dict[str, Alike] = {}
    for near in nears:
        if near.response_id in rows:
            words = plain(rows[near.response_id][0])
            known = found.get(words)
            more = known.more + near.times if known else near.times - 1
            found[words] = known._replace(more=more) if known else Alike(*rows[near.response_id], more)
    return list(found.values())[:SHOWN]


def plain(response: Response) -> str:
    """Return what was written without what makes no difference to readers."""
    return " ".join((response.comment or "").casefold().split())


def rows_of(nears: Sequence[Near]) -> dict[int, tuple[Response, Analysis | None]]:
    """Return responses with readings by their ids; those held back are not there."""
    wanted = select(Response, Analysis).outerjoin(Analysis, is_current())
    shown = Response.survey_id.not_in([survey.id for survey in held_back()])
    ids = [near.response_id for near in nears]
    rows = db.session.execute(wanted.where(Response.id.in_(ids), shown).options(*AT_HAND)).tuples()
    return {response.id: (response, analysis) for response, analysis in rows}
