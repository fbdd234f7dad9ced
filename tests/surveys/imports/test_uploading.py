import pytest

from surveys.customers.csv_table import UnreadableTable
from surveys.imports.queries import errors_of
from surveys.imports.uploading import CHUNK, keep, packed, read_file, unpacked


def test_rows_are_kept_in_chunks_and_come_back_as_they_were():
    file = read_file(b"reference;name\n" + b"C-1;Zo\xc3\xab\n" * (CHUNK + 1), "customers")
    assert [size for size, _ in file.chunks] == [CHUNK, 1]
    (row,) = unpacked(file.chunks[1][1])
    assert (row.line, row.cells) == (CHUNK + 2, ["C-1", "Zoë"])
    assert packed([row]) == file.chunks[1][1]


def test_rows_that_do_not_fit_are_noted_at_once(make, now):
    make.brand()
    run = keep(
        read_file(b"reference,name\nC-1\nC-2,Pat\n", "customers"), "customers", "a.csv", None, "UTC", now
    )
    assert (run.rows, run.refused, run.mapping) == (2, 1, ["reference", "name"])
    assert [(row.line, row.cells) for row in errors_of(run)] == [(2, ["C-1"])]


@pytest.mark.parametrize("heading", [b"", b"E-Mail\n"])
def test_a_list_of_addresses_may_do_without_a_heading(heading):
    file = read_file(heading + b"pat@example.test\ndora@example.test\n", "suppressions")
    found = [row.cells for _, rows in file.chunks for row in unpacked(rows)]
    assert found == [["pat@example.test"], ["dora@example.test"]]


@pytest.mark.parametrize("data", [b"reference,name\n", b"", b"x" * (25 * 1024 * 1024 + 1)])
def test_a_file_without_rows_or_too_large_is_refused(data):
    with pytest.raises(UnreadableTable):
        read_file(data, "customers")
