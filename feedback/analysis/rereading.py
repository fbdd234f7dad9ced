"""Look for the themes of comments again after the phrases have changed, behind all fresh comments."""

from datetime import datetime

from sqlalchemy import select

from feedback.analysis.analysing import JOB as ANALYSING
from feedback.analysis.mentioning import feelings_of, replace_mentions
from feedback.analysis.models import THEME, Analysis
from feedback.analysis.queries import current_library, stale, unread
from feedback.analysis.readers import Reader
from feedback.analysis.themes.book import Mention
from feedback.analysis.themes.feelings import Felt, felt
from feedback.analysis.themes.library import Library
from surveys.database import db
from surveys.work import one_by_one

JOB = "find-themes-again"


def find_again(now: datetime, limit: int, reader: Reader) -> int:
    """Look through up to `limit` comments whose themes were found with other phrases, the newest first.

    Return how many. While comments wait that nobody has read, none.
    """
    if unread(ANALYSING, now, 1):
        return 0
    library = current_library()
    ids = stale(JOB, library.version, limit)
    return one_by_one(JOB, ids, lambda analysis_id: look_again(analysis_id, library, reader))


def look_again(analysis_id: int, library: Library, reader: Reader) -> None:
    """Find the themes of one comment with `library`; its clauses are read only when other places are found."""
    analysis = db.session.scalar(select(Analysis).where(Analysis.id == analysis_id).with_for_update())
    if analysis is None:
        return
    response = analysis.response
    comment = response.comment or ""
    found = library.mentions(comment, analysis.language)
    known = {(each.code, each.start, each.end) for each in analysis.themes}
    if known != {mention[:3] for mention in found}:
        replace_mentions(analysis, THEME, _felt(analysis, comment, found, reader))
    analysis.phrase_book = library.version
    db.session.flush()


def _felt(analysis: Analysis, comment: str, found: list[Mention], reader: Reader) -> list[Felt]:
    locale = analysis.response.locale
    reading = reader.read(comment, locale)
    return felt(found, feelings_of(comment, locale, reading, reader), analysis.polarity)
