"""Keep the list of addresses nobody here writes to; it beats every basis and every later import."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from surveys.brand.models import Brand
from surveys.channels.addresses import checked_email
from surveys.customers.consenting import note
from surveys.database import db
from surveys.errors import N_, Conflict, Refusal
from surveys.masking import quoted
from surveys.permission.addresses import address_hash, addresses_in, masked
from surveys.permission.models import AddressKey, Suppression
from surveys.permission.queries import customers_at, hash_of, living_entry
from surveys.staff.models import StaffMember

LONGEST_LIST = 100_000


@dataclass
class ListReport:
    """How many addresses of a file are new on the list, were on it, and which lines hold none."""

    added: int = 0
    known: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


def hash_to_keep(address: str) -> str:
    """Return the keyed hash of an address, making the key the first time."""
    found = hash_of(address)
    if found is not None:
        return found
    try:
        with db.session.begin_nested():
            db.session.add(AddressKey(id=1, key=secrets.token_hex(32)))
            db.session.flush()
    except IntegrityError:
        pass  # Another process made the key at the same moment; theirs is read below.
    return address_hash(db.session.get_one(AddressKey, 1).key, address)


def suppress(
    address: str,
    reason: str,
    now: datetime,
    *,
    brand: Brand | None = None,
    code: str | None = None,
    by: StaffMember | None = None,
    source: str = "staff",
) -> tuple[Suppression, bool]:
    """Put the address on the list, of one brand or of all; return the entry and whether it is new.

    `reason` is bounce, complaint, manual or import; `source` is how we learnt of it. The customers
    with this address get a line in their history. Raises Refusal for what is no address.
    """
    address = checked_email(address, "address")
    digest = hash_to_keep(address)
    brand_id = brand.id if brand else None
    known = living_entry(digest, brand_id)
    if known is not None:
        return known, False
    values = {"brand": brand, "reason": reason, "code": code, "at": now, "added_by": by}
    row = Suppression(address_hash=digest, masked=masked(address), **values)
    try:
        with db.session.begin_nested():
            db.session.add(row)
            db.session.flush()
    except IntegrityError:
        known = living_entry(digest, brand_id)
        if known is None:
            raise
        return known, False
    for customer in customers_at(address, brand_id):
        note(customer, "suppressed", source, now, evidence={"reason": reason, "code": code}, by=by)
    db.session.flush()
    return row, True


def suppress_list(
    text: str, reason: str, now: datetime, *, brand: Brand | None = None, by: StaffMember | None = None
) -> ListReport:
    """Put every address of a list (one on each line) on the list; lines without one are reported.

    Raises Refusal for more than 100,000 lines, before anything is stored.
    """
    lines = list(addresses_in(text))
    if len(lines) > LONGEST_LIST:
        raise Refusal(
            N_("The list has more than %(most)s lines; split it into several files."),
            field="file",
            most=LONGEST_LIST,
        )
    report = ListReport()
    for line in lines:
        try:
            _, is_new = suppress(line.address, reason, now, brand=brand, by=by, source="import")
        except Refusal:
            report.refused.append((line.number, quoted(line.address, 60)))
        else:
            report.added += is_new
            report.known += not is_new
    return report


def release(entry: Suppression, address: str, by: StaffMember, now: datetime) -> None:
    """Take the entry off the list; the address must be typed, because only its hash is kept.

    Raises Refusal when it is another address, Conflict when the entry was released before.
    """
    if entry.released_at is not None:
        raise Conflict(N_("This address was taken off the list before."))
    if hash_of(address) != entry.address_hash:
        raise Refusal(
            N_("This is not the address of the entry; type the whole address that it was made for."),
            field="address",
        )
    entry.released_at, entry.released_by = now, by
    for customer in customers_at(address, entry.brand_id):
        note(customer, "released", "staff", now, evidence={"reason": entry.reason}, by=by)
    db.session.flush()
