"""What the score would be if those counted as they meant it who say that they read the scale the wrong way round."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from feedback.insights.queries import answers
from feedback.insights.scores import Measure, measure
from feedback.insights.selection import Selection
from surveys.database import db
from surveys.responses.models import Response
from surveys.responses.queries import is_included, is_settled


class Meant(NamedTuple):
    """How many customers meant another score than they gave, and the measure with what they meant."""

    n: int
    measure: Measure


def meant_otherwise(
    kind: str, selection: Selection, counts: Mapping[int, int], now: datetime
) -> Meant | None:
    """Return what those who meant another score would change, of one survey in the days of a selection.

    `counts` are the answers that count, by score; no score is ever counted as anything but what was given (methodology
    5.2), and this stands beside it. None for nobody, and for a part of the answers, where it might tell of one person.
    """
    if not selection.is_whole:
        return None
    other = aliased(Response)
    # From the few to whom it happens, else all answers of the days would be looked through for them.
    said = select(other.id).where(other.corrected_score.is_not(None), other.corrected_score != other.score)
    read = select(Response.score, Response.corrected_score, func.count()).where(Response.id.in_(said))
    counted = answers(read, selection).where(is_included(), is_settled(now))
    rows = db.session.execute(counted.group_by(Response.score, Response.corrected_score)).tuples().all()
    if not rows:
        return None
    changed = dict(counts)
    for given, meant, n in rows:
        changed[given] = changed.get(given, 0) - n
        changed[meant] = changed.get(meant, 0) + n
    # Counts that are kept and lag behind would make fewer than none of a score.
    found = measure(kind, changed) if min(changed.values()) >= 0 else None
    return None if found is None else Meant(sum(n for _given, _meant, n in rows), found)
