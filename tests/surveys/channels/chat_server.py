"""A chat's server on loopback, over TLS, that behaves as well or as badly as it is told."""

import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from surveys.channels.web_hook import WebHook

# A certificate for chat.test, with its key: made for these tests, good for nothing else.
CHAT = Path(__file__).with_name("chat.pem")
STRANGER = Path(__file__).parents[2] / "journeys" / "stranger.pem"


class ChatServer(ThreadingHTTPServer):
    """Answers `status`, after `pause` seconds; remembers the texts it was told."""

    daemon_threads = True

    def __init__(self, certificate: Path):
        super().__init__(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.context = context
        self.status, self.pause, self.drips = 200, 0.0, False
        self.heard: list[str] = []
        self.url = f"https://chat.test:{self.server_port}/hooks/a-secret?x=1"

    def finish_request(self, request, client_address):
        with suppress(OSError), self.context.wrap_socket(request, server_side=True) as safe:
            super().finish_request(safe, client_address)

    def handle_error(self, request, client_address):
        """Whoever hangs up is no news here."""


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        assert list(body) == ["text"] and self.path == "/hooks/a-secret?x=1", (body, self.path)
        self.server.heard.append(body["text"])
        time.sleep(self.server.pause)
        if self.server.drips:
            for letter in b"HTTP/1.1 200":
                self.wfile.write(bytes([letter]))
                time.sleep(0.2)
            return
        self.send_response(self.server.status)
        if 300 <= self.server.status < 400:
            self.send_header("Location", self.server.url)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        """Say nothing."""


@contextmanager
def serving(certificate: Path = CHAT) -> Iterator[ChatServer]:
    """Yield a server that runs."""
    with ChatServer(certificate) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def believing() -> ssl.SSLContext:
    """Return a context that believes the certificate of these tests alone."""
    return ssl.create_default_context(cafile=CHAT)


def on_loopback(longest: float = 5.0) -> WebHook:
    """Return what calls webhooks, with leave to call this machine."""
    return WebHook(allows=lambda address: address.is_loopback, trusts=believing, longest=longest)


@pytest.fixture
def names(monkeypatch):
    """The names there are, as the name server tells them; every other is unknown."""
    known = {"chat.test": ["127.0.0.1"]}
    numbers = socket.getaddrinfo

    def lookup(host, port, *rest, **more):
        if host.replace(".", "").isdigit():
            return numbers(host, port, *rest, **more)
        if host not in known:
            raise socket.gaierror(-2, "Name or service not known")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in known[host]]

    monkeypatch.setattr("surveys.channels.web_hook.socket.getaddrinfo", lookup)
    return known
