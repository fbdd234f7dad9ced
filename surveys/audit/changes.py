"""What of a changed row may be written down: numbers, moments, yes and no, and codes; never what a person is or said."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

# Columns whose text is one of a few codes of ours, in whatever table.
CODES = frozenset(
    {
        "basis",
        "cause",
        "colour",
        "corners",
        "default_basis",
        "delay_unit",
        "excluded_reason",
        "key",
        "kind",
        "locale",
        "outcome",
        "priority",
        "reason",
        "resolution",
        "role",
        "rule",
        "source",
        "state",
        "strict_countries",
        "time_zone",
        "trigger",
        "way",
    }
)
# What changes with every change, or says nothing.
QUIET = frozenset({"changed_at", "changed_by_id", "version", "last_seen_at", "expires_at"})
MOST = 20
Change = dict[str, Any]


def describe(table: str, name: str, what: str, fields: Mapping[str, tuple[Any, Any]]) -> Change:
    """Return one changed row; `what` is created, changed or deleted, `fields` are values before and after.

    A field whose value could be personal is named without its values.
    """
    shown = {
        field: [plain(before), plain(after)] if is_harmless(field, before, after) else None
        for field, (before, after) in sorted(fields.items())
        if field not in QUIET
    }
    return {"table": table, "id": name, "what": what, "fields": shown}


def is_harmless(field: str, before: Any, after: Any) -> bool:
    """Return whether both values may be written down."""
    return field in CODES or all(
        value is None or isinstance(value, bool | int | float | datetime | date | timedelta)
        for value in (before, after)
    )


def plain(value: Any) -> Any:
    """Return a value as JSON holds it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | float | str | list) else str(value)
