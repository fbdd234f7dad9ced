"""A small load generator: raw sockets, kept open, so that it costs the machine little itself."""

import re
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

SUBMISSION = re.compile(rb'name="submission_id"[^>]*value="([^"]+)"')


class Line:
    """One kept connection that speaks just enough HTTP/1.1."""

    def __init__(self, port: int):
        self.port = port
        self.socket: socket.socket | None = None
        self.open()

    def close(self) -> None:
        """Hang up."""
        if self.socket is not None:
            self.socket.close()

    def open(self) -> None:
        """Connect anew."""
        self.close()
        self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.rest = b""

    def ask(self, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
        """Send one request and return status and body; raise OSError when the line breaks."""
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
        if body:
            head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        self.socket.sendall(head.encode() + b"\r\n" + body)
        return self.read()

    def read(self) -> tuple[int, bytes]:
        """Read one answer with a Content-Length."""
        data = self.rest
        while b"\r\n\r\n" not in data:
            data += self.more()
        head, _, data = data.partition(b"\r\n\r\n")
        lower = head.lower()
        at = lower.find(b"content-length:")
        length = int(lower[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        while len(data) < length:
            data += self.more()
        self.rest = data[length:]
        if b"connection: close" in lower:
            self.open()
        return int(head[9:12]), data[:length]

    def more(self) -> bytes:
        """Return further bytes."""
        chunk = self.socket.recv(65536)
        if not chunk:
            raise OSError("the server closed the line")
        return chunk


@dataclass
class Tally:
    """What a load run saw: seconds per item, ids that were acknowledged, failures."""

    seconds: list[float] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    failures: int = 0
    took: float = 0.0

    @property
    def rate(self) -> float:
        """Items per second."""
        return len(self.seconds) / self.took if self.took else 0.0

    def quantile(self, share: float) -> float:
        """Return the time in milliseconds that `share` of the items stayed within."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def answer_one(line: Line, token: str, tally: Tally) -> None:
    """Open the page, post the form: one complete answer."""
    began = time.perf_counter()
    status, page = line.ask("GET", f"/s/{token}")
    found = SUBMISSION.search(page)
    if status != 200 or found is None:
        tally.failures += 1
        return
    fields = {"score": "9", "comment": "Quick and friendly.", "submission_id": found[1].decode()}
    status, _ = line.ask("POST", f"/s/{token}", urlencode(fields).encode())
    if status == 200:
        tally.seconds.append(time.perf_counter() - began)
        tally.acknowledged.append(token)
    else:
        tally.failures += 1


def open_one(line: Line, token: str, tally: Tally) -> None:
    """Open the survey page only."""
    began = time.perf_counter()
    status, _ = line.ask("GET", f"/s/{token}?score=7")
    if status == 200:
        tally.seconds.append(time.perf_counter() - began)
    else:
        tally.failures += 1


def run(
    port: int,
    tokens: list[str],
    do: Callable[[Line, str, Tally], None],
    *,
    lines: int,
    per_second: float | None = None,
    again: bool = False,
) -> Tally:
    """Do every token once over `lines` connections, as fast as answers come or at a fixed rate.

    At a fixed rate each item has its own due moment and its time counts from there, so that a
    stall of the server is seen and not hidden. `again` goes round the tokens for ten seconds.
    """
    tally, lock, taken = Tally(), threading.Lock(), iter(range(10**9))
    began = time.perf_counter()
    ends = began + 10

    def take() -> int | None:
        with lock:
            number = next(taken)
        if again:
            return number if time.perf_counter() < ends else None
        return number if number < len(tokens) else None

    def work() -> None:
        line = Line(port)
        while (number := take()) is not None:
            due = began + number / per_second if per_second else None
            if due is not None:
                time.sleep(max(0.0, due - time.perf_counter()))
            before = len(tally.seconds)
            try:
                do(line, tokens[number % len(tokens)], tally)
            except OSError:
                tally.failures += 1
                line.open()
            if due is not None and len(tally.seconds) > before:
                tally.seconds[-1] = time.perf_counter() - due
        line.close()

    threads = [threading.Thread(target=work) for _ in range(lines)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tally.took = time.perf_counter() - began
    return tally
