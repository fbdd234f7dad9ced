"""Forget in time: what has been kept as long as it may be goes, every day, with a report.

Answers lose the person after the period (24 months unless set otherwise), and the counted score
stays. Orders and turns in programmes go after the same time, then customers of whom nothing is
left. Raw messages of shop systems are emptied after 30 days, rows about staff's changes go after
12 months. Cases that are still open wait until they are closed.
"""

from collections import Counter
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Text, cast, delete, exists, func, or_, select

from feedback.follow_up.models import Task
from feedback.privacy.erasing import (
    GONE,
    cut_links,
    delete_rows,
    empty_events,
    remove,
    rows_changed,
    strip_responses,
)
from feedback.privacy.models import ForgettingRun, OwnDataLink
from feedback.privacy.queries import belongings, with_all_below
from surveys.audit.models import AuditEvent
from surveys.customers.models import Customer, OrderEvent, Purchase
from surveys.database import Base, db
from surveys.invitations.models import AskingRound, Invitation
from surveys.responses.models import Response

RAW_FOR = timedelta(days=30)
LINKS_FOR = timedelta(days=1)
AT_A_TIME = 200
MONTH = timedelta(days=365.25 / 12)


class Periods(NamedTuple):
    """For how many months answers with a person and rows about changes are kept."""

    answers: int = 24
    audit: int = 12


AS_USUAL = Periods()


def forget_expired(now: datetime, periods: Periods, limit: int = AT_A_TIME) -> Counter[str]:
    """Forget up to `limit` of each kind; return how many of what. Flushes; call it again while there is more."""
    before = now - periods.answers * MONTH
    counts: Counter[str] = Counter()
    counts["answers"] = forget_answers(before, now, limit)
    counts["purchases"] = forget_purchases(before, limit)
    counts["turns"] = forget_turns(before, limit)
    counts["customers"] = forget_customers(before, now, limit)
    counts["order_events"] = forget_bodies(now, limit)
    counts["files"] = forget_files(now, limit)
    counts["mails"] = forget_mails(before, limit)
    gone = select(OwnDataLink.id).where(OwnDataLink.requested_at < now - LINKS_FOR).limit(limit)
    rows_changed(delete(OwnDataLink).where(OwnDataLink.id.in_(gone)))  # Too small to be told.
    old = select(AuditEvent.id).where(AuditEvent.at < now - periods.audit * MONTH).limit(limit)
    counts["audit_events"] = rows_changed(delete(AuditEvent).where(AuditEvent.id.in_(old)))
    db.session.flush()
    return +counts


def report(counts: Counter[str], now: datetime) -> None:
    """Keep what was forgotten, added up over the day in UTC; nothing when it was nothing."""
    if not counts:
        return
    last = db.session.scalar(select(ForgettingRun).order_by(ForgettingRun.id.desc()).limit(1))
    if last is None or last.at.date() != now.date():
        last = ForgettingRun(at=now, counts={})
        db.session.add(last)
    last.counts = dict(Counter(last.counts) + counts)
    db.session.flush()


def forget_answers(before: datetime, now: datetime, limit: int) -> int:
    """Cut the person from answers given before, with their closed tasks; answers without a score go."""
    at = func.coalesce(Response.submitted_at, Response.saved_at)
    # By a link somebody answers whom nobody knows, and may have written who they are all the same.
    has_person = or_(
        Response.customer_id.is_not(None),
        Response.comment.is_not(None),
        *(cast(column, Text) != "{}" for column in (Response.answers, Response.attributes)),
    )
    is_worked_on = exists(select(Task.id).where(Task.response_id == Response.id, Task.closed_at.is_(None)))
    wanted = (
        select(Response.id).where(at < before, has_person, ~is_worked_on).order_by(Response.id).limit(limit)
    )
    ids = set(db.session.scalars(wanted))
    if ids:
        closed = set(db.session.scalars(select(Task.id).where(Task.response_id.in_(ids))))
        cut_links(ids)
        delete_rows(with_all_below({"task": closed}))
        strip_responses(ids, now)
    return len(ids)


