"""A CSV file as a table: rows of named cells, or a refusal that says how to save the file.

The file is read as a whole before anything is stored, so that a file with too many rows or in
the wrong encoding leaves no trace. A row that does not fit the header is set apart with its
line; quotes that are never closed spoil the rest of the file, so they refuse it.
"""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from surveys.errors import N_, Refusal
from surveys.masking import quoted

MOST_BYTES = 25 * 1024 * 1024
MOST_ROWS = 100_000
MOST_COLUMNS = 200
LONGEST_FIELD = 32 * 1024
LONGEST_LINE = 64 * 1024
DELIMITERS = (",", ";", "\t")
OTHER_FILES = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x1f\x8b")  # XLSX and ZIP, PDF, XLS, gzip


class UnreadableTable(Refusal):
    """The file as a whole cannot be used; nothing of it was stored."""


@dataclass(frozen=True)
class RefusedRow:
    """A row that was not stored: the line of the file where it begins, and why."""

    line: int
    reason: str


@dataclass(frozen=True)
class TableRow:
    """One row: the line where it begins, and its cells that are not empty, trimmed."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """The columns of a file, its rows, and the rows that do not fit the header."""

    columns: tuple[str, ...]
    rows: list[TableRow] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)


def read_table(data: bytes, is_column: Callable[[str], bool], required: Sequence[Sequence[str]]) -> Table:
    """Return the table in `data`; raise UnreadableTable with how to mend the file.

    `is_column` tells which column names are known. Of each sequence in `required` at least one
    column must be there.
    """
    text = decoded(data)
    delimiter = delimiter_of(text, is_column)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        columns = tuple(name.strip() for name in next(reader))
        check_columns(columns, is_column, required)
        table = Table(columns)
        line = reader.line_num + 1
        for cells in reader:
            add_row(table, line, [cell.strip() for cell in cells])
            line = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableTable(
            N_("The row that begins in line %(line)s is damaged (%(error)s). Check its quotation marks."),
            line=line,
            error=error,
        ) from None
    return table


def add_row(table: Table, line: int, cells: list[str]) -> None:
    """Add one row to the table, or to its refused rows; empty rows are passed over."""
    if not any(cells):
        return
    if len(table.rows) + len(table.refused) >= MOST_ROWS:
        raise UnreadableTable(
            N_("The file has more than %(most)s rows. Split it; nothing was stored."), most=f"{MOST_ROWS:,}"
        )
    if len(cells) != len(table.columns):
        reason = f"has {len(cells)} cells where the first line names {len(table.columns)} columns"
        table.refused.append(RefusedRow(line, reason))
    elif max(map(len, cells)) > LONGEST_FIELD:
        table.refused.append(RefusedRow(line, f"has a cell of more than {LONGEST_FIELD:,} characters"))
    elif sum(map(len, cells)) > LONGEST_LINE:
        table.refused.append(RefusedRow(line, f"is longer than {LONGEST_LINE:,} characters"))
    else:
        named = zip(table.columns, cells, strict=True)
        table.rows.append(TableRow(line, {name: cell for name, cell in named if cell}))


def decoded(data: bytes) -> str:
    """Return the text of a file in UTF-8, with or without a byte order mark."""
    if len(data) > MOST_BYTES:
        raise UnreadableTable(N_("The file is larger than 25 MiB. Split it; nothing was stored."))
    if data.startswith(OTHER_FILES):
        raise UnreadableTable(N_("This is not a CSV file. In your spreadsheet, save it as “CSV UTF-8”."))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data[:1000]:
        raise UnreadableTable(N_("The file is in UTF-16. Save it as “CSV UTF-8”."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableTable(
            N_("Line %(line)s is not UTF-8 but perhaps Windows-1252. Save the file as “CSV UTF-8”."),
            line=line,
        ) from None
    if not text.strip():
        raise UnreadableTable(N_("The file is empty. Its first line names the columns."))
    return text


def delimiter_of(text: str, is_column: Callable[[str], bool]) -> str:
    """Return the delimiter by which the first line names most known columns."""
    header = text.splitlines()[0]

    def known(delimiter: str) -> int:
        return sum(is_column(name.strip().strip('"').strip()) for name in header.split(delimiter))

    best = max(DELIMITERS, key=known)
    if known(best) == 0:
        raise UnreadableTable(
            N_(
                "The first line names no known column; it is “%(header)s”. Columns are separated by"
                " commas, semicolons or tabs."
            ),
            header=quoted(header),
        )
    return best


def check_columns(
    columns: Sequence[str], is_column: Callable[[str], bool], required: Sequence[Sequence[str]]
) -> None:
    """Raise UnreadableTable for columns that are too many, doubled, unknown or missing."""
    if len(columns) > MOST_COLUMNS:
        raise UnreadableTable(N_("The file has more than %(most)s columns."), most=MOST_COLUMNS)
    doubled = sorted({name for name in columns if columns.count(name) > 1})
    unknown = [name for name in columns if not is_column(name)]
    missing = [" or ".join(names) for names in required if not set(names) & set(columns)]
    for names, phrase in (
        (missing, N_("Missing columns: %(names)s.")),
        (unknown, N_("Unknown columns: %(names)s. Remove them, or check how they are spelt.")),
        (doubled, N_("Columns that stand there twice: %(names)s.")),
    ):
        if names:
            raise UnreadableTable(phrase, names=", ".join(f"“{quoted(name, 60)}”" for name in names[:20]))
