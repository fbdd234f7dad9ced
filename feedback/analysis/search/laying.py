"""Lay the triggers that keep SQLite's index of words, where a migration has built the table anew and lost them."""

from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection

from feedback.analysis.search.models import TRIGGERS
from surveys.laying import lay_missing

REBUILD = text("INSERT INTO fts_comment (fts_comment) VALUES ('rebuild')")


def lay(connection: Connection) -> list[str]:
    """Lay what is missing, and then index all words anew; return the names of what was missing.

    PostgreSQL needs none, its index belongs to the table; a database without the table is left as it is.
    """
    if connection.dialect.name != "sqlite" or not inspect(connection).has_table("searched_comment"):
        return []
    missing = lay_missing(TRIGGERS, connection)
    if missing:
        connection.execute(REBUILD)
    return [trigger.name for trigger in missing]
