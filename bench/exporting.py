"""Exports of a million answers through the web server: the first byte, the memory of the workers, the whole."""

import http.client
import time
from datetime import timedelta

import psutil

from bench.figures import Figure, Place
from bench.million import ANSWERS, fill
from bench.serving import Served, peak_of
from feedback.exports.files import FORMATS
from surveys.api.granting import issue
from surveys.clock import real_now
from surveys.database import db

PIECE = 1 << 16


def measure(at: Place) -> list[Figure]:
    """Take all answers as each kind of file, with a few of them before so that everything is loaded."""
    house, postgres = Served(at.folder, at.url), at.server is not None
    with house.app.app_context():
        now = real_now() - timedelta(minutes=1)
        fill(now, postgres=postgres)
        _, secret = issue("bench", real_now())
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    figures = []
    since = (now - timedelta(minutes=30)).isoformat(timespec="seconds").replace("+00:00", "Z")
    for form in FORMATS:
        with house.web() as server:
            for _ in range(20):
                take(house.port, secret, f"format={form}&since={since}")
            workers = server.children(recursive=True)
            before = {worker.pid: rss(worker) for worker in workers}
            first, took, size = take(house.port, secret, f"format={form}")
            growth = max(peak_of(worker) - before[worker.pid] for worker in workers)
        name = f"export of {ANSWERS:,} answers as {form}"
        figures += [
            at.figure(f"{name}: first byte", first, "s", "≤ 1", first <= 1),
            at.figure(f"{name}: memory of a worker grows by", growth, "MiB", "≤ 50", growth <= 50),
            at.figure(f"{name}: {size / 2**20:.0f} MiB, the whole", took, "s", "–", True),
        ]
    return figures


def rss(worker: psutil.Process) -> float:
    """Return the memory of a worker in mebibytes."""
    return worker.memory_info().rss / 2**20


def take(port: int, secret: str, query: str) -> tuple[float, float, int]:
    """Fetch a file; return the seconds until the first byte of it and until the last, and its length."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=900)
    began = time.perf_counter()
    line.request("GET", f"/api/v1/exports/answers?{query}", headers={"Authorization": f"Bearer {secret}"})
    answer = line.getresponse()
    if answer.status != 200:
        raise SystemExit(f"the export answered {answer.status}")
    size = len(answer.read(1))
    first = time.perf_counter() - began
    while piece := answer.read(PIECE):
        size += len(piece)
    line.close()
    return first, time.perf_counter() - began, size
