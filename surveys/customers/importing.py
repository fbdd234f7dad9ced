"""Store what a file told: each record as a whole, the refused ones reported with their lines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from surveys.brand.models import Brand
from surveys.customers.batches import Batch
from surveys.customers.csv_table import RefusedRow
from surveys.customers.queries import brand_for
from surveys.customers.recording import record_customer, record_purchase
from surveys.customers.records import CustomerRecord, PurchaseRecord
from surveys.database import db
from surveys.errors import Refusal

Record = TypeVar("Record")


@dataclass
class ImportReport:
    """How many records were new, how many were known, and the rows that were refused."""

    created: int = 0
    updated: int = 0
    refused: list[RefusedRow] = field(default_factory=list)


def store_purchases(
    batches: Sequence[Batch[PurchaseRecord]], brand: str | None, now: datetime, report: ImportReport
) -> None:
    """Store purchases and add to `report`; `brand` is the key for those whose row names none.

    None means the only brand there is.
    """
    _store(batches, brand, now, report, record_purchase)


def store_customers(
    batches: Sequence[Batch[CustomerRecord]], brand: str | None, now: datetime, report: ImportReport
) -> None:
    """Store customers and add to `report`; see `store_purchases`."""
    _store(batches, brand, now, report, record_customer)


def _store(
    batches: Sequence[Batch[Record]],
    brand: str | None,
    now: datetime,
    report: ImportReport,
    record: Callable[[Brand, Record, datetime, str], tuple[object, bool]],
) -> None:
    """Record each batch within a savepoint of its own, so that none is stored in part."""
    for batch in batches:
        try:
            with db.session.begin_nested():
                _, created = record(brand_for(batch.brand or brand), batch.record, now, "import")
        except Refusal as refusal:
            report.refused.extend(RefusedRow(line, str(refusal)) for line in batch.lines)
        else:
            report.created += created
            report.updated += not created
