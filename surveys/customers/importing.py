"""Store what a file told: each record as a whole, the refused ones reported with their lines."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from surveys.brand.models import Brand
from surveys.customers.batches import Batch
from surveys.customers.csv_table import RefusedRow
from surveys.customers.queries import brand_for
from surveys.customers.recording import record_customer, record_purchase
from surveys.customers.records import CustomerRecord, PurchaseRecord
from surveys.database import Base, db
from surveys.errors import Refusal

Record = TypeVar("Record")
Row = TypeVar("Row")


@dataclass
class ImportReport:
    """How many records were new, how many were known, and the rows that were refused.

    `made` holds the public ids of what came into being, by the name of its table.
    """

    created: int = 0
    updated: int = 0
    refused: list[RefusedRow] = field(default_factory=list)
    made: dict[str, list[str]] = field(default_factory=dict)

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
    for purchase, is_new in _stored(batches, brand, now, report, record_purchase):
        report.note(purchase, is_new)
        report.note(purchase.customer, purchase.customer.created_at == now)


def store_customers(
    batches: Sequence[Batch[CustomerRecord]], brand: str | None, now: datetime, report: ImportReport
) -> None:
    """Store customers and add to `report`; see `store_purchases`."""
    for customer, is_new in _stored(batches, brand, now, report, record_customer):
        report.note(customer, is_new)


def _stored(
    batches: Sequence[Batch[Record]],
    brand: str | None,
    now: datetime,
    report: ImportReport,
    record: Callable[[Brand, Record, datetime, str], tuple[Row, bool]],
) -> Iterator[tuple[Row, bool]]:
    """Record each batch within a savepoint of its own, so that none is stored in part; yield what is stored."""
    for batch in batches:
        try:
            with db.session.begin_nested():
                row, created = record(brand_for(batch.brand or brand), batch.record, now, "import")
        except Refusal as refusal:
            report.refused.extend(RefusedRow(line, str(refusal)) for line in batch.lines)
        else:
            report.created += created
            report.updated += not created
            yield row, created
