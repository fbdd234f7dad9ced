"""`python -m bench`: measure, print a table with the machine's description, write JSON."""

import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from bench.load import answer_one, open_one, run
from bench.serving import ROOT, Served, cpu_of, pss_of
from surveys.database import db
from tests.postgres import server

ANSWERS, AT_RATE = 3000, 1500
CRASH_ROUNDS = 50


@dataclass
class Figure:
    """One measured figure beside what it has to be."""

    database: str
    name: str
    value: float
    unit: str
    wanted: str
    good: bool


def postgres_processes() -> list[psutil.Process]:
    """Return the server processes of the PostgreSQL that was started here."""
    mine = psutil.Process()
    return [
        p
        for p in psutil.process_iter(["name"])
        if p.info["name"] == "postgres" and p.create_time() > mine.create_time()
    ]


def measure(name: str, url: str, folder: Path, least_answers: int) -> list[Figure]:
    """Measure one database: answers, pages, memory, start."""
    house = Served(folder, url)
    warm, tokens = house.invite(200), house.invite(ANSWERS)
    steady, pages = house.invite(AT_RATE), house.invite(500)
    found = []

    def figure(what: str, value: float, unit: str, wanted: str, good: bool) -> None:
        found.append(Figure(name, what, round(value, 2), unit, wanted, good))
        print(
            f"  {'ok ' if good else 'LOW'} {name:11} {what:44} {value:10.2f} {unit:4} (wanted {wanted})",
            flush=True,
        )

    began = time.perf_counter()
    with house.web() as parent:
        run(house.port, warm[:1], answer_one, lines=1)
        start = time.perf_counter() - began
        figure("cold start to first answer", start, "s", "≤ 3", start <= 3)
        run(house.port, warm[1:], answer_one, lines=8)
        workers = parent.children()
        busy = [parent, *workers, *(postgres_processes() if name == "PostgreSQL" else [])]
        before = cpu_of(busy)
        answers = run(house.port, tokens, answer_one, lines=8)
        after = cpu_of([p for p in busy if p.is_running()])
        cpu = 1000 * (after - before) / max(1, len(answers.seconds))
        figure("complete answers", answers.rate, "/s", f"≥ {least_answers}", answers.rate >= least_answers)
        figure("processor time for an answer, all processes", cpu, "ms", "≤ 8", cpu <= 8)
        paced = run(house.port, steady, answer_one, lines=16, per_second=100)
        figure(
            "99 % of answers at 100/s within", paced.quantile(0.99), "ms", "≤ 50", paced.quantile(0.99) <= 50
        )
        shown = run(house.port, pages, open_one, lines=8, again=True)
        figure("survey pages", shown.rate, "/s", "≥ 1200", shown.rate >= 1200)
        failures = answers.failures + paced.failures + shown.failures
        figure("requests that failed", failures, "", "0", failures == 0)
        memory = max(pss_of(worker) for worker in workers)
        figure("memory of a web worker (PSS)", memory, "MB", "≤ 80", memory <= 80)
    with house.app.app_context():
        db.engine.dispose()
    return found


def crashes(name: str, url: str | None) -> list[Figure]:
    """Run the kill and race tests at full count; the figure is how many of them failed."""
    environ = {**os.environ, "CRASH_ROUNDS": str(CRASH_ROUNDS)} | ({"TEST_DATABASE_URL": url} if url else {})
    command = [sys.executable, "-m", "pytest", "-m", "crash", "-n", "0", "-rfE", "--tb=short", "tests"]
    ended = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    summary = ended.stdout.strip().splitlines()[-1]
    if ended.returncode:
        print(ended.stdout)
    print(f"  {CRASH_ROUNDS} rounds on {name}: {summary}", flush=True)
    failed = re.search(r"(\d+) (?:failed|error)", summary)
    count = int(failed[1]) if failed else 0 if ended.returncode == 0 else 1
    what = f"kills and races that lost or doubled something, of {CRASH_ROUNDS} rounds"
    return [Figure(name, what, count, "", "0", count == 0)]


def machine() -> str:
    """Return a line that says what was measured on."""
    memory = psutil.virtual_memory().total / 2**30
    return f"{platform.platform()}, Python {platform.python_version()}, {psutil.cpu_count()} cores, {memory:.0f} GiB"


def main() -> int:
    """Measure both databases; return 1 when a figure is missed."""
    print(machine())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        figures = measure("SQLite", f"sqlite:///{folder / 'bench.sqlite'}", folder, 120)
        figures += crashes("SQLite", None)
        with server() as url:
            figures += measure("PostgreSQL", url, folder, 200)
            figures += crashes("PostgreSQL", url)
    results = Path(__file__).parent / "results"
    results.mkdir(exist_ok=True)
    target = results / f"{time.strftime('%Y-%m-%d-%H%M%S')}.json"
    target.write_text(json.dumps({"machine": machine(), "figures": [asdict(f) for f in figures]}, indent=1))
    print(f"written to {target}")
    return 0 if all(figure.good for figure in figures) else 1


if __name__ == "__main__":
    raise SystemExit(main())
