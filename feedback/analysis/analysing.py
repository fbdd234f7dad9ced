"""Read the comments of responses that nobody has read yet, and again those that another reader had read."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, select

from feedback.analysis.corrections.overruling import forget_corrections, let_label_stand
from feedback.analysis.intents.noting import note_intents
from feedback.analysis.mentioning import note_themes
from feedback.analysis.models import Analysis, Mention, Vector
from feedback.analysis.queries import current_library, has_readings, read_by_another, unread
from feedback.analysis.readers import Reader
from feedback.analysis.search import indexing
from feedback.analysis.sentiment import Reading
from surveys.database import db
from surveys.responses.models import Response
from surveys.work import in_two_steps

JOB = "analyse-responses"
AGAIN = "read-again"


class Read(NamedTuple):
    """What a response said when it was looked at, and how that reads; None where there is nothing to read."""

    comment: str | None
    locale: str
    reading: Reading | None


def analyse_new(now: datetime, limit: int, reader: Reader) -> int:
    """Read up to `limit` unread responses, those that were not imported first; return how many.

    Each has a transaction of its own. A comment that `reader` stumbles over is set aside and
    tried again later; a response without a comment is marked as read and gets no analysis.
    """
    return read_all(JOB, unread(JOB, now, limit), reader, now)


def read_again(now: datetime, limit: int, reader: Reader) -> int:
    """Read up to `limit` comments again that another reader had read, newest first; return how many.

    Fresh comments go first: while one waits, nothing is read again.
    """
    # Without any reading the name, and with it all that the reader loads, is not needed either.
    if unread(JOB, now, 1) or not has_readings():
        return 0
    return read_all(AGAIN, read_by_another(AGAIN, reader.analyzer, limit), reader, now, again=True)


def read_all(job: str, ids: list[int], reader: Reader, now: datetime, *, again: bool = False) -> int:
    """Read these responses; `reader` works while no transaction is open, so that answers can be stored meanwhile."""
    return in_two_steps(
        job,
        ids,
        lambda response_id: read(response_id, reader),
        lambda response_id, found: note(response_id, found, reader.analyzer, now, again=again),
    )


def read(response_id: int, reader: Reader) -> Read | None:
    """Read the comment of a response, None when the response is gone."""
    row = db.session.execute(select(Response.comment, Response.locale).where(Response.id == response_id))
    seen = row.one_or_none()
    db.session.rollback()  # Reading takes many times as long as all else; nobody waits for it.
    if seen is None:
        return None
    comment, locale = seen
    # Places are counted in the comment as it is stored.
    reading = reader.read(comment, locale) if comment and comment.strip() else None
    return Read(comment, locale, reading)


def note(response_id: int, found: Read | None, analyzer: str, now: datetime, *, again: bool = False) -> None:
    """Write the one analysis of the response, over an earlier one if its comment or the reader has changed.

    What was changed since it was read stays as it is, and is found and read another time. What a person said of
    the same comment stands.
    """
    response = db.session.get(Response, response_id, with_for_update=True)
    if response is None or found is None or (response.comment, response.locale) != found[:2]:
        return
    if response.analysed_at is not None and not again:
        return
    # The reading follows the answer within seconds, so of an anonymous one it must not tell the hour either.
    at = response.saved_at if response.is_anonymous else now
    analysis = db.session.scalar(select(Analysis).where(Analysis.response_id == response_id))
    db.session.execute(delete(Vector).where(Vector.response_id == response_id))
    if not again:  # The comment is new, or was written anew: nobody has said anything of it.
        forget_corrections(response_id)
    if found.reading is not None:
        analysis = analysis or Analysis(response_id=response_id)
        write(analysis, found.reading)
        let_label_stand(analysis)
        analysis.analyzer, analysis.analysed_at = analyzer, at
        db.session.add(analysis)
        if found.reading.vector is not None:
            db.session.add(Vector(response_id=response_id, numbers=found.reading.vector))
        note_themes(analysis, response.comment or "", found.reading.clauses, current_library())
        note_intents(analysis, response.comment or "", found.reading.vector)
    elif analysis is not None:
        db.session.delete(analysis)
    indexing.index_response(response)
    response.analysed_at = response.analysed_at or at
    db.session.flush()


def write(analysis: Analysis, reading: Reading) -> None:
    """Write what was read into the row."""
    for name, value in columns(reading).items():
        setattr(analysis, name, value)


def columns(reading: Reading) -> dict[str, object]:
    """Return a reading as the columns of `Analysis`."""
    chances = reading.probabilities
    return {
        "language": reading.language,
        "label": reading.label,
        "polarity": reading.polarity,
        "subjectivity": reading.subjectivity,
        "p_negative": chances and chances.negative,
        "p_neutral": chances and chances.neutral,
        "p_positive": chances and chances.positive,
        "baseline": reading.baseline,
        "marks": [list(mark) for mark in reading.words],
        "clauses": [list(clause) for clause in reading.clauses],
    }


def forget_words(response_id: int) -> None:
    """Forget what came from the words of a response: its vector, what search finds, places of words, corrections.

    What stays is the reading: a label and numbers. What the comment talked about may say more of a person than
    how it felt: an allergy, a lawyer.
    """
    db.session.execute(delete(Vector).where(Vector.response_id == response_id))
    forget_corrections(response_id)
    indexing.forget(response_id)
    analysis = db.session.scalar(select(Analysis).where(Analysis.response_id == response_id))
    if analysis is not None:
        db.session.execute(delete(Mention).where(Mention.analysis_id == analysis.id))
        analysis.marks, analysis.clauses = [], []
