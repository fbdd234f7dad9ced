"""Corners of the workbook; what it holds is told in test_files."""

import io
from zipfile import ZipFile

from feedback.exports.tables import Column, Table
from feedback.exports.workbook import LONGEST_TEXT, cell, text_cell, title, workbook


def test_names_of_sheets_are_short_and_mean_nothing_to_formulas():
    assert title("a/b[c]:d*e?f\\g'h" + "x" * 40) == "a b c  d e f g h" + "x" * 15


def test_cells():
    assert cell(None, "text") == "<c/>" and cell(0.1, "number") == "<c><v>0.1</v></c>"
    assert cell("1899-12-31T12:00:00Z", "moment") == '<c s="1"><v>1.5000000000</v></c>'
    assert len(text_cell("x" * 50_000)) < LONGEST_TEXT + 100


def test_the_same_table_makes_the_same_file():
    def made():
        table = Table("tasks", [Column("id", "text", "id")], iter([["a"], ["b"]]))
        return b"".join(workbook(table))

    assert made() == made()
    assert ZipFile(io.BytesIO(made())).infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)