def forget_purchases(before: datetime, limit: int) -> int:
    """Delete orders placed before about which no answer with a person is left, with what was asked about them."""
    is_told_of = exists(select(Response.id).where(Response.purchase_id == Purchase.id))
    is_asked = exists(
        select(Response.id)
        .join(Invitation, Response.invitation_id == Invitation.id)
        .where(Invitation.purchase_id == Purchase.id)
    )
    waits = exists(
        select(Invitation.id).where(Invitation.purchase_id == Purchase.id, Invitation.state == "planned")
    )
    old = select(Purchase.id).where(Purchase.placed_at < before, Purchase.changed_at < before)
    ids = set(
        db.session.scalars(old.where(~is_told_of, ~is_asked, ~waits).order_by(Purchase.id).limit(limit))
    )
    delete_rows(with_all_below({"purchase": ids}))
    return len(ids)


def forget_turns(before: datetime, limit: int) -> int:
    """Delete what was asked in rounds that were over before and about which no answer with a person is left."""
    over = select(AskingRound.id).where(func.coalesce(AskingRound.ends_at, AskingRound.starts_at) < before)
    is_answered = exists(select(Response.id).where(Response.invitation_id == Invitation.id))
    old = (Invitation.round_id.in_(over), Invitation.state != "planned", ~is_answered)
    ids = set(db.session.scalars(select(Invitation.id).where(*old).order_by(Invitation.id).limit(limit)))
    delete_rows(with_all_below({"invitation": ids}))
    return len(ids)


def forget_customers(before: datetime, now: datetime, limit: int) -> int:
    """Delete customers known since before of whom no order, answer, task or invitation is left.

    Turns in programmes keep nobody: they come round for ever. Objections stay as entries of the list of those
    who are not written to.
    """
    things = [
        exists(select(model.id).where(model.customer_id == Customer.id))
        for model in (Purchase, Response, Task)
    ]
    is_asked = or_(Invitation.round_id.is_(None), Invitation.begun_at.is_not(None))
    things.append(exists(select(Invitation.id).where(Invitation.customer_id == Customer.id, is_asked)))
    alone = Customer.merged_into_id.is_(None)  # Duplicates go with the one they were merged into.
    old = select(Customer).where(Customer.created_at < before, alone, *(~each for each in things))
    ids = [each.id for each in db.session.scalars(old.order_by(Customer.id).limit(limit))]
    for row_id in ids:
        customer = db.session.get(Customer, row_id)
        if customer is not None:  # a duplicate went with the one it was merged into
            remove(belongings(customer, in_bodies=False), now)
    return len(ids)


def forget_files(now: datetime, limit: int) -> int:
    """Delete refused rows of imports after 30 days, and files that nobody has brought in for as long."""
    runs, errors = (Base.metadata.tables.get(name) for name in ("import_run", "import_row_error"))
    if runs is None or errors is None:
        return 0
    past = select(runs.c.id).where(runs.c.uploaded_at < now - RAW_FOR)
    old = select(errors.c.id).where(errors.c.run_id.in_(past)).limit(limit)
    gone = rows_changed(delete(errors).where(errors.c.id.in_(old)))
    return gone + rows_changed(delete(runs).where(runs.c.id.in_(past.where(runs.c.state == "uploaded"))))


def forget_mails(before: datetime, limit: int) -> int:
    """Delete mails that came in before."""
    mails = Base.metadata.tables.get("incoming_mail")
    if mails is None:
        return 0
    old = select(mails.c.id).where(mails.c.received_at < before).limit(limit)
    return rows_changed(delete(mails).where(mails.c.id.in_(old)))


def forget_bodies(now: datetime, limit: int) -> int:
    """Empty raw messages of shop systems that came in more than 30 days ago."""
    old = (OrderEvent.received_at < now - RAW_FOR, OrderEvent.body != GONE)
    ids = list(db.session.scalars(select(OrderEvent.id).where(*old).order_by(OrderEvent.id).limit(limit)))
    empty_events(ids, now)
    return len(ids)
