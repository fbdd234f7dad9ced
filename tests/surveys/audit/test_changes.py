"""What of a change may be written down."""

from datetime import UTC, datetime, timedelta

import pytest

from surveys.audit.changes import describe


@pytest.mark.parametrize(
    "field, before, after, shown",
    [
        ("role", "agent", "admin", ["agent", "admin"]),
        ("is_on", True, False, [True, False]),
        ("delay", timedelta(days=7), None, ["7 days, 0:00:00", None]),
        ("closed_at", None, datetime(2026, 3, 10, tzinfo=UTC), [None, "2026-03-10T00:00:00+00:00"]),
        ("name", "Dora", "Dora D.", None),
        ("email", None, "dora@example.test", None),
        ("answers", {}, {"why": "late"}, None),
    ],
)
def test_values_are_shown_only_where_they_can_be_nobodys(field, before, after, shown):
    assert describe("t", "x", "changed", {field: (before, after)})["fields"] == {field: shown}


def test_what_changes_with_every_change_is_left_out():
    assert describe("t", "x", "changed", {"changed_at": (None, None)})["fields"] == {}
