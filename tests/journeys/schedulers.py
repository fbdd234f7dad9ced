"""Several schedulers on one database, which somebody keeps killing.

`python -m tests.journeys.schedulers 4` composes the application once, forks that many loops as
`flask up` forks its one, and starts at once again each that dies.
"""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import psutil

from config import Settings
from feedback.scheduler.cli import beat, speak_up
from feedback.scheduler.supervisor import Child
from tests.journeys.living import ROOT, eventually
from wsgi import create_app

LEASE = timedelta(seconds=1)  # so that the next one leads soon


def keep_running(number: int) -> None:
    """Run `number` loops for ever."""
    app = create_app(Settings.from_environ(os.environ))
    with app.app_context():
        speak_up()
        loops = [Child(f"Loop {place + 1}", lambda: beat(LEASE)) for place in range(number)]
        while True:
            for child in loops:
                child.look_after(first_pause=0)
            time.sleep(0.05)


class Schedulers:
    """The loops of one house, seen from the story that kills them."""

    def __init__(self, number: int, environ: dict[str, str], log: Path):
        self.number, self.environ, self.log = number, environ, log

    def __enter__(self) -> "Schedulers":
        command = [sys.executable, "-m", "tests.journeys.schedulers", str(self.number)]
        with self.log.open("ab") as log:
            self.keeper = subprocess.Popen(command, cwd=ROOT, env=self.environ, stdout=log, stderr=log)
        eventually(
            lambda: len(self.living()) == self.number, f"{self.number} schedulers to live; see {self.log}"
        )
        return self

    def __exit__(self, *_: object) -> None:
        """Kill all of them at once, the one that would start them again first."""
        loops = self.living()
        for process in (psutil.Process(self.keeper.pid), *loops):
            process.kill()
        self.keeper.wait()
        psutil.wait_procs(loops, timeout=10)

    def living(self) -> list[psutil.Process]:
        return psutil.Process(self.keeper.pid).children()

    def disturb(self, chance: random.Random) -> None:
        """Kill one (kill -9); now and then let another stand still for longer than it may lead."""
        loops = self.living()
        chance.shuffle(loops)
        loops[0].kill()
        if chance.random() < 0.3:
            loops[1].send_signal(signal.SIGSTOP)
            time.sleep(1.5 * LEASE.total_seconds())
            loops[1].send_signal(signal.SIGCONT)


if __name__ == "__main__":
    keep_running(int(sys.argv[1]))
