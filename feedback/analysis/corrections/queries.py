"""What pages, the loop and the nightly refit ask about corrections and what was learnt from them."""

from sqlalchemy import func, select

from feedback.analysis.corrections.lessons import ENOUGH_THEMES, LEARNT, Lesson, ThemeLesson, missing
from feedback.analysis.corrections.overruling import put_right
from feedback.analysis.models import LABEL, THEME, Analysis, Correction, ShopHead, Vector, is_current
from feedback.analysis.queries import current_library, reader_at_work
from feedback.analysis.themes.feelings import felt
from feedback.analysis.themes.learnt import top
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


def theme_corrections() -> int:
    """Return how many corrections of themes there are that can be learnt from."""
    rows = (
        select(func.count())
        .select_from(Correction)
        .join(Vector, Vector.response_id == Correction.response_id)
        .where(Correction.kind == THEME)
    )
    return db.session.scalar(rows) or 0


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


def theme_lessons() -> list[ThemeLesson]:
    """Return the newest comments of which a theme was corrected, and newest ones of which none was, with their themes.

    The phrases look through them anew, so that nothing is taught by what was learnt before.
    """
    said: dict[int, dict[str, str]] = {}
    corrections = select(Correction.response_id, Correction.code, Correction.value)
    newest = corrections.where(Correction.kind == THEME).order_by(Correction.id.desc()).limit(MOST)
    for response_id, code, value in db.session.execute(newest).tuples():
        said.setdefault(response_id, {})[code] = value
    read = (
        select(Response.id, Response.comment, Analysis.language, Vector.numbers)
        .join(Analysis, Analysis.response_id == Response.id)
        .join(Vector, Vector.response_id == Response.id)
        .where(Response.comment.is_not(None))
        .order_by(Response.id.desc())
    )
    judged = select(Correction.response_id).where(Correction.kind == THEME)
    left = read.where(Response.id.not_in(judged)).limit(min(MOST, PER_CORRECTION * len(said)))
    rows = [*db.session.execute(read.where(Response.id.in_(judged))).tuples()]
    library, found = current_library(), []
    for response_id, comment, language, numbers in [*rows, *db.session.execute(left).tuples()]:
        seen = felt(library.mentions(comment or "", language), ())
        right = put_right(seen, said[response_id], None) if response_id in said else None
        themes = None if right is None else frozenset(top(each.code) for each in right)
        found.append(ThemeLesson(comment or "", numbers, frozenset(top(each.code) for each in seen), themes))
    return found


def active_head(kind: str = LABEL) -> ShopHead | None:
    """Return what was learnt of labels or themes and is used now, or None when all is as shipped."""
    return db.session.scalar(select(ShopHead).where(ShopHead.is_active, ShopHead.kind == kind))


def active_number() -> int | None:
    """Return the number of the head the reader reads with, without its numbers, or None."""
    return db.session.scalar(select(ShopHead.id).where(ShopHead.is_active, ShopHead.kind == LABEL))


def numbers_of(number: int) -> bytes | None:
    """Return the numbers of a head."""
    return db.session.scalar(select(ShopHead.numbers).where(ShopHead.id == number))


def kept_heads(kind: str = LABEL) -> list[ShopHead]:
    """Return the heads that were good enough, the oldest first; one can go back and forward between them."""
    kept = select(ShopHead).where(ShopHead.numbers.is_not(None), ShopHead.kind == kind)
    return list(db.session.scalars(kept.order_by(ShopHead.id)))


def last_attempt(kind: str = LABEL) -> ShopHead | None:
    """Return what came of the last refit, good enough or not."""
    tried = select(ShopHead).where(ShopHead.kind == kind)
    return db.session.scalar(tried.order_by(ShopHead.id.desc()).limit(1))


def worth_refitting() -> list[str]:
    """Return of what there is enough to learn from, and something new since the last time: labels, themes.

    New is also a shipped reader that no longer reads with what was learnt upon an older one.
    """
    enough = {LABEL: not missing(lesson_counts()), THEME: theme_corrections() >= ENOUGH_THEMES}
    return [kind for kind, there in enough.items() if there and is_new(kind)]


def is_new(kind: str) -> bool:
    """Tell whether something was corrected since the last time, or the reader reads without what it had learnt."""
    last = last_attempt(kind)
    if last is None:
        return True
    active, reader = active_number(), reader_at_work()
    if kind == LABEL and active and reader and not reader.endswith(f", own {active}"):
        return True
    changed = select(Correction.id).where(Correction.kind == kind, Correction.at > last.fitted_at)
    return db.session.scalar(changed.limit(1)) is not None
