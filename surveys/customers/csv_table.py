"""A CSV file as a table: a heading and rows of cells, or a refusal that says how to save the file.

A row that does not fit the heading is set apart with its line; quotes that are never closed spoil
the rest of the file, so they refuse it. Rows are read one after another, so that a large file
never stands in memory as cells.
"""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from surveys.errors import N_, Refusal
from surveys.masking import quoted

MOST_BYTES = 25 * 1024 * 1024
MOST_ROWS = 100_000
MOST_COLUMNS = 200
LONGEST_FIELD = 32 * 1024
LONGEST_LINE = 64 * 1024
DELIMITERS = (",", ";", "\t")
# PDF, XLS, gzip; XLSX and ZIP are told apart before.
OTHER_FILES = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x1f\x8b")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
WINDOWS = "windows-1252"
CELLS = N_("The row has %(cells)s cells where the first line names %(columns)s columns.")
CELL_TOO_LONG = N_("The row has a cell of more than %(most)s characters.")
LINE_TOO_LONG = N_("The row is longer than %(most)s characters.")


class UnreadableTable(Refusal):
    """The file as a whole cannot be used; nothing of it was stored."""


@dataclass(frozen=True)
class RefusedRow:
    """A row that was not stored: the line of the file where it begins, and why.

    The refusal's `field` is the column's name among the fields of the API, with dots.
    """

    line: int
    refusal: Refusal


@dataclass(frozen=True)
class TableRow:
    """One row: the line where it begins, and its cells that are not empty, by the names of fields."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class RawRow:
    """One row as it stands in the file, its cells trimmed; `fault` says why it cannot be used."""

    line: int
    cells: list[str]
    fault: Refusal | None = None


@dataclass(frozen=True)
class RawTable:
    """A file's columns as they are headed, its rows in their order, and how its text was written."""

    columns: tuple[str, ...]
    rows: Iterator[RawRow]
    encoding: str


def read_csv(data: bytes, is_heading: Callable[[str], bool]) -> RawTable:
    """Return the table in `data`; raise UnreadableTable with how to mend the file.

    `is_heading` tells which names of columns are known; the delimiter is the one that finds most.
    Damaged quotes and too many rows are found while the rows are read.
    """
    text, encoding = decoded(data)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text, is_heading), strict=True)
    columns = tuple(name.strip() for name in _next(reader, 1) or ())
    if len(columns) > MOST_COLUMNS:
        raise UnreadableTable(N_("The file has more than %(most)s columns."), most=MOST_COLUMNS)
    return RawTable(columns, limited(_lines(reader), len(columns)), encoding)


def limited(rows: Iterator[tuple[int, list[str]]], columns: int) -> Iterator[RawRow]:
    """Yield the rows that are not empty, each judged; raise UnreadableTable when there are too many."""
    count = 0
    for line, cells in rows:
        if not any(cells):
            continue
        count += 1
        if count > MOST_ROWS:
            raise UnreadableTable(
                N_("The file has more than %(most)s rows. Split it; nothing was stored."),
                most=f"{MOST_ROWS:,}",
            )
        yield RawRow(line, cells, _fault(cells, columns))


def _fault(cells: list[str], columns: int) -> Refusal | None:
    """Return why a row cannot be used, None when it can."""
    if len(cells) != columns:
        return Refusal(CELLS, cells=len(cells), columns=columns)
    if max(map(len, cells)) > LONGEST_FIELD:
        return Refusal(CELL_TOO_LONG, most=f"{LONGEST_FIELD:,}")
    if sum(map(len, cells)) > LONGEST_LINE:
        return Refusal(LINE_TOO_LONG, most=f"{LONGEST_LINE:,}")
    return None


def _lines(reader: Any) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows with the lines where they begin."""
    line = reader.line_num + 1
    while (cells := _next(reader, line)) is not None:
        yield line, [cell.strip() for cell in cells]
        line = reader.line_num + 1


def _next(reader: Any, line: int) -> list[str] | None:
    """Return the next row, None at the end; raise UnreadableTable when it is damaged."""
    try:
        return next(reader, None)
    except csv.Error as error:
        raise UnreadableTable(
            N_("The row that begins in line %(line)s is damaged (%(error)s). Check its quotation marks."),
            line=line,
            error=error,
        ) from None


def decoded(data: bytes) -> tuple[str, str]:
    """Return the text of a file and its encoding: UTF-8, UTF-16 with its mark, else Windows-1252."""
    if len(data) > MOST_BYTES:
        raise UnreadableTable(N_("The file is larger than 25 MiB. Split it; nothing was stored."))
    if data.startswith(OTHER_FILES):
        raise UnreadableTable(
            N_(
                "This is neither a CSV file nor an XLSX workbook. In your spreadsheet, save it as one of these."
            )
        )
    try:
        if data.startswith(UTF_16):
            text, encoding = data.decode("utf-16"), "utf-16"
        else:
            text, encoding = data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        text, encoding = data.decode(WINDOWS, errors="replace"), WINDOWS
    if "\x00" in text:
        raise UnreadableTable(
            N_("This is no table of text. In your spreadsheet, save it as “CSV UTF-8” or as XLSX.")
        )
    if not text.strip():
        raise UnreadableTable(N_("The file is empty. Its first line names the columns."))
    return text, encoding


def delimiter_of(text: str, is_heading: Callable[[str], bool]) -> str:
    """Return the delimiter by which the first line names most known columns, else the most frequent one."""
    heading = text.splitlines()[0]

    def fit(delimiter: str) -> tuple[int, int]:
        names = heading.split(delimiter)
        return sum(is_heading(name.strip().strip('"').strip()) for name in names), len(names)

    best = max(DELIMITERS, key=fit)
    if fit(best) == (0, 1):
        raise UnreadableTable(
            N_(
                "The first line names no known column; it is “%(header)s”. Columns are separated by"
                " commas, semicolons or tabs."
            ),
            header=quoted(heading),
        )
    return best
