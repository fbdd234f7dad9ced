from datetime import timedelta

from feedback.scheduler.examining import look_at_loop
from feedback.scheduler.leading import take_lease
from feedback.scheduler.models import TickRun
from surveys.clock import real_now
from surveys.database import db
from surveys.upkeep.views import surroundings


def noted(name, ago, **values):
    at = real_now() - ago
    db.session.add(TickRun(name=name, started_at=at, finished_at=at, done_in_all=0, **values))
    db.session.commit()
    return at


def test_a_loop_that_does_not_run_fails(app):
    assert [finding.level for finding in look_at_loop(surroundings())] == ["FAIL"]


def test_a_loop_that_runs_well_is_fine(app):
    take_lease("here", real_now())
    noted("open-tasks", timedelta(seconds=3))

    assert [finding.level for finding in look_at_loop(surroundings())] == ["ok"]


def test_work_that_is_done_once_an_hour_is_not_missed_before(app):
    take_lease("here", real_now())
    noted("forget-expired", timedelta(minutes=64))
    assert [finding.level for finding in look_at_loop(surroundings())] == ["ok"]

    db.session.get_one(TickRun, "forget-expired").started_at -= timedelta(minutes=2)
    db.session.commit()
    (found,) = look_at_loop(surroundings())
    assert "forget-expired has not run for 66 minutes" in found.said


def test_work_that_fails_or_stands_still_is_named(app):
    take_lease("here", real_now())
    noted("open-tasks", timedelta(minutes=9))
    at = noted("send-replies", timedelta(seconds=3), error="Traceback\nValueError: odd")
    db.session.get_one(TickRun, "send-replies").failed_at = at
    db.session.commit()
    found = sorted(look_at_loop(surroundings()))

    assert [finding.level for finding in found] == ["FAIL", "warn"]
    assert "send-replies fails: ValueError: odd" in found[0].said
    assert "open-tasks has not run for 9 minutes" in found[1].said
