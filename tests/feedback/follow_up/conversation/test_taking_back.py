"""A mail is taken back, or leaves: never both."""

import threading
from contextlib import suppress
from datetime import timedelta

import pytest

from feedback.follow_up.conversation.taking_back import LeftAlready, take_back
from feedback.follow_up.replying import send_due
from feedback.follow_up.triaging import UNDO_FOR, reply
from surveys.database import begin_writing, db
from surveys.errors import Missing
from surveys.invitations.post import Post
from surveys.work import claim

POST = Post("https://feedback.test", "survey@shop.test", "a secret of these tests, long enough")


@pytest.fixture
def written(make, now):
    mail = reply(make.task(), "Re", "Hello", now, actor=make.staff("Ben"))
    db.session.commit()
    return mail


def undo(mail, at):
    return take_back(mail.task.public_id, mail.public_id, at, actor=mail.author)


@pytest.mark.once
def test_within_ten_seconds_it_does_not_leave_and_can_be_taken_back(written, now, channels, kept):
    assert send_due(now + UNDO_FOR - timedelta(seconds=1), 10, channels, POST) == 0
    undo(written, now)
    db.session.commit()
    assert (written.state, written.due_at) == ("taken_back", None)
    assert send_due(now + timedelta(days=1), 10, channels, POST) == 0 and not kept.messages
    assert written.task.contacted_at is None
    with pytest.raises(LeftAlready):
        undo(written, now)


def test_what_is_late_can_be_taken_back_until_somebody_takes_it_up(written, now, channels, kept):
    later = now + timedelta(hours=1)
    assert claim(type(written), later, 1, again=True, paced=False)[1]
    with pytest.raises(LeftAlready):
        undo(written, later)
    db.session.rollback()
    written.claimed_until, written.claim_key = None, None
    db.session.commit()
    undo(written, later)
    assert written.state == "taken_back"


@pytest.mark.once
def test_what_has_left_stays(written, now, channels, kept):
    send_due(now + UNDO_FOR, 10, channels, POST)
    with pytest.raises(LeftAlready):
        undo(written, now + UNDO_FOR)
    assert (written.state, len(kept.messages)) == ("sent", 1)


def test_a_mail_of_another_task_is_not_found(written, make, now):
    other = make.task(make.response(1))
    with pytest.raises(Missing):
        take_back(other.public_id, written.public_id, now, actor=None)


@pytest.mark.crash
@pytest.mark.usefixtures("race")
def test_whoever_is_quicker_decides_and_the_customer_gets_it_once_or_never(app, written, now, channels, kept):
    task_id, mail_id = written.task.public_id, written.public_id
    barrier = threading.Barrier(2, timeout=20)
    errors = []

    def send():
        send_due(now + UNDO_FOR, 10, channels, POST)

    def take():
        begin_writing()
        with suppress(LeftAlready):
            take_back(task_id, mail_id, now, actor=None)
            db.session.commit()
        db.session.rollback()

    def run(deed):
        barrier.wait()
        try:
            with app.app_context():
                deed()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(deed,)) for deed in (send, take)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    db.session.rollback()
    assert errors == []
    assert (written.state, len(kept.messages)) in (("sent", 1), ("taken_back", 0))
