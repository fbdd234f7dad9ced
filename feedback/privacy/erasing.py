"""Erase one person from every table and from the outbox; counted scores stay, and a proof that says nothing.

Which rows are theirs the schema knows (see `queries.belongings`). They are deleted, except for
the few tables below that keep something without the person.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Delete, Update, delete, func, select, update

from feedback.follow_up.models import TaskEvent
from feedback.notices.models import HistoryCursor
from feedback.privacy.anonymising import anonymise
from feedback.privacy.models import Erasure
from feedback.privacy.proof import address_hash, subject_hash
from feedback.privacy.queries import (
    AT_ONCE,
    Belongings,
    as_text,
    belongings,
    customers_of,
    every_customer_id,
    mails_of,
    naming,
    rows_of,
)
from surveys.channels.outbox import Outbox
from surveys.customers.models import Customer, Objection, OrderEvent, PrivacyRequest
from surveys.database import Base, db
from surveys.permission.suppressing import suppress
from surveys.responses.models import Response
from surveys.staff.models import StaffMember

# What stays, without the person: counted answers with their reading, the register of requests, the fact that
# a shop sent something, the other rows of a file, and the keyed hash that keeps us from writing to somebody
# who does not want it.
KEPT = frozenset({"response", "analysis", "privacy_request", "order_event", "suppression", "import_chunk"})
GONE = b""


class Means(NamedTuple):
    """What erasing needs from outside: the installation's secret, the outbox, and by which way it came."""

    secret: str
    outbox: Outbox
    way: str


def erase(customer: Customer, now: datetime, means: Means, by: StaffMember | None = None) -> Erasure:
    """Erase the customer with all duplicates merged into them, and return the proof; flushes.

    Mails kept in the outbox are deleted at once: should the transaction fail, they are gone all the same.
    """
    found = belongings(customer)
    people = [(each.public_id, each.email) for each in customers_of(found)]
    mails = means.outbox.forget(mails_of(found), {email for _, email in people if email})
    counts = remove(found, now, by) + Counter({"mails": mails})
    # An older copy may know each duplicate as a customer of its own, so each has a proof.
    proofs = [
        Erasure(
            at=now,
            way=means.way,
            by=by,
            subject_hash=subject_hash(means.secret, public_id),
            address_hash=address_hash(means.secret, email) if email else None,
            counts={} if place else dict(counts),
        )
        for place, (public_id, email) in enumerate(people)
    ]
    db.session.add_all(proofs)
    db.session.flush()
    return proofs[0]


def remove(found: Belongings, now: datetime, by: StaffMember | None = None) -> Counter[str]:
    """Remove what belongs to a customer, or take the person out of it; return how many rows of which table."""
    answers, people = found.get("response", set()), customers_of(found)
    drop_lines(found.get("import_chunk", set()), naming(people))
    keep_objections(people, now)
    db.session.flush()
    cut_links(answers)
    counts = settle_requests(found.get("privacy_request", set()), now, by)
    counts += empty_events(found.get("order_event", set()), now)
    counts += delete_rows(found)
    return counts + strip_responses(answers, now)


def erase_again(subjects: set[str], secrets: Sequence[str], now: datetime, means: Means) -> list[Erasure]:
    """Erase everybody who was erased before and is here again, as in a restored copy; return the proofs.

    `subjects` are the hashes of former proofs; they may have been made with any of `secrets`.
    """
    back = [
        row_id
        for row_id, public_id in every_customer_id()
        if any(subject_hash(secret, public_id) in subjects for secret in secrets)
    ]
    done = []
    for row_id in back:
        customer = db.session.get(Customer, row_id)
        if customer is not None:  # a duplicate went with the one it was merged into
            done.append(erase(customer, now, means))
    return done


def keep_objections(people: Sequence[Customer], now: datetime) -> None:
    """Let an objection hold without the address: as an entry of the list of those who are not written to."""
    for person in people:
        if person.email is None:
            continue
        same = (Objection.brand_id == person.brand_id, Objection.email == person.email)
        if person.objected_at is not None or db.session.scalar(select(Objection.id).where(*same)) is not None:
            suppress(person.email, "manual", now, brand=person.brand)


