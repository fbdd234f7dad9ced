"""What reports tell beside the figures: goals of these days, improvements judged or soon checked, who orders again."""

import pytest

from feedback.aiming.setting import set_goal
from feedback.improving.judging import judge_due
from feedback.insights.selection import Days, Selection, over
from feedback.reports.following import followed
from tests.feedback.aiming.test_setting import DAY, answered, wish
from tests.feedback.improving.raising import in_effect, raised

pytestmark = pytest.mark.once


def during(now, last, **values):
    return over(Selection(**values), Days.until(last.date(), 30))


def test_it_is_told_in_the_days_that_it_concerns(make, now):
    ben = make.staff("Ben", "owner")
    raised(make, now - 40 * DAY)
    answered(make, now - 30 * DAY, (20, 30, 50))
    goal = set_goal(wish(now), ben, now, by=ben)
    soon, later = in_effect(now, until=20), in_effect(now, until=90)

    found = followed(during(now, now, country="AT"), now)

    assert [aim.goal for aim in found.aims] == [goal] and found.improvements == [soon]
    assert found.again is None, "no answer is ninety days old"
    before = followed(during(now, now - 70 * DAY), now)
    assert not before.aims and not before.improvements
    judge_due(now + 21 * DAY, 10)
    assert followed(during(now, now + 21 * DAY), now).improvements[0].verdict == "unclear"
    assert later.verdict is None
    assert followed(Selection(), now).aims == ()
