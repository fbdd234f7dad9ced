"""Goals over the JSON API."""

import pytest

from feedback.aiming.queries import running_goals
from feedback.aiming.settling import settle_due
from tests.feedback.aiming.test_setting import DAY, answered, in_days

GOALS = "/api/v1/goals"


def body(make, **values):
    usual = {
        "survey": "nps",
        "unit": "points",
        "amount": 5,
        "until": in_days(make.now, 60).isoformat(),
    }
    return usual | values


def test_a_goal_is_set_listed_and_ended(make_today, machine):
    make = make_today
    answered(make, make.now - 30 * DAY)
    make.staff("Kim", "admin", email="kim@shop.test")

    made = machine.post(GOALS, json=body(make, owner="Kim@shop.test", part={"country": "DE"}))

    assert made.status_code == 201
    goal = made.json
    assert (goal["target"], goal["owner"], goal["part"]) == (55, "kim@shop.test", {"country": "DE"})
    assert (goal["baseline"]["score"], goal["baseline"]["n"]) == (50, 100)
    assert goal["feasibility"] == {"expected": 203, "needed": 689, "enough": False}
    assert goal["standing"] is None and goal["outcome"] is None
    make.responses([9] * 8 + [7] * 2)
    settle_due(make.now, 10)
    [listed] = machine.get(GOALS).json["items"]
    assert (listed["standing"]["score"], listed["standing"]["n"]) == (80, 10)
    assert listed["standing"]["sure"]["level"] == 0.6 and listed["outcome"] is None

    one = f"{GOALS}/{goal['id']}"
    assert machine.get(one).json | {"measured_at": listed["measured_at"]} == listed
    assert machine.post(f"{one}/end", json={"because": "Sold"}).json["ended_because"] == "Sold"
    assert machine.post(f"{one}/end", json={"because": "Sold"}).status_code == 409
    assert not machine.get(GOALS).json["items"] and machine.get(f"{GOALS}?state=over").json["items"]


@pytest.mark.once
@pytest.mark.parametrize(
    "wrong",
    [
        {"survey": "check-back"},
        {"unit": "people"},
        {"amount": "5"},
        {"until": "2020-13-01"},
        {"until": "2020-01-01"},
        {"owner": "nobody@shop.test"},
        {"part": {"agent": "Ben"}},  # a goal is never about a member of the team
        {"part": {"country": "Austria"}},
        {"staff": "Ben"},
        {"amount": 5000},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_stored(make_today, machine, wrong):
    answered(make_today, make_today.now - 30 * DAY)

    assert machine.post(GOALS, json=body(make_today, **wrong)).status_code == 422
    assert not running_goals()
