"""Keep the index of comments: with every reading, with everything that is forgotten, and for what was there before."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice
from typing import NamedTuple

from sqlalchemy import delete, func, insert, select, update

from feedback.analysis.search.covered import searchable
from feedback.analysis.search.models import SearchedComment, SearchProgress
from feedback.analysis.search.queries import counted, moved, progress, to_be_indexed
from feedback.analysis.search.stems import REVISION, lexemes
from surveys.database import db
from surveys.responses.models import Response

AT_ONCE = 500
FOLLOWED_EVERY = timedelta(minutes=10)
OVERLAP = timedelta(minutes=2)  # longer than any transaction that stores an answer


class Comment(NamedTuple):
    """What is put into the index: the comment of the response `id`, which was given at a time."""

    id: int
    at: datetime
    text: str


def index_response(response: Response) -> None:
    """Put the comment that a response has now into the index, or take it out when it has none; flushes."""
    text = (response.comment or "").strip()
    if text:
        index([Comment(response.id, response.submitted_at or response.saved_at, text)])
    else:
        forget(response.id)


def index(comments: Iterable[Comment]) -> None:
    """Put comments into the index, in the place of what was there of the same responses."""
    rows = ({"id": each.id, "at": each.at, "lexemes": lexemes(searchable(each.text))} for each in comments)
    while some := list(islice(rows, AT_ONCE)):
        ids = [row["id"] for row in some]
        db.session.execute(delete(SearchedComment).where(SearchedComment.id.in_(ids)))
        db.session.execute(insert(SearchedComment), some)


def forget(response_id: int) -> None:
    """Take the words of a response out of the index."""
    db.session.execute(delete(SearchedComment).where(SearchedComment.id == response_id))


def has_work(now: datetime) -> bool:
    """Return whether `index_older` or `follow` have anything to do; a plain look."""
    row = progress()
    if row is None or row.revision != REVISION or row.next_id is not None:
        return True
    return is_time(row, now) or bool(moved(row.followed_at - OVERLAP, 1))


def is_time(row: SearchProgress, now: datetime) -> bool:
    """Return whether it is to be noted up to when answers were followed; the clock of a demo may go back."""
    return not timedelta(0) <= now - row.followed_at <= FOLLOWED_EVERY


def index_older(now: datetime, limit: int) -> int:
    """Put up to `limit` comments that were read before into the index, the newest first; return how many.

    So are all, after an update that cuts or covers words otherwise. It goes on where it was whenever it is stopped.
    """
    row = progress() or SearchProgress(id=1, revision="", next_id=None, followed_at=now)
    if row.revision != REVISION:
        row.revision, row.next_id = REVISION, db.session.scalar(select(func.max(Response.id)))
        row.waiting, row.unfound = counted()
        db.session.add(row)
    if row.next_id is None:
        return 0
    found = to_be_indexed(row.next_id, limit)
    index(Comment(each.id, each.submitted_at or each.saved_at, each.comment) for each in found)
    row.next_id = found[-1].id - 1 if len(found) == limit else None
    row.waiting = max(0, row.waiting - len(found))
    db.session.flush()
    return len(found)


def follow(now: datetime, limit: int) -> int:
    """Let the index know of answers that were left half-way, read, and completed later; return how many."""
    row = progress()
    if row is None:
        return 0
    rows = moved(row.followed_at - OVERLAP, limit)
    for response_id, at in rows:
        db.session.execute(update(SearchedComment).where(SearchedComment.id == response_id).values(at=at))
    if len(rows) < limit and (rows or is_time(row, now)):
        row.followed_at = now
    db.session.flush()
    return len(rows)
