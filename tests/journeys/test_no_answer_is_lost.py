"""Web workers and the loop are killed under load: what was acknowledged is stored, and every task is there once."""

import subprocess
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import func, select

from bench.load import SUBMISSION, Line
from bench.serving import BIN, Served
from feedback.follow_up.models import Task
from surveys import tokens
from surveys.database import db
from surveys.invitations.models import Invitation
from surveys.responses.models import Response
from tests.crashes import ROUNDS
from tests.journeys.living import ROOT, eventually

pytestmark = [pytest.mark.processes, pytest.mark.crash]
ANSWERS = 48 * ROUNDS


class Loop:
    """The loop in a process of its own, which somebody keeps killing."""

    def __init__(self, house: Served):
        self.house = house
        self.start()

    def start(self) -> None:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        command = [BIN / "flask", "loop", "run"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.house.environ, start_new_session=True, **quiet
        )

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


def answer_until_acknowledged(line: Line, token: str) -> None:
    """Answer as a browser does that sends the same form again when the line breaks."""
    fields: dict[str, str] = {}
    for _ in range(40):
        try:
            if not fields:
                status, page = line.ask("GET", f"/s/{token}")
                found = SUBMISSION.search(page)
                if status != 200 or not found:
                    continue
                fields = {"score": "2", "comment": "Late and broken.", "submission_id": found[1].decode()}
            status, _ = line.ask("POST", f"/s/{token}", urlencode(fields).encode())
            if status == 200:
                return
        except OSError:
            time.sleep(0.05)
            reconnect(line)
    raise AssertionError("never acknowledged")


def reconnect(line: Line) -> None:
    """Connect again as soon as somebody listens."""
    for _ in range(200):
        try:
            line.open()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("nobody listens any more")


def answer_all(house: Served, wanted: list[str], acknowledged: list[str]) -> None:
    """Answer every invitation; note what was acknowledged."""
    line = Line(house.port)
    while wanted:
        try:
            token = wanted.pop()
        except IndexError:
            break
        answer_until_acknowledged(line, token)
        acknowledged.append(token)
    line.close()


def test_killed_workers_lose_nothing_and_killed_loops_double_nothing(tmp_path: Path, own_database: str):
    house = Served(tmp_path, own_database, by_history=False)
    wanted, acknowledged = house.invite(ANSWERS), []
    with house.web() as web:
        loop = Loop(house)
        clients = [threading.Thread(target=answer_all, args=(house, wanted, acknowledged)) for _ in range(4)]
        for client in clients:
            client.start()
        for number in range(ROUNDS):
            eventually(
                lambda n=number: len(acknowledged) >= (n + 1) * ANSWERS // (ROUNDS + 2), "answers to flow"
            )
            for worker in web.children()[:1]:
                worker.kill()
            loop.kill()
            loop.start()
        for client in clients:
            client.join()
        with house.app.app_context():
            eventually(lambda: count(Task) >= ANSWERS, f"all {ANSWERS} tasks")
        loop.kill()
    with house.app.app_context():
        check(house, acknowledged)
        db.session.remove()
        db.engine.dispose()


def count(model) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


def check(house: Served, acknowledged: list[str]) -> None:
    """Compare what the clients were told with what is stored."""
    db.session.rollback()
    answered = db.session.scalars(
        select(Invitation.public_id).join(Response, Response.invitation_id == Invitation.id)
    )
    stored = Counter(answered)
    told = {tokens.read(tokens.ANSWER, token, (house.secret,)) for token in acknowledged}
    assert len(told) == ANSWERS
    assert told <= stored.keys()
    assert set(stored.values()) == {1}
    per_response = db.session.execute(select(Task.response_id, func.count()).group_by(Task.response_id)).all()
    assert len(per_response) == ANSWERS
    assert {number for _, number in per_response} == {1}
