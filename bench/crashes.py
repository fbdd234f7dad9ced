"""Kills and races: the tests of the suite that kill processes, at full count."""

import os
import re
import subprocess
import sys

from bench.figures import Figure, Place
from tests.journeys.living import ROOT

ROUNDS = 50


def measure(at: Place) -> list[Figure]:
    """Run the kill and race tests; the figure is how many of them failed."""
    count = failed(at, "-m", "crash", "tests")
    what = f"kills and races that lost or doubled something, of {ROUNDS} rounds"
    return [at.figure(what, count, "", "0", count == 0)]


def failed(at: Place, *chosen: str) -> int:
    """Run some tests of the suite at full count; return how many failed."""
    environ = {**os.environ, "CRASH_ROUNDS": str(ROUNDS)}
    if at.server:
        environ["TEST_DATABASE_URL"] = at.server
    command = [sys.executable, "-m", "pytest", *chosen, "-n", "0", "-rfE", "--tb=short"]
    ended = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    summary = ended.stdout.strip().splitlines()[-1]
    if ended.returncode:
        print(ended.stdout)
    print(f"  {ROUNDS} rounds on {at.database}: {summary}", flush=True)
    found = re.search(r"(\d+) (?:failed|error)", summary)
    return int(found[1]) if found else 0 if ended.returncode == 0 else 1
