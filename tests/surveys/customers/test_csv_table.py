import codecs

import pytest

from surveys.customers.csv_table import MOST_BYTES, UnreadableTable, read_csv

COLUMNS = ("reference", "email", "name")


def table(data: bytes | str):
    """Return the columns, the rows and the encoding, everything read."""
    found = read_csv(data.encode() if isinstance(data, str) else data, lambda name: name in COLUMNS)
    return found.columns, list(found.rows), found.encoding


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
    columns, rows, encoding = table(mark + text.encode())
    assert (columns, encoding) == (("reference", "name"), "utf-8")
    assert [(row.line, row.cells) for row in rows] == [(2, ["C-1", "Zoë"]), (3, ["C-2", "Pat"])]


@pytest.mark.parametrize("encoding", ["windows-1252", "utf-16"])
def test_other_encodings_are_told(encoding):
    _, rows, told = table("reference;name\nC-1;Zoë Größe\n".encode(encoding))
    assert (rows[0].cells, told) == (["C-1", "Zoë Größe"], encoding)


def test_the_most_frequent_mark_parts_columns_that_nobody_knows():
    columns, _, _ = table("Kunde;Wo, genau;Wann\n1;2;3\n")
    assert columns == ("Kunde", "Wo, genau", "Wann")


def test_cells_are_trimmed():
    _, (row,), _ = table(' reference , name\n C-1 ,"  "\n')
    assert row.cells == ["C-1", ""]


def test_quotes_hold_delimiters_breaks_and_quotes_and_lines_count_on():
    _, rows, _ = table('reference,name\nC-1,"Pat, ""the\nbuyer"""\nC-2,Nadia\n')
    assert [(row.line, row.cells[1]) for row in rows] == [(2, 'Pat, "the\nbuyer"'), (4, "Nadia")]


def test_formulas_stay_text():
    assert table("reference,name\nC-1,=1+1\n")[1][0].cells[1] == "=1+1"


def test_empty_rows_are_passed_over():
    assert [row.line for row in table("reference,name\n\n,\nC-1,\n   ,  \n")[1]] == [4]


def test_a_row_that_does_not_fit_the_header_is_set_apart_with_its_line():
    _, rows, _ = table("reference,name\nC-1\nC-2,Pat\nC-3,Pat,x\n")
    assert [(row.line, row.fault and str(row.fault)) for row in rows] == [
        (2, "The row has 1 cells where the first line names 2 columns."),
        (3, None),
        (4, "The row has 3 cells where the first line names 2 columns."),
    ]


def test_fields_and_lines_have_limits():
    lines = ("C-1,," + "x" * 32_769, "C-2," + ",".join(["y" * 32_760] * 2) + "y")
    _, rows, _ = table("reference,email,name\n" + "\n".join(lines))
    assert "32,768" in str(rows[0].fault) and rows[1].fault is None
    longest = "x" * 32_768
    _, rows, _ = table(f"reference,email,name\nC-1,{longest},{longest}\n")
    assert "65,536" in str(rows[0].fault)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n \n", "empty"),
        ("reference,name\nC-1,Zoë\n".encode("utf-16-le"), "table of text"),
        (b"PK\x03\x04rest", "neither a CSV"),
        (b"%PDF-1.7", "neither a CSV"),
        (b"\x1f\x8b\x08\x00", "neither a CSV"),
        ("reference|name\nC-1|Zoë\n", "commas, semicolons or tabs"),
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
    assert len(table("reference\n" + "C-1\n" * 100_000)[1]) == 100_000
    assert "more than 100,000 rows" in refused("reference\n" + "C-1\n" * 100_001)


def test_a_strange_header_is_quoted_without_its_control_characters():
    assert "\x1b" not in refused("\x1b[31mred|x\n")
