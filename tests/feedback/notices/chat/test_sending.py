"""Posts reach a real server over TLS once; what fails is tried again with pauses, and told in plain words."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback.follow_up.moving import record
from feedback.notices.chat.models import ChatPost
from feedback.notices.chat.sending import send_due
from feedback.notices.chat.setting_up import set_hook, try_out
from feedback.notices.collecting import collect
from surveys.channels.registry import Channels
from surveys.clock import real_now
from surveys.database import db
from surveys.invitations.post import Post
from tests.surveys.channels.chat_server import STRANGER, names, on_loopback, serving  # noqa: F401

POST = Post("https://feedback.test", "survey@shop.test", "a secret of these tests, long enough")


@pytest.fixture
def server(names):  # noqa: F811
    with serving() as running:
        yield running


@pytest.fixture
def outward(kept):
    return Channels(mail=kept, kept=kept, chat=on_loopback(1.0))


@pytest.fixture
def post(make, now, server):
    set_hook(make.brand(), server.url, True, "P2", make.staff("Olga", role="owner"), now)
    ben = make.staff("Ben")
    task = make.task(make.response(2, "Call me: 0171 1234567"), assignee=ben, priority="P0")
    record(task, "assigned", now, after=ben.public_id)
    db.session.commit()
    collect(now, 10)
    collect(now + timedelta(minutes=1), 10)
    return db.session.scalars(select(ChatPost)).one()


@pytest.mark.once
def test_a_post_arrives_once_and_names_no_customer(post, now, server, outward):
    then = now + timedelta(minutes=1)
    assert (send_due(then, 10, outward, POST), send_due(then, 10, outward, POST)) == (1, 0)
    (text,) = server.heard
    assert text == f"P0 · Yours now\nhttps://feedback.test/tasks/{post.news[0].event.task.public_id}"
    assert (post.state, post.sent_at, post.last_error) == ("sent", then, None)


@pytest.mark.once
@pytest.mark.parametrize("status", [500, 429])
def test_what_may_pass_is_tried_again_after_pauses_and_then_given_up(post, server, outward, status):
    server.status = status
    pauses = []
    while post.due_at is not None:
        due = post.due_at
        send_due(due, 1, outward, POST)
        if post.due_at is not None:
            pauses.append(post.due_at - due)
    assert pauses == [timedelta(minutes=m) for m in (1, 5, 15, 60, 240)]
    assert (post.state, len(server.heard)) == ("failed", 6)


@pytest.mark.once
@pytest.mark.parametrize(("status", "word"), [(302, "redirect"), (404, "unknown"), (400, "refused")])
def test_what_will_not_pass_is_given_up_at_once(post, server, outward, status, word):
    server.status = status
    send_due(post.due_at, 10, outward, POST)
    assert (post.state, post.last_error, len(server.heard)) == ("failed", word, 1)


def test_a_slow_chat_and_a_strangers_certificate_hold_nothing_up(post, now, server, outward):
    server.pause = 3
    begun = real_now()
    send_due(post.due_at, 10, outward, POST)
    assert real_now() - begun < timedelta(seconds=2.5)
    assert (post.state, post.last_error) == ("queued", "no-answer")
    with serving(STRANGER) as stranger:
        post.hook.url = stranger.url
        db.session.commit()
        send_due(post.due_at, 10, outward, POST)
    assert (post.state, post.last_error, stranger.heard) == ("failed", "certificate", [])


def test_without_leave_the_house_itself_is_not_called(post, server, kept):
    send_due(post.due_at, 10, Channels(mail=kept, kept=kept), POST)
    assert (post.state, post.last_error, server.heard) == ("failed", "private", [])


def test_a_chat_that_was_switched_off_hears_nothing_but_a_try(post, make, now, server, outward):
    post.hook.is_on = False
    try_out(make.brand(), now)
    db.session.commit()
    send_due(now + timedelta(minutes=2), 10, outward, POST)
    assert post.state == "failed" and len(server.heard) == 1 and "reaches this channel" in server.heard[0]


def test_a_try_that_fails_is_not_repeated(make, now, server, outward):
    server.status = 503
    set_hook(make.brand(), server.url, False, "P2", make.staff("Olga", role="owner"), now)
    try_out(make.brand(), now)
    db.session.commit()
    send_due(now, 10, outward, POST)
    tried = db.session.scalars(select(ChatPost)).one()
    assert (tried.state, tried.last_error) == ("failed", "broken")


def test_after_a_death_while_sending_it_is_said_again(post, server, outward):
    post.claim_key, post.begun_at = "gone", real_now() - timedelta(hours=1)
    post.claimed_until = real_now() - timedelta(minutes=50)
    db.session.commit()
    send_due(post.due_at, 10, outward, POST)
    assert post.state == "sent" and len(server.heard) == 1


@pytest.mark.crash
def test_four_at_once_say_it_once(app, post, server, outward, race):
    due = post.due_at

    def run(_number):
        with app.app_context():
            send_due(due, 10, outward, POST)
            db.session.remove()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run, range(4)))
    assert len(server.heard) == 1
