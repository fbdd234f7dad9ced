"""Lay the triggers into a database: after its tables are made, and after every migration.

SQLite loses the triggers of a table that a migration builds anew, so they are no step of the history: what is missing is
laid whenever the history has run. Changes were not marked while one was missing, so then all is added up anew.
"""

from typing import Any

from sqlalchemy import event, inspect, text
from sqlalchemy.engine import Connection

from feedback.insights.rollups.triggers import PREFIX, TRIGGERS
from surveys.database import Base

LAID = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND substr(name, 1, 7) = :prefix",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND substr(tgname, 1, 7) = :prefix",
}
START_AGAIN = text("UPDATE rollup_calendar SET rolled_until = NULL")


def missing_from(connection: Connection) -> list[str]:
    """Return the names of the triggers that the database does not have."""
    rows = connection.execute(text(LAID[connection.dialect.name]), {"prefix": PREFIX})
    laid = {name for (name,) in rows}
    return [trigger.name for trigger in TRIGGERS if trigger.name not in laid]


def lay(connection: Connection) -> list[str]:
    """Lay what is missing and return its names; a database without the tables for it is left as it is."""
    if not inspect(connection).has_table("rollup_mark"):
        return []
    missing = missing_from(connection)
    for trigger in TRIGGERS:
        if trigger.name in missing:
            for statement in trigger.statements(connection.dialect.name):
                connection.exec_driver_sql(statement)
    if missing:
        connection.execute(START_AGAIN)
    return missing


@event.listens_for(Base.metadata, "after_create")
def _after_the_tables(_metadata: Any, connection: Connection, **_options: Any) -> None:
    lay(connection)
