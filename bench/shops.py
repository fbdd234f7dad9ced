"""Orders of shops: 50 a second for a minute, the server killed in the middle, none lost.

Shops send signed events at a fixed rate over kept connections; after half of the time every
process of the server is killed (kill -9) and started again. Like Shopify, a sender tries again what
was not acknowledged. Counted are the acknowledged orders that are not stored, and the time
until the acknowledgement, from the moment the event was due.
"""

import base64
import hashlib
import hmac
import json
import os
import signal
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field

import psutil
from sqlalchemy import func, select

from bench.figures import Figure, Place
from bench.load import Line
from bench.serving import Served
from surveys.clock import real_now
from surveys.customers.models import OrderEvent
from surveys.database import db
from surveys.shops.connecting import connect
from surveys.shops.reading import read_events
from tests.factories import Make
from tests.surveys.shops.payloads import SHOPIFY_ORDER, changed

PER_SECOND, SECONDS = 50, int(os.environ.get("SECONDS", "60"))
SECRET = "shpss-of-the-benchmark"


@dataclass
class Outage:
    """When the server was killed, and when the next one answered; the senders then have 5 s to catch up."""

    began: float = 0.0
    ended: float = 0.0

    def covers(self, due: float) -> bool:
        """Return whether an order that was due then had to wait for the restart."""
        return self.began - 1 <= due <= self.ended + 5


@dataclass
class Seen:
    """What the senders saw: when each order was due and how long it took, and how often they tried again."""

    times: list[tuple[float, float]] = field(default_factory=list)
    acknowledged: set[int] = field(default_factory=set)
    repeated: int = 0


def person(number: int) -> dict[str, object]:
    """Return a customer of the order: each buys three times."""
    return changed(SHOPIFY_ORDER["customer"], id=number // 3 + 1, email=f"pat{number // 3}@example.test")


def request_for(path: str, port: int, body: bytes) -> bytes:
    """Return the bytes of a signed request as Shopify sends it."""
    mac = base64.b64encode(hmac.new(SECRET.encode(), body, hashlib.sha256).digest()).decode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
        f"X-Shopify-Topic: orders/create\r\nX-Shopify-Hmac-Sha256: {mac}\r\n"
        f"X-Shopify-Shop-Domain: tea.myshopify.com\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def send_all(port: int, path: str, count: int) -> Seen:
    """Send `count` orders at the fixed rate over 16 connections, each again until it is acknowledged."""
    seen, lock, numbers = Seen(), threading.Lock(), iter(range(count))
    began = time.perf_counter()

    def work() -> None:
        line = None
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            body = json.dumps(
                changed(SHOPIFY_ORDER, id=number + 1, name=f"#{number + 1}", customer=person(number))
            ).encode()
            due = began + number / PER_SECOND
            time.sleep(max(0.0, due - time.perf_counter()))
            while True:
                try:
                    line = line or Line(port)
                    line.socket.sendall(request_for(path, port, body))  # type: ignore[union-attr]
                    status, _ = line.read()
                    if status == 200:
                        break
                except OSError:
                    line = None
                seen.repeated += 1
                time.sleep(0.25)
            took = time.perf_counter() - due
            with lock:
                seen.times.append((due, took))
                seen.acknowledged.add(number + 1)

    threads = [threading.Thread(target=work) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


@contextmanager
def dying_server(house: Served, outage: Outage, after: float):
    """Serve; after so many seconds kill every process of the server at once and start a new one."""
    ending = threading.Event()
    ready = threading.Event()

    def live() -> None:
        with house.web() as parent:
            ready.set()
            if ending.wait(after):
                return
            outage.began = time.perf_counter()
            for process in (*parent.children(recursive=True), parent):
                process.send_signal(signal.SIGKILL)
            psutil.wait_procs([parent], timeout=10)
        with house.web():
            outage.ended = time.perf_counter()
            ending.wait()

    thread = threading.Thread(target=live)
    thread.start()
    ready.wait(60)
    try:
        yield
    finally:
        ending.set()
        thread.join()


def measure(at: Place) -> list[Figure]:
    """Send the orders and compare what was acknowledged with what is stored."""
    house, outage = Served(at.folder, at.url), Outage()
    with house.app.app_context():
        make = Make(real_now())
        owner = make.staff("Olga", "owner")
        connection = connect(make.brand(), "shopify", "tea.myshopify.com", "", SECRET, owner, real_now())
        db.session.commit()
        path = f"/hooks/shopify/{connection.public_id}"
        db.engine.dispose()
    count = PER_SECOND * SECONDS
    with dying_server(house, outage, SECONDS / 2):
        seen = send_all(house.port, path, count)
    with house.app.app_context():
        stored = db.session.scalar(select(func.count(OrderEvent.id))) or 0
        told = {json.loads(body)["id"] for body in db.session.scalars(select(OrderEvent.body))}
        began = time.perf_counter()
        reading = read_events(real_now(), 300) / (time.perf_counter() - began)
        db.session.remove()
        db.engine.dispose()
    lost, doubled = len(seen.acknowledged - told), stored - len(told)
    ordered = sorted(took for due, took in seen.times if not outage.covers(due))
    p99 = 1000 * ordered[int(0.99 * len(ordered))]
    print(
        f"  {count} orders, {PER_SECOND}/s; {count - len(ordered)} were due around the kill and left out of the"
        f" times; {seen.repeated} tries again; slowest {1000 * ordered[-1]:.0f} ms; read at {reading:.0f}/s",
        flush=True,
    )
    return [
        at.figure(f"99 % of orders at {PER_SECOND}/s acknowledged within", p99, "ms", "≤ 1000", p99 <= 1000),
        at.figure("acknowledged orders lost, server killed once", lost, "", "0", lost == 0),
        at.figure("orders doubled", doubled, "", "0", doubled == 0),
    ]
