"""From the file to its start: say what the columns are, try it out, begin; or throw it away."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update

from surveys.brand.models import Brand
from surveys.customers.csv_table import RawRow
from surveys.customers.importing import ImportReport
from surveys.customers.queries import brand_for
from surveys.database import db
from surveys.errors import N_, Conflict
from surveys.imports.headings import check_mapping
from surveys.imports.models import ImportChunk, ImportRun
from surveys.imports.queries import chunk_ids, first_chunk, locked_run
from surveys.imports.uploading import packed, unpacked
from surveys.imports.values import Settings
from surveys.imports.working import stored
from surveys.staff.models import StaffMember

TRIED = 100


class StartedAlready(Conflict):
    """The import has begun; its columns stand."""

    phrase = N_("This import has been started already. What it does stands on its page.")


def change(run: ImportRun, mapping: Sequence[str | None], settings: Settings, brand: Brand | None) -> None:
    """Say which field each column goes to, how the file is written, and whose rows without a brand are.

    Raises UnusableMapping for fields that are unknown, doubled or missing, and StartedAlready.
    """
    if locked_run(run.id).state != "uploaded":
        raise StartedAlready()
    run.mapping, run.settings, run.brand = list(mapping), settings.kept(), brand
    check(run)


def check(run: ImportRun) -> None:
    """Raise Refusal when the columns do not make what was chosen, or nobody said whose they are."""
    check_mapping(run.kind, run.mapping, Settings(**run.settings).given)
    if run.kind != "suppressions" and "brand" not in run.mapping:
        brand_for(run.brand.key if run.brand else None)


def first_rows(run: ImportRun) -> list[RawRow]:
    """Return the first rows of the file that fit."""
    chunk = first_chunk(run)
    return unpacked(chunk.rows)[:TRIED] if chunk else []


def trial(run: ImportRun, rows: Sequence[RawRow], now: datetime) -> ImportReport:
    """Store rows and take them back; return what would come of them.

    Whoever calls this ends the transaction without a commit.
    """
    whole = db.session.begin_nested()
    try:
        return stored(run, rows, now)
    finally:
        whole.rollback()


def start(run: ImportRun, by: StaffMember | None, now: datetime) -> None:
    """Let the file be worked in the background; raises as `change` does."""
    if locked_run(run.id).state != "uploaded":
        raise StartedAlready()
    check(run)
    if run.kind == "purchases":
        gather(run)
    db.session.flush()
    waits = update(ImportChunk).where(ImportChunk.run_id == run.id).values(is_waiting=True)
    db.session.execute(waits, execution_options={"synchronize_session": False})
    run.state, run.started_at, run.started_by = "running", now, by
    if first_chunk(run) is None:
        run.state, run.finished_at = "done", now
    db.session.flush()


def gather(run: ImportRun) -> None:
    """Bring the rows of each purchase together in one chunk, that of its first row.

    A purchase is stored as a whole, and a chunk is what one transaction sees.
    """
    order = run.mapping.index("reference")
    brand = run.mapping.index("brand") if "brand" in run.mapping else None
    home: dict[tuple[str, str], int] = {}
    moved: dict[int, list[RawRow]] = {}
    for chunk_id in chunk_ids(run):
        chunk = db.session.get_one(ImportChunk, chunk_id)
        stay: list[RawRow] = []
        for row in unpacked(chunk.rows):
            name = (row.cells[order], row.cells[brand] if brand is not None else "")
            place = home.setdefault(name, chunk_id) if name[0] else chunk_id
            (stay if place == chunk_id else moved.setdefault(place, [])).append(row)
        if len(stay) < chunk.size:
            chunk.rows, chunk.size = packed(stay), len(stay)
            db.session.flush()
        db.session.expunge(chunk)
    for chunk_id, rows in moved.items():
        chunk = db.session.get_one(ImportChunk, chunk_id)
        chunk.rows, chunk.size = packed([*unpacked(chunk.rows), *rows]), chunk.size + len(rows)
    db.session.flush()


def discard(run: ImportRun) -> None:
    """Throw a file away that was never started; raises StartedAlready."""
    if locked_run(run.id).state != "uploaded":
        raise StartedAlready()
    db.session.delete(run)
    db.session.flush()
