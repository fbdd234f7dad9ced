"""Run the suite twice: on SQLite, and on a PostgreSQL server started for it.

`python -m tests.both [pytest arguments]`. TEST_DATABASE_URL names another server. What touches
no database runs once; browser tests run once, on SQLite; without a Chromium they are counted in one line, unless
REQUIRE_BROWSER is set, which makes that a failure.
"""

import os
import subprocess
import sys
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import IO

from tests.chromium import find_chromium
from tests.postgres import server


def pytest(
    arguments: list[str], workers: int, output: IO[str] | None = None, **environ: str
) -> subprocess.Popen[bytes]:
    """Start pytest; each file stays with one worker, because its tests may share a house."""
    number = os.environ.get("WORKERS", str(workers))
    workers_of_files = ["-n", number, "--dist", "loadfile", "--no-loadscope-reorder"]
    command = [sys.executable, "-m", "pytest", *workers_of_files, *arguments]
    return subprocess.Popen(command, env={**os.environ, **environ}, stdout=output, stderr=output)


@contextmanager
def postgres_url():
    """Yield the address of the PostgreSQL to test on."""
    if os.environ.get("TEST_DATABASE_URL"):
        yield os.environ["TEST_DATABASE_URL"]
    else:
        with server(is_durable=False) as url:
            yield url


def main(arguments: list[str]) -> int:
    """Run both suites; return 0 when everything passed."""
    chromium = find_chromium()
    without = [] if chromium else ["-m", "not browser"]
    again = ["-m", "not browser", "--on-a-database", "--hypothesis-profile=again", *arguments]
    with postgres_url() as url, TemporaryFile("w+") as kept:
        os.environ.pop("TEST_DATABASE_URL", None)
        # At the same time: while one waits for a browser or a loop, the other has the processor.
        print("\n== The suite on SQLite (PostgreSQL is under way too) ==", flush=True)
        cores = os.cpu_count() or 2
        on_sqlite = pytest([*without, *arguments], cores, CHROMIUM=chromium or "")
        on_postgres = pytest(again, cores, kept, TEST_DATABASE_URL=url)
        first, second = on_sqlite.wait(), on_postgres.wait()
        print("\n== The suite on PostgreSQL ==")
        kept.seek(0)
        print(kept.read(), flush=True)
    if not chromium:
        print(f"NOT RUN: {count_browser_tests()} browser tests (no Chromium found; set CHROMIUM=/path)")
    return first or second or int(bool(os.environ.get("REQUIRE_BROWSER")) and not chromium)


def count_browser_tests() -> int:
    """Return how many tests want a browser."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-m", "browser", "tests"]
    listing = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return sum("::" in line for line in listing.splitlines())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
