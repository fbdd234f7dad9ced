import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from surveys.customers.csv_table import UnreadableTable
from surveys.imports.spreadsheet import MOST_PARTS, is_workbook, read_xlsx, text_of


def workbook(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def packed(**parts):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as found:
        for name, content in parts.items():
            found.writestr(name, content)
    return data.getvalue()


def test_rows_come_as_text_with_the_numbers_that_the_spreadsheet_shows():
    data = workbook(
        ["Order", "Date", "Total", None],
        ["A-1", datetime(2026, 3, 1, 9, 30), 19.9],
        [],
        ["A-2", date(2026, 3, 2)],
    )
    assert is_workbook(data)
    table = read_xlsx(data)
    assert (table.columns, table.encoding) == (("Order", "Date", "Total"), "xlsx")
    assert [(row.line, row.cells, row.fault) for row in table.rows] == [
        (2, ["A-1", "2026-03-01 09:30:00", "19.9"], None),
        (4, ["A-2", "2026-03-02", ""], None),
    ]


@pytest.mark.parametrize(
    ("cell", "text"), [(None, ""), (True, "yes"), (12.0, "12"), (1e300, "1e+300"), (7, "7"), (" a\x00 ", "a")]
)
def test_cells_are_written_as_people_see_them(cell, text):
    assert text_of(cell) == text


def test_a_cell_beyond_the_heading_is_a_fault_of_its_row():
    assert [row.fault is None for row in read_xlsx(workbook(["a"], ["1", "2"], ["3"])).rows] == [False, True]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04rest", "cannot be read"),
        (packed(**{"a.txt": "x"}), "no XLSX workbook"),
        (packed(**{"xl/workbook.xml": "<a/>", "xl/vbaProject.bin": "x"}), "macros"),
        (packed(**{"xl/workbook.xml": "<a"}), "cannot be read"),
        (packed(**{str(n): "" for n in range(MOST_PARTS + 1)}), "too large"),
        (workbook([]), "begins with an empty row"),
        (workbook(["x"] * 201), "more than 200 columns"),
    ],
)
def test_what_is_no_plain_workbook_is_refused_with_what_to_do(data, words):
    with pytest.raises(UnreadableTable, match=words):
        list(read_xlsx(data).rows)


@pytest.mark.thorough
def test_a_workbook_that_unpacks_to_too_much_is_not_unpacked():
    bomb = packed(**{"xl/workbook.xml": "<a/>", "xl/worksheets/sheet1.xml": b"0" * (201 * 1024 * 1024)})
    assert len(bomb) < 1024 * 1024
    with pytest.raises(UnreadableTable, match="too large"):
        read_xlsx(bomb)


def test_a_mark_in_the_last_row_of_the_sheet_does_not_hold_the_house():
    book = Workbook()
    book.active.append(["Order"])
    book.active.append(["A-1"])
    book.active.cell(row=1_048_576, column=1, value="far below")
    data = io.BytesIO()
    book.save(data)

    with pytest.raises(UnreadableTable, match="After row 2 the sheet is empty for long"):
        list(read_xlsx(data.getvalue()).rows)
