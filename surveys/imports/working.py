"""Work an import in small transactions: what was worked is never worked again, whoever was killed.

The run's row is locked while a chunk of it is worked, so two workers never meet in one file.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from surveys.brand.models import Brand
from surveys.brand.queries import all_brands
from surveys.customers.batches import Batch, Batches, customer_batches, purchase_batches
from surveys.customers.csv_table import RawRow, RefusedRow, TableRow
from surveys.customers.importing import ImportReport, store_customers, store_purchases
from surveys.database import db
from surveys.errors import Refusal, SeveralRefusals, together
from surveys.imports.models import ImportChunk, ImportRowError, ImportRun
from surveys.imports.queries import JOB, left_to_do, locked_run, waiting_chunks
from surveys.imports.reasons import kept
from surveys.imports.undoing import undo_chunk
from surveys.imports.uploading import unpacked
from surveys.imports.values import Settings, kind_of, read_cells
from surveys.permission.suppressing import suppress
from surveys.responses.importing import store_responses
from surveys.responses.rows import response_batches
from surveys.work import one_by_one

STAND_INS = {"moment": "2000-01-01T00:00:00Z", "amount": "0"}
Store = Callable[[Sequence[Batch[Any]], str | None, datetime, ImportReport], None]


class Way(NamedTuple):
    """How rows of one kind become records, and how these are stored."""

    batches_of: Callable[[Iterable[TableRow]], Batches[Any]]
    store: Store


def address_batches(rows: Iterable[TableRow]) -> Batches[str]:
    """Return the addresses of the rows that have one."""
    batches: Batches[str] = Batches()
    batches.good.extend(
        Batch(row.cells["address"], None, (row.line,)) for row in rows if "address" in row.cells
    )
    return batches


def store_suppressions(
    batches: Sequence[Batch[str]], brand: str | None, now: datetime, report: ImportReport
) -> None:
    """Put addresses on the list of those nobody writes to; `brand` None means every brand."""
    only = brand_with(brand)
    for batch in batches:
        try:
            entry, is_new = suppress(batch.record, "import", now, brand=only, source="import")
        except Refusal as refusal:
            report.refuse(batch.lines, refusal)
        else:
            report.created += is_new
            report.updated += not is_new
            report.note(entry, is_new)


def brand_with(key: str | None) -> Brand | None:
    """Return the brand with this key, None for none."""
    return next((brand for brand in all_brands() if brand.key == key), None)


WAYS = {
    "purchases": Way(purchase_batches, store_purchases),
    "customers": Way(customer_batches, store_customers),
    "suppressions": Way(address_batches, store_suppressions),
    "responses": Way(response_batches, store_responses),
}


def work_imports(now: datetime, limit: int) -> int:
    """Work up to `limit` chunks of imports; return how many. Commits each by itself."""
    return one_by_one(JOB, waiting_chunks(limit), lambda chunk_id: work_chunk(chunk_id, now))


def work_chunk(chunk_id: int, now: datetime) -> None:
    """Store the rows of one chunk, or undo them; the last one finishes the run."""
    chunk = db.session.get(ImportChunk, chunk_id)
    if chunk is None:
        return  # The run was discarded in the meantime.
    run = locked_run(chunk.run_id)
    db.session.refresh(chunk)
    if not chunk.is_waiting:
        return  # Another worker was quicker.
    if run.state == "undoing":
        undo_chunk(run, chunk, now)
    else:
        store_chunk(run, chunk, now)
    chunk.is_waiting = False
    db.session.flush()
    if left_to_do(run.id) == 0:
        run.state, run.finished_at = ("undone", run.finished_at) if run.state == "undoing" else ("done", now)


def store_chunk(run: ImportRun, chunk: ImportChunk, now: datetime) -> None:
    """Store the rows of one chunk and note what came of them; its rows are forgotten."""
    rows = unpacked(chunk.rows)
    report = stored(run, rows, now)
    run.created += report.created
    run.updated += report.updated
    run.refused += len(report.refused)
    cells = {row.line: row.cells for row in rows}
    for refused in report.refused:
        faults = kept(refused.refusal)
        db.session.add(
            ImportRowError(run_id=run.id, line=refused.line, faults=faults, cells=cells[refused.line])
        )
    chunk.made = {table: list(dict.fromkeys(ids)) for table, ids in report.made.items()}
    chunk.rows = ""


def stored(run: ImportRun, rows: Sequence[RawRow], now: datetime) -> ImportReport:
    """Store rows of a run as its mapping and settings say; return what came of them."""
    way, settings = WAYS[run.kind], Settings(**run.settings)
    told, report = [], ImportReport()
    for row in rows:
        cells, faults = read_cells(row.cells, run.mapping, settings)
        if faults:
            report.refused.append(refused_with_the_rest(way, TableRow(row.line, cells), faults))
        else:
            told.append(TableRow(row.line, cells))
    batches = way.batches_of(told)
    report.refused.extend(batches.refused)
    way.store(batches.good, run.brand.key if run.brand else None, now, report)
    return report


def refused_with_the_rest(way: Way, row: TableRow, faults: list[Refusal]) -> RefusedRow:
    """Return a row with cells that cannot be read, refused for them and for what else stands wrongly in it.

    In the place of these cells stands what fits, so that the others are looked at. What is missing is
    not told: another row of the same purchase may have it.
    """
    stand_ins = {fault.field: STAND_INS[kind_of(fault.field)] for fault in faults if fault.field}
    whole = TableRow(row.line, row.cells | stand_ins)
    rest = [each for refused in way.batches_of([whole]).refused for each in alone(refused.refusal)]
    return RefusedRow(row.line, together([*faults, *(each for each in rest if each.field in row.cells)]))


def alone(refusal: Refusal) -> list[Refusal]:
    """Return the refusals of one field each."""
    return refusal.refusals if isinstance(refusal, SeveralRefusals) else [refusal]
