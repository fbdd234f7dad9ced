"""The database is the queue: how due rows are claimed, carried out and settled.

Outward work (a mail) cannot be taken back, so a row is claimed by one process, `begun_at` is
committed just before acting, and the result is settled only while the claim is still ours.
A claim that ran out before it began may be claimed again; one that had begun is *uncertain*:
towards customers it is shown and never repeated, towards staff it is done again.

Inward work (an analysis, a task) is made safe by UNIQUE constraints: each item has its own
transaction, and an item that raises is set aside with its error instead of stopping the line.
"""

import logging
import traceback
from collections import deque
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import ColumnElement, UniqueConstraint, and_, exists, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column
from sqlalchemy.sql.base import ExecutableOption

from surveys import pacing
from surveys.clock import real_now
from surveys.database import Base, begin_writing, db, public_id
from surveys.errors import DeliveryFailed

LEASE = timedelta(minutes=5)  # Longer than the longest act: a mail has 60 seconds in all.
PAUSES = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 240))
log = logging.getLogger(__name__)


class Claimable:
    """Columns of a row that somebody must carry out; settled rows have no due time."""

    id: Mapped[int] = mapped_column(primary_key=True)
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    claimed_until: Mapped[datetime | None]
    claim_key: Mapped[str | None]
    begun_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None]


