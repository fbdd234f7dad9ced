"""Triggers: what the database itself does whenever a row changes, in both databases' SQL.

A trigger that is to do something else gets another name, so that it is known to be missing; see `laying`.
"""

from typing import NamedTuple


class Trigger(NamedTuple):
    """A statement sequence that runs after `event` on a row of `table`, `when` a condition holds.

    Of an UPDATE only changes of `columns` count.
    """

    name: str
    table: str
    event: str
    body: tuple[str, ...]
    columns: tuple[str, ...] = ()
    when: str = ""

    @property
    def head(self) -> str:
        """Return what both databases say alike, up to the condition."""
        of = f" OF {', '.join(quoted(self.columns))}" if self.columns else ""
        return f"CREATE TRIGGER {self.name} AFTER {self.event}{of} ON {self.table} FOR EACH ROW"

    @property
    def condition(self) -> str:
        """Return when it runs, without brackets; empty for always."""
        changed = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in quoted(self.columns))
        return " AND ".join(f"({each})" for each in (changed, self.when) if each)

    def statements(self, dialect: str) -> list[str]:
        """Return what makes the trigger; on PostgreSQL its function first."""
        body = "".join(f"{each}; " for each in self.body)
        when = f" WHEN ({self.condition})" if self.condition else ""
        if dialect == "sqlite":
            return [f"{self.head}{when} BEGIN {body}END"]
        return [self.function, f"{self.head}{when} EXECUTE FUNCTION {self.name}()"]

    @property
    def function(self) -> str:
        """Return what makes or replaces its function on PostgreSQL."""
        body = "".join(f"{each}; " for each in self.body)
        return (
            f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$BEGIN {body}RETURN NULL; END$$"
        )


def quoted(columns: tuple[str, ...]) -> list[str]:
    """Return the names of columns as both databases take them, also where they are words of SQL."""
    return [f'"{name}"' for name in columns]
