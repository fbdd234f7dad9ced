"""Keep what was learnt from the corrections of a shop, and go back and forward between what was learnt."""

from datetime import datetime

from sqlalchemy import delete, select, update

from feedback.analysis.corrections.lessons import Outcome
from feedback.analysis.corrections.queries import active_head, active_number, kept_heads, numbers_of
from feedback.analysis.models import LABEL, ShopHead
from feedback.analysis.readers import Reader
from surveys.database import db
from surveys.errors import N_, Conflict


class NothingThere(Conflict):
    """There is nothing before or behind to go to."""

    phrase = N_(
        "There is nothing to go to in this direction. Reload the page to see what the reader uses now."
    )


def keep_outcome(outcome: Outcome, now: datetime, kind: str = LABEL) -> ShopHead:
    """Store what came of learning from all corrections of labels or of themes; flushes.

    It is used from now on if it is better than what was shipped – unless somebody has gone back to an earlier
    one: then it waits to be gone forward to. What was not good enough leaves only its figures, until the next time.
    """
    kept = kept_heads(kind)
    active = active_head(kind)
    gone_back = bool(kept) and active is not kept[-1]
    db.session.execute(delete(ShopHead).where(ShopHead.numbers.is_(None), ShopHead.kind == kind))
    head = ShopHead(
        kind=kind,
        fitted_at=now,
        rows=outcome.rows,
        before=outcome.before,
        after=outcome.after,
        numbers=outcome.numbers if outcome.is_better else None,
        is_active=False,
    )
    db.session.add(head)
    db.session.flush()
    if outcome.is_better and not gone_back:
        activate(head, kind)
    return head


def go(back: bool, kind: str = LABEL) -> ShopHead | None:
    """Use the head before the active one, or behind it; before the first is what was shipped: None."""
    kept = kept_heads(kind)
    active = active_head(kind)
    place = kept.index(active) if active in kept else -1
    place += -1 if back else 1
    if not -1 <= place < len(kept):
        raise NothingThere()
    head = kept[place] if place >= 0 else None
    activate(head, kind)
    return head


def activate(head: ShopHead | None, kind: str) -> None:
    """Let this one of its kind be used, or none; flushes.

    The version of the phrase book has the number of what was learnt of themes in it, so all comments are looked
    through again.
    """
    db.session.execute(select(ShopHead.id).with_for_update())
    active = update(ShopHead).where(ShopHead.is_active, ShopHead.kind == kind)
    db.session.execute(active.values(is_active=False))
    if head is not None:
        db.session.execute(update(ShopHead).where(ShopHead.id == head.id).values(is_active=True))
    db.session.expire_all()


def teach(reader: Reader) -> Reader:
    """Return the reader, reading with what is active now; costs one look when nothing has changed."""
    number = active_number()
    if number != reader.head_number:
        reader.learn(number, None if number is None else numbers_of(number))
    return reader
