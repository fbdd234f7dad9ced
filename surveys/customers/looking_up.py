"""How recording finds what is known already: one by one in the database, or all of a file's chunk at once.

Both ways lead through the same rules in `recording`; only the number of questions differs.
"""

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload, selectinload

from surveys.brand.models import Brand
from surveys.customers.checks import checked
from surveys.customers.models import Customer, Objection, Purchase
from surveys.customers.queries import customer_known_as, objection_of, purchase_to_change
from surveys.customers.records import CustomerRecord, PurchaseRecord
from surveys.database import db

Found = TypeVar("Found", Customer, Purchase)


def names(record: CustomerRecord) -> tuple[str | None, str | None]:
    """Return the reference and the address of the record, None where it has none."""
    reference, email = record.reference, record.email
    return reference if isinstance(reference, str) else None, email if isinstance(email, str) else None


class Known(Protocol):
    """What recording asks, and how it stores what nobody knew."""

    def checked(self, record: PurchaseRecord) -> PurchaseRecord:
        """Return the record in one spelling; raise Refusal for what cannot be true."""

    def customer(self, brand: Brand, record: CustomerRecord) -> Customer | None:
        """Return the customer that the record names, by reference, else by address alone."""

    def purchase(self, brand: Brand, reference: str) -> Purchase | None:
        """Return the purchase with its row locked until the transaction ends, or None."""

    def objection(self, brand: Brand, email: str) -> Objection | None:
        """Return the objection made to the brand for an address."""

    def add(self, make: Callable[[], Found], find: Callable[[], Found | None]) -> tuple[Found, bool]:
        """Store what `make` makes, or return what `find` finds when another was quicker; and whether it is new."""

    def settle(self) -> None:
        """Write to the database what was changed, if that does not wait for the end."""


class OneByOne:
    """Ask the database each time and store at once: for a purchase that comes alone."""

    def checked(self, record: PurchaseRecord) -> PurchaseRecord:
        """Check it."""
        return checked(record)

    def customer(self, brand: Brand, record: CustomerRecord) -> Customer | None:
        """Ask for the customer."""
        return customer_known_as(brand, *names(record))

    def purchase(self, brand: Brand, reference: str) -> Purchase | None:
        """Ask for the purchase."""
        return purchase_to_change(brand, reference)

    def objection(self, brand: Brand, email: str) -> Objection | None:
        """Ask for the objection."""
        return objection_of(brand.id, email)

    def add(self, make: Callable[[], Found], find: Callable[[], Found | None]) -> tuple[Found, bool]:
        """Store at once, within a savepoint: two processes meet at the UNIQUE constraint."""
        try:
            with db.session.begin_nested():
                thing = make()
                db.session.add(thing)
                db.session.flush()
            return thing, True
        except IntegrityError:
            found = find()
            if found is None:
                raise
            return found, False

    def settle(self) -> None:
        """Write at once."""
        db.session.flush()


class Fetched:
    """Ask for everything that some records of one brand name at once, and store all of it at the end.

    Whoever uses it flushes within a savepoint. An IntegrityError there means that another process
    was quicker; then the records are stored one by one.
    """

    def __init__(
        self, brand: Brand, told: Iterable[CustomerRecord], purchases: Iterable[PurchaseRecord] = ()
    ):
        named = [names(record) for record in told]
        references = {reference for reference, _ in named if reference is not None}
        emails = {email for _, email in named if email is not None}
        orders = [record.reference for record in purchases]
        self.fresh: list[Customer | Purchase] = []
        self.customers: dict[tuple[str, str | None], Customer] = {}
        self.purchases = {row.reference: row for row in locked_purchases(brand, orders)}
        for row in customers_named(brand, references, emails):
            self.keep(row)
        emails |= {row.email for row in self.customers.values() if row.email is not None}
        self.objections = {row.email: row for row in objections_of(brand, emails)}

    def checked(self, record: PurchaseRecord) -> PurchaseRecord:
        """Return it as it is: the records of a file were checked when it was read."""
        return record

    def customer(self, brand: Brand, record: CustomerRecord) -> Customer | None:
        """Look among those that were fetched or made since."""
        reference, email = names(record)
        return self.customers.get(("reference", reference) if reference is not None else ("email", email))

    def purchase(self, brand: Brand, reference: str) -> Purchase | None:
        """Look among those that were fetched or made since."""
        return self.purchases.get(reference)

    def objection(self, brand: Brand, email: str) -> Objection | None:
        """Look among those that were fetched."""
        return self.objections.get(email)

    def add(self, make: Callable[[], Found], find: Callable[[], Found | None]) -> tuple[Found, bool]:
        """Keep it for the end."""
        thing = make()
        self.fresh.append(thing)
        self.keep(thing)
        return thing, True

    def keep(self, thing: Customer | Purchase) -> None:
        """Note what is known from now on."""
        if isinstance(thing, Purchase):
            self.purchases[thing.reference] = thing
        elif thing.reference is not None:
            self.customers["reference", thing.reference] = thing
        else:
            self.customers["email", thing.email] = thing

    def settle(self) -> None:
        """Wait for the end."""


def locked_purchases(brand: Brand, references: list[str]) -> list[Purchase]:
    """Return the brand's purchases with these references, with items and customers, locked."""
    same = (Purchase.brand_id == brand.id, Purchase.reference.in_(references))
    whole = (joinedload(Purchase.customer, innerjoin=True), selectinload(Purchase.items))
    rows = select(Purchase).where(*same).order_by(Purchase.id).options(*whole).with_for_update(of=Purchase)
    return list(db.session.scalars(rows))


def customers_named(brand: Brand, references: Iterable[str], emails: Iterable[str]) -> list[Customer]:
    """Return the brand's customers with these references, and those known by these addresses alone."""
    own = Customer.brand_id == brand.id
    named = select(Customer).where(own, Customer.reference.in_(list(references)))
    alone = select(Customer).where(own, Customer.reference.is_(None), Customer.email.in_(list(emails)))
    return [*db.session.scalars(named), *db.session.scalars(alone)]


def objections_of(brand: Brand, emails: Iterable[str]) -> list[Objection]:
    """Return the objections made to a brand for these addresses."""
    same = (Objection.brand_id == brand.id, Objection.email.in_(list(emails)))
    return list(db.session.scalars(select(Objection).where(*same)))
