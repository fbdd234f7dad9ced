"""What is asked about one person's data: which rows of which tables are theirs.

Rows are found by the foreign keys of the schema, so a table that somebody adds belongs to the
person as soon as it points to them. What knows people only by their address is named here.
"""

import json
import re
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Column, Row, Table, Text, cast, or_, select
from sqlalchemy.orm import joinedload

from feedback.follow_up.conversation.models import Reply
from feedback.follow_up.praise.models import ThankYou
from feedback.improving.models import ImprovementLetter
from feedback.privacy.data_map import entries
from feedback.privacy.models import Erasure, ForgettingRun, OwnDataLink
from surveys.brand.models import Brand
from surveys.customers.models import Customer, Objection, PrivacyRequest, Purchase
from surveys.database import Base, db
from surveys.errors import N_, Missing
from surveys.invitations.models import Invitation
from surveys.permission.models import Bounce, ConsentRequest, Suppression
from surveys.permission.queries import hash_of
from surveys.responses.models import Response

Belongings = dict[str, set[int]]
AT_ONCE = 500  # values in one IN (…)
SHORTEST_NUMBER = 4  # an order number shorter than that stands in too many other texts


def schema() -> list[tuple[str, str]]:
    """Return every column of the database with its table, as the models have them."""
    tables = sorted(Base.metadata.tables.values(), key=lambda table: table.name)
    return [(table.name, column.name) for table in tables for column in table.columns]


def people_called(who: str, brand: str | None = None) -> list[Customer]:
    """Return the customers with this id, address or number of the shop; with `brand` only of that key."""
    said = who.strip()
    known = or_(Customer.public_id == said, Customer.email == said.lower(), Customer.reference == said)
    wanted = select(Customer).where(known).options(joinedload(Customer.brand)).order_by(Customer.id)
    if brand is not None:
        wanted = wanted.join(Customer.brand).where(Brand.key == brand)
    return list(db.session.scalars(wanted))


def people_from(source: str, brand: str) -> list[Customer]:
    """Return the customers of a shop, by its key, who came by this way."""
    theirs = (Customer.source == source, Brand.key == brand)
    wanted = select(Customer).join(Customer.brand).where(*theirs).order_by(Customer.id)
    return list(db.session.scalars(wanted.options(joinedload(Customer.brand))))


def belongings(customer: Customer, *, in_bodies: bool = True) -> Belongings:
    """Return the ids of all rows that belong to the customer, by table; merged duplicates are theirs.

    `in_bodies` looks also through what shop systems sent; that reads all of it.
    """
    # A duplicate is part of the one it was merged into: it is one person.
    customer = customer.merged_into or customer
    found = with_all_below({"customer": {customer.id}})
    people = customers_of(found)
    by_address = known_by_address(people)
    if in_bodies:
        by_address |= rows_naming(people)
    for name, ids in by_address.items():
        found.setdefault(name, set()).update(ids)
    return {name: ids for name, ids in found.items() if ids}


def with_all_below(found: Belongings) -> Belongings:
    """Return these rows with all that point to them, whatever the table, and so on."""
    found = {name: set(ids) for name, ids in found.items()}
    waiting = list(found.items())
    while waiting:
        name, ids = waiting.pop()
        for table, column in pointing_to(name):
            new = ids_where(table, column, ids) - found.get(table.name, set())
            if new:
                found.setdefault(table.name, set()).update(new)
                waiting.append((table.name, new))
    return found


def pointing_to(name: str) -> list[tuple[Table, Column[Any]]]:
    """Return the columns that point to a table's rows, with their tables."""
    return [
        (table, key.parent)
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == name
    ]


def ids_where(table: Table, column: Column[Any], values: Iterable[Any]) -> set[int]:
    """Return the ids of the rows whose `column` holds one of `values`."""
    wanted, found = sorted(values), set[int]()
    for start in range(0, len(wanted), AT_ONCE):
        chosen = select(table.c.id).where(column.in_(wanted[start : start + AT_ONCE]))
        found.update(db.session.scalars(chosen))
    return found


def known_by_address(people: Sequence[Customer]) -> Belongings:
    """Return rows that know these people by their address only, or by what a shop wrote about them."""
    emails = {person.email for person in people if person.email}
    hashes = {found for email in emails if (found := hash_of(email)) is not None}
    brands = {person.brand_id for person in people}
    mine = (Objection.brand_id.in_(brands), Objection.email.in_(emails))
    asked = (PrivacyRequest.brand_id.in_(brands), PrivacyRequest.email.in_(emails))
    return {
        "objection": set(db.session.scalars(select(Objection.id).where(*mine))),
        "privacy_request": set(db.session.scalars(select(PrivacyRequest.id).where(*asked))),
        "suppression": set(
            db.session.scalars(select(Suppression.id).where(Suppression.address_hash.in_(hashes)))
        ),
        "bounce": set(db.session.scalars(select(Bounce.id).where(Bounce.address_hash.in_(hashes)))),
        "response": answers_giving(emails, brands),
    }


