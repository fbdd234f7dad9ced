"""Weights that order a queue: together 100, and money never outweighs a serious problem."""

import pytest

from feedback.follow_up.deciding.weights import SHIPPED, STANDARD, BadWeights, checked
from surveys.errors import SeveralRefusals

pytestmark = pytest.mark.once


def test_the_shipped_weights_hold():
    assert checked(SHIPPED, 10)[1:] == STANDARD[1:]


@pytest.mark.parametrize(
    "changed, days, field",
    [
        ({"severity": 31}, 10, "severity"),
        ({"severity": 5, "value": 45}, 10, "value"),
        ({"emotion": None}, 10, "emotion"),
        ({"emotion": -5, "severity": 60}, 10, "emotion"),
        ({}, 0, "undelivered_after"),
        ({}, None, "undelivered_after"),
    ],
)
def test_what_could_order_no_queue_is_refused_by_its_field(changed, days, field):
    with pytest.raises((BadWeights, SeveralRefusals)) as refused:
        checked(SHIPPED | changed, days)
    assert refused.value.field == field
