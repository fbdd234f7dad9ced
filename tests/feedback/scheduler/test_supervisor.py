import os
import signal
import socket
import sys
import threading
from pathlib import Path

import pytest

from feedback.scheduler.supervisor import AddressRefused, Child, PortTaken, Supervisor, answers, check_port

pytestmark = pytest.mark.processes
STAYS = "import signal; signal.signal(signal.SIGTERM, lambda *_: exit(0)); print('here', flush=True); signal.pause()"
STUBBORN = (
    "import signal, pathlib, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    " pathlib.Path(sys.argv[1]).touch(); signal.pause()"
)
DIES = "import pathlib, sys; pathlib.Path(sys.argv[1]).open('a').write('died '); exit(3)"


@pytest.fixture(autouse=True)
def handlers():
    """Give back the signals that a supervisor takes."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


def python(name: str, script: str, folder: Path, *arguments: str) -> Child:
    return Child(name, [sys.executable, "-c", script, *arguments], folder)


def never() -> bool:
    return False


def test_a_free_port_is_free_and_a_taken_one_is_named():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        with pytest.raises(PortTaken, match=f"Port {port} on 127.0.0.1 is taken .* PORT={port + 1}"):
            check_port("127.0.0.1", port)
        assert answers("127.0.0.1", port)

    check_port("127.0.0.1", port)
    assert not answers("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused_with_the_reason():
    with pytest.raises(AddressRefused, match="Check HOST and PORT"):
        check_port("192.0.2.1", 8000)


def test_five_quick_deaths_end_everything_with_status_one(tmp_path):
    deaths = tmp_path / "deaths"
    other = python("web", STAYS, tmp_path)
    supervisor = Supervisor(
        [other, python("loop", DIES, tmp_path, str(deaths))], never, never, first_pause=0.001
    )

    assert supervisor.run() == 1

    assert deaths.read_text() == "died " * 5
    assert other.process is not None and other.process.poll() is not None


def test_ready_is_said_once_and_a_stop_ends_the_children_with_status_zero(tmp_path):
    child = python("web", STAYS, tmp_path)
    said = []
    supervisor = Supervisor([child], lambda: child.process is not None, lambda: said.append("ready"))
    threading.Timer(1, supervisor.stopping.set).start()

    assert supervisor.run() == 0

    assert said == ["ready"]
    assert child.process.returncode in (0, -signal.SIGTERM)


def test_a_child_that_does_not_listen_is_killed_after_the_grace(tmp_path):
    there = tmp_path / "there"
    child = python("loop", STUBBORN, tmp_path, str(there))
    supervisor = Supervisor([child], there.exists, lambda: os.kill(os.getpid(), signal.SIGINT), grace=0.2)

    assert supervisor.run() == 0

    assert child.process.returncode == -signal.SIGKILL
