"""Two who look at answers at once both find that many tasks have one cause: neither waits for the other for ever."""

import threading

import pytest
from flask import Flask
from sqlalchemy import event, select

from feedback.analysis.models import THEME, Analysis, Mention
from feedback.follow_up.incidents.gathering import MANY
from feedback.follow_up.incidents.models import Incident
from feedback.follow_up.models import Task
from feedback.follow_up.opening import JOB, consider
from surveys.database import db
from surveys.responses.models import Response
from surveys.work import SetAside, one_by_one

OPENER, READER = "opener", "reader"


def of_carrier(make, comment=None, **values):
    order = make.purchase(make.customer(), carrier="DHL", items=[])
    return make.response(2, comment, customer=order.customer, purchase=order, **values)


def on_the_brink(make, now):
    """The next answer makes ten of a carrier; the one that was just read makes ten of a theme, and is of both."""
    with make.at_one_go():
        for _each in range(MANY - 2):
            make.task(of_carrier(make))
        for _each in range(MANY - 1):
            make.task(make.response(2), reason="DELIVERY")
        read = of_carrier(make, "Late.")
        consider(read.id, now)
        read.analysed_at = now
        reading = Analysis(response=read, label="negative", polarity=-0.5, analyzer="test", analysed_at=now)
        reading.mentions = [Mention(kind=THEME, code="DELIVERY", start=0, end=4, polarity=-0.5)]
        make.keep(reading)
        return {OPENER: of_carrier(make).id, READER: read.id}


@pytest.fixture
def meet(app: Flask):
    """Let the reader, who has its task in hand by then, look for incidents only when the opener takes tasks in."""
    takes_in, looked = threading.Event(), threading.Event()

    def before(_connection, _cursor, statement, *_more):
        who = threading.current_thread().name
        if who == OPENER and statement.startswith("UPDATE task SET incident_id"):
            takes_in.set()
        elif who == READER and "FROM incident" in statement and not looked.is_set():
            looked.set()
            if takes_in.wait(1):
                takes_in.clear()
                takes_in.wait(0.2)  # until the other's statement has reached the database

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", before)
        yield
        event.remove(db.engine, "before_cursor_execute", before)


@pytest.mark.thorough
@pytest.mark.usefixtures("meet")
def test_who_opens_a_task_and_who_has_read_a_comment_do_not_wait_for_each_other(app: Flask, make, now):
    answers = on_the_brink(make, now)

    def look(answer: int) -> None:
        with app.app_context():
            one_by_one(JOB, [answer], lambda response_id: consider(response_id, now))
            db.session.remove()

    threads = [threading.Thread(target=look, name=who, args=(answer,)) for who, answer in answers.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    db.session.expire_all()

    assert [row.error for row in db.session.scalars(select(SetAside))] == []
    tasks = {
        who: db.session.scalars(select(Task).join(Task.response).where(Response.id == answer)).one()
        for who, answer in answers.items()
    }
    assert tasks[READER].reason == "DELIVERY" and tasks[OPENER].incident.sign == "carrier"
    # Whoever came first has begun one; the task that shows both signs belongs to what says more of the cause.
    assert tasks[READER].incident.sign == "carrier"
    assert set(db.session.scalars(select(Incident.sign))) <= {"carrier", "theme"}
