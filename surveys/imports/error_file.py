"""The refused rows of a file as a file: with the reason before them, to be mended and imported again."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from flask_babel import gettext

from surveys.errors import N_
from surveys.responses.cells import neutralised

HEADINGS = (N_("Line of the file"), N_("Why the row was refused"))


class ErrorRow(NamedTuple):
    """A refused row: the line of the file where it begins, why, and its cells."""

    line: int
    reason: str
    cells: Sequence[str]


def error_file(columns: Sequence[str], rows: Iterable[ErrorRow]) -> Iterator[str]:
    """Yield the lines of a CSV file; cells that a spreadsheet would run stand behind an apostrophe."""
    yield "\ufeff" + _line([*map(gettext, HEADINGS), *columns])
    for row in rows:
        yield _line([str(row.line), row.reason, *row.cells])


def _line(cells: Sequence[str]) -> str:
    """Return one line."""
    text = io.StringIO()
    csv.writer(text).writerow([neutralised(cell) for cell in cells])
    return text.getvalue()
