"""Read the comments of responses that nobody has read yet."""

from datetime import datetime

from sqlalchemy import select

from feedback.analysis.mentioning import feelings_of, note_themes
from feedback.analysis.models import Analysis
from feedback.analysis.queries import current_library, unread
from feedback.analysis.readers import Reader
from surveys.database import db
from surveys.responses.models import Response
from surveys.work import one_by_one

JOB = "analyse-responses"


def analyse_new(now: datetime, limit: int, reader: Reader) -> int:
    """Read up to `limit` unread responses, oldest first; return how many.

    Each has a transaction of its own. A comment that `reader` stumbles over is set aside and
    tried again later; a response without a comment is marked as read and gets no analysis.
    """
    ids = unread(JOB, now, limit)
    return one_by_one(JOB, ids, lambda response_id: analyse(response_id, reader, now))


def analyse(response_id: int, reader: Reader, now: datetime) -> None:
    """Write the one analysis of the response with its mentions, over an earlier one if its comment has changed."""
    response = db.session.get_one(Response, response_id, with_for_update=True)
    if response.analysed_at is not None:
        return
    analysis = db.session.scalar(select(Analysis).where(Analysis.response_id == response_id))
    comment = (response.comment or "").strip()
    if comment:
        # Places are counted in the comment as it is stored.
        reading = reader.read(response.comment or "", response.locale)
        analysis = analysis or Analysis(response_id=response_id)
        analysis.language = reading.language
        analysis.label = reading.label
        analysis.polarity = reading.polarity
        analysis.subjectivity = reading.subjectivity
        analysis.analyzer = reader.analyzer
        analysis.analysed_at = now
        db.session.add(analysis)
        said = response.comment or ""
        note_themes(analysis, said, feelings_of(said, response.locale, reading, reader), current_library())
    elif analysis is not None:
        db.session.delete(analysis)
    response.analysed_at = now
    db.session.flush()
