"""From a purchase to a solved case, over real HTTP, real SMTP and a real loop."""

from datetime import timedelta

import pytest

from tests.journeys.living import LivingHouse, eventually, link_in, purchase, submission_of

pytestmark = pytest.mark.processes
# The story is told at whatever hour it is, by night too.
AT_ANY_HOUR = {
    **dict.fromkeys(("p1", "p2", "p3", "p4"), "mail"),
    "time_zone": "UTC",
    "quiet_from": "00:00",
    "quiet_until": "00:00",
    "digest_at": "09:00",
}


@pytest.fixture
def house(tmp_path, own_database):
    """A house whose database was empty before `flask up`."""
    with LivingHouse(tmp_path, own_database, WEB_WORKERS="2") as living:
        yield living


def test_the_loop_turns_and_the_house_stops_cleanly_and_starts_again_with_its_rows(house):
    shop, ben = house.machine(), house.hire("Ben", "agent")
    assert ben.submit("/account/news", "/account/news", AT_ANY_HOUR).status == 200
    sent = shop.post_json("/api/v1/purchases", purchase("A-1", "dora@example.test"))
    assert sent.status == 201, sent.text

    [invitation] = eventually(lambda: house.mailbox.to("dora@example.test"), "the invitation")
    link = link_in(invitation)
    page = shop.get(link + "?score=2").text
    assert shop.get("/api/v1/responses").json["items"] == []  # opening a link stores nothing
    fields = {
        "score": "2",
        "comment": "It arrived broken and nobody answered my mail. Terrible.",
        "contact_permission": "yes",
        "submission_id": submission_of(page),
    }
    assert shop.post(link, fields).status == 200
    assert shop.post(link, fields).status == 200  # sent again: the same thanks
    assert len(shop.get("/api/v1/responses").json["items"]) == 1

    [task] = eventually(lambda: shop.get("/api/v1/tasks").json["items"], "the task")
    assert (task["state"], task["response"]["score"], task["assignee"]) == ("new", 2, "ben@shop.test")
    [told] = eventually(lambda: mail_a_little_later(house), "the mail to the owner")
    assert "It arrived broken" in told.get_body(("plain",)).get_content()
    read = eventually(lambda: shop.get("/api/v1/responses").json["items"][0]["analysis"], "the reading")
    assert read["label"] == "negative"

    assert "It arrived broken" in ben.get("/inbox").text
    path = f"/tasks/{task['id']}"
    change = {"state": "in_progress"}
    assert shop.post_json(f"/api/v1{path}", change, "PATCH").status == 200
    resolve = {"state": "resolved", "resolution": "replacement", "cause": "carrier"}
    assert shop.post_json(f"/api/v1{path}", resolve, "PATCH").status == 200

    house.set_forward(timedelta(days=7, minutes=2))  # a week later
    check_back = eventually(lambda: house.mailbox.to("dora@example.test")[1:], "the check-back")[0]
    link = link_in(check_back)
    answer = {"solved": "yes", "submission_id": submission_of(shop.get(link).text)}
    assert shop.post(link, answer).status == 200

    closed = eventually(
        lambda: (t := shop.get(f"/api/v1{path}").json)["state"] == "closed" and t, "the task to be closed"
    )
    assert closed["outcome"] == "recovered"
    score = shop.get("/api/v1/insights/score?survey=nps").json
    assert (score["score"], score["n"]) == (-100.0, 1)  # the check-back is not counted

    assert house.stop() == 0
    house.start()
    assert shop.get(f"/api/v1{path}").json == closed


def mail_a_little_later(house):
    """Return the mails to Ben; they are bundled for a quarter of an hour, so move the clock until there is one."""
    mails = house.mailbox.to("ben@shop.test")
    if not mails:
        house.set_forward(timedelta(minutes=5))
    return mails
