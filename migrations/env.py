"""The Alembic environment: runs the history against the application's database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

import click
from alembic import context
from flask import current_app
from sqlalchemy import text
from sqlalchemy.engine import Connection, Inspector

from feedback.analysis.search import laying as words
from feedback.insights.rollups import laying as counts
from surveys.customers.finding import laying as names
from surveys.database import UTCDateTime, db, is_declared
from surveys.doors import spoken
from surveys.errors import Refusal
from surveys.upkeep.reaching import check_database


def render_item(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Write our own column type as the plain one under it: a step never imports the house."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


engine = db.engine
metadata = db.metadata


class LoneTables(Inspector):
    """Reads a table alone: to read all that its keys lead to, which no batch needs, took half the time of an upgrade."""

    def reflect_table(
        self,
        table: Any,
        include_columns: Any,
        exclude_columns: Any = (),
        resolve_fks: bool = False,
        **more: Any,
    ) -> None:
        """Read `table`; what its keys point to stays a name, whatever `resolve_fks` says."""
        super().reflect_table(table, include_columns, exclude_columns, resolve_fks=False, **more)


@contextmanager
def tables_may_be_rebuilt(connection: Connection) -> Iterator[None]:
    """Let SQLite build a table anew while rows of others point to it, and look afterwards that none points nowhere.

    A step that changes a table copies it, drops the old one and renames the copy (Alembic's batches). Triggers of other
    tables that name it stay as they are meanwhile.
    """
    if engine.dialect.name != "sqlite":
        yield
        return
    dialect: Any = engine.dialect
    dialect.inspector = LoneTables
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")  # It has no effect within a transaction.
    driver.execute("PRAGMA legacy_alter_table=ON")
    try:
        yield
        astray = driver.execute("PRAGMA foreign_key_check").fetchall()
        if astray:
            raise RuntimeError(f"rows point to nothing after the migration: {astray[:5]}")
    finally:
        del dialect.inspector
        driver.execute("PRAGMA legacy_alter_table=OFF")
        driver.execute("PRAGMA foreign_keys=ON")


def run() -> None:
    """Run the wanted steps, each in a transaction of its own; no step is half done."""
    try:
        check_database()
    except Refusal as refusal:
        raise click.ClickException(spoken(refusal)) from None
    with engine.connect() as connection, tables_may_be_rebuilt(connection):
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET statement_timeout = 0"))
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=metadata,
            render_item=render_item,
            include_name=is_declared,
            transaction_per_migration=True,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.rollback()
        with connection.begin():
            counts.lay(connection)
            words.lay(connection)
            names.lay(connection)


run()
