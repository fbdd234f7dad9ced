"""Keep what was learnt from the corrections of a shop, and go back and forward between what was learnt."""

from datetime import datetime

from sqlalchemy import delete, select, update

from feedback.analysis.corrections.lessons import Outcome
from feedback.analysis.corrections.queries import active_head, active_number, kept_heads, numbers_of
from feedback.analysis.models import ShopHead
from feedback.analysis.readers import Reader
from surveys.database import db
from surveys.errors import N_, Conflict


class NothingThere(Conflict):
    """There is nothing before or behind to go to."""

    phrase = N_(
        "There is nothing to go to in this direction. Reload the page to see what the reader uses now."
    )


def keep_outcome(outcome: Outcome, now: datetime) -> ShopHead:
    """Store what came of learning from all corrections; flushes.

    It is used from now on if it is better than the shipped reader – unless somebody has gone back to an earlier
    one: then it waits to be gone forward to. What was not good enough leaves only its figures, until the next time.
    """
    kept = kept_heads()
    active = active_head()
    gone_back = bool(kept) and active is not kept[-1]
    db.session.execute(delete(ShopHead).where(ShopHead.numbers.is_(None)))
    head = ShopHead(
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
        activate(head)
    return head


def go(back: bool) -> ShopHead | None:
    """Read with the head before the active one, or behind it; before the first is the shipped reader: None."""
    kept = kept_heads()
    active = active_head()
    place = kept.index(active) if active in kept else -1
    place += -1 if back else 1
    if not -1 <= place < len(kept):
        raise NothingThere()
    head = kept[place] if place >= 0 else None
    activate(head)
    return head


def activate(head: ShopHead | None) -> None:
    """Let the reader read with this one, or as shipped; flushes."""
    db.session.execute(select(ShopHead.id).with_for_update())
    db.session.execute(update(ShopHead).where(ShopHead.is_active).values(is_active=False))
    if head is not None:
        db.session.execute(update(ShopHead).where(ShopHead.id == head.id).values(is_active=True))
    db.session.expire_all()


def teach(reader: Reader) -> Reader:
    """Return the reader, reading with what is active now; costs one look when nothing has changed."""
    number = active_number()
    if number != reader.head_number:
        reader.learn(number, None if number is None else numbers_of(number))
    return reader
