"""A customer's letter comes while somebody works on its task: it waits, or comes again, and is never laid aside."""

import threading

import pytest
from flask import Flask
from sqlalchemy import event, select, text
from sqlalchemy.exc import OperationalError

from feedback.follow_up.conversation import joining
from feedback.follow_up.conversation.models import Letter
from feedback.follow_up.inbox.merging import merge
from feedback.follow_up.models import Task
from feedback.follow_up.moving import ChangedMeanwhile
from feedback.follow_up.states import OPEN_STATES
from surveys.customers.models import Customer
from surveys.database import begin_writing, db
from surveys.post_box.models import IncomingMail
from surveys.post_box.sorting import take_in
from tests.feedback.follow_up.conversation.letters import letter

FIRST, SECOND = "first", "second"


@pytest.fixture
def pats(app: Flask, make):
    """The ids of two open tasks of Pat, the older first. One writer at a time, as SQLite has them, races with nobody."""
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            pytest.skip("only rows that are locked one by one can be held by two")
    pat = make.customer("Pat", email="pat@example.test")
    return [make.task(make.response(2, customer=pat)).id for _each in range(2)]


def taken_in(app: Flask, raw: bytes, now, told: dict[str, str]) -> threading.Thread:
    """Begin to take in a mail in a thread of its own; what became of it is told by the thread's name."""

    def take() -> None:
        with app.app_context():
            begin_writing()
            try:
                told[threading.current_thread().name] = take_in(raw, "imap", now, joining).kind
                db.session.commit()
            except OperationalError as error:
                db.session.rollback()
                told[threading.current_thread().name] = type(error.orig).__name__
            db.session.remove()

    thread = threading.Thread(target=take, name=SECOND if told else FIRST)
    told.setdefault(thread.name, "waits")
    thread.start()
    return thread


def holds_a_task(statement: str) -> bool:
    return statement.startswith("UPDATE task ") or ("FROM task" in statement and "FOR UPDATE" in statement)


@pytest.fixture
def look(app: Flask):
    """Stop the first letter when it has found its tasks; both, when they hold the first of them, until the other does."""
    found, go_on = threading.Event(), threading.Event()
    held = {FIRST: threading.Event(), SECOND: threading.Event()}

    def after(_connection, _cursor, statement, *_more):
        who = threading.current_thread().name
        if who == FIRST and "ORDER BY task.changed_at DESC" in statement:
            found.set()
            go_on.wait(5)
        elif who in held and holds_a_task(statement) and not held[who].is_set():
            held[who].set()
            held[SECOND if who == FIRST else FIRST].wait(0.3)

    with app.app_context():
        event.listen(db.engine, "after_cursor_execute", after)
        yield found, go_on
        event.remove(db.engine, "after_cursor_execute", after)


@pytest.mark.thorough
def test_two_letters_that_find_the_tasks_of_their_sender_in_another_order_do_not_wait_for_each_other(
    app: Flask, pats, look, now
):
    found, go_on = look
    told: dict[str, str] = {}
    threads = [taken_in(app, letter("It came too late."), now, told)]
    assert found.wait(10)
    # Somebody works on the older task: from now on it is the one that was changed last.
    older = db.session.get_one(Task, pats[0])
    older.changed_at = now.replace(year=now.year + 1)
    db.session.commit()
    threads.append(taken_in(app, letter("And it is broken."), now, told))
    go_on.set()
    for thread in threads:
        thread.join(30)

    assert told == {FIRST: "letter", SECOND: "letter"}
    assert len(db.session.scalars(select(Letter)).all()) == 2


@pytest.mark.once
@pytest.mark.thorough
def test_a_letter_and_whoever_merges_its_tasks_do_not_wait_for_each_other(app: Flask, pats, look, now):
    found, go_on = look
    told: dict[str, str] = {}
    thread = taken_in(app, letter("It came too late."), now, told)
    assert found.wait(10)
    older, newer = (db.session.get_one(Task, each) for each in pats)
    own_name, threading.current_thread().name = threading.current_thread().name, SECOND
    try:
        go_on.set()
        merge(newer, older, now, actor=None)
        db.session.commit()
    except ChangedMeanwhile:  # The letter was first, and whoever merges is told so.
        db.session.rollback()
    finally:
        threading.current_thread().name = own_name
    thread.join(30)
    db.session.expire_all()

    assert told == {FIRST: "letter"}
    assert db.session.scalars(select(Letter)).one().task.state in OPEN_STATES


@pytest.mark.thorough
def test_a_letter_whose_task_is_held_too_long_is_not_laid_aside_but_comes_again(app: Flask, pats, now):
    raw = letter("It came too late.")
    with db.engine.connect() as agent:
        agent.execute(text("SELECT id FROM task FOR UPDATE"))
        begin_writing()
        db.session.execute(text("SET LOCAL lock_timeout = '100ms'"))
        with pytest.raises(OperationalError):
            take_in(raw, "imap", now, joining)
        db.session.rollback()
    assert db.session.scalar(select(IncomingMail)) is None

    begin_writing()
    assert take_in(raw, "imap", now, joining).kind == "letter"
    db.session.commit()


@pytest.mark.thorough
def test_of_two_people_who_make_one_mail_a_new_task_the_second_is_told(app: Flask, pats, now):
    pat = db.session.get_one(Task, pats[0]).customer_id
    row = take_in(letter("Hello", sender="x@work.test"), "imap", now).id
    db.session.commit()
    told: list[str] = []

    def open_one() -> None:
        with app.app_context():
            begin_writing()
            try:
                mail, customer = db.session.get_one(IncomingMail, row), db.session.get_one(Customer, pat)
                joining.put_to_new(mail, customer, None, now, by=None)
                threading.Event().wait(0.3)
                db.session.commit()
                told.append("opened")
            except joining.AlreadySettled:
                db.session.rollback()
                told.append("too late")
            db.session.remove()

    people = [threading.Thread(target=open_one) for _each in range(2)]
    for each in people:
        each.start()
    for each in people:
        each.join(30)

    assert sorted(told) == ["opened", "too late"]
    assert len(db.session.scalars(select(Letter)).all()) == 1
    assert len(db.session.scalars(select(Task)).all()) == 3