def strip_responses(ids: set[int], now: datetime) -> Counter[str]:
    """Anonymise the answers that count and delete the others; count both."""
    counts: Counter[str] = Counter()
    for chunk in chunks(ids):
        for response in db.session.scalars(select(Response).where(Response.id.in_(chunk))):
            if response.score is not None:
                anonymise(response, now)
                counts["scores_kept"] += 1
        db.session.flush()
        empty = (Response.id.in_(chunk), Response.score.is_(None))
        counts["response"] += rows_changed(delete(Response).where(*empty))
    return counts


def cut_links(ids: set[int]) -> None:
    """Let the answers point to nobody, so that what they pointed to can go."""
    for chunk in chunks(ids):
        nobody = {"customer_id": None, "purchase_id": None, "invitation_id": None}
        rows_changed(update(Response).where(Response.id.in_(chunk)).values(nobody))


def settle_requests(ids: set[int], now: datetime, by: StaffMember | None) -> Counter[str]:
    """Keep the requests in the register without the person; those that are open are done by this."""
    counts: Counter[str] = Counter()
    for request in db.session.scalars(select(PrivacyRequest).where(PrivacyRequest.id.in_(ids))):
        if request.done_at is None:
            request.done_at, request.done_by_id = now, by.id if by else None
        request.customer = request.customer_reference = request.email = request.note = None
        request.told = {}
        counts["privacy_request"] += 1
    db.session.flush()
    return counts


def empty_events(ids: Iterable[int], now: datetime) -> Counter[str]:
    """Empty the raw bodies that name the person; the hash of each stays, so that it is not read in again."""
    counts: Counter[str] = Counter()
    for chunk in chunks(ids):
        values = {
            "body": GONE,
            "problem": None,
            "customer_key": None,
            "object_key": None,
            "read_at": func.coalesce(OrderEvent.read_at, now),
        }
        counts["order_event"] += rows_changed(
            update(OrderEvent).where(OrderEvent.id.in_(chunk)).values(values)
        )
    return counts


def drop_lines(ids: Iterable[int], named: re.Pattern[str] | None) -> None:
    """Take the lines that name the person out of files that wait to be imported."""
    if named is None or not ids:
        return
    table = Base.metadata.tables["import_chunk"]
    for row in rows_of("import_chunk", ids):
        lines = [line for line in json.loads(row.rows or "[]") if not named.search(as_text(line))]
        kept = json.dumps(lines, ensure_ascii=False) if row.rows else ""
        rows_changed(update(table).where(table.c.id == row.id).values(rows=kept))


def delete_rows(found: Belongings) -> Counter[str]:
    """Delete what is found, those rows first that point to others; count by table."""
    counts: Counter[str] = Counter()
    for table in reversed(Base.metadata.sorted_tables):
        if table.name in found and table.name not in KEPT:
            counts[table.name] += delete_by_id(table.name, "id", found[table.name])
    # A database may give the numbers of deleted rows to new ones, and readers must not skip those.
    last = db.session.scalar(select(func.coalesce(func.max(TaskEvent.id), 0))) or 0
    rows_changed(update(HistoryCursor).where(HistoryCursor.event_id > last).values(event_id=last))
    db.session.expire_all()
    return counts


def delete_by_id(name: str, column: str, ids: Iterable[int]) -> int:
    """Delete the rows of a table whose `column` is one of `ids`; return how many."""
    table, gone = Base.metadata.tables[name], 0
    for chunk in chunks(ids):
        gone += rows_changed(delete(table).where(table.c[column].in_(chunk)))
    return gone


def rows_changed(statement: Update | Delete) -> int:
    """Carry the statement out past the session, which forgets its rows later; return how many rows it met."""
    met = db.session.execute(statement, execution_options={"synchronize_session": False})
    return met.rowcount  # type: ignore[attr-defined, no-any-return]


def chunks(ids: Iterable[int]) -> Iterable[list[int]]:
    """Yield `ids` in lists short enough for one statement."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]
