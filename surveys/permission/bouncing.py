"""Note that a mail came back or was reported as unwanted, and stop writing when that is enough."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from surveys.brand.models import Brand
from surveys.customers.consenting import note
from surveys.customers.opting_out import object_to_asking
from surveys.database import db
from surveys.permission.addresses import masked
from surveys.permission.bounces import COMPLAINT, code_in, is_enough, kind_of
from surveys.permission.models import Bounce, Suppression
from surveys.permission.queries import bounce_counts, customers_at
from surveys.permission.suppressing import hash_to_keep, suppress

LONGEST_SAID = 500


@dataclass(frozen=True)
class Fate:
    """What became of a mail: who it was for, the status and the words of the server.

    `told_by` is mail, hook or smtp; `key` makes the same report twice one, None never does. What the
    shop of a `brand` tells touches that brand only; None stands for our own mail server and mailbox,
    whose word holds for every brand.
    """

    address: str
    status: str | None
    said: str
    told_by: str
    key: str | None = None
    brand: Brand | None = None

    @property
    def brand_id(self) -> int | None:
        """The id of the brand it is about, None for every brand."""
        return self.brand.id if self.brand else None


def record_bounce(fate: Fate, now: datetime) -> tuple[Bounce, Suppression | None]:
    """Note a mail that came back; return the note and the entry on the list, None while it is not enough.

    Customers with the address get a line in their history. Raises Refusal for what is no address.
    """
    code = code_in(fate.status, fate.said)
    return _record(fate, kind_of(code, fate.said), code, now)


def record_complaint(fate: Fate, now: datetime) -> tuple[Bounce, Suppression | None]:
    """Note that somebody reported our mail as unwanted: the address goes on the list and objects."""
    bounce, entry = _record(fate, COMPLAINT, None, now)
    for customer in customers_at(fate.address, fate.brand_id):
        object_to_asking(customer, "mail", now)
    return bounce, entry


def _record(fate: Fate, kind: str, code: str | None, now: datetime) -> tuple[Bounce, Suppression | None]:
    """Add the note unless it is there, and put the address on the list when there are enough of them."""
    known = fate.key and db.session.scalar(select(Bounce).where(Bounce.key == fate.key))
    if known:
        return known, None
    digest = hash_to_keep(fate.address)
    bounce = Bounce(
        brand_id=fate.brand_id,
        address_hash=digest,
        masked=masked(fate.address),
        kind=kind,
        code=code,
        said=" ".join(fate.said.split())[:LONGEST_SAID] or None,
        told_by=fate.told_by,
        key=fate.key,
        at=now,
    )
    db.session.add(bounce)
    db.session.flush()
    said_as = "complained" if kind == COMPLAINT else "bounced"
    for customer in customers_at(fate.address, fate.brand_id):
        note(customer, said_as, fate.told_by, now, evidence={"code": code, "said": bounce.said})
    reason = is_enough(bounce_counts(digest, fate.brand_id))
    if reason is None:
        return bounce, None
    entry, _ = suppress(fate.address, reason, now, brand=fate.brand, code=code, source=fate.told_by)
    return bounce, entry
