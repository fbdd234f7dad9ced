import csv
import io

from surveys.imports.error_file import ErrorRow, error_file


def test_refused_rows_come_with_line_and_reason_and_no_formula_runs():
    rows = [ErrorRow(3, "is no date", ["A-1", '=cmd|"x"', "two\nlines"])]
    text = "".join(error_file(["Order", "Name", "Note"], rows))
    assert text.startswith("\ufeff")
    assert list(csv.reader(io.StringIO(text[1:]))) == [
        ["Line of the file", "Why the row was refused", "Order", "Name", "Note"],
        ["3", "is no date", "A-1", '\'=cmd|"x"', "two\nlines"],
    ]
