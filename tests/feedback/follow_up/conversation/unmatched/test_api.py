"""Mails without a task over the API."""

from surveys.clock import real_now
from surveys.database import db
from surveys.post_box.sorting import take_in
from tests.feedback.follow_up.conversation.letters import letter

LETTERS = "/api/v1/letters"


def come(words, **headers):
    row = take_in(letter(words, **headers), "imap", real_now())
    db.session.commit()
    return row


def test_a_mail_without_a_task_is_found_read_and_put_to_one(machine, make_today):
    make_today.staff("Ben", email="ben@shop.test")
    task = make_today.task(make_today.response(2, customer=make_today.customer("Pat", email="p@x.test")))
    first, second = come("From my work", sender="pat@work.test"), come("Spam", sender="spam@x.test")

    page = machine.get(f"{LETTERS}?limit=1").json
    assert (page["count"], page["items"][0]["id"], page["items"][0]["why"]) == (
        2,
        second.public_id,
        "unknown",
    )
    assert machine.get(page["next"]).json["items"][0]["sender"] == "pat@work.test"
    one = f"{LETTERS}/{first.public_id}"
    assert machine.get(one).json["tasks"] == []
    shown = machine.get(f"{one}?q=p@x.test").json
    assert (shown["text"], shown["tasks"]) == ("From my work", [task.public_id])

    unknown = machine.post(f"{one}/put", json={"task": "nothing"})
    assert (unknown.status_code, unknown.json["errors"][0]["pointer"]) == (422, "/task")
    put = machine.post(f"{one}/put", json={"task": task.public_id, "by": "ben@shop.test"})
    assert put.status_code == 201
    assert (put.json["body"], put.json["matched_by"], put.json["task"]) == (
        "From my work",
        "hand",
        task.public_id,
    )
    assert machine.post(f"{one}/put", json={"task": task.public_id}).status_code == 409
    assert machine.post(f"{one}/drop").status_code == 409
    said = machine.get(f"/api/v1/tasks/{task.public_id}/conversation").json["items"]
    assert [each["body"] for each in said] == ["From my work"]

    dropped = machine.post(f"{LETTERS}/{second.public_id}/drop")
    assert dropped.status_code == 200 and dropped.json["settled_at"] is not None
    assert machine.get(LETTERS).json == {"items": [], "next": None, "count": 0}
    assert machine.get(f"{LETTERS}/{second.public_id}").json["text"] is None
