"""Rows of a CSV file made into purchases and customers, each with the lines it came from.

A purchase with several lines of items may stand in one row or in several rows with the same
reference. It is stored as a whole or not at all: when one of its rows is refused, so are the
others.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from pydantic import ValidationError

from surveys.customers.checks import checked, checked_customer
from surveys.customers.columns import ITEM, nested
from surveys.customers.csv_table import RefusedRow, TableRow
from surveys.customers.faults import told
from surveys.customers.records import CustomerRecord, PurchaseRecord, Unset
from surveys.customers.shapes import MOST_ITEMS, CustomerIn, PurchaseIn
from surveys.errors import N_, Refusal

Record = TypeVar("Record")
DIFFERS = N_("This differs from line %(line)s, which is the same purchase.")
MANY_ITEMS = N_("The purchase has more than %(most)s items.")
TORN = N_("This belongs to the purchase of line %(line)s, which was refused.")


@dataclass(frozen=True)
class Batch(Generic[Record]):
    """A record, the brand's key if the file names one, and the lines it came from."""

    record: Record
    brand: str | None
    lines: tuple[int, ...]


@dataclass(frozen=True)
class Batches(Generic[Record]):
    """What can be stored, and the rows that cannot."""

    good: list[Batch[Record]] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)


@dataclass
class Gathering:
    """The rows of one purchase while they are being collected."""

    first: TableRow
    records: list[PurchaseRecord] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)


def purchase_batches(rows: Iterable[TableRow]) -> Batches[PurchaseRecord]:
    """Return the purchases of the rows, in the order of their first rows."""
    gatherings: dict[tuple[str | None, str | None], Gathering] = {}
    for row in rows:
        # A row without a reference belongs to nobody else, and is refused for it below.
        name = (row.cells.get("brand"), row.cells.get("reference") or f"\n{row.line}")
        gathering = gatherings.setdefault(name, Gathering(row))
        gathering.lines.append(row.line)
        try:
            gathering.records.append(purchase_of(row, gathering.first))
        except (ValidationError, Refusal) as fault:
            gathering.refused.append(RefusedRow(row.line, told(fault, row.cells)))
    batches: Batches[PurchaseRecord] = Batches()
    for gathering in gatherings.values():
        close(gathering, batches)
    return batches


def purchase_of(row: TableRow, first: TableRow) -> PurchaseRecord:
    """Return the purchase of one row; what it leaves empty is taken from the purchase's first row."""
    own = {name: cell for name, cell in row.cells.items() if not ITEM.fullmatch(name)}
    common = {name: cell for name, cell in first.cells.items() if not ITEM.fullmatch(name)}
    for name, cell in own.items():
        if common.get(name) != cell:
            raise Refusal(DIFFERS, field=name, line=first.line)
    items = {name: cell for name, cell in row.cells.items() if ITEM.fullmatch(name)}
    return checked(PurchaseIn.model_validate(nested(common | items)).record())


def close(gathering: Gathering, batches: Batches[PurchaseRecord]) -> None:
    """Add a purchase whose rows are complete to what can be stored, or refuse all of its rows."""
    items = [
        each for record in gathering.records if not isinstance(record.items, Unset) for each in record.items
    ]
    if len(items) > MOST_ITEMS and not gathering.refused:
        gathering.refused.append(RefusedRow(gathering.lines[-1], Refusal(MANY_ITEMS, most=MOST_ITEMS)))
    if not gathering.refused:
        record = gathering.records[0]
        whole = replace(record, items=tuple(items)) if items else record
        batches.good.append(Batch(whole, gathering.first.cells.get("brand"), tuple(gathering.lines)))
        return
    batches.refused.extend(gathering.refused)
    bad = {row.line for row in gathering.refused}
    torn = Refusal(TORN, line=min(bad))
    batches.refused.extend(RefusedRow(line, torn) for line in gathering.lines if line not in bad)


def customer_batches(rows: Iterable[TableRow]) -> Batches[CustomerRecord]:
    """Return the customers of the rows, one for each."""
    batches: Batches[CustomerRecord] = Batches()
    for row in rows:
        cells = {name: cell for name, cell in row.cells.items() if name != "brand"}
        try:
            record = checked_customer(CustomerIn.model_validate(nested(cells)).record())
        except (ValidationError, Refusal) as fault:
            batches.refused.append(RefusedRow(row.line, told(fault, cells)))
        else:
            batches.good.append(Batch(record, row.cells.get("brand"), (row.line,)))
    return batches
