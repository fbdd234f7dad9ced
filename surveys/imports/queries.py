"""What is asked about imports: the runs, the chunks that wait, the rows that were refused."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, exists, func, select
from sqlalchemy.orm import joinedload

from surveys.database import db
from surveys.errors import N_, Missing
from surveys.imports.error_file import ErrorRow
from surveys.imports.models import ImportChunk, ImportRowError, ImportRun
from surveys.imports.reasons import naming_of, said
from surveys.responses.models import Response
from surveys.work import SetAside, not_set_aside

JOB = "work-imports"
SHOWN_ERRORS = 50


def latest_runs(limit: int = 50) -> list[ImportRun]:
    """Return the imports, the last uploaded first."""
    newest = select(ImportRun).order_by(ImportRun.id.desc()).limit(limit)
    return list(db.session.scalars(newest.options(joinedload(ImportRun.started_by))))


def run_or_missing(public_id: str) -> ImportRun:
    """Return one import; refuse as missing."""
    run = db.session.scalar(select(ImportRun).where(ImportRun.public_id == public_id))
    if run is None:
        raise Missing(
            N_("There is no such import. It may have been discarded; the list shows those there are.")
        )
    return run


def locked_run(run_id: int) -> ImportRun:
    """Return the import with its row locked until the transaction ends, fresh from the database."""
    wanted = select(ImportRun).where(ImportRun.id == run_id).with_for_update()
    return db.session.scalars(wanted.execution_options(populate_existing=True)).one()


def first_chunk(run: ImportRun) -> ImportChunk | None:
    """Return the run's first rows, None when no row of its file fits."""
    return db.session.scalar(
        select(ImportChunk).where(ImportChunk.run_id == run.id).order_by(ImportChunk.id).limit(1)
    )


def chunk_ids(run: ImportRun) -> list[int]:
    """Return the ids of the run's chunks in the order of its rows."""
    return list(
        db.session.scalars(
            select(ImportChunk.id).where(ImportChunk.run_id == run.id).order_by(ImportChunk.id)
        )
    )


def waiting_chunks(limit: int, run_id: int | None = None) -> list[int]:
    """Return ids of chunks that wait, of one run or of all: the first rows first, to be undone the last."""
    wanted = select(ImportChunk.id).join(ImportChunk.run).where(ImportChunk.is_waiting)
    if run_id is not None:
        wanted = wanted.where(ImportChunk.run_id == run_id)
    place = case((ImportRun.state == "undoing", -ImportChunk.id), else_=ImportChunk.id)
    in_order = wanted.where(not_set_aside(JOB, ImportChunk.id)).order_by(ImportChunk.run_id, place)
    return list(db.session.scalars(in_order.limit(limit)))


def left_to_do(run_id: int) -> int:
    """Count the rows of a run that wait to be worked or undone."""
    waiting = select(func.sum(ImportChunk.size)).where(ImportChunk.run_id == run_id, ImportChunk.is_waiting)
    return db.session.scalar(waiting) or 0


def backlog(_now: datetime) -> int:
    """Count the chunks of all imports that wait."""
    return db.session.scalar(select(func.count()).select_from(ImportChunk).where(ImportChunk.is_waiting)) or 0


class Comments(NamedTuple):
    """How many comments an import brought, and how many of them have been read."""

    all: int
    read: int


def comments_of(run: ImportRun) -> Comments:
    """Count the comments among the responses that the run made, and those that have been read."""
    if db.engine.dialect.name == "postgresql":
        told = func.json_array_elements_text(ImportChunk.made["response"])
        made: ColumnElement[Any] = told.column_valued("made_id", joins_implicitly=True)
    else:
        each = func.json_each(ImportChunk.made, "$.response")
        made = each.table_valued("value", joins_implicitly=True).c.value
    is_read = and_(Response.comment.is_not(None), Response.analysed_at.is_not(None))
    ids = select(made).select_from(ImportChunk).where(ImportChunk.run_id == run.id)
    counted = select(func.count(Response.comment), func.count(case((is_read, 1))))
    row = db.session.execute(counted.where(Response.public_id.in_(ids))).one()
    return Comments(*row)


def stuck_chunks(run: ImportRun) -> int:
    """Count the run's chunks whose work failed; they are tried again by themselves."""
    failed = exists().where(SetAside.job == JOB, SetAside.row_id == ImportChunk.id)
    stuck = select(func.count()).select_from(ImportChunk).where(ImportChunk.run_id == run.id, failed)
    return db.session.scalar(stuck.where(ImportChunk.is_waiting)) or 0


def error_rows(run: ImportRun, limit: int | None = None) -> Iterator[ErrorRow]:
    """Yield the run's refused rows by their lines, a few at a time, with why in the reader's words."""
    columns = (ImportRowError.line, ImportRowError.faults, ImportRowError.cells)
    naming = naming_of(run.kind, run.columns, run.mapping)
    rows = select(*columns).where(ImportRowError.run_id == run.id)
    in_order = rows.order_by(ImportRowError.line, ImportRowError.id).limit(limit)
    for row in db.session.execute(in_order.execution_options(yield_per=500)):
        yield ErrorRow(row.line, said(row.faults, naming), row.cells)


def errors_of(run: ImportRun, limit: int = SHOWN_ERRORS) -> list[ErrorRow]:
    """Return the run's first refused rows by their lines."""
    return list(error_rows(run, limit))
