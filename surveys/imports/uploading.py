"""Take a file in: read it as a whole, keep its rows, suggest what its columns are. Nothing is stored of it yet."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain, islice

from surveys.brand.models import Brand
from surveys.customers.csv_table import MOST_BYTES, RawRow, RawTable, UnreadableTable, read_csv
from surveys.database import db
from surveys.errors import N_
from surveys.imports.headings import field_of, suggested
from surveys.imports.models import ImportChunk, ImportRowError, ImportRun
from surveys.imports.reasons import kept
from surveys.imports.spreadsheet import is_workbook, read_xlsx
from surveys.imports.values import guessed
from surveys.masking import quoted

CHUNK = 500  # Rows in one transaction: others who write wait for about half a second.
SAMPLE = 100


def packed(rows: Iterable[RawRow]) -> str:
    """Return rows as one text, to be kept until they are worked."""
    return json.dumps([[row.line, row.cells] for row in rows], ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str) -> list[RawRow]:
    """Return the rows that were `packed`."""
    return [RawRow(line, cells) for line, cells in json.loads(text)]


class ReadFile:
    """A file that was read: its columns, its good rows in chunks, and those that do not fit."""

    def __init__(self, table: RawTable):
        self.columns = list(table.columns)
        self.encoding = table.encoding
        self.unfit: list[RawRow] = []
        self.chunks = list(self.packing(table.rows))
        self.size = sum(size for size, _ in self.chunks) + len(self.unfit)

    def packing(self, rows: Iterable[RawRow]) -> Iterator[tuple[int, str]]:
        """Yield the rows that fit as chunks, each with its size; packed, because cells take ten times the room."""
        fitting = filter(self.fits, rows)
        while chunk := list(islice(fitting, CHUNK)):
            yield len(chunk), packed(chunk)

    def fits(self, row: RawRow) -> bool:
        """Return whether a row can be used; one that cannot is set apart."""
        if row.fault is not None:
            self.unfit.append(row)
        return row.fault is None


def read_file(data: bytes, kind: str) -> ReadFile:
    """Return what stands in a CSV file or a workbook; raise UnreadableTable with how to mend it.

    A list of addresses may do without a heading.
    """
    if len(data) > MOST_BYTES:
        raise UnreadableTable(N_("The file is larger than 25 MiB. Split it; nothing was stored."))
    is_list = kind == "suppressions"

    def is_heading(name: str) -> bool:
        return field_of(kind, name) is not None or (is_list and "@" in name)

    table = read_xlsx(data) if is_workbook(data) else read_csv(data, is_heading)
    if is_list and any("@" in name for name in table.columns):
        first = RawRow(1, list(table.columns))
        headings = tuple("address" if "@" in name else "" for name in table.columns)
        table = RawTable(headings, chain([first], table.rows), table.encoding)
    found = ReadFile(table)
    if found.size == 0:
        raise UnreadableTable(N_("The file has a heading and no rows; nothing was stored."))
    return found


def keep(file: ReadFile, kind: str, name: str, brand: Brand | None, zone: str, now: datetime) -> ImportRun:
    """Keep a file that was read, with what its columns and its spelling likely are; return its run.

    `zone` is that of dates which name none.
    """
    mapping = suggested(kind, file.columns)
    sample = [row.cells for row in unpacked(file.chunks[0][1])[:SAMPLE]] if file.chunks else []
    run = ImportRun(
        kind=kind,
        file_name=quoted(name, 200),
        encoding=file.encoding,
        brand=brand,
        columns=file.columns,
        mapping=mapping,
        settings=guessed(mapping, file.columns, sample, zone).kept(),
        rows=file.size,
        refused=len(file.unfit),
        uploaded_at=now,
    )
    db.session.add(run)
    db.session.flush()
    db.session.add_all(ImportChunk(run_id=run.id, size=size, rows=rows) for size, rows in file.chunks)
    db.session.add_all(errors_of(run, file.unfit))
    db.session.flush()
    return run


def errors_of(run: ImportRun, rows: Iterable[RawRow]) -> Iterator[ImportRowError]:
    """Yield the notes on rows that do not fit."""
    for row in rows:
        faults = kept(row.fault) if row.fault else []
        yield ImportRowError(run_id=run.id, line=row.line, faults=faults, cells=row.cells)
