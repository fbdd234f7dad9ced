"""A living house for the stories: `flask up` as a shop owner runs it, and a mailbox for everybody."""

import email
import json
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import default
from functools import cached_property
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from flask import Flask, current_app
from flask_migrate import stamp
from sqlalchemy import update

from config import Settings
from surveys.clock import set_forward
from surveys.database import begin_writing, db
from surveys.invitations.models import Touchpoint
from tests import shipped
from tests.conftest import let_go
from wsgi import create_app

ROOT = Path(__file__).parent.parent.parent
FLASK = [str(Path(sys.executable).parent / "flask")]
PATIENCE = 120  # seconds until a story gives up waiting; figures are measured by the benchmark


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def eventually(look: Callable[[], Any], what: str, patience: float = PATIENCE) -> Any:
    """Return what `look` finds as soon as it finds something; fail naming `what` if it never does."""
    ends = time.monotonic() + patience
    while time.monotonic() < ends:
        found = look()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"waited {patience:.0f} s in vain for {what}")


def afternoon_zone() -> str:
    """Return a zone where it is early afternoon now, so that a window of 9 to 20 is open."""
    return f"Etc/GMT{datetime.now(UTC).hour - 13:+d}"


def lay_tables(app: Flask) -> None:
    """Make the tables at one go, inside a context of `app`, and say that the history made them."""
    db.create_all()
    app.cli.load()  # brings the migrations, which pages do not need
    stamp()


@dataclass
class Mailbox:
    """A mail server on loopback that keeps what it is given."""

    messages: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, server, session, envelope) -> str:
        """Keep the mail."""
        self.messages.append(email.message_from_bytes(envelope.content, policy=default))
        return "250 kept"

    def to(self, address: str) -> list[EmailMessage]:
        """Return the mails to one address, oldest first."""
        return [mail for mail in self.messages if address in mail["To"]]


