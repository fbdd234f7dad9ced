"""A table as a workbook (XLSX, ECMA-376), written while it is read: nothing waits for the last row, nothing is kept.

A workbook is a ZIP archive of XML. Its texts stand in the cells themselves (`inlineStr`), so no list of all texts has to
be written first, and its directory stands at the end, so the number of sheets need not be known before. Libraries that
write workbooks keep a sheet in a file until it is whole; the first byte would wait for the last of a million rows
(docs/decisions/0022).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import IO, cast
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from feedback.exports.tables import Table
from surveys.responses.cells import Value, neutralised

MOST_ROWS = 1_048_576  # of a sheet, the header included
MOST_BYTES = (
    1_500_000_000  # of a sheet; beyond 2 GiB the archive would need a form that not every program reads
)
LONGEST_TEXT = 32_767  # letters of a cell
AT_ONCE = 256 * 1024
DAY, EPOCH = 86_400, datetime.fromisoformat("1899-12-30T00:00:00Z")
# What XML cannot hold, and what a spreadsheet would take for an escaped sign.
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# Cells: as they come, a moment, a heading.
FONT = '<sz val="11"/><name val="Calibri"/>'
PLAIN = 'fontId="0" fillId="0" borderId="0"'
STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>'
    f'<fonts count="2"><font>{FONT}</font><font><b/>{FONT}</font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    f'<cellStyleXfs count="1"><xf numFmtId="0" {PLAIN}/></cellStyleXfs>'
    f'<cellXfs count="3"><xf numFmtId="0" {PLAIN} xfId="0"/><xf numFmtId="164" {PLAIN} xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
SHEET = (
    f'{HEAD}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2"'
    ' activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>'
)
END = "</sheetData></worksheet>"


class Pipe:
    """Takes what the archive writes until it is fetched; it cannot go back, as a network cannot."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        """Take some bytes."""
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Do nothing: whoever reads fetches."""

    def fetch(self) -> bytes:
        """Return what was written since the last time."""
        fetched, self.parts = b"".join(self.parts), []
        return fetched


def workbook(table: Table) -> Iterator[bytes]:
    """Yield the file piece by piece: the table, on further sheets what one cannot hold, and a sheet about its columns."""
    pipe, names = Pipe(), list[str]()
    with ZipFile(cast(IO[bytes], pipe), "w", ZIP_DEFLATED, compresslevel=3) as archive:
        archive.writestr(entry("xl/styles.xml"), STYLES)
        rows: Iterator[Sequence[Value]] = table.leaving()
        kinds, following = [column.kind for column in table.columns], next(rows, None)
        while following is not None or not names:
            names.append(f"{table.name} {len(names) + 1}" if names else table.name)
            pieces = Sheet(table.names, kinds, following, rows)
            yield from written(archive, pipe, len(names), pieces)
            following = pieces.following
        names.append("Columns")
        about = Sheet(["column", "kind", "meaning"], ["text"] * 3, None, iter(explained(table)))
        about.following = next(about.rows, None)
        yield from written(archive, pipe, len(names), about)
        finish(archive, names)
    yield pipe.fetch()


class Sheet:
    """The XML of one sheet; `following` is the row behind its last one, None when there is none."""

    def __init__(
        self,
        names: list[str],
        kinds: Sequence[str],
        first: Sequence[Value] | None,
        rows: Iterator[Sequence[Value]],
    ):
        self.names, self.kinds, self.following, self.rows = names, kinds, first, rows

    def __iter__(self) -> Iterator[str]:
        yield SHEET + "<row>" + "".join(text_cell(name, 2) for name in self.names) + "</row>"
        count, size = 1, 0
        while self.following is not None and count < MOST_ROWS and size < MOST_BYTES:
            row = "<row>" + "".join(map(cell, self.following, self.kinds)) + "</row>"
            yield row
            count, size = count + 1, size + 4 * len(row)  # at most four bytes to a letter
            self.following = next(self.rows, None)
        yield END


def written(archive: ZipFile, pipe: Pipe, number: int, pieces: Iterable[str]) -> Iterator[bytes]:
    """Write a sheet into the archive; yield the bytes whenever there are enough."""
    with archive.open(entry(f"xl/worksheets/sheet{number}.xml"), "w") as sheet:
        yield pipe.fetch()
        parts, length = list[str](), 0
        for piece in pieces:
            parts.append(piece)
            length += len(piece)
            if length >= AT_ONCE:
                sheet.write("".join(parts).encode())
                parts, length = [], 0
                yield pipe.fetch()
        sheet.write("".join(parts).encode())
    yield pipe.fetch()


def finish(archive: ZipFile, names: Sequence[str]) -> None:
    """Write what tells a program which sheets there are."""
    numbers = range(1, len(names) + 1)
    sheets = "".join(
        f'<sheet name="{escape(title(name), {chr(34): "&quot;"})}" sheetId="{at}" r:id="rId{at}"/>'
        for at, name in zip(numbers, names, strict=True)
    )
    links = "".join(
        f'<Relationship Id="rId{at}" Type="{RELATED}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in numbers
    )
    links += f'<Relationship Id="rId{len(names) + 1}" Type="{RELATED}/styles" Target="styles.xml"/>'
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{KINDS}.worksheet+xml"/>'
        for at in numbers
    )
    for name, text in (
        (
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets>{sheets}</sheets></workbook>',
        ),
        (
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
        ),
        (
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{RELATED}/officeDocument"'
            ' Target="xl/workbook.xml"/></Relationships>',
        ),
        (
            "[Content_Types].xml",
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{KINDS}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{KINDS}.styles+xml"/>{parts}</Types>',
        ),
    ):
        archive.writestr(entry(name), HEAD + text)


def explained(table: Table) -> list[list[Value]]:
    """Return the rows of the sheet about the columns, and below them the facts about the whole."""
    rows: list[list[Value]] = [[column.name, column.kind, column.means] for column in table.columns]
    facts: list[list[Value]] = [[name, None, said] for name, said in table.about.items()]
    gap: list[list[Value]] = [[None, None, None]] if facts else []
    return [*rows, *gap, *facts]


def cell(value: Value, kind: str) -> str:
    """Return one cell; a text that looks like a formula is text, and carries an apostrophe as in a CSV file."""
    if value is None:
        return "<c/>"
    if not isinstance(value, str):
        return f"<c><v>{value!r}</v></c>"
    if kind == "moment":
        return f'<c s="1"><v>{(datetime.fromisoformat(value) - EPOCH).total_seconds() / DAY:.10f}</v></c>'
    return text_cell(value)


def text_cell(text: str, style: int = 0) -> str:
    """Return a cell with a text, without signs that XML cannot hold."""
    kept = neutralised(ESCAPED.sub("_x005F_", FORBIDDEN.sub("\ufffd", text)))[:LONGEST_TEXT]
    return f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">{escape(kept, {chr(13): "&#13;"})}</t></is></c>'


def title(name: str) -> str:
    """Return the name of a sheet: at most 31 letters, without those that formulas use."""
    return NOT_IN_A_NAME.sub(" ", name)[:31]


def entry(name: str) -> ZipInfo:
    """Return an entry of the archive; like every other it says no time, so the same table makes the same file."""
    found = ZipInfo(name)
    found.compress_type = ZIP_DEFLATED
    return found
