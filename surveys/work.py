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
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import ColumnElement, UniqueConstraint, and_, exists, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

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


def carry_out(
    model: type[Row],
    now: datetime,
    limit: int,
    *,
    prepare: Callable[[Row, datetime], Parcel | None],
    act: Callable[[Parcel], None],
    settle: Callable[[Row, DeliveryFailed | None, datetime], None],
    again: bool = False,
    paced: bool = False,
) -> int:
    """Claim due rows one by one; prepare, act with no transaction open, settle. Return how many.

    `prepare` returns what `act` needs, or None when it has settled the row. `settle` gets None or the
    failure, and sets state and `due_at`. `again` takes up what had begun and ran out; `paced` keeps the
    pace of mail to customers. When nobody can be reached it ends: no other row would fare better.
    """
    done = 0
    while done < limit and not (paced and must_wait()):
        if (claim := claim_one(model, now, again=again)) is None:
            break
        begin_writing()
        row = still_ours(model, *claim)
        if row is None:
            continue
        parcel = prepare(row, now)
        if paced and parcel is not None and not pacing.take_place(real_now()):
            give_back(model, *claim)
            break
        if parcel is None:
            release(row)
            db.session.commit()
        else:
            failure = attempt(row, act, parcel)
            settle_claim(model, *claim, failure, now, settle)
            if failure is not None and failure.unreached:
                return unless_none(done, failure)
        done += 1
    return done


def unless_none(done: int, failure: DeliveryFailed) -> int:
    """Return how many were done before nobody could be reached any more; raise that when it was none."""
    if done == 0:
        raise failure
    return done


def must_wait() -> bool:
    """Return whether the pace lets no mail leave now: then nothing is claimed and written for nothing."""
    has_place = pacing.has_place(real_now())
    db.session.rollback()
    return not has_place


def give_back(model: type[Row], row_id: int, key: str) -> None:
    """Give the claim on a row back as if it had never been: nothing was tried."""
    db.session.rollback()
    begin_writing()
    row = db.session.scalar(select(model).where(model.id == row_id, model.claim_key == key).with_for_update())
    if row is not None:
        row.attempts -= 1
        release(row)
    db.session.commit()


def claim_one(model: type[Row], now: datetime, *, again: bool = False) -> tuple[int, str] | None:
    """Claim the row that has been due longest; return its id and the key of the claim, or None.

    The claim is one UPDATE, so two processes never get the same row.
    """
    real = real_now()
    ran_out = model.claimed_until < real
    free = or_(model.claimed_until.is_(None), ran_out if again else and_(ran_out, model.begun_at.is_(None)))
    due = (
        select(model.id)
        .where(model.due_at <= now, free)
        .order_by(model.due_at, model.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    # A plain look first: most beats find nothing and must not take the writer's turn.
    if db.session.scalar(select(model.id).where(model.due_at <= now, free).limit(1)) is None:
        db.session.rollback()
        return None
    db.session.rollback()
    begin_writing()
    key = public_id()
    claim = (
        update(model)
        .where(model.id == due.scalar_subquery())
        .values(claimed_until=real + LEASE, claim_key=key, begun_at=None, attempts=model.attempts + 1)
        .returning(model.id)
        .execution_options(synchronize_session=False)
    )
    row_id = db.session.scalar(claim)
    db.session.commit()
    return None if row_id is None else (row_id, key)


def attempt(row: Claimable, act: Callable[[Parcel], None], parcel: Parcel) -> DeliveryFailed | None:
    """Commit that `row` has begun, then act on `parcel`; return None, or the failure.

    An unforeseen error counts as passing.
    """
    row.begun_at = real_now()
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
    settle: Callable[[Row, DeliveryFailed | None, datetime], None],
) -> None:
    """Settle the row if the claim is still ours; a late worker changes nothing.

    When nobody was reached, only the reason stays: the row is due as before and has used up no try.
    """
    begin_writing()
    row = still_ours(model, row_id, key)
    if row is None:
        return
    row.last_error = failure.reason[:500] if failure else None
    if failure is not None and failure.unreached:
        row.attempts -= 1
    else:
        settle(row, failure, now)
    release(row)
    db.session.commit()


def still_ours(model: type[Row], row_id: int, key: str) -> Row | None:
    """Return the row, locked, if nobody took it over since we claimed it: a process may have stood still for long."""
    row = db.session.scalar(select(model).where(model.id == row_id, model.claim_key == key).with_for_update())
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
