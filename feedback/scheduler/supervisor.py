"""Run web pages and loop together: start both, restart what dies, and end both cleanly."""

import errno
import logging
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from surveys.errors import N_, Refusal

QUICK = 10.0  # seconds; who dies sooner has not really lived
QUICK_DEATHS = 5
FIRST_PAUSE = 0.5  # seconds before the first restart, doubled with each quick death
GRACE = 30.0  # seconds from TERM to KILL
LOOK_EVERY = 0.2
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


@dataclass
class Child:
    """A program that is to run for as long as we do."""

    name: str
    command: Sequence[str]
    folder: Path
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_again_at: float = 0.0
    quick_deaths: int = 0

    def start(self) -> None:
        """Start the program in a session of its own, so that Ctrl-C reaches only us and we end it in order."""
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(self.command, cwd=self.folder, start_new_session=True)  # noqa: S603

    def look_after(self, first_pause: float) -> None:
        """Notice a death, and start the program again after its pause."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.start_again_at:
                self.start()
            return
        code = self.process.poll()
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

    def send(self, number: int) -> None:
        """Send a signal to the program, if it lives; a killing one to all it has started, too."""
        if self.process is None or self.process.poll() is not None:
            return
        if number == signal.SIGKILL:
            os.killpg(self.process.pid, number)
        else:
            self.process.send_signal(number)


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
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
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
            child.send(signal.SIGTERM)
        deadline = time.monotonic() + self.grace
        for child in self.children:
            if child.process is not None:
                try:
                    child.process.wait(max(0.0, deadline - time.monotonic()))
                except subprocess.TimeoutExpired:
                    log.error("%s did not end within %.0f s and is killed", child.name, self.grace)
                    child.send(signal.SIGKILL)
                    child.process.wait()
