"""Touchpoints and decisions, through the web."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from surveys.database import db
from surveys.invitations.models import Touchpoint
from surveys.invitations.planning import plan_new
from surveys.invitations.sending import send_due


@pytest.fixture
def olga(make_today, signed_in):
    return signed_in(make_today.staff("Olga", role="admin"))


VALUES = {
    "is_on": "y",
    "name": "After delivery",
    "survey": "nps",
    "trigger": "delivered",
    "delay": "3",
    "delay_unit": "days",
    "shipped_margin_days": "4",
    "placed_margin_days": "10",
    "opens": "9",
    "closes": "20",
    "rest_days": "30",
    "latest_hours": "72",
    "spread_hours": "0",
    "share": "100",
    "rank": "5",
    "answer_rest_days": "0",
    "yearly": "0",
    "reminders": "0",
    "remind_after_days": "4",
}


def test_a_touchpoint_is_changed_and_says_by_whom(make_today, olga):
    touchpoint = make_today.touchpoint()
    page = f"/settings/touchpoints/{touchpoint.public_id}"

    assert "Not changed since it was made" in olga.get(page).text
    assert olga.post(page, data=VALUES).status_code == 303
    assert touchpoint.delay == timedelta(days=3)
    assert "by Olga" in olga.get(page).text
    assert "3 days after the order was delivered" in olga.get("/settings/touchpoints").text


@pytest.mark.once
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"delay": "-1"}, "from 0 to 365"),
        ({"delay": "soon"}, "from 0 to 365"),
        ({"rest_days": ""}, "from 0 to 365"),
        ({"closes": "25"}, "from 1 to 24"),
        ({"delay": "400"}, "from 0 to 365"),
        ({"name": ""}, "Give it a name"),
        ({"trigger": "sunrise"}, "Not a valid choice"),
        ({"field_0": "country", "values_0": ""}, "Say with which value"),
        ({"field_0": "segment", "values_0": "VIP"}, "There is no segment “VIP”"),
        ({"field_0": "value", "op_0": "at_least", "values_0": "a lot"}, "Compare with one number"),
        ({"opens": "20"}, "nobody would ever be asked"),
    ],
)
def test_wrong_numbers_are_said_beside_their_field(make_today, olga, change, said):
    touchpoint = make_today.touchpoint()
    page = olga.post(f"/settings/touchpoints/{touchpoint.public_id}", data=VALUES | change)

    assert page.status_code == 422
    assert said in page.text
    assert touchpoint.delay == timedelta(days=7)


def test_an_unknown_touchpoint_is_missing(olga):
    assert olga.get("/settings/touchpoints/nothing").status_code == 404
    assert olga.post("/settings/touchpoints/nothing", data=VALUES).status_code == 404


def test_a_no_is_listed_with_its_reason(make_today, olga):
    make_today.touchpoint()
    make_today.purchase(cancelled_at=make_today.now)
    make_today.purchase(delivered_at=make_today.now - timedelta(days=40))
    make_today.purchase(delivered_at=make_today.now)
    make_today.purchase(considered_at=make_today.now)
    plan_new(make_today.now, 10)
    make_today.purchase()
    page = olga.get("/settings/purchases").text

    for said in (
        "The order was cancelled.",
        "The right moment to ask had long passed.",
        "planned</span> for",
        "Counted from the delivery.",
        "Not considered yet",
        "No touchpoint was switched on",
    ):
        assert said in page


@pytest.mark.once
@pytest.mark.parametrize(
    ("state", "values", "said"),
    [
        ("sent", {}, "asked</span> on"),
        ("sent", {"answered_at": "now"}, "Answered on"),
        ("failed", {"last_error": "550 no such user"}, "550 no such user"),
        ("uncertain", {"sent_at": "now"}, "it is not sent a second time"),
        ("planned", {"due_at": "now", "last_error": "451 busy"}, "The last attempt failed: 451 busy"),
    ],
)
def test_every_state_is_said_in_words(make_today, olga, state, values, said):
    values = {name: make_today.now if value == "now" else value for name, value in values.items()}
    make_today.invitation(state=state, **values)

    assert said in olga.get("/settings/purchases").text


@pytest.mark.once
def test_purchases_are_found_by_order_number_and_address(make_today, olga):
    make_today.purchase(make_today.customer(email="pat@example.test"), reference="A-7001")
    make_today.purchase(reference="A-7002")

    assert "A-7002" not in olga.get("/settings/purchases?q=A-7001").text
    assert "A-7001" in olga.get("/settings/purchases?q=Pat@Example.test").text
    assert "No purchase found" in olga.get("/settings/purchases?q=nothing").text


@pytest.mark.thorough
def test_the_list_goes_on_page_by_page(make_today, olga):
    customer = make_today.customer()
    for number in range(51):
        make_today.purchase(customer, reference=f"B-{number:03}")
    first = olga.get("/settings/purchases").text
    following = first.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0]

    assert "B-050" in first
    assert "B-000" not in first
    assert "B-000" in olga.get(following.replace("&amp;", "&")).text


@pytest.mark.once
def test_ask_now_lets_the_question_leave(make_today, olga, channels, kept, post):
    make_today.touchpoint()
    purchase = make_today.purchase(delivered_at=make_today.now)
    answer = olga.get(olga.post(f"/settings/purchases/{purchase.public_id}/ask").location)
    send_due(make_today.now + timedelta(minutes=1), 10, channels, post)

    assert "leaves within a few seconds" in answer.text
    assert len(kept.messages) == 1


@pytest.mark.once
def test_ask_now_says_why_not(make_today, olga):
    make_today.touchpoint()
    purchase = make_today.purchase(make_today.customer(basis="none"))
    answer = olga.get(olga.post(f"/settings/purchases/{purchase.public_id}/ask").location)

    assert "no permission or other legal basis" in answer.text
    assert olga.post("/settings/purchases/nothing/ask").status_code == 404


def new_touchpoint(make_today, olga, **values):
    brand = make_today.brand()
    make_today.survey()
    return olga.post(f"/settings/touchpoints/new/{brand.key}", data=VALUES | values)


@pytest.mark.once
def test_a_touchpoint_is_added_with_conditions_and_shows_them(make_today, olga):
    two = {"field_0": "country", "op_0": "one_of", "values_0": "DE, AT", "field_1": "attribute"}
    two |= {"op_1": "none_of", "values_1": "gift = yes", "share": "25", "name": "Abroad"}
    assert new_touchpoint(make_today, olga, trigger="returned", **two).status_code == 303
    page = olga.get("/settings/touchpoints").text
    touchpoint = db.session.scalars(select(Touchpoint)).one()

    assert "after the order was returned" in page
    assert "Country is one of DE, AT; gift is none of yes" in page
    assert "25 of 100 orders" in page
    form = olga.get(f"/settings/touchpoints/{touchpoint.public_id}").text
    assert 'value="gift = yes"' in form
    assert touchpoint.conditions == [
        {"field": "country", "op": "one_of", "value": ["DE", "AT"]},
        {"field": "attribute", "op": "none_of", "value": ["yes"], "name": "gift"},
    ]


@pytest.mark.once
def test_two_touchpoints_of_a_shop_have_two_names(make_today, olga):
    new_touchpoint(make_today, olga)

    assert "has a touchpoint of this name" in new_touchpoint(make_today, olga).text
    assert olga.get("/settings/touchpoints/new/nothing").status_code == 404
    assert olga.get("/settings/touchpoints/new/demo").status_code == 200


def opened(page):
    """Return which parts of the form stand open."""
    parts = re.findall(r'<details class="move"( open)?>\s*<summary id="(\w+)"', page)
    return [name for is_open, name in parts if is_open]


@pytest.mark.once
def test_parts_of_the_form_are_folded_up_unless_something_in_them_is_set_or_wrong(make_today, olga):
    brand = make_today.brand()
    fresh = olga.get(f"/settings/touchpoints/new/{brand.key}").text
    assert opened(fresh) == [] and fresh.count('<details class="move">') == 4

    wrong = {"rest_days": "", "reminders": "9", "field_0": "country", "op_0": "one_of", "values_0": "Mars"}
    answer = new_touchpoint(make_today, olga, **wrong)
    assert answer.status_code == 422
    assert opened(answer.text) == ["which", "restraint", "reminding"]


def test_a_touchpoint_is_copied_switched_and_deleted(make_today, olga):
    touchpoint = make_today.touchpoint()
    copy = olga.post(f"/settings/touchpoints/{touchpoint.public_id}/copy").location
    twin = db.session.scalars(select(Touchpoint).where(Touchpoint.id != touchpoint.id)).one()
    assert copy.endswith(twin.public_id)
    assert (twin.name, twin.is_on) == ("After delivery 2", False)

    olga.post(f"/settings/touchpoints/{twin.public_id}/switch", data={"on": "yes"})
    assert twin.is_on
    gone = olga.post(f"/settings/touchpoints/{twin.public_id}/delete")
    assert "Deleted." in olga.get(gone.location).text
    assert db.session.scalars(select(Touchpoint)).all() == [touchpoint]


@pytest.mark.once
def test_a_touchpoint_that_has_decided_stays(make_today, olga):
    touchpoint = make_today.invitation().touchpoint
    refused = olga.post(f"/settings/touchpoints/{touchpoint.public_id}/delete")

    assert "Switch it off instead" in olga.get(refused.location).text


@pytest.mark.once
@pytest.mark.parametrize(
    ("values", "touchpoint", "said"),
    [
        ({}, {}, "Nothing keeps the customer from being asked"),
        ({"delivered_at": None}, {}, "neither delivery nor shipping was reported"),
        ({"returned_at": "now"}, {}, "Would wait for: the end of the return"),
        ({}, {"trigger": "returned"}, "Asks after a return; none was reported."),
        ({}, {"share": 1, "public_id": "t1"}, "not drawn"),
        (
            {},
            {"conditions": [{"field": "country", "op": "one_of", "value": ["CH"]}]},
            "conditions is not met",
        ),
        ({"cancelled_at": "now"}, {}, "The order was cancelled."),
        ({}, {"trigger": "lapsed", "delay": timedelta(days=90)}, "The customer has not bought again."),
    ],
)
def test_each_purchase_says_why(make_today, olga, values, touchpoint, said):
    values = {"delivered_at": make_today.now} | values
    values = {name: make_today.now if value == "now" else value for name, value in values.items()}
    make_today.touchpoint(**touchpoint)
    purchase = make_today.purchase(public_id="p1", **values)
    unplanned = olga.get(f"/settings/purchases/{purchase.public_id}")
    plan_new(make_today.now, 10)

    assert unplanned.status_code == 200
    assert said in olga.get(f"/settings/purchases/{purchase.public_id}").text


def test_a_condition_that_was_not_met_says_what_was_found(make_today, olga, channels, post):
    make_today.touchpoint(
        conditions=[{"field": "country", "op": "one_of", "value": ["CH"]}], closes=24, opens=0
    )
    purchase = make_today.purchase()
    plan_new(make_today.now, 10)
    send_due(make_today.now, 10, channels, post)

    for page in ("/settings/purchases", f"/settings/purchases/{purchase.public_id}"):
        assert "Wanted: Country is one of CH. Found: DE." in olga.get(page).text


@pytest.mark.once
def test_a_touchpoint_for_those_who_stay_away_starts_with_a_season_and_says_who_came_back(make_today, olga):
    make_today.survey()
    customer = make_today.customer()
    fresh = olga.get(f"/settings/touchpoints/new/{customer.brand.key}?after=lapsed").text
    chosen = {"trigger": "lapsed", "delay": "90", "latest_hours": "336", "is_on": "y"}
    assert new_touchpoint(make_today, olga, **chosen).status_code == 303
    first = make_today.purchase(customer, placed_at=make_today.now - timedelta(days=80))
    make_today.purchase(customer, placed_at=make_today.now)
    plan_new(make_today.now, 10)

    assert 'value="lapsed" selected' in fresh or 'selected value="lapsed"' in fresh
    assert 'value="90"' in fresh
    assert (
        "90 days after the last order was placed, if none followed" in olga.get("/settings/touchpoints").text
    )
    assert "The customer has bought again" in olga.get(f"/settings/purchases/{first.public_id}").text


def test_a_last_answer_that_was_not_wanted_is_said_in_the_readers_words(make_today, olga):
    customer = make_today.customer()
    happy = [{"field": "last_nps", "op": "one_of", "value": ["promoter", "never"]}]
    touchpoint = make_today.touchpoint(conditions=happy)
    make_today.response(3, customer=customer)
    facts = {"condition": happy[0], "found": ["detractor"]}
    refused = {"touchpoint": touchpoint, "reason": "conditions", "facts": facts}
    purchase = make_today.purchase(customer)
    make_today.invitation(purchase, "refused", **refused)
    olga.post("/account/language", data={"language": "de"})

    assert "ist eines von Promotor, nie geantwortet" in olga.get("/settings/touchpoints").text
    page = olga.get(f"/settings/purchases?q={purchase.reference}").text
    assert "ist eines von Promotor, nie geantwortet. Gefunden: Detraktor." in page


@pytest.mark.once
def test_a_touchpoint_in_test_says_so_in_the_list_and_on_the_order(make_today, olga):
    touchpoint = make_today.touchpoint(only_team=True)
    outside = make_today.purchase(make_today.customer())
    make_today.invitation(outside, "planned", touchpoint=touchpoint)

    assert "test: only our team" in olga.get("/settings/touchpoints").text
    page = olga.get(f"/settings/purchases/{outside.public_id}").text
    assert "it asked only people who work here" in page
