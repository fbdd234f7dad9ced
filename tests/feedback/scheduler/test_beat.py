"""Real loop processes on one database: one leads, nothing is done twice, the lead passes on."""

import contextvars
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter

import pytest
from apscheduler.schedulers.base import STATE_STOPPED
from sqlalchemy import func, select

from config import ROOT
from feedback.analysis.models import Analysis
from feedback.follow_up.models import Task, TaskEvent
from feedback.scheduler.beat import Beat
from feedback.scheduler.leading import take_slot
from feedback.scheduler.models import LoopLeader, Slot
from feedback.scheduler.shapes import Tick
from surveys.brand.queries import all_brands
from surveys.clock import real_now
from surveys.customers.models import Customer
from surveys.database import begin_writing, db, public_id
from surveys.responses.models import CONSIDERED, Response
from tests import shipped
from tests.conftest import SECRET, let_go, new_postgres, settings_for
from tests.factories import Make
from wsgi import create_app

pytestmark = pytest.mark.processes
LEASE, PATIENCE = 2, 60  # seconds
SERVER = os.environ.get("TEST_DATABASE_URL")
PROCESSES = 4 if SERVER else 2


@pytest.fixture
def own_app(tmp_path, worker_id):
    """An application on a database that other processes can reach."""
    url = new_postgres(SERVER, f"loop_{worker_id}") if SERVER else f"sqlite:///{tmp_path / 'loop.sqlite'}"
    app = create_app(settings_for(url, tmp_path))
    with app.app_context():
        db.create_all()
        yield app
    let_go(app)


def eventually(look, what):
    """Return what `look` finds, looking again until it finds something."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        db.session.rollback()
        found = look()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"waited {PATIENCE} s in vain for {what}")


def leader_among(processes):
    """Return the process that leads now, or None."""
    holder = db.session.scalar(select(LoopLeader.holder)) or "::"
    pid = int(holder.split(":")[1] or 0)
    return next((process for process in processes if process.pid == pid and process.poll() is None), None)


def all_considered():
    """Return whether nothing is left to do."""
    left = select(func.count()).select_from(Response).where(Response.follow_up_stage < CONSIDERED)
    return db.session.scalar(left) == 0


def answer(facts, count, **values):
    """Store answers as a web worker does."""
    for _ in range(count):
        begin_writing()
        # Each of another customer: a second answer of one and the same would join the task of the first.
        name = public_id()
        customer = Customer(brand_id=facts["brand_id"], reference=name, created_at=facts["saved_at"])
        db.session.add(Response(**facts, customer=customer, submission_id=name, **values))
        db.session.commit()


@pytest.fixture
def facts(own_app):
    """What all answers have in common."""
    make = Make(real_now())
    make.staff("Ben")
    survey, brand = make.survey(), make.brand()
    found = {
        "survey_id": survey.id,
        "version_id": survey.current.id,
        "brand_id": brand.id,
        "channel": "email",
        "locale": "en",
        "group": "detractor",
        "saved_at": make.now,
        "submitted_at": make.now,
    }
    db.session.rollback()
    return found


@pytest.fixture
def environ(own_app, facts, tmp_path):
    """The environment of a process on that database."""
    return {
        **shipped.environ(),
        "SECRET_KEY": SECRET,
        "DATABASE_URL": own_app.config["SETTINGS"].database_url,
        "INSTANCE_PATH": str(tmp_path),
        "MAIL_FROM": "survey@shop.test",
    }


@pytest.fixture
def loops(environ):
    """Several `flask loop run` on that database; killed at the end whatever happened."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "loop", "run", "--lease", str(LEASE)]
    running = [subprocess.Popen(command, cwd=ROOT, env=environ) for _ in range(PROCESSES)]
    yield running
    for process in running:
        process.kill()
        process.wait()


