"""Mail: two processes hand invitations to a server on loopback, as fast as they can and at a set pace.

`python -m bench.mail` is one of the processes. It runs the loop's own tick in the loop's own rhythm, but asks nobody
who leads: two loops never send at once, and here they shall.
"""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta

from aiosmtpd.controller import Controller
from sqlalchemy import text

from bench.figures import Figure, Place
from bench.serving import Served
from config import Settings
from feedback.scheduler.cli import house as what_it_needs
from feedback.scheduler.ticks import TICKS, run_tick
from surveys.clock import real_now
from surveys.database import begin_writing, db
from surveys.pacing import set_pace
from tests.factories import Make
from tests.journeys.living import ROOT, afternoon_zone, free_port
from wsgi import create_app

MAILS, PROCESSES = 6000, 2
PER_MINUTE, PACED_SECONDS = 1200, 90
CUSTOMERS = """
    INSERT INTO customer (public_id, brand_id, email, name, locale, country, time_zone, made_by_demo, created_at)
    SELECT left(md5(:batch || 'customer' || n), 22), brand.id, :batch || n || '@example.test', 'Pat ' || n, 'en', 'DE',
        :zone, false, :now
    FROM brand, generate_series(1, :count) n
"""
PURCHASES = """
    INSERT INTO purchase (public_id, brand_id, customer_id, reference, placed_at, delivered_at, attributes,
        created_at, changed_at, considered_at)
    SELECT left(md5('purchase' || customer.id), 22), brand_id, id, 'B-' || id, :arrived, :arrived, '{}', :now, :now, :now
    FROM customer WHERE email LIKE :batch || '%'
"""
INVITATIONS = """
    INSERT INTO invitation (public_id, purpose, touchpoint_id, purchase_id, customer_id, version_id, locale, state,
        skip_window, planned_at, due_at, first_due_at, attempts)
    SELECT left(md5('invitation' || purchase.id), 22), 'survey', touchpoint.id, purchase.id, customer_id, :version, 'en',
        'planned', false, :now, :due, :due, 0
    FROM purchase CROSS JOIN touchpoint JOIN customer ON customer.id = customer_id WHERE email LIKE :batch || '%'
"""


class Sink:
    """A mail server that takes everything and notes when, and to whom."""

    def __init__(self) -> None:
        self.times: list[float] = []
        self.taken: Counter[str] = Counter()

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802 (the name aiosmtpd looks for)
        """Take a mail."""
        self.times.append(time.perf_counter())
        self.taken.update(envelope.rcpt_tos)
        return "250 taken"

    @property
    def doubled(self) -> int:
        """How many mails came more often than once."""
        return self.taken.total() - len(self.taken)

    def fullest(self, seconds: float) -> int:
        """Return how many mails came at most within a span of so many seconds."""
        first, most = 0, 0
        for last, at in enumerate(self.times):
            while self.times[first] < at - seconds:
                first += 1
            most = max(most, last - first + 1)
        return most


@contextmanager
def taking_mail(port: int) -> Iterator[Sink]:
    """Take mail on a port."""
    sink = Sink()
    server = Controller(sink, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield sink
    finally:
        server.stop()


@contextmanager
def sender(house: Served) -> Iterator[None]:
    """Send in a process of its own."""
    process = subprocess.Popen([sys.executable, "-m", "bench.mail"], cwd=ROOT, env=house.environ)
    try:
        yield
    finally:
        process.kill()
        process.wait()


def invite(batch: str, count: int) -> None:
    """Plan `count` invitations that are due now, each to somebody who was never asked."""
    make = Make(real_now())
    touchpoint = make.touchpoint()
    given = {
        "batch": batch,
        "count": count,
        "zone": afternoon_zone(),
        "now": make.now,
        "arrived": make.now - timedelta(days=7, hours=1),
        "due": make.now - timedelta(hours=1),
        "version": touchpoint.survey.current.id,
    }
    for statement in (CUSTOMERS, PURCHASES, INVITATIONS):
        wanted = text(statement)
        db.session.execute(wanted, {name: given[name] for name in wanted.compile().params})
    db.session.commit()


def send(house: Served, port: int, count: int, longest: float) -> Sink:
    """Let the processes send until `count` mails have come, or for so many seconds; return what came."""
    with taking_mail(port) as sink, ExitStack() as running:
        for _ in range(PROCESSES):
            running.enter_context(sender(house))
        ends = time.perf_counter() + longest
        while sink.taken.total() < count and time.perf_counter() < ends:
            time.sleep(0.2)
        if sink.taken.total() >= count:
            time.sleep(3)  # A mail too many would come now.
    return sink


def measure(at: Place) -> list[Figure]:
    """Send without a limit, then with one."""
    port = free_port()
    house = Served(at.folder, at.url, MAIL_URL=f"smtp://127.0.0.1:{port}")
    with house.app.app_context():
        invite("free", MAILS)
        free = send(house, port, MAILS, longest=600)
        begin_writing()
        set_pace(PER_MINUTE, real_now())
        db.session.commit()
        invite("paced", 2 * PER_MINUTE)
        paced = send(house, port, 2 * PER_MINUTE, longest=PACED_SECONDS)
        db.session.remove()
        db.engine.dispose()
    rate = (len(free.times) - 1) / (free.times[-1] - free.times[0])
    missing, doubled = MAILS - len(free.taken), free.doubled + paced.doubled
    fullest, average = paced.fullest(60), 60 * len(paced.times) / (paced.times[-1] - paced.times[0])
    least, most = 0.95 * PER_MINUTE, 1.05 * PER_MINUTE
    return [
        at.figure(f"mails by {PROCESSES} processes", rate, "/s", "≥ 100", rate >= 100),
        at.figure("mails of these that never came", missing, "", "0", missing == 0),
        at.figure("mails doubled, with and without a limit", doubled, "", "0", doubled == 0),
        at.figure(
            f"mails in the fullest minute, limit {PER_MINUTE}", fullest, "", f"≤ {most:.0f}", fullest <= most
        ),
        at.figure(
            f"mails a minute on average, limit {PER_MINUTE}", average, "", f"≥ {least:.0f}", average >= least
        ),
    ]


def beat() -> None:
    """Run the tick that sends invitations for ever; rest as the loop does when there is nothing more to do."""
    tick = next(tick for tick in TICKS if tick.name == "send-invitations")
    app = create_app(Settings.from_environ(os.environ))
    with app.app_context():
        needs = what_it_needs()
    while True:
        with app.app_context():
            done = run_tick(tick, needs)
        if done is None or done < tick.limit:
            time.sleep(tick.every)


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        beat()
