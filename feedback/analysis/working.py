"""Who reads comments in this installation: the loop says so, pages and commands know it from there."""

from datetime import datetime

from feedback.analysis.models import ReaderAtWork
from surveys.database import db


def introduce(analyzer: str, now: datetime) -> None:
    """Note that comments are read by this reader from now on; flushes."""
    row = db.session.get(ReaderAtWork, 1, with_for_update=True) or ReaderAtWork(id=1)
    row.analyzer, row.since = analyzer, now
    db.session.add(row)
    db.session.flush()
