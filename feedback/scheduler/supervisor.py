"""Run web pages and loop together: start both, restart what dies, and end both cleanly.

Both are forked from the process that has composed the application.
"""

import errno
import logging
import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.context import ForkProcess
from pathlib import Path

from flask import Flask
from gunicorn.app.base import Application

from surveys.errors import N_, Refusal

QUICK = 10.0  # seconds; who dies sooner has not really lived
QUICK_DEATHS = 5
FIRST_PAUSE = 0.5  # seconds before the first restart, doubled with each quick death
GRACE = 30.0  # seconds from TERM to KILL
LOOK_EVERY = 0.2
ENDING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
FORK = multiprocessing.get_context("fork")
log = logging.getLogger(__name__)


class PortTaken(Refusal):
    """Another program serves at this address."""

    phrase = N_(
        "Port %(port)s on %(host)s is taken by another program. Stop that one, or choose another port:"
        " make run PORT=%(other)s"
    )


class AddressRefused(Refusal):
    """The operating system does not let us serve at this address."""

    phrase = N_("Cannot serve at %(host)s, port %(port)s: %(why)s. Check HOST and PORT.")


def check_port(host: str, port: int) -> None:
    """Refuse with PortTaken or AddressRefused unless we can serve at this address."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise PortTaken(host=host, port=port, other=port + 1 if port < 65535 else port - 1) from None
            raise AddressRefused(host=host, port=port, why=error.strerror or str(error)) from None


def answers(host: str, port: int) -> bool:
    """Return whether somebody takes connections at this address."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    try:
        with socket.create_connection((reachable, port), timeout=1):
            return True
    except OSError:
        return False


class WebServer(Application):  # type: ignore[misc]
    """Gunicorn as `gunicorn.conf.py` wants it, around an application that is composed already."""

    def __init__(self, app: Flask):
        self.app = app
        super().__init__()

    def load_config(self) -> None:
        """Read how to serve."""
        self.load_config_from_file(str(Path(self.app.root_path) / "gunicorn.conf.py"))

    def load(self) -> Flask:
        """Return the application."""
        return self.app


@dataclass
class Child:
    """A program that is to run for as long as we do: `run`, in a process forked from ours.

    Forked, because everything is imported already: it starts at once and shares that memory.
    """

    name: str
    run: Callable[[], None]
    process: ForkProcess | None = None
    started_at: float = 0.0
    start_again_at: float = 0.0
    quick_deaths: int = 0

    def start(self) -> None:
        """Start the program; no signal reaches it before it stands on its own feet."""
        self.started_at = time.monotonic()
        self.process = FORK.Process(target=self.stand_alone, name=self.name)
        signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
        self.process.start()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)

    def stand_alone(self) -> None:
        """Run in a session of our own, so that Ctrl-C reaches only the parent, which ends us in order."""
        os.setsid()
        for number in ENDING:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
        self.run()

    def look_after(self, first_pause: float) -> None:
        """Notice a death, and start the program again after its pause."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.start_again_at:
                self.start()
            return
        code = self.process.exitcode
        if code is None:
            return
        self.process = None
        quick = now - self.started_at < QUICK
        self.quick_deaths = self.quick_deaths + 1 if quick else 0
        pause = first_pause * 2 ** max(0, self.quick_deaths - 1)
        self.start_again_at = now + pause
        log.error("%s ended with status %s; starting it again in %.1f s", self.name, code, pause)

    @property
    def is_hopeless(self) -> bool:
        """Whether it died quickly too often to be tried again."""
        return self.quick_deaths >= QUICK_DEATHS

    def ask_to_end(self) -> None:
        """Send TERM to the program, if it lives."""
        if self.process is not None:
            self.process.terminate()

    def wait(self, seconds: float) -> bool:
        """Wait for its end; return whether it has ended."""
        if self.process is not None:
            self.process.join(seconds)
        return self.process is None or self.process.exitcode is not None

    def kill(self) -> None:
        """End the program and all it has started, whatever they are doing."""
        if self.process is not None and self.process.pid is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.join()


@dataclass
class Supervisor:
    """Looks after `children` until it is told to stop or one of them is hopeless."""

    children: Sequence[Child]
    is_ready: Callable[[], bool]
    when_ready: Callable[[], None]
    first_pause: float = FIRST_PAUSE
    grace: float = GRACE
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self) -> int:
        """Run until a signal to end or five quick deaths; return the exit status: 0, or 1 for the latter."""
        for number in ENDING:
            signal.signal(number, lambda *_: self.stopping.set())
        ready = False
        status = 0
        while not self.stopping.wait(LOOK_EVERY):
            for child in self.children:
                child.look_after(self.first_pause)
            if not ready and self.is_ready():
                ready = True
                self.when_ready()
            hopeless = [child.name for child in self.children if child.is_hopeless]
            if hopeless:
                log.error("%s died %s times in a row; giving up", hopeless[0], QUICK_DEATHS)
                status = 1
                break
        self.end()
        return status

    def end(self) -> None:
        """Ask every child to end, wait for at most `grace` seconds, and kill who is left."""
        for child in self.children:
            child.ask_to_end()
        deadline = time.monotonic() + self.grace
        for child in self.children:
            if not child.wait(max(0.0, deadline - time.monotonic())):
                log.error("%s did not end within %.0f s and is killed", child.name, self.grace)
                child.kill()
