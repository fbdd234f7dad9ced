"""Back the database up while the house is running: one consistent moment in one file."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite
from sqlalchemy import Engine

from surveys.errors import N_, Conflict, Refusal

COPY = "a backup"  # the home of a copy: whoever puts it in place by hand has its mail held


class FileExists(Conflict):
    """Nothing is ever written over a backup."""

    phrase = N_("%(file)s exists already. Choose another name: a backup is never written over.")


class FolderMissing(Refusal):
    """There is nowhere to write to."""

    phrase = N_("The folder %(folder)s does not exist. Make it, or name another one.")


class NotWritten(Refusal):
    """The operating system or the database did not let us write the copy."""

    phrase = N_(
        "The backup could not be written: %(why)s. Nothing was left behind; make room or choose another place."
    )


class ToolMissing(Refusal):
    """A program of PostgreSQL is not installed."""

    phrase = N_(
        "%(tool)s is not installed. Install PostgreSQL's client tools in the version of the server,"
        " for instance: apt install postgresql-client"
    )


class ToolFailed(Refusal):
    """A program of PostgreSQL gave up."""

    phrase = N_("%(tool)s gave up: %(why)s")


class Damaged(Refusal):
    """The file is not what was written."""

    phrase = N_("%(file)s is damaged or no backup of this house: %(why)s. Take another one.")


def back_up(engine: Engine, file: Path, environ: Mapping[str, str]) -> int:
    """Write the database into `file`, check it, and return its size in bytes.

    The file appears whole or not at all and is readable by its owner only. Refuses with
    FileExists, FolderMissing, NotWritten, ToolMissing, ToolFailed or Damaged.
    """
    if file.exists():
        raise FileExists(file=file)
    if not file.parent.is_dir():
        raise FolderMissing(folder=file.parent)
    part = file.with_name(file.name + ".part")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        if engine.dialect.name == "sqlite":
            copy_sqlite(str(engine.url.database), part)
        else:
            dump_postgres(engine, part, environ)
        reach_the_disk(part)
        part.rename(file)
    except (OSError, sqlite.Error) as error:
        raise NotWritten(why=error) from None
    finally:
        part.unlink(missing_ok=True)
    return file.stat().st_size


def copy_sqlite(source: str, target: Path) -> None:
    """Copy a SQLite database by its online backup: writers go on meanwhile, the copy is of one moment."""
    if not Path(source).is_file():
        raise NotWritten(why=f"there is no database at {source}")
    with (
        closing(sqlite.connect(source, timeout=30)) as there,
        closing(sqlite.connect(str(target), isolation_level=None)) as here,
    ):
        there.backup(here)
        here.execute("PRAGMA journal_mode=DELETE")  # one file, without the log beside it
        check_sqlite(here, target)
        if here.execute("SELECT 1 FROM sqlite_master WHERE name = 'installation'").fetchone():
            here.execute("UPDATE installation SET home = ?", (COPY,))


def check_sqlite(connection: Any, file: Path) -> None:
    """Raise Damaged unless the database is whole and every reference leads somewhere."""
    try:
        found = connection.execute("PRAGMA integrity_check").fetchone()[0]
        if found == "ok" and connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
            found = "a row refers to one that is not there"
    except sqlite.Error as error:
        found = str(error)
    if found != "ok":
        raise Damaged(file=file, why=found)


def dump_postgres(engine: Engine, target: Path, environ: Mapping[str, str]) -> None:
    """Let pg_dump write its own format, and pg_restore read its table of contents."""
    writing = ["pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}"]
    run_tool([*writing, f"--dbname={address(engine)}"], with_password(engine, environ))
    run_tool(["pg_restore", "--list", str(target)], environ)


def address(engine: Engine) -> str:
    """Return the database's address as PostgreSQL's tools read it, without the password: others see commands."""
    bare = engine.url._replace(drivername="postgresql", password=None)  # `set` cannot take a password away
    return bare.render_as_string()


def with_password(engine: Engine, environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment with the password where PostgreSQL's tools look for it."""
    password = engine.url.password
    return {**environ, **({"PGPASSWORD": str(password)} if password else {})}


def run_tool(command: Sequence[str], environ: Mapping[str, str]) -> str:
    """Run a program of PostgreSQL and return what it wrote; raise ToolMissing or ToolFailed."""
    try:
        done = subprocess.run(command, env=dict(environ), capture_output=True, text=True, check=False)  # noqa: S603
    except FileNotFoundError:
        raise ToolMissing(tool=command[0]) from None
    if done.returncode:
        raise ToolFailed(tool=command[0], why=" ".join(done.stderr.split())[:500] or done.returncode)
    return done.stdout


def reach_the_disk(file: Path) -> None:
    """Return when the file's bytes lie on the disk."""
    with file.open("rb") as written:
        os.fsync(written.fileno())
