"""Files that anybody can open: without harm, without loss, and without waiting for the last row."""

import csv
import io
import json
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from feedback.exports import workbook
from feedback.exports.files import FORMATS
from feedback.exports.tables import Column, Table
from surveys.responses.cells import TRIGGERS, restored

COLUMNS = [
    Column("comment", "text", "what was written"),
    Column("score", "number", "the score"),
    Column("at", "moment", "when"),
    Column("partial", "yes_no", "left half-way"),
]
AT = "2026-03-10T11:00:30Z"
DANGEROUS = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "'=1", '"=1', "\ufeff=1", "\u00a0=1", "＝1",
    "＋1", "－1", "＠A",
    '=HYPERLINK("https://evil.example","x")', "=cmd|' /C calc'!A0", "'-'", "-2+3+cmd|' /C calc'!D2",
)  # fmt: skip


def table(rows, name="answers"):
    return Table(name, COLUMNS, iter(rows), {"as of": AT})


def made(form, rows):
    return b"".join(FORMATS[form].write(table(rows)))


def opened(rows):
    return load_workbook(io.BytesIO(made("xlsx", rows)))


def test_each_kind_of_file_says_the_same():
    rows = [
        ['Schön, "ja"\nund <gut> & _x0041_\x0b', 3, AT, "no"],
        [None, -0.5, None, "yes"],
        ["", None, AT, None],
    ]

    lines = list(csv.reader(io.StringIO(made("csv", rows).decode(), newline="")))
    assert lines[0] == ["comment", "score", "at", "partial"]
    assert lines[1] == ['Schön, "ja"\nund <gut> & _x0041_\x0b', "3", AT, "no"]
    assert lines[2:] == [["", "-0.5", "", "yes"], ["", "", AT, ""]]

    objects = [json.loads(each) for each in made("jsonl", rows).decode().splitlines()]
    assert objects[0] == {"comment": rows[0][0], "score": 3, "at": AT, "partial": False}
    assert objects[1] == {"comment": None, "score": -0.5, "at": None, "partial": True}

    book = opened(rows)
    sheet, about = book.worksheets
    assert next(iter(sheet.values)) == ("comment", "score", "at", "partial")
    comment, score, at, partial = [*sheet.values][1]
    assert unescape(comment) == 'Schön, "ja"\nund <gut> & _x0041_\ufffd' and (score, partial) == (3, "no")
    assert at.isoformat() == "2026-03-10T11:00:30"
    assert [*about.values][1] == ("comment", "text", "what was written")
    assert [*about.values][-1] == ("as of", None, AT)
    assert ZipFile(io.BytesIO(made("xlsx", rows))).testzip() is None


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_cell_begins_a_formula(form):
    rows = [[text, 1, AT, "no"] for text in DANGEROUS]
    if form == "csv":
        cells = [each[0] for each in csv.reader(io.StringIO(made(form, rows).decode(), newline=""))][1:]
    else:
        sheet = opened(rows).worksheets[0]
        assert {cell.data_type for cell in sheet["A"]} == {"s"}
        cells = [cell.value for cell in sheet["A"]][1:]

    assert len(cells) == len(DANGEROUS)
    for cell, text in zip(cells, DANGEROUS, strict=True):
        assert cell[:1] not in TRIGGERS and restored(cell).replace("\r", "\n") == text.replace("\r", "\n")


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20), max_size=5))
def test_any_text_makes_a_sound_workbook_and_sound_lines(texts):
    rows = [[text, 1, None, None] for text in texts]

    sheet = opened(rows).worksheets[0]
    assert sheet.max_row == len(texts) + 1
    assert [json.loads(each)["comment"] for each in made("jsonl", rows).decode().split("\n")[:-1]] == texts


def test_what_one_sheet_cannot_hold_stands_on_the_next(monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    book = opened([[str(number), number, None, None] for number in range(5)])

    assert book.sheetnames == ["answers", "answers 2", "answers 3", "Columns"]
    rows = [row for sheet in book.worksheets[:3] for row in [*sheet.values][1:]]
    assert [row[1] for row in rows] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_waits_for_the_last_row_and_little_is_read_ahead(form):
    read = []

    def rows():
        for number in range(100_000):
            read.append(number)
            yield ["a comment of some length " * 4, number, AT, "no"]

    pieces = FORMATS[form].write(table(rows()))
    got = 0
    while got < 50_000:
        got += len(next(pieces))
    assert len(read) < 30_000
    pieces.close()
