"""Four schedulers are killed at random while answers wait and promised times pass.

Each answer that needs one gets one task, the others get none, each rung of each clock is told once, none is lost.
"""

import os
import random
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, true
from sqlalchemy.exc import OperationalError

from bench.serving import Served
from feedback.follow_up.clocks.ladder import TOP
from feedback.follow_up.models import Task, TaskEvent
from feedback.notices.models import Notice
from surveys.clock import real_now, set_forward
from surveys.database import begin_writing, db
from surveys.responses.models import CONSIDERED, Response
from tests.crashes import ROUNDS
from tests.factories import Make
from tests.journeys.living import PATIENCE, eventually
from tests.journeys.schedulers import Schedulers

pytestmark = [pytest.mark.processes, pytest.mark.crash]
SCHEDULERS = 4
KILLS = max(6, ROUNDS)
# 3,000 in the benchmark, 48 in the suite: reading them and telling of their times is what takes long.
ANSWERS = 60 * ROUNDS if ROUNDS >= 10 else 8 * KILLS
# With these it is 300 in the suite on PostgreSQL, where several schedulers are at home; half of them need a task, and
# no time of the others passes.
SILENT, CONTENT = (100, 152) if os.environ.get("TEST_DATABASE_URL") else (10, 15)
IS_URGENT = Task.priority == "P0"
SEED = random.SystemRandom().randrange(10**6)


def test_four_killed_schedulers_open_every_task_and_tell_every_passing_time_once(
    tmp_path: Path, own_database: str
):
    chance = random.Random(SEED)
    print(f"seed {SEED}")
    house = Served(tmp_path, own_database, by_history=False)
    with house.app.app_context():
        complain()
        with Schedulers(SCHEDULERS, house.environ, tmp_path / "loops.log") as schedulers:
            for _ in range(KILLS):
                time.sleep(1)
                schedulers.disturb(chance)
                let_time_pass(timedelta(minutes=25))
            eventually(all_are_opened, "a task for every answer", PATIENCE + ANSWERS)
            let_time_pass(timedelta(hours=2))
            eventually(all_is_told, "the last rung of every task and its news", PATIENCE + ANSWERS)
        check()
        db.session.remove()
        db.engine.dispose()


def complain() -> None:
    """Let customers write of danger, whose clocks run day and night; two people care for them and one leads."""
    make = Make(real_now())
    with make.at_one_go():
        for name, role in (("Ben", "agent"), ("Nadia", "agent"), ("Paula", "admin"), ("Olga", "owner")):
            make.staff(name, role=role)
        for _ in range(ANSWERS):
            make.response(1, "It caught fire.")
    with make.in_bulk():
        for score, many in ((3, SILENT), (9, CONTENT)):
            for _ in range(many):
                make.response(score)


def let_time_pass(span: timedelta) -> None:
    """Turn the business's clock forward, as soon as the schedulers leave the writing to somebody else."""

    def turn() -> bool:
        try:
            begin_writing()
        except OperationalError:
            db.session.rollback()
            return False
        set_forward(span)
        db.session.commit()
        return True

    eventually(turn, "a moment in which nobody writes")


def all_are_opened() -> bool:
    """Whether every answer was looked at, and those of danger were read: only then are they as urgent as this."""
    db.session.rollback()
    left = db.session.scalar(select(func.count()).where(Response.follow_up_stage != CONSIDERED))
    return not left and db.session.scalar(select(func.count()).where(IS_URGENT)) >= ANSWERS


def all_is_told() -> bool:
    """Whether each task was told the last rung of its first contact, and everybody has heard of everything."""
    db.session.rollback()
    left = db.session.scalar(select(func.count()).where(IS_URGENT, Task.contact_told < TOP))
    unheard = select(func.count()).where(TaskEvent.clock.is_not(None), ~heard().exists())
    return not left and not db.session.scalar(unheard)


def heard():
    return select(Notice.id).where(Notice.event_id == TaskEvent.id, true())


def check() -> None:
    """One task of each answer; rungs of each clock told upwards, once each, the highest too; each heard of once."""
    db.session.rollback()
    of_answers = db.session.scalars(select(Task.response_id)).all()
    unhappy = db.session.scalars(select(Response.id).where(Response.group == "detractor")).all()
    assert sorted(of_answers) == sorted(unhappy) and len(unhappy) == ANSWERS + SILENT
    for task in db.session.scalars(select(Task).where(IS_URGENT)):
        told: dict[str, list[int]] = {}
        for row in task.history:
            if row.clock is not None:
                rung = {"50": 1, "80": 2}[row.after] if row.kind == "reminded" else int(row.after) + 2
                told.setdefault(row.clock, []).append(rung)
        for rungs in told.values():
            assert rungs == sorted(set(rungs)), told
        assert told["contact"][-1] == TOP
        assert max(told.get("resolution", [0])) == task.resolution_told
    twice = select(Notice.event_id).group_by(Notice.event_id, Notice.staff_id).having(func.count() > 1)
    assert db.session.scalars(twice).all() == []
