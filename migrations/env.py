"""The Alembic environment: runs the history against the application's database."""

from typing import Literal

from alembic import context
from flask import current_app
from sqlalchemy import text

from surveys.database import UTCDateTime, db


def render_item(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Write our own column type as the plain one under it: a step never imports the house."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


engine = db.engine
metadata = db.metadata


def run() -> None:
    """Run the wanted steps in one transaction; nothing is half migrated."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET statement_timeout = 0"))
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=metadata,
            render_item=render_item,
            transaction_per_migration=True,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
