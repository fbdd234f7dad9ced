"""Two people have the same task open."""

import re

import pytest
from sqlalchemy import create_engine, event, func, select

from feedback.follow_up.models import TaskEvent
from feedback.follow_up.presence.models import LASTS, TaskPresence
from feedback.follow_up.presence.noting import ENDS_IN
from surveys.audit.models import AuditEvent
from surveys.database import db
from surveys.staff.models import StaffMember, StaffSession
from surveys.staff.signing_in import TOUCH_EVERY


@pytest.fixture
def task(make_today):
    return make_today.task(make_today.response(2, "It came late"))


@pytest.fixture
def ben(make_today, signed_in):
    return signed_in(make_today.staff("Ben Carter"))


@pytest.fixture
def mara(make_today, signed_in):
    return signed_in(make_today.staff("Mara"))


def sign(browser, task, **fields):
    return browser.post(f"/tasks/{task.public_id}/presence", data=fields)


def ends(later):
    """Let so much time pass for every sign that was noted."""
    for row in db.session.scalars(select(TaskPresence)):
        row.seen_at -= later
    db.session.commit()


def said(answer):
    """Return what an answer, or a page, says at its head and by the button that sends."""
    found = re.findall(r'id="(present-here|writing-here)">([^<]*)</p>', answer.text)
    return {name: text for name, text in found if text}


def test_the_page_says_who_looks_and_who_writes(task, ben, mara):
    assert said(sign(ben, task)) == {}
    assert said(sign(mara, task)) == {"present-here": "Ben Carter is looking at this."}
    sign(ben, task, writes="note")
    assert said(sign(mara, task)) == {"present-here": "Ben Carter is writing a note."}
    sign(ben, task, writes="mail")
    assert said(sign(mara, task)) == {
        "present-here": "Ben Carter is writing to the customer.",
        "writing-here": "Ben Carter is writing to the customer just now.",
    }
    assert said(sign(ben, task)) == {"present-here": "Mara is looking at this."}


def test_whoever_opens_the_page_sees_who_is_there_and_is_not_noted_by_looking(task, ben, mara):
    sign(ben, task, writes="mail")
    page = mara.get(f"/tasks/{task.public_id}")
    assert said(page)["present-here"] == "Ben Carter is writing to the customer."
    assert db.session.scalar(select(func.count()).select_from(TaskPresence)) == 1


def test_who_leaves_or_gives_no_sign_is_not_named_any_more(task, ben, mara):
    sign(ben, task)
    assert ben.post(f"/tasks/{task.public_id}/presence/end").status_code == 204
    ends(ENDS_IN)
    assert said(sign(mara, task)) == {}
    sign(ben, task)
    assert said(sign(mara, task)) != {}
    ends(LASTS)
    assert said(sign(mara, task)) == {}


def test_several_are_counted_and_those_who_write_are_named(task, ben, mara, make_today, signed_in):
    ada = signed_in(make_today.staff("Ada"))
    sign(ben, task)
    sign(ada, task, writes="mail")
    here = said(sign(mara, task))
    assert here["present-here"] == "Ada is writing to the customer. 1 more is here."
    sign(ben, task, writes="mail")
    assert said(sign(mara, task))["writing-here"] == "Ada, Ben Carter are writing to the customer just now."


def test_the_inbox_says_who_is_at_which_task_and_nothing_of_oneself(task, ben, mara):
    sign(ben, task)
    assert "Ben Carter is here" in mara.get("/inbox?view=open").text
    assert "Ben Carter is here" in mara.get("/inbox/rows?view=open").text
    assert "is here" not in ben.get("/inbox?view=open").text


def test_names_are_no_markup(task, mara, make_today, signed_in):
    sign(signed_in(make_today.staff("<b>Bo</b>")), task)
    assert "<b>Bo" not in sign(mara, task).text


def test_whoever_may_not_see_tasks_is_refused_and_a_task_that_is_gone_is_missing(
    task, ben, make_today, signed_in
):
    analyst = signed_in(make_today.staff("Ana", role="analyst"))
    assert sign(analyst, task).status_code == 403
    assert ben.post("/tasks/nowhere/presence").status_code == 404
    assert ben.post("/tasks/nowhere/presence/end").status_code == 404
    assert db.session.scalar(select(func.count()).select_from(TaskPresence)) == 0


def test_sending_is_not_blocked_and_neither_history_nor_audit_tell_of_it(task, ben, mara):
    sign(ben, task, writes="mail")
    sign(mara, task, writes="note")
    ben.post(f"/tasks/{task.public_id}/presence/end")
    assert db.session.scalar(select(func.count()).select_from(AuditEvent)) == 0
    before = db.session.scalar(select(func.count()).select_from(TaskEvent))
    mara.post(f"/tasks/{task.public_id}/note", data={"note": "Called"})
    assert db.session.scalar(select(func.count()).select_from(TaskEvent)) == before + 1
    assert db.session.scalar(select(func.count()).select_from(AuditEvent)) == 1


def test_a_page_left_open_keeps_nobody_signed_in(task, ben):
    seen = db.session.scalar(select(StaffSession))
    seen.last_seen_at -= TOUCH_EVERY
    before = (seen.last_seen_at, seen.expires_at)
    db.session.commit()

    assert sign(ben, task).status_code == 200
    assert ben.post(f"/tasks/{task.public_id}/presence/end").status_code == 204
    db.session.expire_all()
    assert (seen.last_seen_at, seen.expires_at) == before

    ben.get(f"/tasks/{task.public_id}")
    db.session.expire_all()
    assert seen.expires_at > before[1]


def test_anything_else_than_a_mail_or_a_note_is_only_looking(task, ben, mara):
    sign(ben, task, writes="poetry")
    assert said(sign(mara, task)) == {"present-here": "Ben Carter is looking at this."}


def test_while_somebody_else_writes_the_page_is_told_all_the_same_and_soon(task, ben, mara):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("only SQLite lets one transaction write at a time")
    sign(ben, task)
    engine = create_engine(db.engine.url, module=db.engine.dialect.dbapi)
    event.listen(engine, "connect", lambda connection, _: setattr(connection, "isolation_level", None))
    with engine.connect() as elsewhere:
        elsewhere.exec_driver_sql("BEGIN IMMEDIATE")
        answer = sign(mara, task)
        elsewhere.exec_driver_sql("ROLLBACK")
    engine.dispose()
    assert answer.status_code == 200 and said(answer) == {"present-here": "Ben Carter is looking at this."}
    assert said(sign(ben, task)) == {}  # Mara's sign was left out
    sign(mara, task)
    assert said(sign(ben, task)) == {"present-here": "Mara is looking at this."}


def test_a_row_that_another_holds_is_waited_for_a_moment_only(task, ben, mara):
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite holds no single rows")
    sign(ben, task)
    engine = create_engine(db.engine.url)
    with engine.begin() as elsewhere:
        elsewhere.execute(select(StaffMember.id).with_for_update())
        answer = sign(mara, task)
    engine.dispose()
    assert said(answer) == {"present-here": "Ben Carter is looking at this."}
    assert said(sign(ben, task)) == {}
