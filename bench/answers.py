"""Answers and survey pages: how many, how fast, at what cost of processor and memory."""

import time

import psutil

from bench.figures import Figure, Place
from bench.load import answer_one, open_one, run
from bench.serving import Served, cpu_of, pss_of
from surveys.database import db

ANSWERS, AT_RATE = 3000, 1500
LEAST_ANSWERS = {"SQLite": 120, "PostgreSQL": 200}


def measure(at: Place) -> list[Figure]:
    """Measure one database: answers, pages, memory, start."""
    house = Served(at.folder, at.url)
    warm, tokens = house.invite(200), house.invite(ANSWERS)
    steady, pages = house.invite(AT_RATE), house.invite(500)
    least = LEAST_ANSWERS[at.database]
    began = time.perf_counter()
    with house.web() as parent:
        run(house.port, warm[:1], answer_one, lines=1)
        start = time.perf_counter() - began
        run(house.port, warm[1:], answer_one, lines=8)
        workers = parent.children()
        busy = [parent, *workers, *(postgres_processes() if at.server else [])]
        before = cpu_of(busy)
        answers = run(house.port, tokens, answer_one, lines=8)
        after = cpu_of([p for p in busy if p.is_running()])
        cpu = 1000 * (after - before) / max(1, len(answers.seconds))
        paced = run(house.port, steady, answer_one, lines=16, per_second=100)
        shown = run(house.port, pages, open_one, lines=8, again=True)
        memory = max(pss_of(worker) for worker in workers)
    with house.app.app_context():
        db.engine.dispose()
    slowest = paced.quantile(0.99)
    failures = answers.failures + paced.failures + shown.failures
    return [
        at.figure("cold start to first answer", start, "s", "≤ 3", start <= 3),
        at.figure("complete answers", answers.rate, "/s", f"≥ {least}", answers.rate >= least),
        at.figure("processor time for an answer, all processes", cpu, "ms", "≤ 8", cpu <= 8),
        at.figure("99 % of answers at 100/s within", slowest, "ms", "≤ 50", slowest <= 50),
        at.figure("survey pages", shown.rate, "/s", "≥ 1200", shown.rate >= 1200),
        at.figure("requests that failed", failures, "", "0", failures == 0),
        at.figure("memory of a web worker (PSS)", memory, "MB", "≤ 80", memory <= 80),
    ]


def postgres_processes() -> list[psutil.Process]:
    """Return the server processes of the PostgreSQL that was started here."""
    mine = psutil.Process()
    return [
        p
        for p in psutil.process_iter(["name"])
        if p.info["name"] == "postgres" and p.create_time() > mine.create_time()
    ]
