"""What the loop does for the index of comments."""

from datetime import datetime

from feedback.analysis.search import indexing
from feedback.analysis.search.queries import waiting
from surveys.database import begin_writing, db


def index_comments(now: datetime, limit: int) -> int:
    """Let search find what was read before an update, and know when answers were completed; return how many."""
    if not indexing.has_work(now):
        db.session.rollback()
        return 0
    begin_writing()
    done = max(indexing.index_older(now, limit), indexing.follow(now, limit))
    db.session.commit()
    return done


def backlog(_now: datetime) -> int:
    """Return how many comments are still to be put in."""
    return waiting().waiting
