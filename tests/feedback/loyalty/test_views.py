"""The page of repeat purchases and its API."""

import re

import pytest

from tests.feedback.loyalty.test_measuring import answers_then_orders, history

pytestmark = pytest.mark.once

PAGE = "/insights/worth"


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page)).replace("\xa0", " ")


def test_an_empty_house_says_what_will_be_told(make_today, signed_in):
    make_today.survey()
    page = text_of(signed_in(make_today.staff(role="analyst")).get(PAGE).text)

    assert "Nobody has answered yet" in page and "Too early" not in page and "No task is open." in page


def test_groups_of_a_few_leave_no_empty_table_behind(make_today, signed_in):
    answers_then_orders(make_today, 10, 3, 1)
    page = signed_in(make_today.staff(role="analyst")).get(PAGE).text

    assert "group is left out because so few" in page and "again-table" not in page


def test_it_says_what_goes_together_and_no_more(make_today, signed_in, machine):
    make = make_today
    answers_then_orders(make, 10, 40, 30)
    answers_then_orders(make, 2, 40, 10)
    with make.at_one_go():
        for number in range(40):
            history(make, number, (30, 30, 30), last_ago=5 if number else 100)
    reader = signed_in(make.staff(role="agent"))

    page = text_of(reader.get(f"{PAGE}?margin=50&discount=1").text)

    assert "50 % ordered again within 90 days (39 % to 61 %, " in page
    assert "A happy answer goes together with more orders: 50 points more" in page
    assert "causes" not in page and "Assumes constant churn, no discounting" in page
    assert "with / without the first payment" in page
    assert "needs the margin" in text_of(reader.get(PAGE).text)

    told = machine.get("/api/v1/insights/worth?survey=nps&margin=50").json
    assert told["ordered_again"]["groups"]["promoter"]["count"] == 30
    assert told["ordered_again"]["happy_minus_unhappy"]["points"] == 50
    [euro] = told["shops"][0]["currencies"]
    assert euro["value"]["low"] < euro["value"]["simple"] and euro["value"]["discounted_with_first"] is None
    assert told["open_tasks"] == {"tasks": 0, "currencies": []}


def test_what_is_no_percentage_is_told_in_words(make_today, signed_in):
    make_today.survey()

    page = signed_in(make_today.staff(role="owner")).get(f"{PAGE}?margin=half").text

    assert "“half” is no percentage. Go back and write a number from 0 to 100, such as 40." in page


@pytest.mark.parametrize("wrong", ["margin=half", "margin=101", "discount=-1", "margin=1e9", "survey=none"])
def test_what_cannot_be_is_refused(make_today, signed_in, machine, wrong):
    make_today.survey()

    assert signed_in(make_today.staff(role="owner")).get(f"{PAGE}?{wrong}").status_code == 422
    assert machine.get(f"/api/v1/insights/worth?{wrong}").status_code == 422
