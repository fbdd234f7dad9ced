"""Store what a file told: each record as a whole, the refused ones reported with their lines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from sqlalchemy.exc import IntegrityError

from surveys.brand.models import Brand
from surveys.customers.batches import Batch
from surveys.customers.csv_table import RefusedRow
from surveys.customers.looking_up import Fetched, Known
from surveys.customers.queries import brand_for
from surveys.customers.recording import ASKING, record_customer, record_purchase
from surveys.customers.records import CustomerRecord, PurchaseRecord
from surveys.customers.storing_many import write_new
from surveys.database import Base, db
from surveys.errors import Refusal

Record = TypeVar("Record")
Made = tuple[bool, Sequence[Base]]  # whether a record is new, and the rows that are


@dataclass
class ImportReport:
    """How many records were new, how many were known, and the rows that were refused.

    `made` holds the public ids of what came into being, by the name of its table.
    """

    created: int = 0
    updated: int = 0
    refused: list[RefusedRow] = field(default_factory=list)
    made: dict[str, list[str]] = field(default_factory=dict)

    def refuse(self, lines: Sequence[int], refusal: Refusal) -> None:
        """Add rows that were refused."""
        self.refused.extend(RefusedRow(line, refusal) for line in lines)

    def take(self, is_new: bool, rows: Sequence[Base]) -> None:
        """Count a record that was stored, and note the rows that came into being with it."""
        self.created += is_new
        self.updated += not is_new
        for row in rows:
            self.note(row, True)

    def note(self, row: Base, is_new: bool) -> None:
        """Add a row to `made` if it is new."""
        if is_new:
            self.made.setdefault(row.__tablename__, []).append(row.public_id)  # type: ignore[attr-defined]


def store_purchases(
    batches: Sequence[Batch[PurchaseRecord]], brand: str | None, now: datetime, report: ImportReport
) -> None:
    """Store purchases and add to `report`; `brand` is the key for those whose row names none.

    None means the only brand there is.
    """

    def record(whose: Brand, batch: Batch[PurchaseRecord], known: Known) -> Made:
        purchase, is_new = record_purchase(whose, batch.record, now, "import", known)
        rows = [purchase] if is_new else []
        return is_new, [*rows, purchase.customer] if purchase.customer.created_at == now else rows

    def fetch(whose: Brand, theirs: Sequence[Batch[PurchaseRecord]]) -> Fetched:
        orders = [batch.record for batch in theirs]
        return Fetched(whose, [order.customer for order in orders], orders)

    _store(batches, brand, report, record, fetch)


def store_customers(
    batches: Sequence[Batch[CustomerRecord]], brand: str | None, now: datetime, report: ImportReport
) -> None:
    """Store customers and add to `report`; see `store_purchases`."""

    def record(whose: Brand, batch: Batch[CustomerRecord], known: Known) -> Made:
        customer, is_new = record_customer(whose, batch.record, now, "import", known)
        return is_new, [customer] if is_new else []

    def fetch(whose: Brand, theirs: Sequence[Batch[CustomerRecord]]) -> Fetched:
        return Fetched(whose, [batch.record for batch in theirs])

    _store(batches, brand, report, record, fetch)


def _store(
    batches: Sequence[Batch[Record]],
    brand: str | None,
    report: ImportReport,
    record: Callable[[Brand, Batch[Record], Known], Made],
    fetch: Callable[[Brand, Sequence[Batch[Record]]], Fetched],
) -> None:
    """Store the batches of each brand at once; when somebody was quicker with one of them, one by one."""
    by_brand: dict[int, tuple[Brand, list[Batch[Record]]]] = {}
    for key in dict.fromkeys(batch.brand or brand for batch in batches):
        theirs = [batch for batch in batches if (batch.brand or brand) == key]
        try:
            whose = brand_for(key)
        except Refusal as refusal:
            for batch in theirs:
                report.refuse(batch.lines, refusal)
        else:
            by_brand.setdefault(whose.id, (whose, []))[1].extend(theirs)
    for whose, theirs in by_brand.values():
        try:
            with db.session.begin_nested(), db.session.no_autoflush:
                known = fetch(whose, theirs)
                done = _all(whose, theirs, known, record)
                write_new(known.fresh)
        except IntegrityError:
            done = [(batch, _alone(whose, batch, record)) for batch in theirs]
        for batch, outcome in done:
            if isinstance(outcome, Refusal):
                report.refuse(batch.lines, outcome)
            else:
                report.take(*outcome)


def _all(
    whose: Brand,
    batches: Sequence[Batch[Record]],
    known: Known,
    record: Callable[[Brand, Batch[Record], Known], Made],
) -> list[tuple[Batch[Record], Made | Refusal]]:
    """Record all batches; a refusal comes before anything of its batch is stored."""
    done: list[tuple[Batch[Record], Made | Refusal]] = []
    for batch in batches:
        try:
            done.append((batch, record(whose, batch, known)))
        except Refusal as refusal:
            done.append((batch, refusal))
    return done


def _alone(
    whose: Brand, batch: Batch[Record], record: Callable[[Brand, Batch[Record], Known], Made]
) -> Made | Refusal:
    """Record one batch within a savepoint of its own."""
    try:
        with db.session.begin_nested():
            return record(whose, batch, ASKING)
    except Refusal as refusal:
        return refusal
