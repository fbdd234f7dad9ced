"""Look through comments again after the phrases have changed: behind fresh ones."""

from datetime import datetime

from sqlalchemy import select

from feedback.analysis.analysing import JOB as ANALYSING
from feedback.analysis.mentioning import note_themes
from feedback.analysis.models import Analysis
from feedback.analysis.queries import current_library, stale, unread
from feedback.analysis.themes.library import Library
from surveys.database import db
from surveys.work import one_by_one

JOB = "find-themes-again"


def find_again(now: datetime, limit: int) -> int:
    """Look through up to `limit` comments whose themes were found with other phrases, the newest first.

    Return how many. While comments wait that nobody has read, none.
    """
    if unread(ANALYSING, now, 1):
        return 0
    library = current_library()
    ids = stale(JOB, library.version, limit)
    return one_by_one(JOB, ids, lambda analysis_id: look_again(analysis_id, library))


def look_again(analysis_id: int, library: Library) -> None:
    """Find the themes of one comment with `library`; how its clauses feel is kept with its reading."""
    analysis = db.session.scalar(select(Analysis).where(Analysis.id == analysis_id).with_for_update())
    if analysis is None:
        return
    comment = analysis.response.comment or ""
    clauses = [(int(start), int(end), polarity) for start, end, polarity in analysis.clauses]
    note_themes(analysis, comment, clauses, library)
