"""Mails without a task over the API."""

from datetime import timedelta

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


def test_a_mail_becomes_a_new_task_of_a_customer_once(machine, make_today):
    make_today.staff("Ben", email="ben@shop.test")
    pat = make_today.customer("Pat", email="p@x.test")
    order = make_today.purchase(pat, reference="A-77")
    make_today.response(9, customer=pat)
    row = come("Where is it?", sender="pat@work.test")
    one = f"{LETTERS}/{row.public_id}"

    assert machine.get(one).json["customers"] == []
    for words in ("p@x.test", "Pat", "A-77"):
        assert machine.get(f"{one}?q={words}").json["customers"] == [pat.public_id]
    for wrong, pointer in (({"customer": "nobody"}, "/customer"), ({"order": "A-1"}, "/order")):
        refused = machine.post(f"{one}/open", json={"customer": pat.public_id} | wrong)
        assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, pointer)

    told = {"customer": pat.public_id, "order": order.reference, "by": "ben@shop.test"}
    done = machine.post(f"{one}/open", json=told)
    assert (done.status_code, done.json["body"], done.json["matched_by"]) == (201, "Where is it?", "hand")
    task = machine.get(f"/api/v1/tasks/{done.json['task']}").json
    assert (task["customer"]["id"], task["response"]["comment"]) == (pat.public_id, "Where is it?")
    assert (task["rule"], task["follows"], task["history"][0]["actor"]) == (
        "wrote_back",
        None,
        "ben@shop.test",
    )
    assert machine.post(f"{one}/open", json=told).status_code == 409
    assert machine.post(f"{one}/drop").status_code == 409


def test_a_mail_put_to_a_task_that_is_long_over_names_the_one_that_follows_it(machine, make_today):
    over = make_today.task(
        make_today.response(2, customer=make_today.customer("Pat", email="p@x.test")),
        state="closed",
        outcome="no_action",
        closed_at=real_now() - timedelta(days=40),
    )
    row = come("It broke again", sender="p@x.test")
    put = machine.post(f"{LETTERS}/{row.public_id}/put", json={"task": over.public_id})
    assert put.status_code == 201 and put.json["task"] != over.public_id
    assert machine.get(f"/api/v1/tasks/{put.json['task']}").json["follows"] == over.public_id
