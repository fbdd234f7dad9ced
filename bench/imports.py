"""Import: a file of 100,000 purchases, by the command that people type."""

import csv
import subprocess
import time
from datetime import timedelta
from pathlib import Path

import psutil
from sqlalchemy import func, select

from bench.figures import Figure, Place
from bench.serving import BIN, Served, peak_of
from surveys.clock import real_now
from surveys.customers.models import Purchase
from surveys.database import db
from surveys.invitations.founding import found_shop
from tests.journeys.living import ROOT

ROWS = 100_000
HEADINGS = """
    reference placed_at delivered_at customer.email customer.name customer.locale customer.country
    total.amount total.currency items.1.sku items.1.name items.1.quantity
"""


def write_file(path: Path) -> None:
    """Write the file: every third order is by somebody who bought before."""
    start = real_now().replace(microsecond=0) - timedelta(days=400)
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADINGS.split())
        for n in range(ROWS):
            placed, person = start + timedelta(minutes=5 * n), n if n % 3 else n // 2
            who = [f"pat{person}@example.test", f"Pat Number{person}", "de", "DE"]
            what = [1000 + n % 9000, "EUR", f"SKU-{n % 500}", f"Mug number {n % 500}", 1 + n % 3]
            when = [placed.isoformat(), (placed + timedelta(days=3)).isoformat()]
            writer.writerow([f"B-{n}", *when, *who, *what])


def measure(at: Place) -> list[Figure]:
    """Import the file and watch the process."""
    house, path = Served(at.folder, at.url), at.folder / "purchases.csv"
    with house.app.app_context():
        found_shop(real_now())
        db.session.commit()
        db.engine.dispose()
    write_file(path)
    began, peak = time.perf_counter(), 0.0
    command = [BIN / "flask", "import", "purchases", str(path)]
    process = subprocess.Popen(command, cwd=ROOT, env=house.environ, stdout=subprocess.DEVNULL)
    watched = psutil.Process(process.pid)
    while process.poll() is None:
        peak = max(peak, peak_of(watched))
        time.sleep(0.1)
    took = time.perf_counter() - began
    with house.app.app_context():
        stored = db.session.scalar(select(func.count(Purchase.id))) or 0
        db.session.remove()
        db.engine.dispose()
    return [
        at.figure(f"{ROWS:,} purchases imported from CSV within", took, "s", "≤ 90", took <= 90),
        at.figure("memory of the import at most (RSS)", peak, "MiB", "≤ 300", peak <= 300),
        at.figure("rows of the file that are not stored", ROWS - stored, "", "0", stored == ROWS),
    ]
