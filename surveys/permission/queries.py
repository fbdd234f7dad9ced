"""What is asked about permission: may this customer be written to now, and if not, why."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import joinedload

from surveys.brand.models import Brand
from surveys.customers.models import Customer, Objection, Purchase
from surveys.customers.permission import Standing, country_of, why_not
from surveys.database import db
from surveys.errors import N_, Missing
from surveys.permission.addresses import address_hash
from surveys.permission.models import AddressKey, Bounce, ConsentRequest, PermissionSource, Suppression

SUPPRESSED = {
    "bounce": "undeliverable",
    "complaint": "complained",
    "manual": "suppressed",
    "import": "suppressed",
}

AT_ONCE = 500
OBJECTS = or_(
    Customer.objected_at.is_not(None),
    exists().where(Objection.brand_id == Customer.brand_id, Objection.email == Customer.email),
)


class Verdict(NamedTuple):
    """What a customer's permission comes to: the `standing`, the declaration it rests on, what is missing."""

    standing: Standing
    declared: PermissionSource | None
    missing: str | None


def verdict_on(
    customer: Customer,
    purchase: Purchase | None = None,
    declared_by_brand: Sequence[PermissionSource] | None = None,
) -> Verdict:
    """Judge whether the customer may be asked, about `purchase` or at all; see `customers.permission`.

    `declared_by_brand` are the brand's `declarations` where they are at hand; None looks them up.
    """
    brand = customer.brand
    declared = covering(customer, purchase, declared_by_brand)
    basis = customer.basis or (declared.basis if declared else brand.default_basis)
    has_evidence = customer.basis_evidence is not None or (
        declared is not None and declared.basis == "existing_customer"
    )
    told = (customer.country, purchase.ship_country if purchase else None)
    country = country_of(told, (customer.time_zone, brand.time_zone))
    standing = Standing(basis, has_evidence, customer.basis_confirmed_at, country)
    return Verdict(standing, declared, why_not(standing, brand.strict_countries))


def covering(
    customer: Customer, purchase: Purchase | None, known: Sequence[PermissionSource] | None = None
) -> PermissionSource | None:
    """Return the declaration that covers the customer: of the way they came before that of every way.

    It must have held when they bought, or when the basis was told, or else when we first knew them.
    """
    moments = [m for m in (purchase and purchase.placed_at, customer.basis_at) if m] or [customer.created_at]
    declared = declarations(customer.brand_id) if known is None else known
    rows = [row for row in declared if row.source in (customer.source, "any")]
    held = [row for row in rows if any(holds(row, moment) for moment in moments)]
    return min(held, key=lambda row: (row.source == "any", -row.id), default=None)


def holds(row: PermissionSource, moment: datetime) -> bool:
    """Return whether the declaration covers what happened at `moment`."""
    return row.since <= moment and (row.until is None or moment < row.until)


def declarations(brand_id: int) -> Sequence[PermissionSource]:
    """Return a brand's declarations that were not withdrawn, the newest first."""
    wanted = select(PermissionSource).where(
        PermissionSource.brand_id == brand_id, PermissionSource.withdrawn_at.is_(None)
    )
    by = joinedload(PermissionSource.declared_by)
    return list(db.session.scalars(wanted.order_by(PermissionSource.id.desc()).options(by)))


def declaration_or_missing(brand: Brand, public_id: str) -> PermissionSource:
    """Return one of the brand's own declarations; refuse as missing."""
    own = (PermissionSource.brand_id == brand.id, PermissionSource.public_id == public_id)
    row = db.session.scalar(select(PermissionSource).where(*own))
    if row is None:
        raise Missing()
    return row


def bars_on(customer: Customer) -> tuple[bool, str | None]:
    """Return `is_objected` and `suppressed_because` of a customer in one look, where there is no entry."""
    has_objected = customer.objected_at is not None
    if customer.email is None:
        return has_objected, None
    objection = exists().where(Objection.brand_id == customer.brand_id, Objection.email == customer.email)
    objected, key = db.session.execute(select(objection, select(AddressKey.key).scalar_subquery())).one()
    row = None if key is None else suppressed_as(address_hash(key, customer.email), customer.brand_id)
    return has_objected or objected, None if row is None else SUPPRESSED[row.reason]


def barred_among(customers: Sequence[Customer]) -> dict[int, str]:
    """Return why these customers are not to be written to, a reason of invitations, by their id: `bars_on` of many.

    Whoever has nothing against it is left out.
    """
    key = db.session.scalar(select(AddressKey.key))
    digests = {each.id: address_hash(key, each.email) for each in customers if key and each.email}
    listed = _listed_among(sorted({*digests.values()}))
    found: dict[int, str] = {}
    for each in customers:
        entries = listed.get(digests.get(each.id, ""), ())
        reason = next((why for brand_id, why in entries if brand_id in (None, each.brand_id)), None)
        if reason is not None:
            found[each.id] = SUPPRESSED[reason]
    ids = [each.id for each in customers]
    for start in range(0, len(ids), AT_ONCE):
        some = select(Customer.id).where(Customer.id.in_(ids[start : start + AT_ONCE]), OBJECTS)
        found |= dict.fromkeys(db.session.scalars(some), "objected")
    return found


def _listed_among(digests: Sequence[str]) -> dict[str, list[tuple[int | None, str]]]:
    """Return the living entries of these addresses by their hash, the first ones first: brand (None: every) and reason.

    The list may be long and those asked about few, so that only their addresses are looked up.
    """
    found: dict[str, list[tuple[int | None, str]]] = {}
    columns = (Suppression.address_hash, Suppression.brand_id, Suppression.reason)
    for start in range(0, len(digests), AT_ONCE):
        some = Suppression.address_hash.in_(digests[start : start + AT_ONCE])
        living = select(*columns).where(Suppression.released_at.is_(None), some).order_by(Suppression.id)
        for digest, brand_id, reason in db.session.execute(living).tuples():
            found.setdefault(digest, []).append((brand_id, reason))
    return found


