"""Programmes and one-time sends, through the web."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from surveys.database import db
from surveys.invitations.models import AskingRound, ListedCustomer, Touchpoint
from surveys.invitations.rounds.planning import plan_rounds
from surveys.invitations.sending import send_due
from surveys.segments.queries import segments_of
from tests.surveys.invitations.rounds.conftest import turns
from tests.surveys.responses.links import link_to

RULES = {
    "survey": "nps",
    "opens": "0",
    "closes": "24",
    "rest_days": "30",
    "latest_hours": "72",
    "share": "100",
    "rank": "5",
    "answer_rest_days": "0",
    "yearly": "0",
    "reminders": "0",
    "remind_after_days": "4",
}
SEND = RULES | {"name": "Autumn", "spread_hours": "0"}
NOW = {"sure": "y", "hour": "9"}
ROLLING = RULES | {"name": "Relationship", "every_days": "90", "delay": "0", "is_on": "y"}


@pytest.fixture
def olga(make_today, signed_in):
    return signed_in(make_today.staff("Olga", role="admin"))


@pytest.fixture
def added(make_today, olga):
    """Return a maker of programmes by their form: the touchpoint and the page it leads to."""

    make_today.survey("nps")

    def add(kind, **values):
        form = (SEND if kind == "once" else ROLLING) | values
        answer = olga.post(f"/settings/touchpoints/new/{make_today.brand().key}?after={kind}", data=form)
        assert answer.status_code == 303, answer.text
        return db.session.scalars(select(Touchpoint).where(Touchpoint.trigger == kind)).one(), answer.location

    return add


def test_a_send_is_made_counted_started_mailed_answered_and_followed(
    make_today, olga, added, client, channels, kept, post
):
    now = make_today.now
    dora = make_today.customer("Dora", country="AT")
    make_today.customer("Ben", country="DE")
    touchpoint, page = added("once", field_0="country", op_0="one_of", values_0="AT")
    shown = olga.get(page).text
    assert "1 of 2 customers could be asked." in shown
    assert "Country is one of AT" in shown

    plan_rounds(now, 10)
    assert turns() == [], "nothing leaves before somebody has said so"
    assert olga.post(page_of(touchpoint, "start"), data=NOW).status_code == 303
    plan_rounds(make_today.now + timedelta(minutes=1), 10)
    send_due(make_today.now + timedelta(minutes=1), 10, channels, post)
    (message,) = kept.messages
    assert message.to_email == dora.email

    turn = next(turn for turn in turns() if turn.state == "sent")
    assert client.post(link_to(turn), data={"score": "9"}).status_code in (200, 303)
    shown = olga.get(page).text
    assert "1 (100" in shown
    assert "Olga" in shown
    assert "done" in shown
    why = olga.get(f"/settings/touchpoints/{touchpoint.public_id}/customers/{dora.public_id}").text
    assert "Part of the one-time send." in why


def page_of(touchpoint, rest="programme"):
    return f"/settings/touchpoints/{touchpoint.public_id}/{rest}"


@pytest.mark.once
def test_only_owners_and_admins_come_in_and_only_to_programmes(make_today, signed_in, olga):
    touchpoint = make_today.touchpoint(name="News", trigger="once", is_on=False)

    assert signed_in(make_today.staff(role="agent")).get(page_of(touchpoint)).status_code == 403
    assert olga.get(page_of(make_today.touchpoint())).status_code == 404
    assert olga.post(page_of(make_today.touchpoint(), "start"), data=NOW).status_code == 404


@pytest.mark.once
def test_a_send_that_is_started_starts_no_second_time_and_can_be_stopped(make_today, olga, added):
    make_today.customer()
    touchpoint, _page = added("once")
    olga.post(page_of(touchpoint, "start"), data=NOW)
    again = olga.post(page_of(touchpoint, "start"), data=NOW)

    assert again.status_code == 422
    assert "it goes out once" in again.text
    assert ">Stop</button>" in olga.get(page_of(touchpoint)).text
    olga.post(page_of(touchpoint, "switch"), data={"on": "no"})
    assert ">Go on</button>" in olga.get(page_of(touchpoint)).text


@pytest.mark.once
@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({}, "Tick this to start."),
        ({"sure": "y", "day": "soon"}, "Write the day as in"),
        ({"sure": "y", "day": "2999-01-01"}, "within the next twelve months"),
        ({"sure": "y", "hour": "25"}, "from 0 to 23"),
        ({"sure": "y", "hour": "noon"}, "from 0 to 23"),
    ],
)
def test_what_cannot_be_started_is_said_beside_its_field(make_today, olga, added, form, said):
    make_today.customer()
    touchpoint, _page = added("once")
    answer = olga.post(page_of(touchpoint, "start"), data={"hour": "9"} | form)

    assert answer.status_code == 422
    assert said in answer.text
    assert db.session.scalar(select(AskingRound)) is None


def test_a_send_for_a_later_day_says_when_it_leaves(make_today, olga, added):
    make_today.customer()
    touchpoint, _page = added("once")
    day = (make_today.now + timedelta(days=3)).date()
    olga.post(page_of(touchpoint, "start"), data={"sure": "y", "day": day.isoformat(), "hour": "7"})

    starts = db.session.scalars(select(AskingRound)).one().starts_at.astimezone(ZoneInfo("Europe/Berlin"))
    assert (starts.date(), starts.hour) == (day, 7)
    assert "Leaves" in olga.get(page_of(touchpoint)).text


def test_a_send_with_a_list_is_deleted_until_it_has_left(make_today, olga, added):
    make_today.customer(reference="C-1")
    touchpoint, _page = added("once")
    olga.post(page_of(touchpoint, "list"), data={"text": "C-1"})
    day = (make_today.now + timedelta(days=3)).date().isoformat()
    olga.post(page_of(touchpoint, "start"), data=NOW | {"day": day})
    olga.post(page_of(touchpoint, "delete"))

    assert [db.session.scalar(select(model)) for model in (Touchpoint, AskingRound, ListedCustomer)] == [
        None
    ] * 3


def test_a_list_as_long_as_a_send_may_have_fits_into_the_form(make_today, olga, added):
    make_today.customer(email="dora@example.test")
    touchpoint, _page = added("once")
    addresses = ["dora@example.test", *(f"firstname.lastname{n}@example.test" for n in range(9_999))]

    assert olga.post(page_of(touchpoint, "list"), data={"text": "\r\n".join(addresses)}).status_code == 303
    assert db.session.scalar(select(ListedCustomer.touchpoint_id)) == touchpoint.id


def test_a_list_is_pasted_told_replaced_and_removed(make_today, olga, added):
    make_today.customer(email="dora@example.test")
    make_today.customer()
    touchpoint, page = added("once")
    answer = olga.post(page_of(touchpoint, "list"), data={"text": "dora@example.test\nnobody@example.test"})
    shown = olga.get(answer.location).text
    assert "1 customer is on the list." in shown
    assert "1 line names no customer of this shop: nobody@example.test" in shown
    assert "1 of 1 customers could be asked." in shown

    empty = olga.post(page_of(touchpoint, "list"), data={"text": " "})
    assert (empty.status_code, "one on each line" in empty.text) == (422, True)
    olga.post(page_of(touchpoint, "list/drop"))
    assert "2 of 2 customers could be asked." in olga.get(page).text


def test_a_rolling_programme_is_made_and_shows_its_round(make_today, olga, added):
    make_today.customer().created_at = make_today.now - timedelta(days=100)
    db.session.commit()
    touchpoint, page = added("rolling")
    assert "The first round begins within a minute." in olga.get(page).text
    plan_rounds(make_today.now, 10)
    shown = olga.get(page).text

    assert "Round 1" in shown
    assert "once in 90 days" in olga.get("/settings/touchpoints").text
    assert touchpoint.is_on
    change = f"/settings/touchpoints/{touchpoint.public_id}"
    assert olga.post(change, data=ROLLING | {"every_days": "180"}).location == page
    assert touchpoint.every_days == 180
    wrong = olga.post(change, data=ROLLING | {"every_days": "7"})
    assert (wrong.status_code, "from 30 to 730" in wrong.text) == (422, True)


@pytest.mark.once
@pytest.mark.parametrize(
    ("field", "values"), [("value", "50"), ("sku", "MUG-1"), ("attribute", "gift = yes")]
)
def test_a_programme_cannot_look_at_one_order(make_today, olga, field, values):
    make_today.survey("nps")
    op = "at_least" if field == "value" else "one_of"
    form = ROLLING | {"field_0": field, "op_0": op, "values_0": values}
    answer = olga.post(f"/settings/touchpoints/new/{make_today.brand().key}?after=rolling", data=form)

    assert answer.status_code == 422
    assert "Customers are asked here without an order" in answer.text


def test_a_segment_of_a_programme_cannot_look_at_one_order_either(make_today, olga, added):
    brand = make_today.brand()
    form = {"name": "Ours", "field_0": "country", "op_0": "one_of", "values_0": "AT"}
    olga.post(f"/settings/segments/new/{brand.key}", data=form)
    (segment,) = segments_of(brand.id)
    added("rolling", field_0="segment", op_0="one_of", values_0="Ours")
    answer = olga.post(f"/settings/segments/{segment.public_id}", data=form | {"field_0": "carrier"})
    assert answer.status_code == 422
    assert "Relationship" in answer.text
    assert segment.conditions[0]["field"] == "country"

    form = {"name": "Large", "field_0": "value", "op_0": "at_least", "values_0": "50"}
    olga.post(f"/settings/segments/new/{brand.key}", data=form)
    wanted = SEND | {"field_0": "segment", "op_0": "one_of", "values_0": "Large"}
    answer = olga.post(f"/settings/touchpoints/new/{brand.key}?after=once", data=wanted)
    assert (answer.status_code, "Order value" in answer.text) == (422, True)
