"""A house to measure: migrated, with invitations waiting to be answered, served by gunicorn."""

import re
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path

import psutil
from sqlalchemy import make_url

from bench.figures import Place
from bench.load import Line
from config import Settings
from surveys import tokens
from surveys.clock import real_now
from surveys.customers.models import Customer, Purchase
from surveys.database import db, public_id
from surveys.invitations.models import Invitation
from tests import shipped
from tests.factories import Make
from tests.journeys.living import ROOT, free_port, lay_tables
from wsgi import create_app

BIN = Path(sys.executable).parent


class Served:
    """Processes on one database, and the tokens of its invitations."""

    def __init__(self, folder: Path, database_url: str, *, by_history: bool = True, **environ: str):
        """Lay the tables: step by step, as a shop's were, or at one go, which is enough for a story."""
        self.port = free_port()
        self.secret = secrets.token_urlsafe(48)
        self.environ = {
            **shipped.environ(),
            "SECRET_KEY": self.secret,
            "DATABASE_URL": database_url,
            "INSTANCE_PATH": str(folder),
            "PORT": str(self.port),
            "MAIL_FROM": "survey@shop.test",
            "LOG_LEVEL": "ERROR",
            **environ,
        }
        if by_history:
            subprocess.run(
                [BIN / "flask", "db", "upgrade"], cwd=ROOT, env=self.environ, check=True, capture_output=True
            )
        self.app = create_app(Settings.from_environ(self.environ))
        if not by_history:
            with self.app.app_context():
                lay_tables(self.app)
        self.processes: list[subprocess.Popen[bytes]] = []

    def invite(self, count: int, *, customers: int = 1) -> list[str]:
        """Make invitations that were sent and wait for an answer, for one customer or several; return their tokens."""
        with self.app.app_context():
            make = Make(real_now() - timedelta(hours=1))
            known = list(db.session.scalars(db.select(Customer).limit(customers)))
            with make.at_one_go():
                known += [make.customer() for _ in range(customers - len(known))]
            touchpoint = make.touchpoint(brand=known[0].brand)
            when = {
                "placed_at": make.now,
                "created_at": make.now,
                "changed_at": make.now,
                "considered_at": make.now,
            }
            purchases = [
                Purchase(brand=buyer.brand, customer=buyer, reference=public_id(), **when)
                for buyer in islice(cycle(known), count)
            ]
            sent = {"state": "sent", "planned_at": make.now, "sent_at": make.now, "locale": "en"}
            lasts = {"expires_at": make.now + timedelta(days=90), "version": touchpoint.survey.current}
            invitations = [
                Invitation(touchpoint=touchpoint, customer=one.customer, purchase=one, **sent, **lasts)
                for one in purchases
            ]
            db.session.add_all(invitations)
            db.session.commit()
            ids = db.session.scalars(
                db.select(Invitation.public_id).order_by(Invitation.id.desc()).limit(count)
            )
            return [tokens.make(tokens.ANSWER, each, self.secret) for each in ids]

    @contextmanager
    def web(self) -> Iterator[psutil.Process]:
        """Serve pages as `flask up` does; yield the parent process."""
        process = subprocess.Popen([BIN / "gunicorn"], cwd=ROOT, env=self.environ, start_new_session=True)
        try:
            self.wait()
            yield psutil.Process(process.pid)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)

    @contextmanager
    def loop(self) -> Iterator[None]:
        """Let the loop run in a process of its own; what it did not finish is left as a power cut leaves it."""
        process = subprocess.Popen([BIN / "flask", "loop", "run"], cwd=ROOT, env=self.environ)
        try:
            yield
        finally:
            process.kill()
            process.wait()

    def wait(self) -> None:
        """Return as soon as the first page is answered."""
        ends = time.monotonic() + 30
        while time.monotonic() < ends:
            try:
                line = Line(self.port)
                status = line.ask("GET", "/s/unknown")[0]
                line.close()
                if status == 404:
                    return
            except OSError:
                time.sleep(0.02)
        raise SystemExit("the server did not come up within 30 s")


def cpu_of(processes: list[psutil.Process]) -> float:
    """Return the processor seconds that the processes have used so far."""
    used = 0.0
    for process in processes:
        times = process.cpu_times()
        used += times.user + times.system
    return used


def at_work(at: Place) -> list[psutil.Process]:
    """Return the processes that a page costs time in: this one, and those of the database."""
    found = [psutil.Process()]
    if at.server is not None:
        name = f" {make_url(at.url).database} "
        found += [
            each for each in psutil.process_iter(["cmdline"]) if name in " ".join(each.info["cmdline"] or ())
        ]
    return found


def pss_of(process: psutil.Process) -> float:
    """Return the proportional memory of a process in megabytes."""
    return process.memory_full_info().pss / 2**20


def peak_of(process: psutil.Process) -> float:
    """Return the most memory a process has had at once (RSS), in mebibytes; 0 when it has ended."""
    try:
        status = Path(f"/proc/{process.pid}/status").read_text()
    except OSError:
        return 0.0
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0