@dataclass
class Answer:
    """What the web answered."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self):
        return json.loads(self.text)


class Web:
    """A visitor: keeps cookies, follows redirects, fills in the token against forged forms."""

    def __init__(self, base: str, key: str | None = None):
        self.base = base
        self.key = key
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> Answer:
        return self.send("GET", path)

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        """Post a form as a browser does."""
        body = urllib.parse.urlencode(fields).encode()
        return self.send("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def post_json(self, path: str, value: object, method: str = "POST") -> Answer:
        return self.send(method, path, json.dumps(value).encode(), {"Content-Type": "application/json"})

    def submit(self, page: str, path: str, fields: dict[str, str]) -> Answer:
        """Open `page`, take its form token, and post `fields` to `path`."""
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.get(page).text)
        return self.post(path, {**fields, "csrf_token": token[1] if token else ""})

    def send(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        url = path if path.startswith("http") else self.base + path
        request = urllib.request.Request(url, body, headers or {}, method=method)
        if self.key:
            request.add_header("Authorization", f"Bearer {self.key}")
        try:
            with self.opener.open(request, timeout=30) as answer:
                return Answer(answer.status, dict(answer.headers), answer.read().decode())
        except urllib.error.HTTPError as error:
            return Answer(error.code, dict(error.headers), error.read().decode())


class LivingHouse:
    """Web pages and loop in processes of their own, on an empty database, with a mail sink."""

    def __init__(self, folder: Path, database_url: str, **environ: str):
        self.folder = folder
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.mailbox = Mailbox()
        self.sink = Controller(self.mailbox, hostname="127.0.0.1", port=free_port())
        self.environ = {
            **shipped.environ(),
            "SECRET_KEY": secrets.token_urlsafe(48),
            "DATABASE_URL": database_url,
            "INSTANCE_PATH": str(folder),
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "BASE_URL": self.base,
            "MAIL_URL": f"smtp://127.0.0.1:{self.sink.port}",
            "MAIL_FROM": "survey@shop.test",
            "DEMO": "0",
            "WEB_WORKERS": "1",  # each process translates templates of its own; stories about several say so
            **environ,
        }
        self.process: subprocess.Popen[bytes] | None = None
        self.log = folder / "up.log"

    def __enter__(self) -> "LivingHouse":
        self.sink.start()
        self.start()
        self.ask_on_any_day()
        return self

    def make_tables(self) -> "LivingHouse":
        """Make the tables at one go and say that the history made them, which takes a second; return the house.

        That the history makes the same ones is a test of its own, and that `flask up` lets it is told by one story.
        """
        with self.inside():
            lay_tables(current_app)
        return self

    def ask_on_any_day(self) -> None:
        """Let the shop that was founded ask on Sundays as well: these stories are told on all days."""
        with self.inside():
            begin_writing()
            db.session.execute(update(Touchpoint).values(skip_sundays=False))
            db.session.commit()

    def start(self) -> None:
        """Run `flask up` and wait until it serves pages."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*FLASK, "up"],
                cwd=ROOT,
                env=self.environ,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        eventually(self.is_ready, f"the house to open its door; see {self.log}")

    def is_ready(self) -> bool:
        """Whether pages are served; a house that died says so at once."""
        assert self.process is not None
        assert self.process.poll() is None, f"flask up ended:\n{self.log.read_text()[-3000:]}"
        try:
            return Web(self.base).get("/sign-in").status == 200
        except (urllib.error.URLError, OSError):
            return False

    def __exit__(self, *_: object) -> None:
        self.stop()
        self.sink.stop()

    def stop(self) -> int:
        """Ask the house to stop as Ctrl-C does; return its exit code."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(40)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                raise
        return self.process.returncode

    @cached_property
    def app(self) -> Flask:
        """The house's application in this process, for what a story needs no process of its own for."""
        return create_app(Settings.from_environ(self.environ))

    @contextmanager
    def inside(self) -> Iterator[Flask]:
        """Work on the house's database; nothing of it stays open, as the house does not either."""
        with self.app.app_context():
            yield self.app
        let_go(self.app)

    def flask(self, *arguments: str, typed: str = "") -> str:
        """Run a flask command on this house's database; return what it printed."""
        with self.inside() as app:
            done = app.test_cli_runner().invoke(args=list(arguments), input=typed)
        assert done.exit_code == 0, done.output + repr(done.exception)
        return done.stdout

    def set_forward(self, by: timedelta) -> None:
        """Move the business's clock, as the demo bar does, so that nobody has to wait."""
        with self.inside():
            begin_writing()
            set_forward(by)
            db.session.commit()

    def machine(self) -> Web:
        """Return a machine's client with a key of its own."""
        return Web(self.base, self.flask("keys", "issue", "story").splitlines()[-1])

    def hire(self, name: str, role: str) -> Web:
        """Add somebody and return the browser in which they are signed in."""
        address, password = f"{name.lower()}@shop.test", f"a sentence only {name} knows"
        self.flask("staff", "add", address, "--role", role, "--name", name, typed=password + "\n")
        browser = Web(self.base)
        answer = browser.submit("/sign-in", "/sign-in", {"email": address, "password": password})
        assert answer.status == 200, answer.text
        return browser


def purchase(reference: str, address: str, **values: object) -> dict[str, object]:
    """Return a purchase that was delivered a week ago, so that its customer is due now."""
    week_ago = (datetime.now(UTC) - timedelta(days=7, minutes=5)).isoformat()
    return {
        "reference": reference,
        "customer": {
            "email": address,
            "name": "Dora Detractor",
            "locale": "en",
            "time_zone": afternoon_zone(),
            "permission": {"basis": "opt_in", "at": week_ago, "confirmed_at": week_ago},
        },
        "items": [{"name": "Mug", "quantity": 2}],
        "placed_at": week_ago,
        "delivered_at": week_ago,
        **values,
    }


def link_in(mail: EmailMessage) -> str:
    """Return the address of the survey in a mail's text part, without a chosen score."""
    text = mail.get_body(("plain",)).get_content()
    found = re.search(r"http://\S+/s/[A-Za-z0-9_-]+", text)
    assert found, text
    return found[0]


def submission_of(page: str) -> str:
    """Return the hidden submission id of a survey page."""
    found = re.search(r'name="submission_id"[^>]*value="([^"]+)"', page)
    assert found, page
    return found[1]
