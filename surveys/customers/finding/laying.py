"""Lay the indexes by which a part of a name is found: after the tables are made, and after every migration.

SQLite loses the triggers of a table that a migration builds anew, and PostgreSQL's extension may come later than the
house: so they are no step of the history, and what is missing is laid whenever the history has run.
"""

from typing import Any

from sqlalchemy import event, inspect, text
from sqlalchemy.engine import Connection

from surveys.customers.finding.threes import CALLED, EXTENSION, Called
from surveys.database import Base

THERE = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type IN ('table', 'trigger')",
    "postgresql": "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()",
}
# Whether the extension is there, or whoever asks may bring it in: a trusted one needs no superuser.
MAY_HAVE = text(
    "SELECT EXISTS (SELECT 1 FROM pg_extension WHERE extname = :name) OR"
    " (has_database_privilege(current_database(), 'CREATE') AND EXISTS (SELECT 1 FROM pg_available_extension_versions"
    " WHERE name = :name AND (trusted OR (SELECT rolsuper FROM pg_roles WHERE rolname = current_user))))"
)


def lay(connection: Connection) -> list[str]:
    """Lay the indexes that are missing and return their names; none on a PostgreSQL that may not have the extension.

    A database without the tables is left as it is.
    """
    dialect = connection.dialect.name
    there = {name for (name,) in connection.execute(text(THERE[dialect]))}
    missing = [called for called in CALLED if not is_whole(called, there, dialect)]
    missing = [called for called in missing if inspect(connection).has_table(called.table)]
    if not missing:
        return []
    if dialect == "postgresql":
        if not connection.scalar(MAY_HAVE, {"name": EXTENSION}):
            return []
        connection.exec_driver_sql(f"CREATE EXTENSION IF NOT EXISTS {EXTENSION}")
    for called in missing:
        for statement in [called.on_postgresql()] if dialect == "postgresql" else called.on_sqlite():
            connection.exec_driver_sql(statement)
    return [called.kept_in for called in missing]


def is_whole(called: Called, there: set[str], dialect: str) -> bool:
    """Tell whether an index is there, on SQLite with all that keeps it true."""
    return called.kept_in in there and (
        dialect == "postgresql" or {trigger.name for trigger in called.triggers} <= there
    )


@event.listens_for(Base.metadata, "after_create")
def _after_the_tables(_metadata: Any, connection: Connection, **_options: Any) -> None:
    lay(connection)
