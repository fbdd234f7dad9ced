"""The list of the day, what may be quoted, and the customer's own word about it."""

import csv
import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback.follow_up.praise import models, quoting
from surveys import tokens
from surveys.database import db
from tests.feedback.follow_up.praise.happy import happy


def own_link(response, client):
    secret = client.application.config["LINK_SECRETS"][0]
    return f"/me/{tokens.make(tokens.OWN_PAGE, response.invitation.public_id, secret)}"


def test_nobody_to_thank_says_who_could_be(make_today, signed_in):
    page = signed_in(make_today.staff()).get("/thanks").text

    assert "Nobody to thank today" in page


def test_somebody_is_thanked_with_the_letter_as_it_stands(make_today, signed_in):
    make = make_today
    response = happy(make, make.now, comment="The mug is lovely")
    agent = signed_in(make.staff())
    page = agent.get("/thanks").text
    assert "The mug is lovely" in page and "thank you for taking the time" in page

    answer = agent.post(
        f"/thanks/{response.public_id}/send", data={"subject": "Thank you", "body": "Dear Dora"}
    )

    assert answer.status_code == 303
    thanks = db.session.scalars(select(models.ThankYou)).one()
    assert (thanks.state, thanks.body) == ("queued", "Dear Dora")
    assert "leaves in a moment" in agent.get("/thanks").text


@pytest.mark.once
def test_a_refused_letter_keeps_what_was_typed(make_today, signed_in):
    make = make_today
    response = happy(make, make.now)
    agent = signed_in(make.staff())

    for body in ("Dear [name], all my words", ""):
        answer = agent.post(f"/thanks/{response.public_id}/send", data={"subject": "Mine", "body": body})
        assert answer.status_code == 422 and body in answer.text and "Mine" in answer.text
    assert db.session.scalars(select(models.ThankYou)).all() == []


def test_leaving_out_is_for_today_and_a_second_time_says_so(make_today, signed_in):
    make = make_today
    response = happy(make, make.now)
    agent = signed_in(make.staff())

    assert agent.post(f"/thanks/{response.public_id}/leave-out").status_code == 303
    assert agent.post(f"/thanks/{response.public_id}/leave-out").status_code == 409
    assert "left them out" in agent.get("/thanks").text


def test_analysts_thank_nobody(make_today, signed_in):
    assert signed_in(make_today.staff(role="analyst")).get("/thanks").status_code == 403


@pytest.mark.once
def test_a_customer_allows_and_takes_back_on_their_own_page(make_today, client, signed_in):
    make = make_today
    invitation = make.invitation()
    response = make.response(10, "Lovely shop", customer=invitation.customer, invitation=invitation)
    me, analyst = own_link(response, client), signed_in(make.staff(role="analyst"))
    page = client.get(me).text
    assert "May Demo Shop show these words to others" in page and ">D.</button>" in page
    assert db.session.scalars(select(models.Testimonial)).all() == []

    answer = client.post(f"{me}/answers/{response.public_id}/quote", data={"signed": "initial"})

    assert answer.status_code == 303
    assert "signed “D.”" in client.get(me).text
    listed = analyst.get("/testimonials").text
    assert "Lovely shop" in listed and "D." in listed and "Detractor" not in listed
    client.post(f"{me}/answers/{response.public_id}/quote", data={"signed": "no"})
    assert "May Demo Shop show" in client.get(me).text
    assert "Nothing may be quoted yet" in analyst.get("/testimonials").text


def test_nobody_speaks_for_somebody_else(make_today, client):
    make = make_today
    invitation = make.invitation()
    mine = make.response(10, "Lovely", customer=invitation.customer, invitation=invitation)
    other = make.response(10, "Also lovely")

    answer = client.post(
        f"{own_link(mine, client)}/answers/{other.public_id}/quote", data={"signed": "initial"}
    )
    odd = client.post(f"{own_link(mine, client)}/answers/{mine.public_id}/quote", data={"signed": "all"})

    assert (answer.status_code, odd.status_code) == (404, 422)
    assert db.session.scalars(select(models.Testimonial)).all() == []


def test_the_link_in_a_thank_you_leads_to_the_page_for_ninety_days(make_today, client):
    make = make_today
    response, now = happy(make, make.now), make.now
    values = {"response": response, "customer": response.customer, "author": make.staff(), "written_at": now}
    fresh = make.keep(models.ThankYou(**values, state="sent", sent_at=now))
    link = (
        f"/me/{tokens.make(tokens.OWN_PAGE, fresh.public_id, client.application.config['LINK_SECRETS'][0])}"
    )

    assert "show these words to others" in client.get(link).text
    fresh.sent_at = now - timedelta(days=91)
    db.session.commit()
    assert client.get(link).status_code == 410


@pytest.mark.once
def test_the_file_takes_no_cell_for_a_formula(make_today, signed_in):
    make = make_today
    response = make.response(10, "=1+1 is what I feel")
    quoting.allow(response, "first_name", make.now)
    db.session.commit()

    file = signed_in(make.staff(role="admin")).get("/testimonials.csv").text

    (row,) = csv.DictReader(io.StringIO(file))
    assert (row["text"], row["signed_by"]) == ("'=1+1 is what I feel", "Dora")
    assert signed_in(make.staff()).get("/testimonials.csv").status_code == 403