def test_several_loops_do_everything_once_and_survive_their_leader(facts, loops):
    first = eventually(lambda: leader_among(loops), "a first leader")
    answer(facts, 15, score=2, comment="It was an awful wait.")

    first.send_signal(signal.SIGKILL)
    first.wait()
    answer(facts, 15, score=3, comment="It was a terrible wait.")
    second = eventually(lambda: leader_among(loops), "the next leader after the lease")

    assert second is not first
    eventually(all_considered, "every response to be considered")
    responses = list(db.session.scalars(select(Response.id)))
    assert Counter(db.session.scalars(select(Task.response_id))) == Counter(responses)
    assert Counter(db.session.scalars(select(Analysis.response_id))) == Counter(responses)
    opened = select(func.count()).select_from(TaskEvent).where(TaskEvent.kind == "opened")
    assert db.session.scalar(opened) == 30
    db.session.rollback()

    second.send_signal(signal.SIGTERM)
    assert second.wait(timeout=PATIENCE) == 0
    if len(loops) > 2:
        eventually(lambda: leader_among(loops) not in (None, second), "a third leader at once")


def test_no_slot_is_taken_twice_by_workers_that_race_for_them(own_app):
    taken, start = [], threading.Barrier(PROCESSES)

    def race():
        with own_app.app_context():
            start.wait()
            for number in range(20):
                begin_writing()
                if take_slot("race", str(number), real_now()):
                    taken.append(number)
                db.session.commit()
            db.session.remove()

    racing = [threading.Thread(target=contextvars.Context().run, args=(race,)) for _ in range(PROCESSES)]
    for worker in racing:
        worker.start()
    for worker in racing:
        worker.join(PATIENCE)

    assert sorted(taken) == list(range(20))
    assert db.session.scalar(select(func.count()).select_from(Slot)) == 20


def test_whoever_leads_first_founds_the_shop_of_a_new_installation(app):
    first, second = Beat(app, None, "here:1"), Beat(app, None, "here:2")
    first.keep_lease()
    second.keep_lease()
    first.keep_lease()

    assert first.leads and not second.leads
    assert [brand.key for brand in all_brands()] == ["shop"]


def test_what_has_its_hands_full_queues_up_behind_the_others(app):
    beat, turns, left = Beat(app, None, "here:1"), [], [2, 2, 1]
    beat.keep_lease()

    def read(_now, _limit, _house):
        turns.append("read")
        return left.pop(0)

    def open_task(_now, _limit, _house):
        turns.append("open")
        return 0

    for tick in (Tick("read", 1, read, 2), Tick("open", 1, open_task, 2)):
        beat.scheduler.add_job(beat.run_tick, args=[tick], executor="inward")
    beating = threading.Thread(target=contextvars.Context().run, args=(beat.go,))
    beating.start()
    eventually(lambda: not left, "all to be read")
    beat.end()
    beating.join(PATIENCE)

    assert turns == ["read", "open", "read", "read"]


def test_whoever_asks_for_one_more_turn_twice_stands_in_the_queue_once(app):
    beat, tick = Beat(app, None, "here:1"), Tick("read", 1, lambda _now, _limit, _house: 2, 2)
    beat.keep_lease()

    beat.run_tick(tick)
    beat.run_tick(tick)
    assert len(beat.scheduler.get_jobs()) == 1
    beat.go_on(tick)
    assert len(beat.scheduler.get_jobs()) == 2  # the turn that was just taken, and the next one


def test_a_tick_with_its_hands_full_ends_and_lets_the_loop_end(app):
    beat, works, ends = Beat(app, None, "here:1"), threading.Event(), []
    beat.keep_lease()

    def read(_now, _limit, _house):
        works.set()
        eventually(lambda: beat.scheduler.state == STATE_STOPPED, "the scheduler to be told")
        ends.append("read")
        return 2

    beat.scheduler.add_job(beat.run_tick, args=[Tick("read", 1, read, 2)], executor="inward")
    beating = threading.Thread(target=contextvars.Context().run, args=(beat.go,), daemon=True)
    beating.start()
    works.wait(PATIENCE)
    beat.end()
    beating.join(PATIENCE)

    assert not beating.is_alive() and ends == ["read"]
