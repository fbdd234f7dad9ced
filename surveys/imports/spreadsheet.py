"""An XLSX workbook as a table: the first sheet's cells as text, nothing in it is ever run.

A workbook is a ZIP of XML. How large it gets when it is unpacked is known before, and bounded;
programs in it (macros) are refused, formulas count as the value that was last seen.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any
from zipfile import BadZipFile, ZipFile

from surveys.customers.csv_table import MOST_BYTES, MOST_COLUMNS, RawTable, UnreadableTable, limited
from surveys.errors import N_

MOST_UNPACKED = 200 * 1024 * 1024
MOST_PARTS = 500
MOST_EMPTY_ROWS = 1000
ZIP = b"PK\x03\x04"
BROKEN = (
    BadZipFile,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    SyntaxError,
    OSError,
    EOFError,
    zipfile.zlib.error,  # type: ignore[attr-defined]
    NotImplementedError,
    RuntimeError,
)
DAMAGED = N_("This workbook cannot be read. Open it in your spreadsheet and save it as CSV UTF-8.")


def is_workbook(data: bytes) -> bool:
    """Return whether the file is a ZIP, as XLSX workbooks are."""
    return data.startswith(ZIP)


def read_xlsx(data: bytes) -> RawTable:
    """Return the table of the first sheet; raise UnreadableTable with what to do instead."""
    if len(data) > MOST_BYTES:
        raise UnreadableTable(N_("The file is larger than 25 MiB. Split it; nothing was stored."))
    try:
        check_parts(data)
        # It would load numpy, which no web worker otherwise needs: only who brings a workbook pays for it.
        from openpyxl import load_workbook  # noqa: PLC0415

        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        rows = numbered(sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True))
        _, columns = next(rows, (1, []))
    except BROKEN as error:
        raise UnreadableTable(DAMAGED) from error
    if not columns:
        raise UnreadableTable(
            N_("The first sheet begins with an empty row. Its first row names the columns.")
        )
    if len(columns) > MOST_COLUMNS:
        raise UnreadableTable(N_("The file has more than %(most)s columns."), most=MOST_COLUMNS)
    return RawTable(tuple(columns), limited(as_wide(rows, len(columns)), len(columns)), "xlsx")


def check_parts(data: bytes) -> None:
    """Raise UnreadableTable for what unpacks to too much, holds macros or is no workbook."""
    with ZipFile(io.BytesIO(data)) as parts:
        found = parts.infolist()
    names = [part.filename.casefold() for part in found]
    if len(found) > MOST_PARTS or sum(part.file_size for part in found) > MOST_UNPACKED:
        raise UnreadableTable(N_("The workbook is too large when it is unpacked. Save it as CSV UTF-8."))
    if any("vbaproject" in name or (name.endswith(".bin") and "macro" in name) for name in names):
        raise UnreadableTable(N_("The workbook holds macros. Save it as XLSX without them, or as CSV UTF-8."))
    if "xl/workbook.xml" not in names:
        raise UnreadableTable(N_("This ZIP is no XLSX workbook. Save the table as XLSX or as CSV UTF-8."))


def numbered(rows: Iterator[Sequence[Any]]) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows as text without the empty cells at their ends, numbered as the spreadsheet does."""
    try:
        empty = 0
        for line, cells in enumerate(rows, start=1):
            # A mark in the last row of the sheet makes a million empty ones before it.
            empty = empty + 1 if cells.count(None) == len(cells) else 0
            if empty > MOST_EMPTY_ROWS:
                raise UnreadableTable(
                    N_(
                        "After row %(line)s the sheet is empty for long. Delete what is below, or save as CSV UTF-8."
                    ),
                    line=line - empty,
                )
            texts = [text_of(cell) for cell in cells]
            while texts and not texts[-1]:
                texts.pop()
            yield line, texts
    except BROKEN as error:
        raise UnreadableTable(DAMAGED) from error


def as_wide(rows: Iterator[tuple[int, list[str]]], columns: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows with the empty cells that a spreadsheet does not write down."""
    for line, cells in rows:
        yield line, cells + [""] * (columns - len(cells))


def text_of(cell: Any) -> str:
    """Return a cell as text: dates as ISO 8601, whole numbers without a point, yes and no."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        is_day = (cell.hour, cell.minute, cell.second) == (0, 0, 0)
        return cell.date().isoformat() if is_day else cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).replace("\x00", "").strip()
