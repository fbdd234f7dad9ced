import codecs

import pytest

from surveys.customers.csv_table import MOST_BYTES, RefusedRow, UnreadableTable, read_table

COLUMNS = ("reference", "email", "name")


def table(data: bytes | str):
    data = data.encode() if isinstance(data, str) else data
    return read_table(data, lambda name: name in COLUMNS, [("reference", "email")])


def refused(data: bytes | str) -> str:
    with pytest.raises(UnreadableTable) as refusal:
        table(data)
    return str(refusal.value)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_delimiters_line_ends_and_the_byte_order_mark_are_understood(delimiter, end, mark):
    lines = [["reference", "name"], ["C-1", "Zoë"], ["C-2", "Pat"]]
    text = end.join(delimiter.join(cells) for cells in lines) + end
    found = table(mark + text.encode())
    assert found.columns == ("reference", "name")
    assert [(row.line, row.cells) for row in found.rows] == [
        (2, {"reference": "C-1", "name": "Zoë"}),
        (3, {"reference": "C-2", "name": "Pat"}),
    ]


def test_cells_are_trimmed_and_empty_ones_left_out():
    (row,) = table(' reference , name\n C-1 ,"  "\n').rows
    assert row.cells == {"reference": "C-1"}


def test_quotes_hold_delimiters_breaks_and_quotes_and_lines_count_on():
    found = table('reference,name\nC-1,"Pat, ""the\nbuyer"""\nC-2,Nadia\n')
    assert [(row.line, row.cells["name"]) for row in found.rows] == [(2, 'Pat, "the\nbuyer"'), (4, "Nadia")]


def test_formulas_stay_text():
    assert table("reference,name\nC-1,=1+1\n").rows[0].cells["name"] == "=1+1"


def test_empty_rows_are_passed_over():
    assert [row.line for row in table("reference,name\n\n,\nC-1,\n   ,  \n").rows] == [4]


def test_a_row_that_does_not_fit_the_header_is_set_apart_with_its_line():
    found = table("reference,name\nC-1\nC-2,Pat\nC-3,Pat,x\n")
    assert [row.line for row in found.rows] == [3]
    assert found.refused == [
        RefusedRow(2, "has 1 cells where the first line names 2 columns"),
        RefusedRow(4, "has 3 cells where the first line names 2 columns"),
    ]


def test_fields_and_lines_have_limits():
    found = table(
        "reference,email,name\nC-1,," + "x" * 32_769 + "\nC-2," + ",".join(["y" * 32_760] * 2) + "y\n"
    )
    assert [row.line for row in found.rows] == [3]
    assert "32,768" in found.refused[0].reason
    longest = "x" * 32_768
    assert "65,536" in table(f"reference,email,name\nC-1,{longest},{longest}\n").refused[0].reason


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n \n", "empty"),
        ("reference,name\nC-1,Zoë\n".encode("utf-16"), "UTF-16"),
        ("reference,name\nC-1,Zoë\n".encode("utf-16-le"), "UTF-16"),
        ("reference,name\nC-0,Pat\nC-1,Zoë\n".encode("cp1252"), "Line 3 is not UTF-8"),
        (b"PK\x03\x04rest", "CSV UTF-8"),
        (b"%PDF-1.7", "CSV UTF-8"),
        (b"\x1f\x8b\x08\x00", "CSV UTF-8"),
        ("reference|name\nC-1|Zoë\n", "commas, semicolons or tabs"),
        ("C-1,Zoë\n", "names no known column"),
        ("name\nPat\n", "Missing columns: “reference or email”"),
        ("reference,Nmae\nC-1,Pat\n", "Unknown columns: “Nmae”"),
        ("reference,reference\nC-1,C-2\n", "twice: “reference”"),
        ("reference" + ",name" * 200 + "\n", "more than 200 columns"),
        ('reference,name\nC-1,Pat\nC-2,"Nadia\nC-3,Olga\n', "line 3 is damaged"),
        ('reference,name\nC-1,"Pat"x\n', "line 2 is damaged"),
        ("reference,name\nC-1," + "x" * 140_000 + "\n", "line 2 is damaged"),
        (b"x" * (MOST_BYTES + 1), "larger than 25 MiB"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_what_to_do(data, words):
    assert words in refused(data)


@pytest.mark.thorough
def test_a_hundred_thousand_rows_are_not_too_many():
    assert len(table("reference\n" + "C-1\n" * 100_000).rows) == 100_000


def test_a_strange_header_is_quoted_without_its_control_characters():
    assert "\x1b" not in refused("\x1b[31mred|x\n")
