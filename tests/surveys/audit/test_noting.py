"""Rows about changes."""

from surveys.audit.changes import describe
from surveys.audit.noting import note


def test_of_many_changed_rows_twenty_are_named(app, now):
    changes = [describe("task", str(n), "changed", {}) for n in range(25)]

    row = note("inbox.assign", now, way="page", changes=changes)

    assert len(row.changes) == 21 and row.changes[-1] == {"more": 5}
