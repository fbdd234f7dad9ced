"""The page of the huddle and its decisions, in the browser and for machines."""

import re
from datetime import timedelta

import pytest

from feedback.follow_up.incidents.models import Incident
from feedback.huddle.queries import reader_of
from surveys.database import db


def test_the_page_is_empty_without_anything_and_holds_a_day(make_today, signed_in):
    make_today.brand()
    ben = make_today.staff("Ben")
    browser = signed_in(ben)
    assert "Nobody answered." in browser.get("/huddle").text
    at = make_today.now - timedelta(days=1)
    make_today.task(make_today.response(1, "Call 0171 1234567", submitted_at=at, saved_at=at), assignee=ben)
    page = browser.get("/huddle?brand=demo").text
    assert "0171" not in page
    assert browser.get("/huddle?brand=nowhere").status_code == 404


def test_of_many_unhappy_comments_the_first_stand_open_and_the_rest_is_folded(make_today, signed_in):
    browser = signed_in(make_today.staff("Ben"))
    at = make_today.now - timedelta(days=1)
    with make_today.at_one_go():
        for number in range(13):
            make_today.response(
                1, f"Comment {number:02}", submitted_at=at + timedelta(minutes=number), saved_at=at
            )

    page = browser.get("/huddle").text

    opened, _summary, folded = page.partition('<details class="rest">')
    assert opened.count("Comment ") == 10 and folded.count("Comment ") == 3 and "3 more" in folded
    assert folded.index("Comment ") < folded.index("</details>") < folded.index("<h2>Late")


@pytest.mark.once
def test_decisions_are_noted_ticked_and_refused_when_empty(make_today, signed_in):
    browser = signed_in(make_today.staff("Ben"))
    assert browser.post("/huddle/decisions", data={"text": ""}).status_code == 422
    assert browser.post("/huddle/decisions", data={"text": "x" * 401}).status_code == 422
    assert browser.post("/huddle/decisions", data={"text": "Ring <b>DHL</b>"}).status_code == 303
    page = browser.get("/huddle").text
    assert "Ring &lt;b&gt;DHL" in page
    address = re.search(r"/huddle/decisions/[\w-]{22}", page)[0]
    assert browser.post(address, data={"done": "yes"}).status_code == 303
    assert "<s>Ring" in browser.get("/huddle").text
    assert browser.post("/huddle/decisions/unknown", data={"done": "yes"}).status_code == 404


@pytest.mark.once
def test_the_mail_is_chosen_on_the_page(make_today, signed_in):
    ben = make_today.staff("Ben")
    browser = signed_in(ben)
    assert browser.post("/huddle/mail", data={"at": "08:15"}).status_code == 303
    assert reader_of(ben.id).at == 495 and 'value="08:15"' in browser.get("/huddle").text
    assert browser.post("/huddle/mail", data={"at": "25:00"}).status_code == 422
    assert browser.post("/huddle/mail", data={"at": ""}).status_code == 303
    assert reader_of(ben.id) is None


def test_analysts_do_not_see_it(make_today, signed_in):
    assert signed_in(make_today.staff("Dora", role="analyst")).get("/huddle").status_code == 403


def test_machines_read_it(make_today, machine):
    make_today.brand()
    found = machine.get("/api/v1/huddle").get_json()
    assert found["answers"] == 0 and found["late"] == {"count": 0, "tasks": []} and found["praise"] is None
    assert machine.get("/api/v1/huddle?brand=nowhere").status_code == 404


def test_machines_note_what_was_decided_and_that_it_is_done(make_today, machine):
    make_today.brand()
    make_today.staff("Ben", email="ben@shop.test")
    address = "/api/v1/huddle/decisions"
    made = machine.post(address, json={"by": "ben@shop.test", "text": "Ring DHL"})
    assert (made.status_code, made.json["done"]) == (201, False)
    assert machine.get("/api/v1/huddle").json["decisions"] == [made.json]
    one = f"{address}/{made.json['id']}"
    assert machine.patch(one, json={"by": "ben@shop.test", "done": True}).json == made.json | {"done": True}
    assert machine.patch(f"{address}/no", json={"by": "ben@shop.test", "done": True}).status_code == 404
    for body in ({"text": "x" * 401}, {"text": " "}, {"by": "nobody@shop.test"}):
        answer = machine.post(address, json={"by": "ben@shop.test", "text": "Ring"} | body)
        assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, f"/{next(iter(body))}")


def test_many_tasks_from_one_cause_stand_on_the_page_for_people_and_machines(make_today, signed_in, machine):
    task, other = make_today.task(make_today.response(2)), make_today.task(make_today.response(1))
    now, brand = make_today.now, task.customer.brand
    task.incident = other.incident = Incident(
        brand=brand, sign="article", named="M-1", title="Mug", usual=4, began_at=now, last_at=now
    )
    db.session.commit()

    page = signed_in(make_today.staff("Ben")).get("/huddle").text

    assert "article “Mug”" in page and "on a usual day about 4" in page
    assert f"/inbox/incidents/{task.incident.public_id}" in page
    (told,) = machine.get("/api/v1/huddle").json["incidents"]
    assert (told["id"], told["title"], told["open_tasks"]) == (task.incident.public_id, "Mug", 2)
