"""Search the newest comments for those most like one of them, by brute force over their vectors."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from feedback.analysis.models import Vector
from feedback.analysis.readers import Near, load_likeness
from surveys.database import db
from surveys.questionnaires.models import Survey
from surveys.responses.models import Response
from surveys.scales import SCALES

NEWEST = 100_000
AT_ONCE = 2_000  # vectors in memory: 1.5 MB, and 3 MB more while they are compared
# From here on most pairs are alike. Of the survey sets (622 comments), pairs this near have label and theme in common in
# 57 of 100 cases; from 0.3 on in 16, and three quarters of those between 0.45 and 0.5 have not.
LIKE = 0.5


def has_vector(response_id: int) -> bool:
    """Tell whether the comment of a response can be searched with."""
    return db.session.scalar(select(Vector.id).where(Vector.response_id == response_id)) is not None


def alike(response_id: int, most: int, newest: int = NEWEST) -> list[Near]:
    """Return up to `most` different comments most like that of a response, the likest first.

    Of the `newest` comments, to surveys with a scale, as in the list of responses; none where it has no vector.
    """
    numbers = db.session.scalar(select(Vector.numbers).where(Vector.response_id == response_id))
    if numbers is None:
        return []
    found: list[Near] = load_likeness().nearest(numbers, vectors(newest, response_id), most)
    return [near for near in found if near.likeness >= LIKE]


def vectors(newest: int, but: int) -> Iterator[Sequence[tuple[int, bytes]]]:
    """Yield the vectors of the newest comments but one, with their responses' ids: some at a time, in any order."""
    # From which id on: an index knows. Sorting them would move every vector.
    last = select(Vector.response_id).order_by(Vector.response_id.desc()).offset(newest - 1).limit(1)
    since = db.session.scalar(last) or 0
    surveys = list(db.session.scalars(select(Survey.id).where(Survey.kind.in_(SCALES))))
    wanted = select(Vector.response_id, Vector.numbers).join(Response, Response.id == Vector.response_id)
    wanted = wanted.where(Vector.response_id >= since, Vector.response_id != but)
    there = (
        Response.survey_id.in_(surveys),
        Response.comment.is_not(None),
        Response.analysed_at.is_not(None),
    )
    rows = db.session.execute(wanted.where(*there).execution_options(yield_per=AT_ONCE))
    for batch in rows.partitions():
        yield [(row[0], row[1]) for row in batch]