class SetAside(Base):
    """An item of inward work that raised; it is tried again after `retry_at`."""

    __tablename__ = "set_aside"
    __table_args__ = (UniqueConstraint("job", "row_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    job: Mapped[str]
    row_id: Mapped[int]
    error: Mapped[str]
    tries: Mapped[int]
    retry_at: Mapped[datetime]


Row = TypeVar("Row", bound=Claimable)
Parcel = TypeVar("Parcel")
Thought = TypeVar("Thought")
Prepare = Callable[[Row, datetime], Parcel | None]
Settle = Callable[[Row, DeliveryFailed | None, datetime], None]


def carry_out(
    model: type[Row],
    now: datetime,
    limit: int,
    *,
    prepare: Prepare[Row, Parcel],
    act: Callable[[Parcel], None],
    settle: Settle[Row],
    along: Sequence[ExecutableOption] = (),
    again: bool = False,
    paced: bool = False,
) -> int:
    """Claim due rows; one by one prepare, act with no transaction open, settle. Return how many.

    `prepare` returns what `act` needs, or None when it has settled the row. `settle` gets the row, with
    what is loaded `along`, and None or the failure; it sets state and `due_at`. `again` takes up what had
    begun and ran out; `paced` keeps the pace of mail to customers. When nobody can be reached it ends, and
    raises that if nothing was done: no other row would fare better. What it did not come to is given back.
    """
    paced = paced and pacing.mails_per_minute() is not None  # A new limit holds from the next claim on.
    key, waiting = claim(model, now, limit, again=again, paced=paced)
    done = 0
    try:
        while waiting:
            ready = made_ready(model, row_id := waiting.popleft(), key, prepare, now)
            if ready is not None:
                if paced and not pacing.take_place(real_now()):
                    waiting.append(row_id)
                    break
                failure = attempt(*ready, act)
                settle_claim(model, row_id, key, failure, now, settle, along)
                if failure is not None and failure.unreached:
                    if not done:
                        raise failure
                    break
            done += 1
    finally:
        if waiting:
            give_back(model, waiting, key)
    return done


def made_ready(
    model: type[Row], row_id: int, key: str, prepare: Prepare[Row, Parcel], now: datetime
) -> tuple[Row, Parcel] | None:
    """Begin a transaction; return the row, locked, and its parcel, or None when there is nothing to act on."""
    begin_writing()
    row = still_ours(model, row_id, key)
    if row is None:
        return None
    if (parcel := prepare(row, now)) is not None:
        return row, parcel
    release(row)
    db.session.commit()
    return None


def give_back(model: type[Row], row_ids: Collection[int], key: str) -> None:
    """Give the claims on rows back as if they had never been: nothing was tried."""
    db.session.rollback()
    begin_writing()
    free = {"claimed_until": None, "claim_key": None, "attempts": model.attempts - 1}
    ours = update(model).where(model.id.in_(row_ids), model.claim_key == key).values(free)
    db.session.execute(ours.execution_options(synchronize_session=False))
    db.session.commit()


def claim(model: type[Row], now: datetime, limit: int, *, again: bool, paced: bool) -> tuple[str, deque[int]]:
    """Claim the rows that have been due longest; return the key of the claim and their ids in this order.

    The claim is one UPDATE, so two processes never get the same row. `paced`, nothing is claimed while
    the pace lets no mail leave.
    """
    real, key = real_now(), public_id()
    ran_out = model.claimed_until < real
    free = or_(model.claimed_until.is_(None), ran_out if again else and_(ran_out, model.begun_at.is_(None)))
    due = select(model.id).where(model.due_at <= now, free)
    # A plain look first: most beats find nothing and must not take the writer's turn.
    is_idle = (paced and not pacing.has_place(real)) or db.session.scalar(due.limit(1)) is None
    db.session.rollback()
    if is_idle:
        return key, deque()
    begin_writing()
    first = due.order_by(model.due_at, model.id).limit(limit).with_for_update(skip_locked=True).cte()
    claimed = (
        update(model)
        .where(model.id.in_(select(first.c.id)))
        .values(claimed_until=real + LEASE, claim_key=key, begun_at=None, attempts=model.attempts + 1)
        .returning(model.due_at, model.id)
        .execution_options(synchronize_session=False)
    )
    rows = sorted(db.session.execute(claimed).tuples())
    db.session.commit()
    return key, deque(row_id for _due_at, row_id in rows)


def attempt(row: Claimable, parcel: Parcel, act: Callable[[Parcel], None]) -> DeliveryFailed | None:
    """Commit that `row` has begun, then act; return None, or the failure: an unforeseen error counts as passing."""
    row.begun_at = real_now()
    row.claimed_until = row.begun_at + LEASE  # Others of this claim may have taken long.
    db.session.commit()
    try:
        act(parcel)
    except DeliveryFailed as failure:
        return failure
    except Exception as error:
        log.exception("an outward act failed in an unforeseen way")
        return DeliveryFailed(f"{type(error).__name__}: {error}", permanent=False)
    return None


def settle_claim(
    model: type[Row],
    row_id: int,
    key: str,
    failure: DeliveryFailed | None,
    now: datetime,
    settle: Settle[Row],
    along: Sequence[ExecutableOption],
) -> None:
    """Settle the row if the claim is still ours; a late worker changes nothing.

    When nobody was reached, only the reason stays: the row is due as before and has used up no try.
    """
    begin_writing()
    row = still_ours(model, row_id, key, along)
    if row is None:
        return
    row.last_error = failure.reason[:500] if failure else None
    if failure is not None and failure.unreached:
        row.attempts -= 1
    else:
        settle(row, failure, now)
    release(row)
    db.session.commit()


def still_ours(model: type[Row], row_id: int, key: str, along: Sequence[ExecutableOption] = ()) -> Row | None:
    """Return the row, locked, if nobody took it over since we claimed it: a process may have stood still for long."""
    ours = select(model).where(model.id == row_id, model.claim_key == key).options(*along)
    row = db.session.scalar(ours.with_for_update(of=model))
    if row is None:
        log.warning("%s %s was taken over by another claim", model.__name__, row_id)
        db.session.rollback()
    return row


def release(row: Claimable) -> None:
    """Give the claim on `row` back."""
    row.claimed_until = row.claim_key = row.begun_at = None


def pause_before_retry(attempts: int) -> timedelta | None:
    """Return the pause before try number `attempts` + 1, or None when there is none left."""
    return PAUSES[attempts - 1] if attempts <= len(PAUSES) else None


def settle_uncertain(model: type[Row], now: datetime, doubt: Callable[[Row], None], limit: int = 100) -> int:
    """Settle rows whose claim had begun and ran out by calling `doubt`; return how many."""
    ran_out = and_(model.begun_at.is_not(None), model.claimed_until < real_now())
    # What was claimed had been due: the index on `due_at` keeps the look away from what is yet to come.
    ids = list(db.session.scalars(select(model.id).where(model.due_at <= now, ran_out).limit(limit)))
    db.session.rollback()
    for row_id in ids:
        begin_writing()
        row = db.session.scalar(select(model).where(model.id == row_id, ran_out).with_for_update())
        if row is not None:
            doubt(row)
            row.due_at = None
            release(row)
        db.session.commit()
    return len(ids)


def one_by_one(job: str, ids: Iterable[int], do: Callable[[int], object]) -> int:
    """Do inward work on each id in a transaction of its own, see `in_two_steps`; return how many went through."""
    return in_two_steps(job, ids, lambda _id: None, lambda row_id, _nothing: do(row_id))


def in_two_steps(
    job: str, ids: Iterable[int], think: Callable[[int], Thought], do: Callable[[int, Thought], object]
) -> int:
    """Let `think` take its time before the transaction of `do` begins; what raises is set aside, with growing pauses."""
    done = 0
    db.session.rollback()
    for row_id in list(ids):
        try:
            thought = think(row_id)
            begin_writing()
            do(row_id, thought)
            db.session.commit()
            done += 1
        except Exception:
            db.session.rollback()
            log.exception("%s failed on row %s and sets it aside", job, row_id)
            set_aside(job, row_id, traceback.format_exc(limit=-3))
    return done


def together(job: str, ids: Iterable[int], do: Callable[[list[int]], object]) -> int:
    """Do inward work on all ids in one transaction; return how many went through.

    When one of them raises, each has a transaction of its own: see `one_by_one`.
    """
    all_of_them = list(ids)
    db.session.rollback()
    try:
        begin_writing()
        do(all_of_them)
        db.session.commit()
    except Exception:
        db.session.rollback()
        return one_by_one(job, all_of_them, lambda row_id: do([row_id]))
    return len(all_of_them)


def set_aside(job: str, row_id: int, error: str) -> None:
    """Note that `job` failed on the row; commits."""
    begin_writing()
    row = db.session.scalar(select(SetAside).where(SetAside.job == job, SetAside.row_id == row_id))
    if row is None:
        row = SetAside(job=job, row_id=row_id, tries=0, error="", retry_at=real_now())
        db.session.add(row)
    row.tries += 1
    row.error = error[-1000:]
    row.retry_at = real_now() + PAUSES[min(row.tries, len(PAUSES)) - 1]
    db.session.commit()


def not_set_aside(job: str, row_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Return the condition that `job` may look at the row now."""
    waiting = (SetAside.job == job, SetAside.row_id == row_id, SetAside.retry_at > real_now())
    return ~exists(select(SetAside.id).where(*waiting))
