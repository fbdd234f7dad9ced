"""The same figures for machines."""

import pytest

from tests.feedback.follow_up.effect.cohorts import DAY, HOUR, case

EFFECT = "/api/v1/follow-up/effect"


@pytest.mark.once
def test_figures_come_with_number_and_interval(make, now, machine):
    with make.at_one_go():
        for place in range(8):
            case(make, now, contacted=(place + 1) * HOUR, resolved=2 * DAY, said="yes", outcome="recovered")

    found = machine.get(EFFECT).json

    assert found["tasks"] == 8
    assert found["shares"]["recovered"] == {
        "share": 100.0,
        "count": 8,
        "n": 8,
        "interval": {"low": 67.56, "high": 100.0, "level": 0.95, "method": "wilson"},
    }
    assert found["time_to_contact"]["median"]["time"] == 240
    assert found["by_priority"][0]["priority"] == "P2"
    assert found["fairness"] == {}  # all of one language, and nobody knows more of them
    assert found["ordered_again"]["uplift"] is None and found["ordered_again"]["contacted"] is None
    assert found["by_itself"] is None  # all gave the same score, so nothing has a spread


@pytest.mark.once
def test_nothing_is_null_and_persons_are_in_none_of_it(make, now, machine):
    found = machine.get(EFFECT).json

    assert found["tasks"] == 0 and found["shares"]["in_time"]["share"] is None
    assert found["time_to_contact"]["median"] == {"time": None, "low": None, "high": None}
    assert "persons" not in found


def test_a_period_and_a_brand_can_be_chosen_and_nonsense_is_refused(make, now, machine):
    case(make, now, age=100 * DAY)

    assert machine.get(f"{EFFECT}?brand=demo&since=2026-01-01").json["tasks"] == 0
    assert machine.get(f"{EFFECT}?until=2026-01-01").json["tasks"] == 1
    assert machine.get(f"{EFFECT}?since=soon").status_code == 422
    assert machine.get(f"{EFFECT}?colour=red").status_code == 422
