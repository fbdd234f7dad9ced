"""Reckon once a day what the customers of each shop spend, so that the place of one is found at once.

Open tasks from before there were points get theirs then, too.
"""

from datetime import datetime, timedelta

from sqlalchemy import update

from feedback.analysis.queries import reading_of
from feedback.follow_up.deciding.ageing import age_task
from feedback.follow_up.deciding.models import SpendingScale
from feedback.follow_up.deciding.points import parts_of
from feedback.follow_up.deciding.priorities import level_of
from feedback.follow_up.deciding.queries import crowds_of, current_book, old_scales, scale_of, unweighed
from feedback.follow_up.deciding.remembering import as_read, past_of, submission_of
from feedback.follow_up.deciding.verdicts import Decision
from feedback.follow_up.deciding.weighing import hold
from feedback.follow_up.deciding.worth import YEAR
from feedback.follow_up.models import Task
from feedback.follow_up.queries import task_for_update
from surveys.database import db
from surveys.work import one_by_one

JOB, WEIGH_JOB = "reckon-spending", "weigh-old-tasks"
KEPT = timedelta(days=1)


def reckon_spending(now: datetime, limit: int) -> int:
    """Reckon up to `limit` shops whose scale is missing or older than a day, and weigh old tasks; return how many."""
    brands = old_scales(JOB, now - KEPT)[:limit]
    done = one_by_one(JOB, brands, lambda brand_id: reckon_brand(brand_id, now))
    return done + one_by_one(WEIGH_JOB, unweighed(WEIGH_JOB, brands), lambda task_id: weigh(task_id, now))


def weigh(task_id: int, now: datetime) -> None:
    """Give an open task that has none the points of its answer; its level stays, for people have worked by it.

    Whoever has the task open finds no newer version of it: points are put in place as those that age are.
    """
    task = task_for_update(task_id)
    if task.signals:
        return
    response, analysis = task.response, reading_of(task.response_id)
    book, submission, reading = current_book(), submission_of(response), as_read(analysis)
    past = past_of(response, submission, reading, book)
    level = level_of(submission, reading, past)
    parts = parts_of(submission, reading, past)
    decision = Decision(True, task.rule, level.priority, None, why=level.why, parts=parts)
    hold(task, response, decision, reading, task.rule_version, now)
    db.session.flush()
    ripe = update(Task).where(Task.id == task_id).values(ages_at=now)
    db.session.execute(ripe, execution_options={"synchronize_session": False})
    age_task(task_id, now)


def reckon_brand(brand_id: int, now: datetime) -> None:
    """Write down what the shop's customers spent in the last twelve months."""
    scale, limits = scale_of(brand_id), crowds_of(brand_id, now - YEAR, now)
    if scale is None:
        scale = SpendingScale(brand_id=brand_id)
        db.session.add(scale)
    scale.limits, scale.reckoned_at = limits, now
    db.session.flush()