def answers_giving(emails: Collection[str], brands: Collection[int]) -> set[int]:
    """Return answers by a link, of customers nobody knows, in which one of these addresses was given for contact."""
    wanted = {email.casefold() for email in emails}
    of_nobody = (Response.customer_id.is_(None), Response.brand_id.in_(brands))
    rows = db.session.execute(
        select(Response.id, Response.answers)
        .where(*of_nobody, cast(Response.answers, Text).contains("@"))
        .execution_options(yield_per=200)
    )
    return {row_id for row_id, said in rows if wanted & {str(each).casefold() for each in said.values()}}


def rows_naming(people: Sequence[Customer]) -> Belongings:
    """Return the rows whose raw text, as it came into the house, names one of these people or their orders.

    Which columns hold raw text the data map says (field `raw`).
    """
    named = naming(people)
    found: Belongings = {}
    if named is None:
        return found
    for name, column in ((each.table, each.column) for each in entries().values() if each.field == "raw"):
        table = Base.metadata.tables.get(name)
        if table is None:
            continue
        brands = {person.brand_id for person in people}
        mine = [table.c.brand_id.in_(brands)] if "brand_id" in table.c and name == "order_event" else []
        rows = db.session.execute(
            select(table.c.id, table.c[column]).where(*mine).execution_options(yield_per=200)
        )
        found.setdefault(name, set()).update(row_id for row_id, said in rows if named.search(as_text(said)))
    return found


def naming(people: Sequence[Customer]) -> re.Pattern[str] | None:
    """Return what finds the addresses and numbers of these people and of their orders in a text, None without any."""
    ids = [person.id for person in people]
    orders = db.session.scalars(select(Purchase.reference).where(Purchase.customer_id.in_(ids)))
    numbers = [*orders, *(person.reference for person in people if person.reference)]
    names = [person.email for person in people if person.email]
    names += [number for number in numbers if len(number) >= SHORTEST_NUMBER]
    spellings = "|".join(re.escape(name) for name in names)
    return re.compile(rf"(?<![0-9A-Za-z])(?:{spellings})(?![0-9A-Za-z])", re.IGNORECASE) if names else None


def as_text(said: Any) -> str:
    """Return raw text from a column of bytes, JSON or text."""
    if isinstance(said, bytes):
        return said.decode("utf-8", errors="replace")
    return said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)


def customers_of(found: Belongings) -> list[Customer]:
    """Return the customer and the duplicates merged into them."""
    return list(db.session.scalars(select(Customer).where(Customer.id.in_(found["customer"]))))


def mails_of(found: Belongings) -> set[str]:
    """Return the public ids that mails to the customer carry as their message id."""
    mails: set[str] = set()
    for model in (Invitation, Reply, ThankYou, ImprovementLetter, ConsentRequest, OwnDataLink):
        ids = found.get(model.__tablename__, set())
        mails.update(db.session.scalars(select(model.public_id).where(model.id.in_(ids))))
    return mails


def rows_of(name: str, ids: Iterable[int]) -> list[Row[Any]]:
    """Return whole rows of one table, the oldest first."""
    table = Base.metadata.tables[name]
    wanted, found = sorted(ids), list[Row[Any]]()
    for start in range(0, len(wanted), AT_ONCE):
        chosen = select(table).where(table.c.id.in_(wanted[start : start + AT_ONCE]))
        found += db.session.execute(chosen.order_by(table.c.id))
    return found


def erasures(limit: int = 50) -> list[Erasure]:
    """Return the newest proofs of erasure."""
    newest = select(Erasure).order_by(Erasure.id.desc()).limit(limit)
    return list(db.session.scalars(newest.options(joinedload(Erasure.by))))


def every_erasure() -> list[Erasure]:
    """Return all proofs of erasure, the first first."""
    return list(db.session.scalars(select(Erasure).order_by(Erasure.id)))


def every_customer_id(brand: str | None = None) -> list[tuple[int, str]]:
    """Return the number and the opaque id of every customer."""
    return list(db.session.execute(select(Customer.id, Customer.public_id)).tuples())


def forgetting_runs(limit: int = 10) -> list[ForgettingRun]:
    """Return the newest reports of what was forgotten in time."""
    return list(db.session.scalars(select(ForgettingRun).order_by(ForgettingRun.id.desc()).limit(limit)))


def open_requests() -> list[PrivacyRequest]:
    """Return the requests that nobody has settled, the one due first first."""
    waiting = select(PrivacyRequest).where(PrivacyRequest.done_at.is_(None)).order_by(PrivacyRequest.due_at)
    at_hand = (joinedload(PrivacyRequest.brand), joinedload(PrivacyRequest.customer))
    return list(db.session.scalars(waiting.options(*at_hand)))


def settled_requests(limit: int = 50) -> list[PrivacyRequest]:
    """Return the requests settled last."""
    done = select(PrivacyRequest).where(PrivacyRequest.done_at.is_not(None))
    newest = done.order_by(PrivacyRequest.done_at.desc()).limit(limit)
    return list(db.session.scalars(newest.options(joinedload(PrivacyRequest.brand))))


def request_or_missing(public_id: str) -> PrivacyRequest:
    """Return one request; refuse as missing."""
    found = db.session.scalar(select(PrivacyRequest).where(PrivacyRequest.public_id == public_id))
    if found is None:
        raise Missing(N_("There is no such request. The page “Privacy” lists all there are."))
    return found
