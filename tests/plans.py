"""How the database goes about what a story asks it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, text

from surveys.database import db


@contextmanager
def plans(table: str) -> Iterator[list[str]]:
    """Note how the database goes about each SELECT that reads `table`, as it would where that is large."""
    found: list[str] = []
    on_postgres = db.engine.dialect.name == "postgresql"
    if on_postgres:
        # Counted anew, for otherwise the plan depends on when the server last looked.
        db.session.execute(text(f"ANALYZE {table}"))
        db.session.execute(text("SET LOCAL enable_seqscan = off"))

    def note(
        connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool
    ) -> None:
        if statement.startswith("SELECT") and f"FROM {table} " in " ".join(statement.split()) + " ":
            word = "EXPLAIN" if on_postgres else "EXPLAIN QUERY PLAN"
            other = connection.connection.cursor()
            other.execute(f"{word} {statement}", parameters)
            found.append("\n".join(str(row[-1]) for row in other.fetchall()))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
