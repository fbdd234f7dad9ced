"""Doors: nobody comes in unasked, and whoever is told no learns what is wrong and what to do."""

import pytest
from flask import Response
from werkzeug.datastructures import MultiDict

from surveys.doors import Door, add_missing, heading_of, refuse_nul
from surveys.errors import Conflict, Forbidden, Missing, Refusal


def test_a_header_that_is_there_is_not_set_again():
    answer = Response(headers={"referrer-policy": "no-referrer"})
    add_missing(answer, ("Referrer-Policy", "origin"), ("Cache-Control", "no-store"))

    assert answer.headers.getlist("Referrer-Policy") == ["no-referrer"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_door_that_does_not_say_who_may_come_in_lets_nobody_in():
    with pytest.raises(NotImplementedError):
        Door("bare", __name__).admit()


@pytest.mark.parametrize("fields", [[("q", "a\x00b")], [("q", "fine"), ("q", "\x00")]])
def test_text_with_an_invisible_nul_is_refused(fields):
    with pytest.raises(Refusal, match="NUL"):
        refuse_nul(MultiDict(fields))


def test_other_control_characters_are_the_forms_affair():
    refuse_nul(MultiDict([("q", "two\nlines\t")]))


@pytest.mark.parametrize("address", ["/tasks/%00", "/responses?q=%00", "/s/%00"])
def test_no_address_with_nul_reaches_the_database(make_today, signed_in, address):
    assert signed_in(make_today.staff()).get(address).status_code in (404, 422)


@pytest.mark.parametrize(
    ("status", "refusal", "heading"),
    [
        (404, Missing(), "Not found"),
        (403, Forbidden(), "Not open to you"),
        (409, Conflict("It has moved on."), "Not possible any more"),
        (422, Refusal("Choose another."), "This does not work"),
        # What the framework refuses has no words of its own.
        (404, None, "Not found"),
        (500, None, "This failed on our side"),
        (405, None, "This does not work"),
    ],
)
def test_every_page_that_says_no_says_which_kind_of_no(app, status, refusal, heading):
    with app.test_request_context():
        assert heading_of(status, refusal) == heading


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/tasks/nobody", "There is no such task."),
        ("/responses/nobody", "There is no such response."),
        ("/customers/nobody", "There is no such customer."),
        ("/settings/team/nobody", "Nobody of this id works here."),
    ],
)
def test_staff_are_told_what_was_not_found(make_today, signed_in, address, sentence):
    page = signed_in(make_today.staff("Olga", "owner")).get(address)

    assert page.status_code == 404
    assert "<h1>Not found</h1>" in page.text and sentence in page.text


def test_a_link_that_was_used_says_so_and_what_to_do(client):
    page = client.get("/password/long-gone")

    assert page.status_code == 404
    assert "This link does not work" in page.text and "ask an owner or admin for a new link" in page.text
