"""At its day a goal is settled once; `test_mailing` says who hears of it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback.aiming.mailing import send_due
from feedback.aiming.models import GoalMail
from feedback.aiming.setting import end, set_goal
from feedback.aiming.settling import backlog, settle_due, standing_at
from surveys.database import db
from surveys.invitations.post import Post
from tests.feedback.aiming.test_setting import DAY, answered, wish

POST = Post("https://feedback.test", "survey@shop.test", "a secret of these tests, long enough")


@pytest.fixture
def ben(make):
    return make.staff("Ben", "owner")


@pytest.fixture
def goal(make, now, ben):
    answered(make, now - 30 * DAY, (20, 30, 50))  # 30
    made = set_goal(wish(now), ben, now, by=ben)  # 40
    db.session.commit()
    return made


def the_day(goal):
    """An hour after the goal's last day in Berlin, where it is summer by then."""
    return goal.created_at + (goal.last_day - goal.first_day) + timedelta(hours=12)


def mails():
    return list(db.session.scalars(select(GoalMail)))


def test_it_is_settled_after_its_last_day_by_the_answers_of_its_days(make, now, goal, ben, channels, kept):
    answered(make, now + 10 * DAY)  # 50, of a hundred
    after = the_day(goal)
    answered(make, after, (50, 0, 0))  # too late
    early = after - timedelta(hours=2)
    assert (settle_due(early, 10), settle_due(early, 10)) == (1, 0), "measured once an hour while it runs"
    assert goal.outcome is None and (goal.standing_so_far.score, goal.so_far_at) == (50, early)
    assert backlog(early) == 0 and backlog(after) == 1

    assert (settle_due(after, 10), settle_due(after, 10)) == (1, 0)

    assert (goal.outcome, goal.reached, goal.reached_n) == ("confirmed", 50, 100)
    assert goal.sure_low == pytest.approx(44.1175, abs=5e-5)
    # At one in the morning nobody gets a mail; it waits until the shop opens.
    assert send_due(after, 10, channels, POST) == 0
    assert send_due(after + timedelta(hours=12), 10, channels, POST) == 1
    [mail] = kept.messages
    assert mail.to_email == ben.email and mail.subject == "Reached, confirmed: NPS 40 or more"
    assert "50 (36 to 62 with 95 % confidence) from 100 answers" in mail.text
    assert f"https://feedback.test/insights/goals/{goal.public_id}" in mail.text
    assert send_due(after + DAY, 10, channels, POST) == 0


@pytest.mark.once
def test_a_goal_that_ended_is_not_settled_and_one_without_answers_says_so(make, now, goal, ben):
    other = set_goal(wish(now, amount=20.0), ben, now, by=ben)
    end(other, "No longer wanted", now, by=ben)
    db.session.commit()

    assert settle_due(the_day(goal), 10) == 1

    assert (goal.outcome, goal.reached, other.outcome) == ("no_answers", None, None)
    assert [mail.goal for mail in mails()] == [goal]
    assert standing_at(goal, the_day(goal)) is None and goal.settled_standing is None
