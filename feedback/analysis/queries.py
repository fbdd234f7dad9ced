"""What other rooms and the loop ask about readings."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import aliased

from feedback.analysis.mismatch import STRONG_CONFIDENCE, STRONG_POLARITY, mismatch
from feedback.analysis.models import (
    THEME,
    Analysis,
    PhraseBook,
    ReaderAtWork,
    ShopHead,
    ShopPhrase,
    is_current,
)
from feedback.analysis.themes.learnt import from_bytes
from feedback.analysis.themes.library import Library
from feedback.analysis.themes.own_phrases import OwnPhrase, library_with, version_of
from feedback.analysis.themes.trial import Comment
from surveys.database import db
from surveys.questionnaires.models import Survey
from surveys.responses.models import FRESH, IMPORT, Response
from surveys.responses.queries import held_back, is_settled
from surveys.scales import SCALES
from surveys.work import not_set_aside


def reading_of(response_id: int) -> Analysis | None:
    """Return the reading of the comment that a response has now, if there is one."""
    found = select(Analysis).join(Response, is_current()).where(Response.id == response_id)
    return db.session.scalar(found)


def unread(job: str, now: datetime, limit: int) -> list[int]:
    """Return ids of responses to be read: fresh ones, the oldest first, then imported ones, the newest first.

    A file of fifty thousand must not keep one fresh answer, and the task that it may open, waiting: so of imported ones
    there are only as many as take a moment, a quarter of `limit`. Partial ones come when they have rested.
    """
    ids = select(Response.id).where(to_be_read(job, now))
    fresh = ids.where(Response.channel.in_(FRESH)).order_by(Response.id).limit(limit)
    found = list(db.session.scalars(fresh))
    few = min(limit - len(found), max(1, limit // 4))
    if few:
        old = ids.where(Response.channel == IMPORT).order_by(Response.id.desc()).limit(few)
        found += db.session.scalars(old)
    return found


def unread_count(job: str, now: datetime) -> int:
    """Return how many responses are still to be read."""
    waiting = select(func.count()).select_from(Response).where(to_be_read(job, now))
    return db.session.scalar(waiting) or 0


def to_be_read(job: str, now: datetime) -> ColumnElement[bool]:
    """Return the condition that a response is unread, complete or left alone, and not set aside."""
    return and_(Response.analysed_at.is_(None), is_settled(now), not_set_aside(job, Response.id))


def read_by_another(job: str, analyzer: str, limit: int) -> list[int]:
    """Return ids of responses with a comment that another reader than `analyzer` has read, newest first.

    Erased comments keep the reading they had: there is nothing left to read.
    """
    order = (
        select(Analysis.response_id)
        .join(Response, is_current())
        .where(by_another(analyzer), Response.comment.is_not(None), not_set_aside(job, Response.id))
        .order_by(Analysis.response_id.desc())
        .limit(limit)
    )
    return list(db.session.scalars(order))


def has_readings() -> bool:
    """Tell whether any comment has been read."""
    return db.session.scalar(select(Analysis.id).limit(1)) is not None


def read_by_another_count(analyzer: str) -> int:
    """Return how many comments are still to be read again."""
    waiting = (
        select(func.count())
        .select_from(Analysis)
        .join(Response, is_current())
        .where(by_another(analyzer), Response.comment.is_not(None))
    )
    return db.session.scalar(waiting) or 0


def by_another(analyzer: str) -> ColumnElement[bool]:
    """Return the condition that a reading is another reader's; two ranges, which an index can answer."""
    return or_(Analysis.analyzer < analyzer, Analysis.analyzer > analyzer)


def reader_at_work() -> str | None:
    """Return the name of the reader that the loop reads with, or None before the loop has run."""
    return db.session.scalar(select(ReaderAtWork.analyzer))


class Progress(NamedTuple):
    """How many comments there are whose themes are known, and how many of them wait to be looked through again."""

    all: int
    waiting: int


