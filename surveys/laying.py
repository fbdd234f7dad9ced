"""Lay the triggers that a database does not have.

SQLite loses the triggers of a table that a migration builds anew, so they are no step of the history: what is missing is
laid whenever the history has run.
"""

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.engine import Connection

from surveys.triggers import Trigger

LAID = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}


def missing_among(triggers: Sequence[Trigger], connection: Connection) -> list[Trigger]:
    """Return the triggers that the database does not have."""
    laid = {name for (name,) in connection.execute(text(LAID[connection.dialect.name]))}
    return [trigger for trigger in triggers if trigger.name not in laid]


def lay_missing(triggers: Sequence[Trigger], connection: Connection) -> list[Trigger]:
    """Lay the triggers that the database does not have, and return them; the tables they stand on have to be there."""
    missing = missing_among(triggers, connection)
    for trigger in missing:
        for statement in trigger.statements(connection.dialect.name):
            connection.exec_driver_sql(statement)
    return missing
