"""A table counts what leaves it."""

from feedback.exports.tables import Column, Table


def test_rows_are_counted_as_they_leave():
    table = Table("answers", [Column("score", "number", "the score")], iter([[1], [2], [3]]))
    leaving = table.leaving()

    assert (table.names, table.written) == (["score"], 0)
    assert [next(leaving), next(leaving)] == [[1], [2]] and table.written == 2
    assert [*leaving] == [[3]] and table.written == 3
