"""What pages, the loop and the nightly refit ask about corrections and what was learnt from them."""

from sqlalchemy import func, select

from feedback.analysis.corrections.lessons import LEARNT, Lesson, missing
from feedback.analysis.models import LABEL, Analysis, Correction, ShopHead, Vector, is_current
from feedback.analysis.queries import reader_at_work
from surveys.database import db
from surveys.responses.models import Response

MOST = 2_000  # corrections learnt from, the newest; and of comments nobody corrected
PER_CORRECTION = 4  # comments nobody corrected for each that somebody did


def lesson_counts() -> dict[str, int]:
    """Return how many corrections of each label there are that the reader can learn from."""
    rows = db.session.execute(
        select(Correction.value, func.count())
        .join(Vector, Vector.response_id == Correction.response_id)
        .join(Response, Response.id == Correction.response_id)
        .join(Analysis, is_current())
        .where(Correction.kind == LABEL, Correction.value.in_(LEARNT))
        .group_by(Correction.value)
    )
    return dict(rows.tuples().all())


def lessons() -> list[Lesson]:
    """Return the newest corrected comments with their vectors, and newest ones that nobody corrected."""
    read = (
        select(func.coalesce(Response.comment, ""), Analysis.language, Vector.numbers)
        .join(Analysis, is_current())
        .join(Vector, Vector.response_id == Response.id)
        .where(Response.comment.is_not(None))
    )
    corrected = (
        read.add_columns(Correction.value)
        .join(Correction, Correction.response_id == Response.id)
        .where(Correction.kind == LABEL, Correction.value.in_(LEARNT))
        .order_by(Correction.id.desc())
        .limit(MOST)
    )
    said = [Lesson(*row) for row in db.session.execute(corrected).tuples()]
    judged = select(Correction.response_id).where(Correction.kind == LABEL)
    left = (
        read.where(Response.id.not_in(judged))
        .order_by(Response.id.desc())
        .limit(min(MOST, PER_CORRECTION * len(said)))
    )
    return said + [Lesson(*row, None) for row in db.session.execute(left).tuples()]


def active_head() -> ShopHead | None:
    """Return what the reader has learnt and reads with now, or None when it reads as shipped."""
    return db.session.scalar(select(ShopHead).where(ShopHead.is_active))


def active_number() -> int | None:
    """Return the number of the active head without its numbers, or None."""
    return db.session.scalar(select(ShopHead.id).where(ShopHead.is_active))


def numbers_of(number: int) -> bytes | None:
    """Return the numbers of a head."""
    return db.session.scalar(select(ShopHead.numbers).where(ShopHead.id == number))


def kept_heads() -> list[ShopHead]:
    """Return the heads that were good enough, the oldest first; one can go back and forward between them."""
    kept = select(ShopHead).where(ShopHead.numbers.is_not(None)).order_by(ShopHead.id)
    return list(db.session.scalars(kept))


def last_attempt() -> ShopHead | None:
    """Return what came of the last refit, good enough or not."""
    return db.session.scalar(select(ShopHead).order_by(ShopHead.id.desc()).limit(1))


def worth_refitting() -> bool:
    """Tell whether there is enough to learn from, and something new since the last time.

    New is also a shipped reader that no longer reads with what was learnt upon an older one.
    """
    if missing(lesson_counts()):
        return False
    last, reader = last_attempt(), reader_at_work()
    if last is None:
        return True
    active = active_number()
    if active is not None and reader is not None and not reader.endswith(f", own {active}"):
        return True
    changed = select(Correction.id).where(Correction.kind == LABEL, Correction.at > last.fitted_at)
    return db.session.scalar(changed.limit(1)) is not None
