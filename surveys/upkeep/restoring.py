"""Fill an empty database with a backup, after looking whether it is whole and of a version we know."""

import re
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from urllib.parse import quote

import pysqlite3.dbapi2 as sqlite
from sqlalchemy import Engine, inspect, text

from surveys.customers.finding.threes import CALLED
from surveys.database import is_declared
from surveys.errors import N_, Conflict, Refusal
from surveys.upkeep.backing_up import Damaged, address, check_sqlite, run_tool, with_password
from surveys.upkeep.queries import steps

BEGINNINGS = {b"SQLite format 3\x00": "sqlite", b"PGDMP": "postgresql"}
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
# The tables are the backup's, so only columns are named that are there since the step with holds.
HOLD = """
INSERT INTO installation (id, home, held_because, held_at) VALUES (1, '', 'restored', :now)
    ON CONFLICT (id) DO UPDATE SET held_because = excluded.held_because, held_at = excluded.held_at
"""
# Lines such as "2; 3079 20037 EXTENSION - pg_trgm " in the table of contents of a dump.
BY_EXTENSION = re.compile(
    rf"\d+; \d+ \d+ (EXTENSION - |COMMENT - EXTENSION |INDEX \S+ ({'|'.join(each.kept_in for each in CALLED)}) )"
)
VERSION = re.compile(r"^COPY [^\n]*alembic_version[^\n]*\n(\S+)$", re.MULTILINE)


class NoBackup(Refusal):
    """The file is not there or begins like no backup."""

    phrase = N_("%(file)s is no backup of this house. Name a file that `flask backup` has written.")


class OtherDatabase(Refusal):
    """A backup of one kind of database does not fit into another."""

    phrase = N_(
        "%(file)s is a backup of %(theirs)s, but DATABASE_URL names %(ours)s."
        " Restore it into an empty %(theirs)s database."
    )


class NotEmpty(Conflict):
    """Restoring never writes over anything."""

    phrase = N_(
        "The database that DATABASE_URL names is not empty: there are rows in %(table)s. Restore into an"
        " empty one: stop pages and loop, and move the old database away or name another one."
    )


class Newer(Refusal):
    """The backup was made by a version of the house that knows more than this one."""

    phrase = N_(
        "%(file)s was made by another version of Nachklang (schema %(step)s)."
        " Install that version or a newer one, and restore again."
    )


class NotRead(Refusal):
    """The operating system or the database did not let the backup in."""

    phrase = N_("The backup could not be restored: %(why)s. Give an empty database and try again.")


def restore_from(
    engine: Engine, file: Path, migrations: Path, environ: Mapping[str, str], now: datetime
) -> None:
    """Fill the empty database of `engine` with the backup in `file`.

    Refuses with NoBackup, OtherDatabase, Damaged, Newer, NotEmpty, NotRead, ToolMissing or ToolFailed; then
    nothing has changed. The schema is the backup's: bring it up to date afterwards. Mail is held from `now`
    on, before that; only a backup older than the step with holds has no place for it (schema 0002).
    """
    ours = engine.dialect.name
    theirs = kind_of(file)
    if theirs != ours:
        raise OtherDatabase(file=file, theirs=NAMES[theirs], ours=NAMES[ours])
    step = step_in_sqlite(file) if ours == "sqlite" else step_in_postgres(file, environ)
    if step not in steps(migrations):
        raise Newer(file=file, step=step)
    if ours == "sqlite" and engine.url.database:
        Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)
    require_empty(engine)
    engine.dispose()
    if ours == "sqlite":
        fill_sqlite(str(engine.url.database), file, now)
    else:
        fill_postgres(engine, file, environ)
        if inspect(engine).has_table("installation"):
            with engine.begin() as connection:
                connection.execute(text(HOLD), {"now": now})


def kind_of(file: Path) -> str:
    """Return which database wrote the file, told by its first bytes; refuse with NoBackup."""
    try:
        with file.open("rb") as backup:
            beginning = backup.read(16)
    except OSError:
        raise NoBackup(file=file) from None
    for known, kind in BEGINNINGS.items():
        if beginning.startswith(known):
            return kind
    raise NoBackup(file=file)


def opened(file: Path) -> Any:
    """Return a connection that only reads, whatever lies beside the file."""
    return sqlite.connect(f"file:{quote(str(file.absolute()))}?mode=ro&immutable=1", uri=True)


def step_in_sqlite(file: Path) -> str:
    """Check the backup and return the step its schema is at; refuse with Damaged."""
    with closing(
        sqlite.connect(f"file:{quote(str(file.absolute()))}?mode=ro&immutable=1", uri=True)
    ) as backup:
        check_sqlite(backup, file)
        try:
            found = backup.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite.Error as error:
            raise Damaged(file=file, why=error) from None
    return str(found[0]) if found else ""


def step_in_postgres(file: Path, environ: Mapping[str, str]) -> str:
    """Return the step the backup's schema is at; refuse with ToolFailed or Damaged."""
    script = run_tool(
        ["pg_restore", "--data-only", "--table=alembic_version", "--file=-", str(file)], environ
    )
    found = VERSION.search(script)
    if found is None:
        raise Damaged(file=file, why="it names no schema")
    return found[1]


def require_empty(engine: Engine) -> None:
    """Refuse with NotEmpty when any table of the database holds a row, whoever made the table.

    What a full-text index keeps for itself is there before anything is.
    """
    with engine.connect() as connection:
        quoted = engine.dialect.identifier_preparer.quote
        for table in inspect(connection).get_table_names():
            if table == "alembic_version" or not is_declared(table, "table", None):
                continue
            if connection.execute(text(f"SELECT 1 FROM {quoted(table)} LIMIT 1")).first():  # noqa: S608
                raise NotEmpty(table=table)


def fill_postgres(engine: Engine, file: Path, environ: Mapping[str, str]) -> None:
    """Let pg_restore fill the database, all or nothing; refuse with ToolMissing or ToolFailed."""
    wanted = own_part(run_tool(["pg_restore", "--list", str(file)], environ))
    with NamedTemporaryFile("w", suffix=".list") as chosen:
        chosen.write(wanted)
        chosen.flush()
        command = ["pg_restore", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
        command += ["--clean", "--if-exists", f"--use-list={chosen.name}"]
        run_tool([*command, f"--dbname={address(engine)}", str(file)], with_password(engine, environ))


def own_part(listing: str) -> str:
    """Return the lines of a backup's table of contents that are ours to restore.

    An extension may belong to the server's administrator, who alone can drop it, or may not be had at all. So it and the
    indexes that need it are left out; they are laid again when the history has run.
    """
    return "".join(line for line in listing.splitlines(keepends=True) if not BY_EXTENSION.match(line))


def fill_sqlite(target: str, file: Path, now: datetime) -> None:
    """Copy the backup into the database file page by page and hold the mail; refuse with NotRead.

    Nobody else reads the file before the hold is in it: its lock stays with this connection to the end.
    """
    try:
        with (
            closing(sqlite.connect(str(file))) as backup,
            closing(sqlite.connect(target, timeout=10)) as ours,
        ):
            ours.execute("PRAGMA locking_mode = EXCLUSIVE")
            backup.backup(ours)
            if ours.execute("SELECT 1 FROM sqlite_master WHERE name = 'installation'").fetchone():
                with ours:
                    ours.execute(HOLD, {"now": f"{now:%Y-%m-%d %H:%M:%S.%f}"})
    except sqlite.Error as error:
        raise NotRead(why=error) from None
