"""Thank-yous and quotations for machines."""

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
