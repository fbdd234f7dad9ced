"""What indexes a part of a name: every three signs that follow each other, as each database keeps them.

"pat 77" can only be where "pat", "at ", "t 7" and " 77" are. Which rows have all of them says an index; whether they
stand together is then looked up in these few rows. PostgreSQL has such an index in its extension pg_trgm, SQLite in FTS5.
The database keeps it true itself, on whatever way a row comes, changes or goes.
"""

from typing import NamedTuple

from surveys.triggers import Trigger

LENGTH = 3
EXTENSION = "pg_trgm"


class Called(NamedTuple):
    """A table, and its columns of which a part may be looked for."""

    table: str
    columns: tuple[str, ...]

    @property
    def kept_in(self) -> str:
        """Return the name of its index; `database.is_declared` leaves these alone."""
        return f"fts_{self.table}"

    @property
    def triggers(self) -> tuple[Trigger, ...]:
        """Return what keeps the index of SQLite true."""
        names, index = ", ".join(self.columns), self.kept_in
        new, old = (", ".join(f"{row}.{each}" for each in self.columns) for row in ("NEW", "OLD"))
        into = f"INSERT INTO {index}"
        add = f"{into} (rowid, {names}) VALUES (NEW.id, {new})"
        take = f"{into} ({index}, rowid, {names}) VALUES ('delete', OLD.id, {old})"
        return (
            Trigger(f"{self.table}_called", self.table, "INSERT", (add,)),
            Trigger(f"{self.table}_gone", self.table, "DELETE", (take,)),
            Trigger(f"{self.table}_renamed", self.table, "UPDATE", (take, add), self.columns),
        )

    def on_sqlite(self) -> list[str]:
        """Return the statements that make index and triggers anew, whatever was left of them.

        `secure-delete` takes names out of the file at once, instead of marking them as gone.
        """
        index = self.kept_in
        tell = f"INSERT INTO {index} ({index}"
        return [
            *(f"DROP TRIGGER IF EXISTS {trigger.name}" for trigger in self.triggers),
            f"DROP TABLE IF EXISTS {index}",
            f"CREATE VIRTUAL TABLE {index} USING fts5({', '.join(self.columns)}, content='{self.table}',"
            " content_rowid='id', tokenize='trigram', detail='none', columnsize=0)",
            f"{tell}, rank) VALUES ('secure-delete', 1)",
            f"{tell}) VALUES ('rebuild')",
            *(statement for trigger in self.triggers for statement in trigger.statements("sqlite")),
        ]

    def on_postgresql(self) -> str:
        """Return the statement that makes the index."""
        columns = ", ".join(f"lower({each}) gin_trgm_ops" for each in self.columns)
        return f"CREATE INDEX {self.kept_in} ON {self.table} USING gin ({columns})"


CALLED = (Called("customer", ("name", "email", "reference")), Called("purchase", ("reference",)))


def for_sqlite(part: str) -> str | None:
    """Return the FTS5 query for all threes of a part of a name; None when it is too short to have any."""
    threes = {part[at : at + LENGTH] for at in range(len(part) - LENGTH + 1)}
    return " AND ".join('"{}"'.format(each.replace('"', '""')) for each in sorted(threes)) or None