def is_objected(customer: Customer) -> bool:
    """Return whether the customer, or anybody of the brand with the same address, objected to being asked."""
    return bars_on(customer)[0]


def suppressed_because(customer: Customer) -> str | None:
    """Return why nobody writes to the customer's address, as a reason of invitations; None when somebody may."""
    return bars_on(customer)[1]


def suppression_of(address: str, brand_id: int | None) -> Suppression | None:
    """Return the living entry that keeps the brand from writing to `address`; None: any brand's."""
    digest = hash_of(address)
    return None if digest is None else suppressed_as(digest, brand_id)


def suppressed_as(digest: str, brand_id: int | None) -> Suppression | None:
    """Return the same for an address by its hash."""
    living = [Suppression.address_hash == digest, Suppression.released_at.is_(None)]
    if brand_id is not None:
        living.append(or_(Suppression.brand_id.is_(None), Suppression.brand_id == brand_id))
    return db.session.scalar(select(Suppression).where(*living).order_by(Suppression.id).limit(1))


def living_suppressions(brand_id: int) -> dict[str, str]:
    """Return why nobody writes to which addresses of a brand, by their hashes."""
    concerned = or_(Suppression.brand_id.is_(None), Suppression.brand_id == brand_id)
    living = select(Suppression.address_hash, Suppression.reason).where(
        Suppression.released_at.is_(None), concerned
    )
    return dict(db.session.execute(living).tuples().all())


def living_entry(digest: str, brand_id: int | None) -> Suppression | None:
    """Return the living entry for exactly this scope: one brand, or None for every brand."""
    scope = Suppression.brand_id.is_(None) if brand_id is None else Suppression.brand_id == brand_id
    same = (Suppression.address_hash == digest, Suppression.released_at.is_(None), scope)
    return db.session.scalar(select(Suppression).where(*same))


def hash_of(address: str) -> str | None:
    """Return the keyed hash of an address; None while no address was ever hashed here."""
    row = db.session.get(AddressKey, 1)
    return None if row is None else address_hash(row.key, address)


def suppressions(
    limit: int, *, address: str | None = None, before: str | None = None, released: bool = False
) -> list[Suppression]:
    """Return entries of the list, the newest first, of one address if one is named.

    `before` is the public id of the last one on the page before.
    """
    wanted = select(Suppression).options(
        joinedload(Suppression.brand), joinedload(Suppression.added_by), joinedload(Suppression.released_by)
    )
    if not released:
        wanted = wanted.where(Suppression.released_at.is_(None))
    if address:
        wanted = wanted.where(Suppression.address_hash == (hash_of(address) or ""))
    if before:
        last = select(Suppression.id).where(Suppression.public_id == before).scalar_subquery()
        wanted = wanted.where(Suppression.id < last)
    return list(db.session.scalars(wanted.order_by(Suppression.id.desc()).limit(limit)))


def suppression_or_missing(public_id: str) -> Suppression:
    """Return one entry of the list; refuse as missing."""
    row = db.session.scalar(select(Suppression).where(Suppression.public_id == public_id))
    if row is None:
        raise Missing(N_("There is no such entry in the list; it may have been released and deleted."))
    return row


def bounce_counts(digest: str, brand_id: int | None) -> dict[str, int]:
    """Return how often mail to an address came back, by kind, since the address was last released.

    With a brand, what only its shop has told counts too; without one, it does not.
    """
    entries = Suppression.brand_id.is_(None) | (Suppression.brand_id == brand_id)
    released = select(func.max(Suppression.released_at)).where(Suppression.address_hash == digest, entries)
    since = db.session.scalar(released)
    told = Bounce.brand_id.is_(None) | (Bounce.brand_id == brand_id)
    wanted = select(Bounce.kind, func.count()).where(Bounce.address_hash == digest, told)
    wanted = wanted.group_by(Bounce.kind)
    if since is not None:
        wanted = wanted.where(Bounce.at > since)
    return dict(db.session.execute(wanted).tuples().all())


def customers_at(address: str, brand_id: int | None) -> list[Customer]:
    """Return the customers with this address, of one brand or of all."""
    wanted = select(Customer).where(Customer.email == address.strip().lower())
    if brand_id is not None:
        wanted = wanted.where(Customer.brand_id == brand_id)
    return list(db.session.scalars(wanted))


def last_request(customer: Customer) -> ConsentRequest | None:
    """Return the newest request to confirm that was made for the customer, or None."""
    theirs = select(ConsentRequest).where(ConsentRequest.customer_id == customer.id)
    return db.session.scalar(theirs.order_by(ConsentRequest.id.desc()).limit(1))


def due_requests(now: datetime) -> int:
    """Return how many mails that ask to confirm are due."""
    due = ConsentRequest.due_at <= now
    return db.session.scalar(select(func.count()).select_from(ConsentRequest).where(due)) or 0


def request_or_missing(public_id: str | None, *, locked: bool = False) -> ConsentRequest:
    """Return one request to confirm, locked for a change if wanted; refuse as missing, also for None."""
    wanted = select(ConsentRequest).where(ConsentRequest.public_id == public_id)
    row = db.session.scalar(wanted.with_for_update() if locked else wanted)
    if row is None:
        raise Missing()
    return row
