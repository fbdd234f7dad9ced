"""A mail leaves by a real mail server, its answers come by a real mailbox, and the reader is killed all the time."""

import random
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import func, select

from bench.serving import Served
from feedback.follow_up.conversation.models import Letter, LetterFile
from feedback.follow_up.models import Task, TaskEvent
from feedback.follow_up.replying import send_due
from feedback.follow_up.triaging import UNDO_FOR, reply, wait_for_customer
from surveys.channels.registry import Channels
from surveys.clock import real_now
from surveys.database import db
from surveys.invitations.post import Post
from tests.crashes import ROUNDS
from tests.factories import Make
from tests.feedback.follow_up.conversation.letters import letter
from tests.journeys.living import ROOT, Mailbox, eventually, free_port
from tests.surveys.channels.imap import imap_server

pytestmark = [pytest.mark.processes, pytest.mark.crash]
KILLS = max(4, ROUNDS)
ANSWERS = 15 * KILLS
SEED = random.SystemRandom().randrange(10**6)


def test_every_answer_joins_its_task_once_however_often_the_reader_is_killed(
    tmp_path: Path, own_database: str
):
    print(f"seed {SEED}")
    chance = random.Random(SEED)
    mails: dict[int, bytes] = {}
    with imap_server(mails) as server:
        url = f"imap://care:right@127.0.0.1:{server.server_address[1]}/INBOX"
        house = Served(tmp_path, own_database, by_history=False, IMAP_URL=url)
        with house.app.app_context():
            task = written_to(tmp_path, mails)
            with (tmp_path / "reading.log").open("ab") as log:
                command = [sys.executable, "-m", "tests.journeys.reading"]
                for _ in range(KILLS):
                    reader = subprocess.Popen(command, cwd=ROOT, env=house.environ, stdout=log, stderr=log)
                    had = len(letters())
                    eventually(
                        lambda had=had: len(letters()) > had or len(letters()) == ANSWERS, "a mail to be read"
                    )
                    time.sleep(chance.uniform(0, 0.2))
                    reader.kill()
                    reader.wait()
                reader = subprocess.Popen(command, cwd=ROOT, env=house.environ, stdout=log, stderr=log)
                eventually(lambda: len(letters()) == ANSWERS, "all mails to be read")
                time.sleep(1)
                reader.kill()
                reader.wait()
            check(task)
            db.session.remove()
            db.engine.dispose()


def written_to(folder: Path, mails: dict[int, bytes]) -> int:
    """Let an agent write to a customer and wait; put answers to what arrived into the mailbox. Return the task."""
    make = Make(real_now())
    task = make.task(
        make.response(2, customer=make.customer("Pat", email="pat@example.test")), state="in_progress"
    )
    ben = make.staff("Ben")
    reply(task, "Your order", "What happened?", make.now, actor=ben)
    wait_for_customer(task, make.now + timedelta(days=5), make.now, actor=ben)
    db.session.commit()
    sink = Mailbox()
    controller = Controller(sink, hostname="127.0.0.1", port=free_port())
    controller.start()
    channels = Channels.from_settings(f"smtp://127.0.0.1:{controller.port}", folder / "outbox")
    post = Post("https://feedback.test", "survey@shop.test", "a secret of this story, long enough")
    assert send_due(make.now + UNDO_FOR, 10, channels, post) == 1
    controller.stop()
    (arrived,) = sink.messages
    for number in range(ANSWERS):
        files = [(f"{number}.txt", b"x" * 1000)]
        mails[number + 1] = letter(f"Answer {number}", to=arrived["Message-ID"], files=files).replace(
            b"\n", b"\r\n"
        )
    return task.id


def letters() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Letter.body)))


def check(task_id: int) -> None:
    """Every answer is there once, whole, in order, and the task goes on."""
    assert letters() == [f"Answer {number}" for number in range(ANSWERS)]
    assert db.session.scalar(select(func.count()).select_from(LetterFile)) == ANSWERS
    wrote = select(func.count()).where(TaskEvent.task_id == task_id, TaskEvent.kind == "wrote")
    assert db.session.scalar(wrote) == ANSWERS
    task = db.session.get_one(Task, task_id)
    assert (task.state, task.contacted_at is not None) == ("in_progress", True)
