"""A survey's texts as a file for translators, and what such a file says when it comes back.

One row for each text, one column for each language; the first column names the text. A cell that a
spreadsheet could take for a formula has a leading apostrophe, which is taken away again. An
empty cell changes nothing.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from surveys.customers.csv_table import read_csv
from surveys.errors import N_, Refusal
from surveys.questionnaires.texts import slots_of
from surveys.responses.cells import neutralised, restored

NAME = "text"
BYTE_ORDER_MARK = "\ufeff"  # without it, spreadsheets take umlauts for two letters
ZIP = b"PK"  # what workbooks begin with
MOST_BYTES = 1024 * 1024
LONGEST = 500


class Told(NamedTuple):
    """What a file says: texts by their names and languages, how many there are, and rows that name no text of ours."""

    texts: dict[str, dict[str, str]]
    told: int
    unknown: list[str]


def text_file(definition: Mapping[str, Any], tags: Sequence[str]) -> str:
    """Return the file with every text in these languages."""
    lines = io.StringIO()
    writer = csv.writer(lines, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([NAME, *tags])
    for slot in slots_of(definition):
        writer.writerow([slot.name, *(neutralised(slot.texts.get(tag, "")) for tag in tags)])
    return BYTE_ORDER_MARK + lines.getvalue()


def told_by(data: bytes, definition: Mapping[str, Any], tags: Iterable[str]) -> Told:
    """Return what a file says in these languages; refuses one that is no such file, or has a text that is too long."""
    spoken = set(tags)
    if len(data) > MOST_BYTES:
        raise Refusal(N_("The file is larger than 1 MiB; the texts of a survey are far less."), field="file")
    if data.startswith(ZIP):
        raise Refusal(N_("This is a workbook. In your spreadsheet, save it as “CSV UTF-8”."), field="file")
    table = read_csv(data, lambda name: name in spoken | {NAME})
    named = {at: tag for at, tag in enumerate(table.columns) if tag in spoken}
    if NAME not in table.columns or not named:
        words = N_("The file needs a column “text” and one for each language: %(languages)s.")
        raise Refusal(words, field="file", languages=", ".join(sorted(spoken)))
    place, known = table.columns.index(NAME), {slot.name for slot in slots_of(definition)}
    found = Told({}, 0, [])
    for row in table.rows:
        if row.fault is not None:
            raise Refusal(
                N_("Line %(line)s does not fit the first line of the file."), field="file", line=row.line
            )
        name = row.cells[place]
        if name not in known:
            found.unknown.append(name)
            continue
        told = {tag: restored(row.cells[at]) for at, tag in named.items() if row.cells[at]}
        if any(len(text) > LONGEST for text in told.values()):
            words = N_("The text in line %(line)s is longer than %(most)s characters.")
            raise Refusal(words, field="file", line=row.line, most=LONGEST)
        found.texts[name] = told
    return found._replace(told=sum(map(len, found.texts.values())))