def current_library() -> Library:
    """Return the books of phrases with what the shop has made of them, and what its corrections have taught."""
    book = db.session.get(PhraseBook, 1, populate_existing=True)
    number = book.version if book else 0
    library = library_with(number, frozenset(own_phrases()))
    active = select(ShopHead.id, ShopHead.numbers).where(ShopHead.is_active, ShopHead.kind == THEME)
    head = db.session.execute(active).one_or_none()
    if head is None or head.numbers is None:
        return library
    return library._replace(version=version_of(number, head.id), learnt=from_bytes(head.numbers))


def own_phrases(code: str | None = None) -> list[OwnPhrase]:
    """Return the shop's changes to the book, or those to one theme, in the order of their making."""
    wanted = select(ShopPhrase.code, ShopPhrase.language, ShopPhrase.phrase, ShopPhrase.is_removed)
    if code is not None:
        wanted = wanted.where(ShopPhrase.code == code)
    return [OwnPhrase(*row) for row in db.session.execute(wanted.order_by(ShopPhrase.id)).tuples()]


def stale(job: str, version: str, limit: int) -> list[int]:
    """Return the readings of comments that were looked through with another book, the newest first."""
    # Without an order the index says at once that there is none, which is so nearly always.
    if db.session.scalar(select(Analysis.id).where(is_stale(version)).limit(1)) is None:
        return []
    order = select(Analysis.id).where(is_stale(version), not_set_aside(job, Analysis.id))
    return list(db.session.scalars(order.order_by(Analysis.id.desc()).limit(limit)))


def progress(version: str) -> Progress:
    """Return how far all comments have been looked through with this book."""
    everything = select(func.count()).select_from(Analysis)
    waiting = db.session.scalar(everything.where(is_stale(version))) or 0
    return Progress(db.session.scalar(everything) or 0, waiting)


def waiting_for_the_book(_now: datetime) -> int:
    """Count the comments that wait to be looked through with the present phrases."""
    book = db.session.get(PhraseBook, 1)
    head = db.session.scalar(select(ShopHead.id).where(ShopHead.is_active, ShopHead.kind == THEME))
    return progress(version_of(book.version if book else 0, head)).waiting


def newest_comments(limit: int) -> list[Comment]:
    """Return the newest comments that were read and may be shown, to try phrases on."""
    wanted = select(Response.public_id, Response.comment, Analysis.language).join(Analysis, is_current())
    shown = Response.survey_id.not_in([survey.id for survey in held_back()])
    there = (Response.comment.is_not(None), shown)
    rows = db.session.execute(wanted.where(*there).order_by(Response.id.desc()).limit(limit)).tuples()
    return [Comment(public_id, comment or "", language) for public_id, comment, language in rows]


def is_stale(version: str) -> ColumnElement[bool]:
    """Return the condition that a comment was looked through with another book, or never.

    Said by ranges, because an index knows no "other than".
    """
    book = Analysis.phrase_book
    return or_(book.is_(None), book < version, book > version)


def is_flagged(flags: Iterable[str]) -> ColumnElement[bool]:
    """Return the condition, of a response with its survey, that words and score disagree in one of these ways.

    The same as `Analysis.flag`: which scores a flag stands for is asked of the function that gives it.
    """
    wanted = set(flags)
    conditions = []
    for side, polarity in (("negative", -1.0), ("positive", 1.0)):
        scores = {
            kind: [score for score in scale.scores if mismatch(kind, score, side, polarity, 1.0) in wanted]
            for kind, scale in SCALES.items()
        }
        at_odds = [and_(Survey.kind == kind, Response.score.in_(odd)) for kind, odd in scores.items() if odd]
        conditions.append(and_(or_(false(), *at_odds), _reads_strongly(side)))
    return or_(*conditions)


def _reads_strongly(side: str) -> ColumnElement[bool]:
    # Under a name of its own, because the list beside it may have joined the readings already.
    read = aliased(Analysis)
    strong = read.polarity <= -STRONG_POLARITY if side == "negative" else read.polarity >= STRONG_POLARITY
    chances = (read.p_negative, read.p_neutral, read.p_positive)
    sure = or_(*(chance >= STRONG_CONFIDENCE for chance in chances))
    return (
        select(read.id).where(is_current(read), read.label == side, strong, sure).correlate(Response).exists()
    )
