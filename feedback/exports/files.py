"""Which files there are: CSV, workbooks, JSON lines.

CSV: UTF-8 without a byte order mark, comma, every text quoted (RFC 4180), numbers bare, lines ended by CR LF. In CSV and
in workbooks a text that a spreadsheet could take for a formula carries a leading apostrophe (`surveys.responses.cells`).
JSON lines: one object a line, its keys the names of the columns, texts as they were written, yes and no as booleans.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from feedback.exports.tables import Table
from feedback.exports.workbook import workbook
from surveys.responses.cells import Value, line

AT_ONCE = 64 * 1024  # letters


class Format(NamedTuple):
    """A kind of file: how it is called, what it is for the web, and how a table becomes one."""

    called: str
    media_type: str
    write: Callable[[Table], Iterator[bytes]]


def csv_file(table: Table) -> Iterator[bytes]:
    """Yield a table as CSV, its header at once."""
    yield line(table.names).encode()
    yield from joined(map(line, table.leaving()))


def json_lines(table: Table) -> Iterator[bytes]:
    """Yield a table as JSON lines."""
    kinds = [column.kind for column in table.columns]
    yield from joined(
        json.dumps(
            {name: typed(value, kind) for name, value, kind in zip(table.names, row, kinds, strict=True)},
            ensure_ascii=False,
            separators=(",", ":"),
        )
        + "\n"
        for row in table.leaving()
    )


def typed(value: Value, kind: str) -> Any:
    """Return a value as JSON says it."""
    return value == "yes" if kind == "yes_no" and value is not None else value


def joined(lines: Iterable[str]) -> Iterator[bytes]:
    """Yield the lines as bytes: the first at once, the others in pieces worth a journey."""
    parts, length, most = list[str](), 0, 1
    for each in lines:
        parts.append(each)
        length += len(each)
        if length >= most:
            # Half a surrogate pair cannot travel; nobody can have stored one, but an escape in JSON might bring it.
            yield "".join(parts).encode(errors="replace")
            parts, length, most = [], 0, AT_ONCE
    if parts:
        yield "".join(parts).encode(errors="replace")


FORMATS: Mapping[str, Format] = {
    "csv": Format("CSV", "text/csv", csv_file),
    "xlsx": Format("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", workbook),
    "jsonl": Format("JSON", "application/jsonl", json_lines),
}
