"""Planning: the loop considers a million purchases, and is killed once in the middle."""

import math
import subprocess
import time

import psutil
from sqlalchemy import text

from bench.figures import Figure, Place
from bench.serving import BIN, Served, peak_of
from surveys.clock import real_now
from surveys.database import db
from surveys.invitations.founding import found_shop
from tests.journeys.living import ROOT

PURCHASES, MOST_MEMORY = 1_000_000, 300
LONGEST = 1800.0  # seconds until the benchmark gives up
CUSTOMERS = """
    INSERT INTO customer (public_id, brand_id, email, name, locale, country, made_by_demo, created_at)
    SELECT left(md5('customer' || n), 22), brand.id, 'pat' || n || '@example.test', 'Pat ' || n, 'de', 'DE', false, :now
    FROM brand, generate_series(1, :count) n
"""
# Of half of the orders we were told that they arrived, of the others only that they left. All of these questions are due
# after the benchmark is over, so that nothing is sent meanwhile.
BOUGHT = """
    INSERT INTO purchase (public_id, brand_id, customer_id, reference, placed_at, shipped_at, delivered_at, carrier,
        attributes, created_at, changed_at)
    SELECT left(md5('purchase' || row_number() OVER ()), 22), brand_id, id, id || '-' || n,
        CAST(:now AS timestamptz) - interval '9 days', at, CASE n WHEN 1 THEN at END, 'DHL', '{}', :now, :now
    FROM (SELECT id, brand_id, CAST(:now AS timestamptz) - random() * interval '6 days' AS at FROM customer) AS bought,
        generate_series(1, 2) n
"""
# A purchase that was considered twice would have been considered later than its question was planned.
CONSIDERED_ONCE = """
    SELECT count(*) FROM purchase
    JOIN invitation ON invitation.purchase_id = purchase.id AND invitation.planned_at = purchase.considered_at
"""
# The loop goes by the number of the purchase; counting those left would cost as much as planning them.
NEXT = "SELECT min(id) FROM purchase WHERE considered_at IS NULL"


class Planner:
    """The loop in a process of its own, watched from outside."""

    def __init__(self, house: Served):
        self.house = house
        self.peak = 0.0
        self.start()

    def start(self) -> None:
        """Start the loop."""
        command = [BIN / "flask", "loop", "run"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.house.environ)

    def kill(self) -> None:
        """End it as a power cut does."""
        self.process.kill()
        self.process.wait()

    def work_until(self, number: int, give_up_at: float) -> None:
        """Wait until the purchases up to this number are considered."""
        watched = psutil.Process(self.process.pid)
        while next_one() <= number and self.process.poll() is None and time.perf_counter() < give_up_at:
            self.peak = max(self.peak, peak_of(watched))
            time.sleep(0.5)


def fill(count: int) -> None:
    """Let half as many customers as `count` have bought twice."""
    now = real_now()
    found_shop(now)
    db.session.execute(text("SET LOCAL statement_timeout = 0"))
    db.session.execute(text(CUSTOMERS), {"now": now, "count": count // 2})
    db.session.execute(text(BOUGHT), {"now": now})
    db.session.commit()


def next_one() -> float:
    """Return the number of the first purchase nobody has considered, infinity without any."""
    found = db.session.scalar(text(NEXT))
    db.session.rollback()
    return math.inf if found is None else found


def plan(house: Served, count: int) -> tuple[float, float, int]:
    """Plan `count` purchases, killed at half; return seconds, peak memory, and how many were considered once."""
    fill(count)
    began = time.perf_counter()
    give_up_at = began + LONGEST
    planner = Planner(house)
    try:
        planner.work_until(count // 2, give_up_at)
        planner.kill()
        planner.start()
        planner.work_until(count, give_up_at)
    finally:
        planner.kill()
    return time.perf_counter() - began, planner.peak, db.session.scalar(text(CONSIDERED_ONCE))


def measure(at: Place) -> list[Figure]:
    """Let the loop plan, and look at what it planned."""
    house = Served(at.folder, at.url)
    with house.app.app_context():
        took, peak, once = plan(house, PURCHASES)
        db.session.remove()
        db.engine.dispose()
    minutes, wrong = took / 60, PURCHASES - once
    return [
        at.figure(f"{PURCHASES:,} purchases planned within", minutes, "min", "≤ 10", minutes <= 10),
        at.figure(
            "purchases considered, the pause after the kill included",
            once / took,
            "/s",
            "≥ 1667",
            once / took >= 1667,
        ),
        at.figure("memory of the loop at most (RSS)", peak, "MiB", f"≤ {MOST_MEMORY}", peak <= MOST_MEMORY),
        at.figure("purchases not considered exactly once, loop killed once", wrong, "", "0", wrong == 0),
    ]
