"""Thank-yous and quotations for machines."""

import pytest

from feedback.follow_up.praise import quoting
from surveys.database import db
from tests.feedback.follow_up.praise.happy import happy


def test_the_draw_of_the_day_can_be_read(make_today, machine):
    make = make_today
    response = happy(make, make.now, comment="The mug is lovely")

    (item,) = machine.get("/api/v1/thank-yous").json["items"]

    assert item["response"]["id"] == response.public_id and item["state"] is None
    assert "The mug is lovely" in item["body"]
    assert machine.get("/api/v1/thank-yous?brand=demo").json["items"] == [item]
    assert machine.get("/api/v1/thank-yous?brand=nowhere").status_code == 422


@pytest.mark.once
def test_one_of_the_draw_is_thanked_once_and_another_left_out(make_today, machine):
    make = make_today
    make.staff("Ben", email="ben@shop.test")
    thanked, left = (happy(make, make.now, comment=f"The mug is lovely, {n}") for n in (1, 2))
    drawn = {each["response"]["id"] for each in machine.get("/api/v1/thank-yous").json["items"]}
    assert drawn == {thanked.public_id, left.public_id}
    one = f"/api/v1/thank-yous/{thanked.public_id}"

    unfinished = machine.post(f"{one}/send", json={"author": "ben@shop.test", "body": "[what]"})
    assert (unfinished.status_code, unfinished.json["errors"][0]["pointer"]) == (422, "/body")
    sent = machine.post(f"{one}/send", json={"author": "ben@shop.test", "body": "Dear Dora"}).json
    assert (sent["state"], sent["body"]) == ("queued", "Dear Dora") and sent["subject"]
    assert machine.post(f"{one}/leave-out", json={"by": "ben@shop.test"}).status_code == 409
    other = f"/api/v1/thank-yous/{left.public_id}/leave-out"
    assert machine.post(other, json={"by": "ben@shop.test"}).json["state"] == "skipped"
    undrawn = make.response(2).public_id
    refused = machine.post(f"/api/v1/thank-yous/{undrawn}/leave-out", json={"by": "ben@shop.test"})
    assert refused.status_code == 404


def test_quotations_come_page_by_page_with_no_more_name_than_allowed(make_today, machine):
    make = make_today
    for signed in ("first_name", "initial", "anonymous"):
        quoting.allow(make.response(10, f"Lovely, {signed}"), signed, make.now)
    db.session.commit()

    first = machine.get("/api/v1/testimonials?limit=2").json
    rest = machine.get(first["next"]).json

    found = [*first["items"], *rest["items"]]
    assert {each["text"]: each["signed_by"] for each in found} == {
        "Lovely, first_name": "Dora",
        "Lovely, initial": "D.",
        "Lovely, anonymous": None,
    }
    assert rest["next"] is None and "customer" not in found[0]
