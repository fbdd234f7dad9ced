import os
import signal
import socket
import threading
from functools import partial
from pathlib import Path

import pytest

from feedback.scheduler.supervisor import (
    AddressRefused,
    Child,
    PortTaken,
    Supervisor,
    answers,
    check_port,
)

# A fork among pytest's own threads is what newer Pythons warn of.
pytestmark = [pytest.mark.processes, pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")]


def stay() -> None:
    """Wait for the signal that ends us."""
    signal.pause()


def be_stubborn(there: Path) -> None:
    """Do not listen to the signal that should end us."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    there.touch()
    signal.pause()


def die(deaths: Path) -> None:
    """Leave a mark and die."""
    with deaths.open("a") as marks:
        marks.write("died ")
    os._exit(3)


@pytest.fixture(autouse=True)
def handlers():
    """Give back the signals that a supervisor takes."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


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
    other = Child("web", stay)
    supervisor = Supervisor([other, Child("loop", partial(die, deaths))], never, never, first_pause=0.001)

    assert supervisor.run() == 1

    assert deaths.read_text() == "died " * 5
    assert other.process is not None and other.process.exitcode == -signal.SIGTERM


def test_ready_is_said_once_and_a_stop_ends_the_children_with_status_zero():
    child = Child("web", stay)
    said = []
    supervisor = Supervisor([child], lambda: child.process is not None, lambda: said.append("ready"))
    threading.Timer(1, supervisor.stopping.set).start()

    assert supervisor.run() == 0

    assert said == ["ready"]
    assert child.process.exitcode == -signal.SIGTERM


def test_a_child_that_does_not_listen_is_killed_after_the_grace(tmp_path):
    there = tmp_path / "there"
    child = Child("loop", partial(be_stubborn, there))
    supervisor = Supervisor([child], there.exists, lambda: os.kill(os.getpid(), signal.SIGINT), grace=0.2)

    assert supervisor.run() == 0

    assert child.process.exitcode == -signal.SIGKILL
