"""The stage of a customer, by the orders that stood at a moment, and the group of their last answer."""

from datetime import UTC, datetime, timedelta

import pytest

from surveys.scales import GROUPS, SCALES
from surveys.segments.past import (
    LAST,
    LAST_GROUPS,
    Answered,
    History,
    Limits,
    last_group_at,
    stage_at,
)

NOW = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
LIMITS = Limits(active=90 * DAY, lapsed=180 * DAY)


@pytest.mark.parametrize(
    ("ages", "stage"),
    [
        ([], None),
        ([timedelta(0)], "new"),
        ([90 * DAY], "new"),
        ([300 * DAY, 90 * DAY], "active"),
        ([90 * DAY + SECOND], "at_risk"),
        ([300 * DAY, 180 * DAY], "at_risk"),
        ([180 * DAY + SECOND], "lapsed"),
        # An order that is still to come tells nothing.
        ([-SECOND], None),
        ([200 * DAY, -SECOND], "lapsed"),
    ],
)
def test_the_stage_follows_from_the_last_order_and_whether_it_was_the_first(ages, stage):
    assert stage_at(History([(NOW - age, None) for age in ages]), LIMITS, NOW) == stage


def test_an_order_counts_until_it_is_called_off():
    history = History([(NOW - 200 * DAY, None), (NOW - 10 * DAY, NOW)])

    assert stage_at(history, LIMITS, NOW - SECOND) == "active"
    assert stage_at(history, LIMITS, NOW) == "lapsed"


def test_the_last_answer_on_each_scale_counts_from_when_it_was_given():
    history = History(
        answers=[
            Answered(NOW, 3, "nps", "promoter"),
            Answered(NOW - DAY, 1, "nps", "detractor"),
            Answered(NOW, 2, "nps", "passive"),
            Answered(NOW - DAY, 4, "csat", "neutral"),
        ]
    )

    assert last_group_at(history, LAST["last_nps"], NOW) == "promoter"
    assert last_group_at(history, LAST["last_nps"], NOW - SECOND) == "detractor"
    assert last_group_at(history, LAST["last_nps"], NOW - 2 * DAY) == "never"
    assert last_group_at(history, LAST["last_csat"], NOW) == "neutral"
    assert last_group_at(history, LAST["last_ces"], NOW) == "never"


def test_scales_with_the_same_groups_count_as_one():
    history = History(answers=[Answered(NOW - DAY, 1, "ces7", "difficult"), Answered(NOW, 2, "ces", "easy")])

    assert last_group_at(history, LAST["last_ces"], NOW) == "easy"
    assert last_group_at(history, LAST["last_ces"], NOW - SECOND) == "difficult"
    assert {kind for kinds in LAST.values() for kind in kinds} == set(SCALES)
    for field, kinds in LAST.items():
        assert all({*GROUPS[kind], "never"} == set(LAST_GROUPS[field]) for kind in kinds)
